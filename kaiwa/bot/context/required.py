"""What a thing must be, told after some were shown: a search goes on, and nothing is agreed to."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import Query
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_LOST: Final = frozenset({"out_of_scope", "clarify"})
_SHOWING: Final = frozenset({"find_product", "refine", "product_question", "recommend", "compare"})
_GUESSED: Final = 0.6
_MUST: Final = re.compile(
    r"^\W*(?:and |but |so )?(?:it|they|that|those|one) (?:should|must|has to|have to|needs? to"
    r"|ought to)\b"
    r"|(?:ないと|なきゃ|なくては|なくちゃ)(?:困|だめ|ダメ|駄目|いけ|嫌|いや)",
    re.IGNORECASE,
)


def required(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """It should go well with milk, after some were shown: what it must be, and no yes."""
    state = where[0].state
    doubtful = request.act in _LOST or request.act == "affirm" and request.confidence < _GUESSED
    if not doubtful or request.yes is not None or request.reason or state.top is not None:
        return None
    if not state.search or state.last_act not in _SHOWING or not _MUST.search(words):
        return None
    return Request("refine", (Query(words),), question=words)
