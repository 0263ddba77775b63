"""Every article of the cart counted anew: 全部ひとつずつ増やして, "make it two of everything"."""

import re
from typing import Final

from kaiwa.bot.cart.shown import cart_blocks
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.bot.turn import Turn
from kaiwa.orders.cart import ChangeLine

_LONGEST: Final = 60
_SURE: Final = 0.9
_OF_CART: Final = frozenset({"add_to_cart", "change_quantity", "view_cart", "remove_from_cart"})
_EVERY: Final = re.compile(
    r"全部|ぜんぶ|すべて|全て|どれも|全商品"
    r"|\beverything\b|\b(?:of|for) each(?: of (?:them|those))?\b"
    r"|\b(?:all|each|every one) of (?:it|them|those|these)\b|\b(?:them|it) all\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"増や|追加|足し|もう|\b(?:more|another|extra|add)\b", re.IGNORECASE)
_FEWER: Final = re.compile(r"減ら|\b(?:fewer|less|off)\b", re.IGNORECASE)
_SETS: Final = re.compile(r"に(?:し|する|変|お願い)|\b(?:make|change|set|bump)\b", re.IGNORECASE)
_VERB: Final = re.compile(
    r"ずつ|に?(?:増や|減ら|追加|足|変え|変更)(?:し)?(?:て|たい|ます)?|もう|まで"
    r"|\b(?:more|another|extra|fewer|less|off|make|change|set|bump|up|down)\b",
    re.IGNORECASE,
)


def all_counted(text: str, where: tuple[Turn, Shop]) -> list[Request] | None:
    """The request that counts every line anew; None where anything else is said."""
    turn, shop = where
    words = text.casefold()
    if len(text) > _LONGEST or turn.state.top is not None or turn.state.pending is not None:
        return None
    if turn.state.last_act not in _OF_CART or not _EVERY.search(words):
        return None
    counts = counts_told(words)
    if shop.cart is None or len(shop.cart.lines) < 2 or len(counts) != 1:
        return None
    begin, end, told = counts[0]
    rest = _VERB.sub(" ", _EVERY.sub(" ", f"{words[:begin]} {words[end:]}"))
    more, fewer = _MORE.search(words), _FEWER.search(words)
    if IDLE.sub("", rest).strip() or not (more or fewer or _SETS.search(words)):
        return None
    count = Quantity(abs(told.count))
    if more or fewer:
        count = Quantity(-abs(told.count) if fewer else abs(told.count), relative=True)
    return [Request("change_quantity", (count,), how="all", question=text, confidence=_SURE)]


def every_line(case: Case) -> Outcome | None:
    """The cart with so many more, or so many, of each; None where one article is meant."""
    cart, told = case.shop.cart, case.slot(Quantity)
    if cart is None or told is None or case.request.how != "all" or case.frame.product_ids:
        return None
    for line in cart.lines:
        count = line.wanted + told.count if told.relative else told.count
        cart = case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, max(0, count)))
    if not cart.lines:
        return Outcome(said(case.say("buying.empty_now")))
    return Outcome((*said(case.say("buying.changed")), *cart_blocks(case, cart)))
