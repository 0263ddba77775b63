"""What the conversation makes likelier: "more" is a refinement only after something was shown."""

from typing import Final

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.intents.model import Chance

_NOTHING_SHOWN: Final[dict[Act, float]] = {"refine": 0.5, "compare": 0.7}
_SHOWN: Final[dict[Act, float]] = {"refine": 1.6, "add_to_cart": 1.3, "product_question": 1.3}
_PENDING: Final[dict[Act, float]] = {"affirm": 3.0, "decline": 3.0, "change_quantity": 1.5}


def weighed(chances: tuple[Chance, ...], state: Dialogue) -> tuple[Chance, ...]:
    """The chances in the light of the state: they add up to 1 again, likeliest first."""
    factors = dict(_SHOWN if state.showings else _NOTHING_SHOWN)
    if state.pending is not None:
        factors |= _PENDING
    if state.top is not None:
        factors[state.top.act] = factors.get(state.top.act, 1.0) * 1.2
    raw = [one.chance * factors.get(one.act, 1.0) for one in chances]
    total = sum(raw)
    found = [Chance(one.act, chance / total) for one, chance in zip(chances, raw, strict=True)]
    return tuple(sorted(found, key=_less_likely))


def _less_likely(one: Chance) -> float:
    return -one.chance
