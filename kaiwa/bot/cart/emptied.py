"""The whole cart given up: "empty the cart", 全部リセットして; and what "all" is said of."""

import re
from typing import Final

from kaiwa.bot.cart.lines_meant import tells_some
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.orders.cart import ChangeLine

_EVERYTHING: Final = re.compile(
    r"全部|ぜんぶ|すべて|全て|(?:から|空|空っぽ|カラ)に|クリア|\b(?:all|everything|empty|clear)\b",
    re.IGNORECASE,
)
# Said of the cart itself, whatever else is named: "empty the cart, I'll ask my wife first".
_THE_CART: Final = re.compile(
    r"\b(?:empty|clear|reset)(?: out)?(?: (?:the|my|this|that|whole|entire))* (?:cart|basket|bag)\b"
    r"|リセット|(?:カート|かご|カゴ|バスケット)(?:の(?:中身?|もの))?[をは]?"
    r"(?:全部|ぜんぶ|すべて|一旦|いったん|一度)?(?:空|カラ|から(?=に|っぽ)|クリア)",
    re.IGNORECASE,
)


def empties(case: Case) -> bool:
    """Whether all of the cart shall go, and not all of something."""
    words = case.request.question or case.turn.text
    if _THE_CART.search(words) or case.request.how == "all" and not case.frame.product_ids:
        return True
    pointed = bool(case.frame.product_ids) and case.request.how != "recency"  # clear it all
    some = pointed or case.slot(Product) is not None or tells_some(case)
    return not some and _EVERYTHING.search(words) is not None


def emptied(case: Case) -> Outcome:
    """The cart with nothing in it."""
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    for line in cart.lines:
        case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, 0))
    return Outcome(said(case.say("buying.empty_now")))
