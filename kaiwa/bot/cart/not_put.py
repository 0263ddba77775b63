"""What only sounds like putting something in: why a code is refused, a memory, another's size.

A write that nobody asked for is worse than a question too many. These are told by their form.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import CouponCode, Product, Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_DOUBTFUL: Final = 0.6
_WHY: Final = re.compile(
    r"どうして|なぜ|なんで(?![もすし])|何で(?![もすし])"
    r"|\bwhy\b|\bhow come\b|\bwhat'?s wrong\b",
    re.IGNORECASE,
)
# 大事にしまっておいたのに, 去年もらったんだけどな, "and i kept it all year": told, not wished for.
_TOLD: Final = re.compile(
    r"(?:のに(?:な[ーあぁ]?|ね)?|[いっんし][ただ](?:ん(?:です|だ))?(?:けど|が)(?:な[ーあぁ]?|ね[ーえぇ]?)?)"
    r"[。…!！〜ー]*$"
    r"|\bi(?:'d|'ve| had| have)? (?:only |just |even |really )?"
    r"(?:kept|saved|thought|hoped|was|were|been|had)\b[^?]{0,60}$",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"くだ|下さい|お願い|ほしい|欲しい|決め|気に入|(?:に|と)し[てたま]|買[いうおっ]|もらう|もらいます|頼[みむ]|入れ|追加"
    r"|\b(?:please|want|need|add|take|buy|get|put|i'?ll|i'?d|give|order)\b",
    re.IGNORECASE,
)
# じゃあ小さい18のだと？, "and in the small one?": what is asked before, of another of its kind.
_AND_THAT: Final = re.compile(
    r"(?:だと|だったら|でしたら|の(?:場合)?は|のほうは|の方は|なら)[、…]*[?？]+$"
    r"|^\W*(?:(?:and|so|but|ok|then|well|hm+)\W+)*(?:in|for|with) (?:the |an? )?[^?,.;]{1,30}\?+$",
    re.IGNORECASE,
)
_ASKED: Final = frozenset({"product_question", "faq", "compare"})
# 入れてみて, "put it in and see": tried out, as only a code is.
_TRIES: Final = re.compile(
    r"(?:入れ|いれ|打っ|やっ|試し)て?み(?:て|ます|る|たい|よう)|試して"
    r"|\b(?:try|see if|give (?:it|that) a (?:try|go|shot)|punch|type)\b",
    re.IGNORECASE,
)
# ほかにお安くなる番号は教えていただけませんの, "is there another number that works".
_OTHERS: Final = re.compile(
    r"(?:ほか|他|別)[^。?？]{0,16}(?:番号|コード|クーポン|割引券)[^。?？]{0,8}(?:教え|もらえ|くれ|知|あ[りる]|な[いか])"
    r"|\b(?:other|another|different) (?:code|coupon|discount|voucher|number)s?\b",
    re.IGNORECASE,
)
_TELL: Final = re.compile(
    r"教え|くれ|もらえ|な[いか]|\b(?:is|are) there\b|\bdo you (?:have|know)\b|\btell me\b",
    re.IGNORECASE,
)
_LOOKS: Final = frozenset(
    {"find_product", "refine", "recommend", "price_alert", "out_of_scope", "clarify"}
)
_PUTS: Final = frozenset({"add_to_cart", "change_quantity"})


def without_unasked(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """The requests, with nothing put in that is only told, wondered about or another matter's."""
    state = where[0].state
    if state.pending is not None or any(one.how == "button" for one in requests):
        return requests
    if _asks_for_others(requests, text, where[0]):
        return [Request("faq", question=text)]
    if (again := _why_refused(requests, text, where[0])) is not None:
        return [again]
    return [_read_only(one, where) for one in _only_the_code(requests, text)]


def _why_refused(requests: list[Request], text: str, turn: Turn) -> Request | None:
    """あら、どうしてかしら, right after a code was refused: what is the matter with it."""
    refused = turn.state.last_act == "apply_coupon" and turn.state.code
    if not refused or not _WHY.search(text):
        return None
    doubtful = all(one.confidence < _DOUBTFUL or one.act not in _PUTS for one in requests)
    named = any(one.slot(Product) or one.slot(Quantity) or one.slot(CouponCode) for one in requests)
    if named or not doubtful or any(one.act == "human_handoff" for one in requests):
        return None
    return Request("apply_coupon", (CouponCode(turn.state.code),), question=text)


def _asks_for_others(requests: list[Request], text: str, turn: Turn) -> bool:
    """Another code is asked for, after one was tried: nothing is searched, and none is awaited."""
    tried = turn.state.last_act == "apply_coupon" and _OTHERS.search(text) is not None
    looks = _LOOKS | {"apply_coupon"} if _TELL.search(text) else _LOOKS
    named = any(one.chosen or one.slot(CouponCode) for one in requests)
    return tried and not named and all(one.act in looks for one in requests)


def _only_the_code(requests: list[Request], text: str) -> list[Request]:
    """RAINY15っていうの持ってた、入れてみて: it is the code that is tried."""
    if not any(one.slot(CouponCode) for one in requests) or not _TRIES.search(text):
        return requests
    return [one for one in requests if one.slot(CouponCode) or not _puts_nothing(one)]


def _puts_nothing(request: Request) -> bool:
    named = request.slot(Product) or request.slot(Quantity) or request.chosen
    return request.act in _PUTS and not named


def _read_only(request: Request, where: tuple[Turn, Shop]) -> Request:
    """A doubtful wish that has the form of a story or of a question."""
    state, words = where[0].state, request.question.strip()
    if request.act != "add_to_cart" or request.confidence >= _DOUBTFUL:
        return request
    if request.slot(Quantity) or _WISHES.search(words):
        return request
    if state.last_act in _ASKED and state.focus and _AND_THAT.search(words):
        return replace(request, act="product_question", candidates=())
    if request.slot(Product) is None and not request.chosen and _TOLD.search(words):
        return Request("out_of_scope", question=words)
    return request
