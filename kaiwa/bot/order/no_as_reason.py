"""A no that says why an order is undone: "my landlord has said no", もういりません.

What is asked for in the same breath would be withdrawn by it before it was shown.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.bot.request import Request
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

_UNDOES: Final = frozenset({"cancel_order", "return_request", "change_order"})
_WHY: Final = re.compile(r"^\W*(?:もう|no longer\b|not needed\b)", re.IGNORECASE)
# Cancel it… actually no.
_AFTER_ALL: Final = re.compile(
    r"^\W*(?:actually|wait|hold on|oh|hm+|sorry|never ?mind|forget|scratch|stop)\b"
    r"|^\W*(?:いや|やっぱ|待っ|ごめん|すみません)|やめ",
    re.IGNORECASE,
)


def without_the_no(requests: Sequence[Request], language: Language, turn: Turn) -> list[Request]:
    """The requests without a no behind the wish to undo an order, where it is its reason."""
    if turn.state.pending is not None:
        return list(requests)
    undone = next((at for at, one in enumerate(requests) if one.act in _UNDOES), None)
    if undone is None:
        return list(requests)
    first, rest = requests[: undone + 1], requests[undone + 1 :]
    behind = turn.text.replace(requests[undone].question, " ", 1).strip(" 、。,.;")
    return [*first, *(one for one in rest if not _is_reason(one, behind, language))]


def _is_reason(request: Request, behind: str, language: Language) -> bool:
    words = request.question.strip() or behind
    if request.act != "decline" or not words:
        return False
    if _WHY.match(words):
        return True
    return verdict(words.casefold(), language) != "no" and not _AFTER_ALL.search(words)
