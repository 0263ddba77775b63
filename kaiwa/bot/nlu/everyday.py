"""The everyday English of shoppers: the words that the shipped examples are written in."""

import re
from collections import Counter
from functools import cache
from typing import Final

from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.intents.examples import lines

_WORD: Final = re.compile(r"[a-z][a-z']+")
# The examples have a slip here and there: what stands in one line only may be one.
_OFTEN: Final = 3


@cache
def _counted() -> Counter[str]:
    every = (line.casefold() for act in ACTS for line in lines(act, "en"))
    return Counter(word for line in every for word in _WORD.findall(line))


def is_everyday(word: str) -> bool:
    """Whether a word in small letters stands anywhere in the examples."""
    return word in _counted()


def times_said(word: str) -> int:
    """How often the examples say it; 0 for what is too seldom to be sure of its spelling."""
    times = _counted()[word]
    return times if times >= _OFTEN else 0
