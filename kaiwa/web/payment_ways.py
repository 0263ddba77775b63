"""The ways to pay as a shopper chooses among them; one that cannot be used says why."""

from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.payment_method import Method, methods
from kaiwa.payments import Ability, provider
from kaiwa.web.hosted_words import Words

_BY_PROVIDER: Final = {"cash_on_delivery": "cash_on_delivery", "bank_transfer": "bank_transfer"}
KINDS: Final = ("card", "konbini", "bank_transfer", "cash_on_delivery", "test")


class Way(msgspec.Struct, frozen=True):
    """One way. `refused` is a sentence when it cannot be used for this amount."""

    id: int
    kind: str
    title: str
    note: str
    fee_minor: int
    refused: str
    chosen: bool


def ways_of(session: Session, words: Words, found: Checkout) -> list[Way]:
    """All ways the shop offers, in its order."""
    totals = found.totals
    amount = totals.total_minor - totals.amount_of("fee")
    return [
        way(one, words, amount, chosen=one.id == found.body.method_id)
        for one in methods(session, words.shop.id)
    ]


def way(one: Method, words: Words, amount_minor: int = 0, *, chosen: bool = False) -> Way:
    """One method in words."""
    kind = kind_of(one)
    own_title = one.title and one.title != provider(one.provider).name
    refused = ""
    if one.most_minor is not None and amount_minor > one.most_minor:
        refused = words.say("way.too_much", amount=words.money(one.most_minor))
    days = one.settings.get("days", "")
    note = f"way.{kind}.note_days" if days and words.knows(f"way.{kind}.note_days") else (
        f"way.{kind}.note"
    )  # fmt: skip
    return Way(
        one.id,
        kind,
        one.title if own_title or kind == "other" else words.say(f"way.{kind}"),
        words.say(note, days=days) if words.knows(note) else "",
        one.fee_minor,
        refused,
        chosen,
    )


def kind_of(one: Method) -> str:
    """What kind of paying it is, for its words and its picture."""
    if Ability.FOR_TESTS in provider(one.provider).abilities:
        return "test"
    said = one.settings.get("kind") or _BY_PROVIDER.get(one.provider, "")
    return said if said in KINDS else "other"
