"""template: the message templates of a shop's inboxes."""

import argparse
import asyncio
import sys

from kaiwa.channels import Ability, channel
from kaiwa.commands.options import Commands, command, group, opened, pairs, the_merchant
from kaiwa.conversations.keeping_templates import read_templates
from kaiwa.desk.blank import BLANKS
from kaiwa.desk.card_facts import CARD_BLANKS
from kaiwa.engines.db import Session
from kaiwa.engines.http import AiohttpHttp
from kaiwa.house import House
from kaiwa.merchants.inbox import Inbox, inbox, inboxes
from kaiwa.merchants.template import KeptTemplate, set_fills, template, templates
from kaiwa.vocabulary.errors import Invalid, KaiwaError
from kaiwa.vocabulary.template import blanks

ACTOR = "command line"


def add(commands: Commands) -> None:
    """Add the group."""
    inner = group(commands, "template", "message templates the provider has approved")
    command(inner, "list", _list, "templates as they are known", merchant=True)
    command(inner, "sync", _sync, "read them from the provider now", merchant=True)
    words = "say which facts fill a template's blanks"
    fill = command(inner, "fill", _fill, words, merchant=True)
    fill.add_argument("inbox", type=int, help="as `kaiwa channel list` prints it")
    fill.add_argument("name", help="of the template")
    fill.add_argument("language", help="of the template, such as ja or en_US")
    fill.add_argument(
        "fills",
        nargs="*",
        metavar="BLANK=FACT",
        help=f"facts: {', '.join(BLANKS)}; of a card's article: {', '.join(CARD_BLANKS)}",
    )


def _list(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        for box in house.db.read_now(lambda s: _boxes(s, chosen)):
            for one in house.db.read_now(lambda s, b=box: templates(s, b)):  # type: ignore[misc]
                _print(box, one)
    return 0


def _sync(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        boxes = house.db.read_now(lambda s: _boxes(s, chosen))
        if not boxes:
            sys.stderr.write("kaiwa: No inbox of this shop has message templates.\n")
            return 1
        failed = 0
        for box in boxes:
            # One provider out of reach keeps nobody from the others' templates.
            try:
                changed = asyncio.run(_read(house, box))
            except KaiwaError as error:
                failed = 1
                sys.stderr.write(f"kaiwa: inbox {box.id}: {error}\n")
            else:
                print(f"inbox {box.id}: {changed} changed")
    return failed


async def _read(house: House, box: Inbox) -> int:
    http = AiohttpHttp()
    try:
        return await read_templates(house.db, http, house.secrets, (box, house.clock.now()))
    finally:
        await http.close()


def _fill(chosen: argparse.Namespace) -> int:
    fills = {key: str(value) for key, value in pairs(chosen.fills).items()}
    if strange := [fact for key, fact in fills.items() if fact not in _facts_for(key)]:
        known = ", ".join((*BLANKS, *CARD_BLANKS))
        raise Invalid(f"Nothing fills {', '.join(strange)} there. There are: {known}.")
    with opened(chosen) as house:

        def write(session: Session) -> tuple[Inbox, KeptTemplate]:
            shop = the_merchant(session, chosen)
            box = inbox(session, shop.id, chosen.inbox)
            called = (chosen.name, chosen.language)
            kept = template(session, shop.id, box.id, called)
            set_fills(session, kept, fills, (shop.id, ACTOR), house.clock.now())
            return box, template(session, shop.id, box.id, called)

        _print(*house.db.write_now(write))
    return 0


def _facts_for(key: str) -> tuple[str, ...]:
    """What may fill a blank: an article's facts are for the cards of a carousel."""
    return (*BLANKS, *CARD_BLANKS) if key.startswith("card.") else BLANKS


def _boxes(session: Session, chosen: argparse.Namespace) -> list[Inbox]:
    found = inboxes(session, the_merchant(session, chosen).id)
    return [box for box in found if Ability.TEMPLATES in channel(box.channel).abilities]


def _print(box: Inbox, kept: KeptTemplate) -> None:
    one = kept.template
    more = [word for word in (one.quality, one.reason, one.beyond) if word]
    line = [str(box.id), one.name, one.language, one.category, one.status, *more]
    print(" ".join(line))
    for blank in blanks(one):
        fact = kept.fills.get(blank.key)
        print(f"  {blank.key} ({blank.kind}){f' <- {fact}' if fact else ''}")
