"""Questions that are wishes of an order: "can I cancel?", "can it go back?", of what was bought.

Whoever tells what was bought, or speaks of an order already, and asks whether it may be undone
or sent back, wants it done; the rule alone is no answer to that.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.slot import OrderNumber
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_OPEN: Final = frozenset(
    {"faq", "out_of_scope", "clarify", "find_product", "product_question", "order_status"}
)
_MINE: Final = re.compile(
    r"(?:買っ|頼ん|注文し|購入し|届い|(?:先日|昨日|きのう|ゆうべ|昨夜|今朝|さっき|前に|この(?:前|間)|こないだ)[^。]{0,6}お願いし)"
    r"[ただてち]|(?:買い|頼み|注文し|購入し|届き)ました|買わせても"
    r"|もう(?:出荷|発送)(?:され|し)|(?:出荷|発送)(?:は|って)?(?:もう|まだ|済)"
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
            r"|(?:返品|返却|お?返し)(?:は|って|したら)?(?:でき|可能|してもらえ)"
            r"|引き?取って(?:もら|くれ|いただ|頂)",
            re.IGNORECASE,
        ),
    ),
    (
        "change_order",
        re.compile(
            r"(?:に|へ)(?:し|変え|替え|換え|かえ|変更し)て(?:もら|いただ|頂|くれ|ほし|欲し)"
            r"|(?:に|へ)(?:変え|替え|換え|かえ)(?:られ|れる|たい)|(?:に|へ)(?:変更|交換)(?:は|って)?(?:でき|可能)"
            r"|をやめて[^、。]{1,12}(?:で|に)(?:お願い|し|いい|でき)"
            r"|\b(?:can|could|may|might) (?:i|we|you) (?:still |please )?"
            r"(?:change|swap|switch) (?:it|that|the [\w ]{2,24}) (?:to|for|into)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "order_status",
        re.compile(
            r"の(?:こと|件)(?:で|なん|です|について)|(?:出荷|発送)(?:され|し|は|って|済|もう|まだ)"
            r"|\babout (?:the|my|that) [\w ]{2,24} (?:i|we) (?:bought|ordered|got)\b",
            re.IGNORECASE,
        ),
    ),
)
_IN_TIME: Final = re.compile(
    r"もし?(?:まだ)?間に合(?:う|え|い)[^、。]{0,6}、?|\bif (?:it'?s|there'?s) still time,?"
)
_OF_PLACE: Final = re.compile(r"住所|届け先|送り先|宛先|支払|\b(?:address|pay|card)", re.IGNORECASE)
_SENT_THERE: Final = re.compile(
    r"(?:へ|に|まで)[^、。]{0,6}(?:届け|送っ)て(?:もら|ほし|欲し|いただ|頂|くれ|くだ)"
    r"|\b(?:send|ship|deliver) (?:it|them|that) (?:straight |directly )?to\b",
    re.IGNORECASE,
)
# Where it goes shall be another place, or is put right.
_ELSEWHERE: Final = re.compile(
    r"(?:別|違う|ちがう|ほか|他)の?(?:とこ|ところ|所|場所|家|住所|宛先|届け先|送り先)(?:に|へ)[^。?？]{0,4}"
    r"(?:送|届|配|変|し)"
    r"|(?:家|住所|住まい|とこ|ところ|場所|所)(?:に|へ)(?:届|送|配)[^。?？]{0,8}(?:直|変え|変更|替え|切り替)"
    r"|\b(?:send|ship|deliver|sent|shipped|delivered|go|going)\b[^.?]{0,24}"
    r"\b(?:somewhere else|elsewhere"
    r"|(?:a |an)(?:different|new|other) (?:place|house|address|street))\b",
    re.IGNORECASE,
)
_COSTS: Final = re.compile(
    r"送料|料金|いくら|費用|\b(?:costs?|charged?|fees?|extra)\b", re.IGNORECASE
)
_WAY_TO_PAY: Final = re.compile(
    r"クレカ|カード|コンビニ|代引き?|代金引換|後払い|あと払い|paypay|ペイペイ|振込|振り込み|ペイパル"
    r"|\b(?:paypal|card|gift card|bank transfer|cash|apple pay|google pay|klarna)\b",
    re.IGNORECASE,
)
_ANOTHER_WAY: Final = re.compile(
    r"(?:けど|のに|んだが|から|より|じゃなく|ではなく|をやめて)[^。]{0,16}(?:に|で|へ)[^。]{0,8}"
    r"(?:でき|変え|替え|直し|変更|したい|して|払え|払いたい)"
    r"|\b(?:but|instead of|rather than|not)\b.{0,40}\b(?:pay|use|switch|change)\b"
    r"|\b(?:pay|use|switch|change)\b.{0,40}\b(?:instead of|rather than)\b",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|in case|when|before i (?:buy|order))\b|もし|場合|たら|買う前|ってこと|わけ|てから",
    re.IGNORECASE,
)


def _pays_otherwise(text: str) -> bool:
    """カードにしてたけどコンビニ払いにできる？: paid one way, and now another is wished for."""
    ways = {one[0].casefold() for one in _WAY_TO_PAY.finditer(text)}
    return len(ways) > 1 and _ANOTHER_WAY.search(text) is not None


def asked_as_wish(request: Request, text: str, where: tuple[Turn, Shop]) -> Request:
    """The act of the order that the question wishes for; the request where it wishes for none."""
    turn, shop = where
    if request.act not in _OPEN or turn.state.pending is not None:
        return request
    if turn.state.order_id is not None and _pays_otherwise(text):
        return Request("change_payment", question=text)
    numbered = request.slot(OrderNumber) is not None or turn.state.order_id is not None
    elsewhere = _ELSEWHERE.search(text) and not _SUPPOSED.search(text) and not _COSTS.search(text)
    if numbered and elsewhere:
        return replace(request, act="change_address", question=text, candidates=())
    if turn.state.top is not None:
        return request
    of_order = turn.state.order_id is not None and turn.state.last_act in OF_ORDERS
    words = _IN_TIME.sub("", request.question or text)
    if not (of_order or _MINE.search(text)) or _SUPPOSED.search(words):
        return request
    if of_order and _OF_PLACE.search(words) and _SENT_THERE.search(words):
        return Request("change_address", question=text)
    for act, asked in _WISHES:
        if act == request.act and asked.search(words):
            return request
        if asked.search(words) and not (act == "change_order" and _OF_PLACE.search(text)):
            return Request(act, question=text)
    return request
