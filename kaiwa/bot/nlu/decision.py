"""Clear, close or low: what the chances of a wish allow. A low one never starts anything."""

from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.bot.nlu.act import WRITING, Act
from kaiwa.bot.nlu.chance import Chance
from kaiwa.vocabulary.language import Language

Clarity: TypeAlias = Literal["clear", "close", "low"]


class Thresholds(msgspec.Struct, frozen=True):
    """`known`: the chance that it is any act at all; `clear` and `margin`: of the best one."""

    known: float
    clear: float
    margin: float
    writing: float


# Measured by bench/intents.py on held-out lines of the shipped examples.
THRESHOLDS: Final[dict[Language, Thresholds]] = {
    "ja": Thresholds(known=0.35, clear=0.30, margin=0.08, writing=0.30),
    "en": Thresholds(known=0.35, clear=0.30, margin=0.08, writing=0.30),
}


# A greeting or a farewell that is not sure is none: "im an 8 1/2" sounds a little like bye.
_POLITE: Final[frozenset[Act]] = frozenset({"greet", "thanks", "goodbye"})
_SURELY_POLITE: Final = 0.45


class Decided(msgspec.Struct, frozen=True):
    """The act, how sure, and the acts to ask about when it is close."""

    act: Act
    confidence: float
    clarity: Clarity
    candidates: tuple[Chance, ...] = ()


def decided(chances: tuple[Chance, ...], language: Language) -> Decided:
    """What to make of the chances, likeliest first."""
    limits = THRESHOLDS[language]
    known = [one for one in chances if one.act != "out_of_scope"]
    outside = sum(one.chance for one in chances if one.act == "out_of_scope")
    best, second = known[0], known[1]
    if 1 - outside < limits.known or best.chance < limits.clear / 2:
        return Decided("out_of_scope", outside, "low")
    if best.act in _POLITE and best.chance < _SURELY_POLITE:
        return Decided("out_of_scope", 1 - best.chance, "low")
    needed = limits.writing if best.act in WRITING else limits.clear
    if best.chance >= needed and best.chance - second.chance >= limits.margin:
        return Decided(best.act, best.chance, "clear")
    if best.chance < outside:
        return Decided("out_of_scope", outside, "low")
    near = tuple(one for one in known[:3] if one.chance >= best.chance / 3)
    if len(near) == 1:
        clarity: Clarity = "clear" if best.chance >= needed else "low"
        act: Act = best.act if clarity == "clear" else "out_of_scope"
        return Decided(act, best.chance, clarity)
    return Decided(best.act, best.chance, "close", near)
