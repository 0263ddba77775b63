"""What went wrong with what was bought: sorry before anything is asked, and nothing bought anew."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import OrderNumber
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_BROKEN: Final = re.compile(
    r"壊れ|こわれ|割れ|われて|破損|破れ|欠け|曲が|折れ|傷(?!ま)|キズ|汚れ|漏れ|つぶれ|不良"
    r"|動かな|はがれ|取れ(?:た|て)|な(?:く|くな)(?:っ(?:た|て)|りまし)"
    r"|\b(?:brok|crack|scratch|damag|defect|fault|dent|leak|torn|shatter|bent|smashed"
    r"|burst|spilled|came (?:open|apart)|in pieces)"
    r"|\b(?:stopped|quit) \w+ing\b|\bwon'?t \w+|\bno longer\b",
    re.IGNORECASE,
)
_WRONG: Final = re.compile(
    r"(?:違|ちが)う?(?:もの|物|商品|色|サイズ|の)|間違(?:っ|え)|別の(?:もの|商品|人)"
    r"|ほかの人|他の人"
    r"|\b(?:wrong (?:item|size|colou?r|product|one|thing|order)|someone else'?s"
    r"|somebody else'?s|not what i ordered)\b",
    re.IGNORECASE,
)
_CAME: Final = re.compile(
    r"届(?:い|き)|とど(?:い|き)|着い|開け|あけ|箱|送られ|来(?:た|て|まし)|でした|てた"
    r"|\b(?:arrived|came|received|got|sent|opened|delivered|box)\b",
    re.IGNORECASE,
)
_WISHES_BACK: Final = re.compile(
    r"返品|交換|返金|返し(?:たい|ます)|返却|取り?替え|送り返|キャンセル|取り?消|してほしい"
    r"|\b(?:return|refund|exchange|replace|send (?:it|this|them) back|money back|cancel|swap)",
    re.IGNORECASE,
)
_BOUGHT: Final = re.compile(
    r"(?:買っ|頼ん|注文し|購入し|届い)(?:てい)?[ただ][^いら。、]|(?:買い|頼み|注文し|購入し)ました"
    r"|\b(?:i|we)(?:'ve| have)? (?:bought|ordered|purchased|got) .{0,40}\b(?:from you|last"
    r"|ago|in \w+|yesterday|before)\b",
    re.IGNORECASE,
)
_BUYS: Final = re.compile(
    r"ください|下さい|ほしい|欲しい|たい|お願い|入れ|追加|もう|同じ|また|買[いうお](?!まし)|注文(?:する|します)"
    r"|探|さがし|新し|代わり|似た"
    r"|\b(?:please|want|need|add|another|again|same|more|like|look\w*|find|new|spares?|similar"
    r"|replace\w*|instead)\b",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"もし|場合|[?？]|たら(?:どう|交換|返)|(?:です|ます|でしょう)か|\b(?:if|when"
    r"|what happens|do you|can i|would)\b",
    re.IGNORECASE,
)
_REPORTED: Final = frozenset(
    {
        "return_request",
        "find_product",
        "product_question",
        "out_of_scope",
        "clarify",
        "order_status",
    }
)


def reported(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The request that a report of what was bought is; None where nothing is reported."""
    return _bought_before(request, words) or _came_broken(request, words, where)


def sorry_first(requests: list[Request]) -> list[Request]:
    """A complaint with what happened, and no wish what to do about it, is a complaint alone."""
    if not any(one.act == "complaint" for one in requests):
        return requests
    return [
        one
        for one in requests
        if one.act not in _REPORTED or one.slot(OrderNumber) or _WISHES_BACK.search(one.question)
    ]


def _bought_before(request: Request, words: str) -> Request | None:
    """9月に購入した炊飯器が保温しなくなりました tells of what was bought, and buys none."""
    if request.act not in ("add_to_cart", "find_product") or request.slot(OrderNumber):
        return None
    if not _BOUGHT.search(words) or _BUYS.search(words):
        return None
    if _BROKEN.search(words) and not _SUPPOSED.search(words):
        return Request("complaint", question=words, reason="angry")
    return Request("order_status", question=words) if request.act == "add_to_cart" else None


def _came_broken(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """It came broken, or it is somebody else's: sorry before anything is asked."""
    if request.act not in _REPORTED or where[0].state.top is not None:
        return None
    if request.slot(OrderNumber) or _WISHES_BACK.search(words) or _SUPPOSED.search(words):
        return None
    happened = (_BROKEN.search(words) or _WRONG.search(words)) and _CAME.search(words)
    return Request("complaint", question=words, reason="angry") if happened else None
