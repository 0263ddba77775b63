"""Questions that are wishes of an order: "can I cancel?", "can it go back?", of what was bought.

Whoever tells what was bought, or speaks of an order already, and asks whether it may be undone
or sent back, wants it done; the rule alone is no answer to that.
"""

import re
from typing import Final

from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_OPEN: Final = frozenset(
    {"faq", "out_of_scope", "clarify", "find_product", "product_question", "order_status"}
)
_MINE: Final = re.compile(
    r"(?:買っ|頼ん|注文し|購入し|届い)[ただてち]|(?:買い|頼み|注文し|購入し|届き)ました"
    r"|\b(?:i|we)(?:'ve)? (?:just |only |have |had )?(?:got|bought|ordered|purchased|received)\b"
    r"|\bfrom you\b|\byou sent\b|\bmy (?:order|parcel|package)\b",
    re.IGNORECASE,
)
_WISHES: Final[tuple[tuple[Act, re.Pattern[str]], ...]] = (
    (
        "cancel_order",
        re.compile(
            r"\b(?:can|could|may|might) (?:i|we|you) (?:still |just |please )?"
            r"(?:cancel|stop|undo|call off|take back)\b"
            r"|(?:キャンセル|取り?消し?|中止)(?:は|って)?(?:でき|可能|きき|間に合)",
            re.IGNORECASE,
        ),
    ),
    (
        "return_request",
        re.compile(
            r"\b(?:can|could|may|might) (?:it|this|that|they|these|those) (?:still )?"
            r"(?:go|come|be (?:sent|taken)) back\b"
            r"|\b(?:can|could|may|might) (?:it|this|that|they) be returned\b"
            r"|\b(?:can|could|may) (?:i|we) (?:still |please )?(?:return|send back)"
            r" (?:it|this|that|them|these)\b"
            r"|\b(?:can|could|may) (?:i|we) (?:still |please )?send (?:it|this|that|them) back\b"
            r"|(?:返品|返却|お?返し)(?:は|って|したら)?(?:でき|可能|してもらえ)",
            re.IGNORECASE,
        ),
    ),
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|in case|when|before i (?:buy|order))\b|もし|場合|たら|買う前|ってこと|わけ|てから",
    re.IGNORECASE,
)


def asked_as_wish(request: Request, text: str, where: tuple[Turn, Shop]) -> Request:
    """The act of the order that the question wishes for; the request where it wishes for none."""
    turn, shop = where
    if request.act not in _OPEN or turn.state.pending is not None or turn.state.top is not None:
        return request
    of_order = turn.state.order_id is not None and turn.state.last_act in OF_ORDERS
    if not (of_order or _MINE.search(text)) or _SUPPOSED.search(request.question or text):
        return request
    for act, asked in _WISHES:
        if asked.search(request.question or text):
            return Request(act, question=text)
    return request
