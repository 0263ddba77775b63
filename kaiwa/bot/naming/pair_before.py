"""Which two "those two" and "which is cheaper" mean when nothing is named: the two spoken of last.

They need not have been shown together: one pillow, then another, then どっちが安い. What was shown
beside the one in focus comes first, then what was spoken of before it.
"""

import re
from typing import Final

from kaiwa.bot.dialogue.state import Dialogue

_TWO: Final = re.compile(
    r"\b(?:those|these|the|them|of|between) (?:two|both)\b|\bboth\b|\btwo of them\b"
    r"|\bwhich (?:one )?(?:is|'s|has|of|would|do|does|was|are|weighs|costs|holds|lasts)\b"
    r"|\bwhat'?s the difference\W*$|\bdifference between (?:them|those|these)\b"
    r"|\b(?:compare|difference) (?:them|those|these)\b"
    r"|(?:その|この)?(?:[二2]つ|ふたつ|両方|両者|どちら|どっち)",
    re.IGNORECASE,
)
_MOST_TOGETHER: Final = 3


def pair_before(words: str, state: Dialogue) -> tuple[int, ...]:
    """The two that are compared by such words; none where the talk tells of no two."""
    if not _TWO.search(words):
        return ()
    found = dict.fromkeys(state.focus)
    for showing in state.showings:
        ids = [one.id for one in showing.products]
        if len(ids) > _MOST_TOGETHER and not found.keys() & set(ids):
            break
        if len(ids) <= _MOST_TOGETHER:
            found |= dict.fromkeys(ids)
        if len(found) > 1:
            break
    return tuple(found)[:2] if len(found) > 1 else ()
