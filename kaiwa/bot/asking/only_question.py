"""The question itself of a text that says something before it: ミルは高いな… 何グラム挽ける？.

What was said before it tells why, or of what; asked is only what the last sentence asks.
"""

import re
from typing import Final

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

_SENTENCE: Final = re.compile(r"(?<=[。！!…])\s*|(?<=[a-z])[.]\s+(?=\w)|\s*\n+\s*", re.IGNORECASE)
_SHORTEST: Final = 4


def only_question(text: str, language: Language) -> str:
    """The last sentence, if it alone asks, and asks for a thing that is known to be asked."""
    parts = [one.strip() for one in _SENTENCE.split(text) if one.strip()]
    if len(parts) < 2 or len(parts[-1]) < _SHORTEST:
        return text
    asks = [is_question(reader(language).normalise(one), language) for one in parts]
    if not asks[-1] or any(asks[:-1]):
        return text
    return parts[-1] if asked(parts[-1].casefold(), ()).aspects else text
