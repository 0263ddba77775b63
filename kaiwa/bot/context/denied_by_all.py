"""A clause taken for anger or for a no, where the whole text says otherwise: none is meant.

"Turned it off and on again, no use. How long is it covered?" asks, and fetches nobody; what was
told before a question is its story, however it sounds by itself.
"""

from collections.abc import Sequence
from typing import Final

from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.nlu.phrases import spoken_acts
from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.bot.request import Request
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader

_DENIED: Final = 0.1
_TOLD: Final = frozenset({"complaint", "decline"})
_ASKS: Final = frozenset({"faq", "product_question", "find_product", "recommend"})


def without_denied(
    requests: Sequence[Request], reading: Reading, text: str, turn: Turn
) -> list[Request]:
    """The requests without the anger, or the no, of a clause beside what is asked."""
    told = [one for one in requests if one.act in _TOLD]
    asked = [one for one in requests if one.act in _ASKS]
    if not told or len(told) + len(asked) < len(requests) or not asked:
        return list(requests)
    if turn.state.top is not None or any(one.yes is not None for one in requests):
        return list(requests)
    whole: dict[str, float] = {one.act: one.chance for one in reading.whole}
    normal = reader(reading.language).normalise(text)
    if "complaint" in spoken_acts(normal, reading.language)[0]:
        return list(requests)
    denied = all(whole.get(one.act, 1.0) < _DENIED for one in told)
    said_no = any(
        one.act == "decline" and verdict(one.question.casefold(), reading.language) for one in told
    )
    return list(requests) if said_no or not denied else asked
