"""The English words that shoppers use, taken from the shipped examples: what is none may be a slip.

A word that stands there often is one that a slip may have been meant for.
"""

import re
from collections import Counter
from functools import cache
from typing import Final

from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.intents.examples import lines

_WORD: Final = re.compile(r"[a-z]{3,}")
_OFTEN: Final = 3


@cache
def _counted() -> Counter[str]:
    return Counter(
        word for act in ACTS for line in lines(act, "en") for word in _WORD.findall(line.casefold())
    )


@cache
def english_words() -> frozenset[str]:
    """Every English word of the examples, slips of the people who wrote them among them."""
    return frozenset(_counted())


def times_said(word: str) -> int:
    """How often the examples say it; 0 for what is too seldom to be sure of its spelling."""
    times = _counted()[word]
    return times if times >= _OFTEN else 0
