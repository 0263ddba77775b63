"""store add, list, sync, remove: the shop back ends a merchant sells with."""

import argparse
from collections.abc import Iterator

from kaiwa.catalog.sync.pull import Pull, pulls
from kaiwa.catalog.sync.syncing import begin_pulls
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.merchants.store import (
    ConnectedStore,
    NewStore,
    add_store,
    remove_store,
    store,
    stores,
)
from kaiwa.stores import Ability, store_kind, store_kinds
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import iso


def add(commands: Commands) -> None:
    """Add the group."""
    those = group(commands, "store", "shop back ends of a merchant")
    kinds = those.add_parser("add", help="connect a store").add_subparsers()
    for kind in store_kinds().values():
        one = command(kinds, kind.kind, _add_store, f"connect {kind.name}", merchant=True)
        one.set_defaults(store=kind.kind)
        one.add_argument("--name", default="")
        if Ability.HERE not in kind.abilities:
            one.add_argument("--api-base", metavar="URL", help="the address of the store's API")
        for field in kind.credential_fields:
            option = f"--{field.name.replace('_', '-')}"
            one.add_argument(option, dest=f"credential_{field.name}", help=field.label)
    command(those, "list", _list_stores, "the stores and how far their pulls are", merchant=True)
    for name, run, words in (
        ("sync", _sync_store, "pull everything anew"),
        ("remove", _remove_store, "disconnect a store; what it told stays"),
    ):
        one = command(those, name, run, words, merchant=True)
        one.add_argument("id", type=int, help="as `kaiwa store list` prints it")


def _add_store(chosen: argparse.Namespace) -> int:
    given = {
        name.removeprefix("credential_"): value
        for name, value in vars(chosen).items()
        if name.startswith("credential_") and value
    }
    new = NewStore(chosen.store, chosen.name, given, getattr(chosen, "api_base", None))

    def work(session: Session) -> ConnectedStore:
        owner = the_merchant(session, chosen)
        added = add_store(session, owner.id, new, house.secrets, now)
        begin_pulls(session, added, now, whole=True)
        return added

    with opened(chosen) as house:
        now = house.clock.now()
        added = house.db.write_now(work)
    for line in _lines(added, []):
        print(line)
    return 0


def _list_stores(chosen: argparse.Namespace) -> int:
    def look(session: Session) -> list[str]:
        owner = the_merchant(session, chosen)
        return [
            line
            for one in stores(session, owner.id)
            for line in _lines(one, pulls(session, owner.id, one.id))
        ]

    with opened(chosen) as house:
        lines = house.db.read_now(look)
    for line in lines or ["No store is connected: the shop is here (embedded)."]:
        print(line)
    return 0


def _sync_store(chosen: argparse.Namespace) -> int:
    def work(session: Session) -> list[str]:
        of = store(session, the_merchant(session, chosen).id, chosen.id)
        if of.is_here:
            raise Invalid("The shop is here: there is nothing to pull.")
        return list(begin_pulls(session, of, now, whole=True))

    with opened(chosen) as house:
        now = house.clock.now()
        print(f"begun: {', '.join(house.db.write_now(work))}")
    return 0


def _remove_store(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()
        house.db.write_now(lambda s: remove_store(s, the_merchant(s, chosen).id, chosen.id, now))
    print(f"removed: {chosen.id}")
    return 0


def _lines(one: ConnectedStore, going: list[Pull]) -> Iterator[str]:
    yield f"store: {one.id} {one.kind} {one.name}"
    abilities = store_kind(one.kind).abilities
    if one.is_here:
        yield "  the shop is here: nothing to pull"
    if Ability.WEBHOOKS in abilities:
        yield f"  webhook: /webhooks/stores/{one.key}"
    for pull in going:
        state = f"ended {iso(pull.ended_at)}" if pull.ended_at else "going on"
        yield f"  {pull.what}: {state}, {pull.taken} taken, {pull.refused} refused"
        if pull.trouble:
            yield f"    {pull.trouble}"
