"""The buyer's own saved ways to pay: which is meant, and which paid for the order."""

import re
from typing import Final

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.skills.contract import Case
from kaiwa.orders.order import Order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.payment_method import method
from kaiwa.orders.saved_method import SavedMethod, saved_methods

_KINDS: Final = {
    "gift": re.compile(r"ギフト(?:カード|券)|商品券|\bgift[ _-]?card\b", re.IGNORECASE),
    "card": re.compile(
        r"クレジット|クレカ|\bcredit[ _-]?card\b|\bvisa\b|\bmastercard\b", re.IGNORECASE
    ),
    "paypal": re.compile(r"ペイパル|\bpaypal\b", re.IGNORECASE),
}
_ORIGINAL: Final = re.compile(
    r"元の(?:支払|お支払)|同じ(?:支払|方法)|支払った(?:方法|カード)|\boriginal\b"
    r"|\bsame (?:way|method|card)\b",
    re.IGNORECASE,
)


def ways_of(case: Case, found: Order) -> list[SavedMethod]:
    """What the buyer has saved."""
    if found.customer_id is None:
        return []
    return saved_methods(case.shop.session, case.shop.merchant.id, found.customer_id)


def way_meant(case: Case, found: Order) -> SavedMethod | None:
    """The saved way that was named, in this turn or before; None when none was."""
    every = ways_of(case, found)
    told = answer_to(case, "payment") or case.turn.text
    held = case.frame.learnt.get("way")
    named = None if case.yes_to is not None else _named(case, every, told)
    if named is None and case.yes_to is None and _ORIGINAL.search(told):
        named = way_paid(case, found)
    if named is not None:
        case.frame.learnt["way"] = str(named.id)
        return named
    return next((one for one in every if str(one.id) == held), None)


def way_paid(case: Case, found: Order) -> SavedMethod | None:
    """The saved way that the order was paid by last, if it was one."""
    ids = [
        one.saved_method_id
        for one in payments_of(case.shop.session, case.shop.merchant.id, found.id)
        if one.state == "paid" and one.saved_method_id is not None
    ]
    every = ways_of(case, found)
    return next((one for one in every if ids and one.id == ids[-1]), None)


def way_words(case: Case, way: SavedMethod | None) -> str:
    """What it is called; the way it was paid by, when that is not a saved one."""
    return way.title if way is not None else case.say("aftersale.way_original")


def _named(case: Case, every: list[SavedMethod], text: str) -> SavedMethod | None:
    exact = [one for one in every if one.title.casefold() in text.casefold()]
    if exact:
        return max(exact, key=lambda one: len(one.title))
    for kind, pattern in _KINDS.items():
        if pattern.search(text):
            fits = [one for one in every if _is(case, one, kind)]
            if len(fits) == 1:
                return fits[0]
    return None


def _is(case: Case, one: SavedMethod, kind: str) -> bool:
    if kind == "gift":
        return one.gift_card_id is not None
    way = method(case.shop.session, case.shop.merchant.id, one.method_id)
    words = f"{one.title} {way.code} {way.title}".casefold()
    if kind == "paypal":
        return "paypal" in words
    return one.gift_card_id is None and "paypal" not in words
