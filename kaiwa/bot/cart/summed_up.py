"""What does it come to: the sum of the cart is asked, in words that name no cart."""

import re
from decimal import Decimal
from typing import Final

from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.orders.cart import Cart
from kaiwa.vocabulary.money import Money

_MAY_ASK: Final = frozenset(
    {
        "product_question", "faq", "out_of_scope", "clarify", "delivery_request", "find_product",
        "affirm", "recommend", "checkout", "order_status",
    }
)  # fmt: skip
_SUM: Final = re.compile(
    r"\b(?:what|how much)(?:'?s| is| are| does| do| will| would|'ll)?\b.{0,24}"
    r"\b(?:the (?:sum|total|damage)|come to|comes to|coming to|altogether|in total|i owe|all in)\b"
    r"|\b(?:sum|total|damage)(?: so far| now)?\W*$|\btotal (?:is it|am i at)\b"
    r"|\b(?:what|how much) (?:do|would|will|am|are|must|should) (?:i|we)(?: (?:have|need|got) to)?"
    r" (?:pay(?:ing)?|owe)\b|\bre-?calculate\b"
    r"|\b(?:what|how much|where) (?:am i|are we) (?:at|up to)\b(?: now| so far)?\W*$"
    r"|\b(?:what|how much|where) (?:am i|are we) (?:at|up to)\b(?: now| so far)?(?=\s*,)"
    r"|\bhow (?:high|big|large|much|steep) (?:is|are|will|would) (?:(?:my|our|the) )?"
    r"(?:(?:whole|total|final) )?(?:bill|sum|total|tab|damage)\b"
    r"|\b(?:what|how)(?:'?s| is| will| would)? (?:be )?(?:my|our|the) (?:(?:whole|total|final"
    r"|grand) )?(?:bill|sum|total|tab)\b(?! (?:for|from|of) (?:(?:my|the|our) )?order)"
    r"|\b(?:what|how much) (?:do|would|will) (?:i|we) (?:end|wind) up (?:paying|owing|with)\b"
    r"|\b(?:add|adds|adding) up to\W*$|\b(?:comes?|coming) to\W*$"
    r"|\bwhere does (?:that|this|it) (?:leave|put|bring|get) (?:me|us)\b"
    r"|再計算|計算し(?:て|直)|^\W*(?:それで|全部で|ぜんぶで)[、 ]*(?:なん(?:ぼ|えん)|何円)"
    r"|ここまで(?:で|の)?[^。]{0,4}(?:お?値段|金額|料金|額|お?会計|いくら|なんぼ)"
    r"|合計|総額|(?:お?支払い?|請求|会計)の?(?:金額|総額|額)"
    r"|(?:全部|ぜんぶ|しめて|締めて)で?(?:、)?(?:いくら|おいくら|なんぼ)"
    r"|(?<!だとお)(?<!だと)(?<!なら)(?<!ならお)(?:いくら|なんぼ)に(?:なり|なる)",
    re.IGNORECASE,
)
# What does that make, right after something was put in.
_MAKES: Final = re.compile(
    r"\bwhat(?:'?s| is| does| do| would)? (?:that|it|this|those|they|we|all that)"
    r" (?:make|together|all together|all up|cost me)\W*$",
    re.IGNORECASE,
)
_OF_CART: Final = frozenset(
    {"add_to_cart", "change_quantity", "remove_from_cart", "apply_coupon", "view_cart"}
)
_OF_SENDING: Final = re.compile(
    r"送料|配送|\b(?:shipping|postage|delivery|deliver|ship)\b", re.IGNORECASE
)

_WITHOUT_SENDING: Final = re.compile(
    r"\b(?:before|without|excluding|not counting|minus|plus|ex) (?:the )?"
    r"(?:shipping|postage|delivery)(?: costs?| charges?| fees?)?\b|送料(?:抜き|別|なし|を除|は別)",
    re.IGNORECASE,
)
# With the 19 for mailing that's 47, right?: a number, and whether it is so.
_ALOUD: Final = re.compile(
    r"(?<![\d.,])[$¥]?(\d[\d,]*(?:\.\d{1,2})?)(?:円| dollars| bucks)?"
    r"(?: (?:in total|altogether|all in|total))?(?:[,\s]*(?:right|correct|yes|yeah|is that right"
    r"|isn'?t it|then)\W*$|\s*[?？]+\W*$"
    r"|(?:です|だ|になる|になります)?(?:よね|ね|かな|で合って|であって|ってこと|か)[^。]{0,8}$)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d{1,2})?")


def summed_up(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The cart, with something in it, where its sum is asked and no product is named."""
    turn, shop = where
    if request.act not in _MAY_ASK or request.slot(Product) or request.yes is not None:
        return None
    if request.chosen and request.how == "name" or shop.cart is None or not shop.cart.lines:
        return None
    makes = turn.state.last_act in _OF_CART and _MAKES.search(words) is not None
    if (
        not makes
        and not _is_summed_aloud(words, shop.cart)
        and (not _SUM.search(words) or _OF_SENDING.search(_WITHOUT_SENDING.sub(" ", words)))
    ):
        return None
    of_order = turn.state.order_id is not None and turn.state.last_act == "order_status"
    return None if of_order else Request("view_cart", question=words)


def _is_summed_aloud(words: str, cart: Cart) -> bool:
    """Whether a number is said that is the cart's sum, alone or with another that is said."""
    said = _ALOUD.search(_WITHOUT_SENDING.sub(" ", words))
    if said is None:
        return False
    whole = Decimal(Money(cart.totals.total_minor, cart.currency).decimal())
    told = [Decimal(one.replace(",", "")) for one in _NUMBER.findall(words)]
    result = Decimal(said[1].replace(",", ""))
    return result == whole or any(result - one == whole for one in told if one != result)
