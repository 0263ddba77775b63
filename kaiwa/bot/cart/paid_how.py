"""How it is to be paid, said at the till: "by check, if possible", "card, then", 代引きで."""

import re
from typing import Final

from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_LONGEST: Final = 80
_SURE: Final = 0.9
_WAY: Final = re.compile(
    r"\b(?:che(?:ck|que)s?(?! ?out)|(?:credit |debit |gift )?cards?|cash(?: on delivery)?"
    r"|c\.?o\.?d\b"
    r"|invoice|paypal|(?:apple|google|shop|amazon) pay|klarna|afterpay|venmo|wire|bank transfer"
    r"|money order|visa|mastercard|amex|instal?lments?)\b"
    r"|代引|代金引換|後払い|コンビニ|銀行振込|振り?込み?|クレジット|クレカ|カード(?!ケース|立て|入れ|ゲーム)"
    r"|現金|分割|ペイペイ|paypay|電子マネー|ポイント払い",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"[?？]|\b(?:if (?:that'?s )?(?:possible|ok(?:ay)?|fine)|possible|(?:can|could|may) (?:i|we)"
    r"|(?:do|would) you (?:take|accept))\b"
    r"|(?:でき|使え|払え)ます|(?:でき|使え|払え)る|(?:でき|使え|払え)(?:たら|れば)|いけ(?:る|ます)|可能|大丈夫",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\b(?:proceed|go ahead|continue|carry on|go on|then|please|it is|i'?ll (?:pay|use|take|do)"
    r"|let'?s|pay(?:ing)? (?:by|with))\b"
    r"|進め|お願い|払い?ます|払う|(?:で|に)(?:します|する|いい(?:です)?|買[うい].*)?[。!！]*$",
    re.IGNORECASE,
)
_LOOSE: Final = frozenset(
    {
        "affirm", "faq", "clarify", "out_of_scope", "change_payment", "product_question", "decline",
        "find_product", "refine", "thanks",
    }
)  # fmt: skip
_AT_THE_TILL: Final = frozenset({"checkout", "faq"})


def paid_how(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """The requests with the way to pay asked of the shop, or gone on to the till with it."""
    state, cart = where[0].state, where[1].cart
    if len(text) > _LONGEST or not _WAY.search(text) or state.order_id is not None:
        return requests
    if any(one.act == "checkout" for one in requests):
        asked = _ASKS.search(text) and all(one.act != "faq" for one in requests)
        told = Request("faq", question=text, confidence=_SURE)
        return [*requests, told] if asked else requests
    at_till = state.last_act in _AT_THE_TILL and state.top is None and state.pending is None
    if not at_till or cart is None or not cart.lines or _ASKS.search(text):
        return requests
    if not _GOES_ON.search(text) or any(one.act not in _LOOSE for one in requests):
        return requests
    return [Request("checkout", question=text, confidence=_SURE)]
