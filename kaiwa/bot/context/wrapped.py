"""It shall be wrapped: それぞれ箱に入れて, "gift wrap them all": that is asked of the shop.

The words for it, box and bag and gift, name goods too; with a verb of wrapping they name none.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.questions import Findings, looked_up
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.vocabulary.language import Language

# What the shop has written on it is asked like this.
_DO_YOU_WRAP: Final[dict[Language, str]] = {
    "ja": "ギフト包装（ラッピング）はできますか",
    "en": "Do you gift wrap?",
}
_WRAPS: Final = re.compile(
    r"(?<!ごみ)(?<!ゴミ)(?:箱|紙袋|袋)に(?:入れ|詰め|いれ)|別々に包|(?:個別に?|個々に|それぞれ)(?:包装|ラッピング)"
    r"|(?:ラッピング|ギフト包装|プレゼント包装|包装|のし|熨斗|リボン)(?:を|も|は)?"
    r"(?:して|し[てた]ほし|しても|つけ|付け|かけ|お願い|でき)|包んで(?![あい])"
    r"|\b(?:gift[- ]?)?wrap(?:ped)? (?:it|them|this|these|those|that|everything|both|all|each|up"
    r"|as a (?:gift|present))\b|\bgift[- ]?wrap(?:ped|ping)?(?:,? please| it| them|\W*$)"
    r"|\b(?:put|pack|place) (?:it|them|this|these|everything|both|each) (?:all )?in an?"
    r" (?:gift |nice |separate )*(?:box|bag)\b"
    r"|\b(?:put|tie|use|do) [^.?!,]{0,20}\b(?:paper|ribbon|bow)\b[^.?!,]{0,12}"
    r"\b(?:round|around|on|over|for) (?:it|them|this|these|each|both)\b"
    r"|\b(?:have|get) (?:it|them|this|these|everything) (?:gift[- ]?)?wrapped\b",
    re.IGNORECASE,
)
_BUYS: Final = re.compile(
    r"買[いう]|購入|注文|会計|\b(?:buy|check ?out|pay|order|i'?ll take)\b", re.IGNORECASE
)
_TAKEN_FOR: Final = frozenset(
    {
        "add_to_cart", "clarify", "product_question", "out_of_scope", "find_product", "refine",
        "change_quantity", "recommend",
    }
)  # fmt: skip


def to_be_wrapped(request: Request, text: str) -> Request:
    """The request as a question to the shop, where it wants things wrapped."""
    words = request.question or text
    if request.act not in _TAKEN_FOR or request.how == "button" or _BUYS.search(words):
        return request
    if not _WRAPS.search(words):
        return request
    return replace(request, act="faq", slots=(), chosen=(), candidates=())


def speaks_of_wrapping(words: str) -> bool:
    """Whether the words want things wrapped."""
    return _WRAPS.search(words) is not None


def wrapping(words: str, language: Language, shop: Shop) -> Findings | None:
    """What the shop says of wrapping, where that is what is wanted."""
    if not speaks_of_wrapping(words):
        return None
    found = looked_up(_DO_YOU_WRAP[language], language, shop.known.faq, shop.known.knowledge)
    return found if found.answers else None
