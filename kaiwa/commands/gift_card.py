"""gift-card: money on a card that the shop keeps, and what moved on it."""

import argparse

from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command
from kaiwa.orders.gift_card import (
    GiftCard,
    IssueGiftCard,
    entries,
    gift_card_called,
    issue_gift_card,
)
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import parse_iso


def add(commands: Commands) -> None:
    """Add the group."""
    ours = group(commands, "gift-card", "money on a card that the shop keeps")
    one = command(ours, "issue", _issue, "put money on a new card", merchant=True)
    one.add_argument("amount", help="in the shop's currency, such as 5000 or 19.80")
    one.add_argument("--code", default="", help="made up when it is not given")
    one.add_argument("--customer", type=int, metavar="ID", help="whose it is")
    one.add_argument("--expires", metavar="TIME", help="an ISO time with its zone")
    shown = command(ours, "show", _show, "what is on a card, and what moved", merchant=True)
    shown.add_argument("code")


def _issue(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def work(session: Session) -> GiftCard:
            shop = the_merchant(session, chosen)
            try:
                amount = Money.parse(chosen.amount, shop.currency)
                until = parse_iso(chosen.expires) if chosen.expires else None
            except (ValueError, OverflowError) as error:
                raise Invalid(f"This cannot be read: {error}.") from error
            request = IssueGiftCard(amount, chosen.customer, chosen.code, until)
            by = Command(shop.id, "command line", "command line", now)
            return issue_gift_card(session, by, request)

        card = house.db.write_now(work)
    print(f"{card.code}  {card.balance.label()}")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:

        def work(session: Session) -> list[str]:
            shop = the_merchant(session, chosen)
            card = gift_card_called(session, shop.id, chosen.code)
            lines = [f"{card.code}  {card.balance.label()}"]
            for one in entries(session, shop.id, card.id):
                amount = Money(one.amount_minor, card.balance.currency)
                lines.append(f"  {amount.label():>12}  {one.kind}  {one.source}")
            return lines

        print("\n".join(house.db.read_now(work)))
    return 0
