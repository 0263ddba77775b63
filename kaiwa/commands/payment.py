"""payment and carrier: ways to pay, and where news of payments and parcels is taken."""

import argparse
from pathlib import Path

from kaiwa.carriers import carrier, carriers
from kaiwa.commands.options import Commands, command, opened, pairs, the_merchant
from kaiwa.engines.db import Session
from kaiwa.house import House
from kaiwa.orders.payment_method import Method, NewMethod, add_method, end_method, methods
from kaiwa.orders.webhook_key import carrier_path, carrier_secret, payment_path
from kaiwa.payments import Ability, provider, providers
from kaiwa.vocabulary.errors import Invalid, NotFound


def add(commands: Commands) -> None:
    """Add the groups."""
    group = commands.add_parser("payment", help="ways to pay").add_subparsers()
    new = command(group, "add", _add_method, "offer a way to pay, or change it", merchant=True)
    new.add_argument("provider", help=f"one of: {', '.join(sorted(providers()))}")
    new.add_argument("--code", required=True, help="its name here; the same again changes it")
    new.add_argument("--title", default="", help="what shoppers read; by its kind when not given")
    new.add_argument("--fee", type=int, default=0, help="what the shopper pays for it, minor units")
    new.add_argument("--most", type=int, help="the largest amount it is offered for, minor units")
    new.add_argument(
        "--credential", action="append", metavar="NAME=VALUE",
        help="kept sealed (repeat); NAME=@FILE reads it from a file",
    )  # fmt: skip
    new.add_argument("--setting", action="append", metavar="NAME=VALUE", help="repeat it")
    new.add_argument("--api-base", metavar="URL", help="another host for the provider's API")
    command(group, "list", _list_methods, "the shop's ways to pay", merchant=True)
    end = command(group, "end", _end_method, "offer a way to pay no more", merchant=True)
    end.add_argument("code")
    parcels = commands.add_parser("carrier", help="news of parcels").add_subparsers()
    hook = command(parcels, "webhook", _webhook, "where a carrier's news is taken", merchant=True)
    hook.add_argument("carrier", help=f"one of: {', '.join(sorted(carriers()))}")


def _add_method(chosen: argparse.Namespace) -> int:
    credentials = {name: _read(value) for name, value in pairs(chosen.credential).items()}
    new = NewMethod(
        chosen.code,
        chosen.provider,
        chosen.title,
        chosen.fee,
        chosen.most,
        credentials,
        chosen.api_base,
        pairs(chosen.setting),
    )
    if new.fee_minor < 0 or (new.most_minor or 0) < 0:
        raise Invalid("A fee and a limit are not negative.")
    with opened(chosen) as house:

        def work(session: Session) -> tuple[int, Method]:
            shop = the_merchant(session, chosen)
            made = add_method(session, shop.id, new, house.secrets)
            return shop.id, next(one for one in methods(session, shop.id) if one.id == made)

        _print_method(house, *house.db.write_now(work))
    return 0


def _list_methods(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:

        def work(session: Session) -> tuple[int, list[Method]]:
            shop = the_merchant(session, chosen)
            return shop.id, methods(session, shop.id)

        merchant_id, found = house.db.read_now(work)
        for one in found:
            _print_method(house, merchant_id, one)
    return 0


def _end_method(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def work(session: Session) -> None:
            shop = the_merchant(session, chosen)
            codes = [one.code for one in methods(session, shop.id)]
            if chosen.code not in codes:
                known = ", ".join(codes) or "none"
                raise NotFound(f"There is no way to pay {chosen.code!r}. There are: {known}.")
            end_method(session, shop.id, chosen.code, now)

        house.db.write_now(work)
    return 0


def _webhook(chosen: argparse.Namespace) -> int:
    kind = carrier(chosen.carrier).kind
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen).id)
        print(f"webhook: {carrier_path(house.secrets, shop, kind)}")
        print(f"secret: {carrier_secret(house.secrets, shop, kind)}")
    return 0


def _print_method(house: House, merchant_id: int, one: Method) -> None:
    said = " ".join(f"{name}={value}" for name, value in sorted(one.settings.items()))
    print(f"payment: {one.code} {one.provider} {one.title} {said}".rstrip())
    # Where people say that the money came, nobody calls.
    if not provider(one.provider).abilities & {Ability.BY_HAND, Ability.FOR_TESTS}:
        print(f"webhook: {payment_path(house.secrets, merchant_id, one.id)}")


def _read(value: str) -> str:
    if not value.startswith("@"):
        return value
    try:
        return Path(value[1:]).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{value[1:]} cannot be read: {error}") from error
