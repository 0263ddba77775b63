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
_OFTEN: Final = 8


@cache
def _counted() -> Counter[str]:
    return Counter(
        word for act in ACTS for line in lines(act, "en") for word in _WORD.findall(line.casefold())
    )


@cache
def english_words() -> frozenset[str]:
    """Every English word of the examples, slips of the people who wrote them among them."""
    return frozenset(_counted())


@cache
def common_words() -> frozenset[str]:
    """Those that stand in many lines: none of them is a slip."""
    return frozenset(word for word, count in _counted().items() if count >= _OFTEN)
