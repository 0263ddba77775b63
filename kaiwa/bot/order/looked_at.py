"""Whether a look at the order that is spoken of is wanted: what was in it, whether it has left."""

import re
from typing import Final

from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_MADE_SURE: Final = re.compile(
    r"確認|ちゃんと|本当に|できて(?:ます|る)|された|\b(?:sure|went through|confirmed?|worked"
    r"|really)\b",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(
    r"(?:何|なに)(?:が|を).{0,6}(?:入|頼|注文)|中身|\bwhat (?:was|is|did"
    r"|else).{0,12}\b(?:in it|in there|order|buy|get)\b"
    r"|\b(?:were|was|are|is) there\b.{1,40}\bin (?:it|there)\b|\bwhat'?s (?:on|in) (?:there|it)\b"
    r"|\bhow many\b.{1,30}\b(?:in (?:it|there)|did i (?:order|buy|get))\b"
    r"|[何いく][個つ本枚点足冊](?:入って|頼ん|注文し)"
    r"|(?:いくら|なんぼ|何円)(?:払|だった|でした|かかった|になった|使った|引かれ)"
    r"|\bhow much\b.{0,24}\b(?:was|were|got|did|been) .{0,16}"
    r"\b(?:charged?|billed?|paid|pay|spend|spent|cost)\b"
    r"|\b(?:cost|charged?|billed) (?:me|us) (?:how much|what)\b"
    r"|\bwhat did .{1,24} cost (?:me|us)\b"
    r"|\bwhere (?:would|will|does|is|do) .{1,24}"
    r"\b(?:go|going|sent|heading|shipping|shipped)\b",
    re.IGNORECASE,
)
# Has it left the house already?
_LEFT_YET: Final = re.compile(
    r"(?:もう|まだ)?(?:発送|出荷)(?:され|し|済み|前)|もう(?:送|出)(?:って|ました|た)"
    r"|\b(?:has|have|did|is|are) (?:it|they|that|everything|my (?:order|parcel|package))"
    r"(?: \w+)? (?:left|leave|gone out|go out|been sent|sent|ship(?:ped)?)\b",
    re.IGNORECASE,
)
# So what's the situation with it: how far it is, though its article is spoken of.
_HOW_FAR: Final = re.compile(
    r"\b(?:what(?:'s| is)|any|how(?:'s| is)) (?:the )?(?:situation|status|state|progress|latest"
    r"|news|update) (?:with|of|on|about|for) (?:it|that|this|them|my (?:order|parcel|package))\b"
    r"|(?:今|いま|現在)?(?:どんな|どういう)(?:状況|状態|段階)|進み(?:具合|ぐあい)|その後どう(?:なっ|です)",
    re.IGNORECASE,
)
_MAY_LOOK: Final = frozenset(
    {"faq", "out_of_scope", "clarify", "product_question", "recommend", "add_to_cart", "view_cart"}
)


def looked_at(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """What was in it, or whether it was really done: a look at the order spoken of."""
    state = where[0].state
    if state.order_id is None or request.act not in _MAY_LOOK:
        return None
    kept = state.last_act in ("decline", "affirm")  # what was to be undone stays
    if _HOW_FAR.search(words) and (kept or state.last_act in OF_ORDERS):
        return Request("order_status", question=words)
    if state.last_act not in OF_ORDERS or state.focus:
        return None
    if _LEFT_YET.search(words):
        return Request("order_status", question=words)
    if _INSIDE.search(words) or (_MADE_SURE.search(words) and state.last_act != "order_status"):
        return Request("order_status", question=words)
    return None
