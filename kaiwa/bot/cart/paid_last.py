"""What is said last of all, with something in the cart: では注文いたします, "I'll place the order".

Whatever stands before it, the cart is to be paid; what only sighs over the postage asks nothing.
"""

import re
from typing import Final

from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_SURE: Final = 0.9
_ENDS: Final = re.compile(r"[。！!?？…、,.;\n]+")
_PAYS: Final = re.compile(
    r"(?:では|じゃあ?|ほな|それでは|なら|もう)?[、 ]*(?:これで|それで|[こそ]のまま|以上で)?"
    r"(?:注文|購入|お?会計|レジ|決済)(?:に進み|へ進み|を?お願い)?"
    r"(?:いたし|し)?(?:ます|たい(?:です)?|する)?(?:わ|ね|よ)?"
    r"|(?:(?:so|then|ok|okay|and|now|please|i'?ll|let'?s|i'?d like to|we'?ll)\s+)*"
    r"(?:check ?out|place (?:the|my|this) order|ring (?:it|me) up"
    r"|order (?:(?:it|this|that|them|everything) )?(?:as (?:it|they) (?:is|are|stands?)|as is"
    r"|like (?:this|that)))(?: (?:then|now|please|for me))*",
    re.IGNORECASE,
)
# 送料つくのかぁ is a sigh.
_SIGHS: Final = re.compile(
    r"^[^?？]*(?:か(?:ぁ|あ|ー)+|(?:や|だ)なぁ?|のね(?:ぇ|え)?)(?:[….。、!！][^?？]*)?$"
)


def paid_last(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """The requests with the checkout that the text ends in; as they are where it ends in none."""
    state, cart = where[0].state, where[1].cart
    if cart is None or not cart.lines or state.pending is not None or state.order_id is not None:
        return requests
    parts = [one for one in _ENDS.split(text) if one.strip()]
    pays = any(one.act == "checkout" for one in requests)
    if len(parts) < 2 or not (pays or _PAYS.fullmatch(parts[-1].strip())):
        return requests
    if any(one.yes is not None or one.how == "button" for one in requests):
        return requests
    left = [one for one in requests if not (one.act == "faq" and _SIGHS.search(one.question))]
    if pays:
        return left
    kept = [one for one in left if one.act == "faq"]
    others = [one for one in left if one.act in ("add_to_cart", "change_quantity")]
    told = [one for one in others if not _PAYS.fullmatch(one.question.strip(" 。！!"))]
    return [*kept, *told, Request("checkout", question=parts[-1], confidence=_SURE)]
