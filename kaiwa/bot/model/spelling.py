"""One spelling of what a model wrote: case, short forms and places; odd letters stay odd.

Disguises are not undone here: a letter of another script, a wide letter or one that is not seen is
in no list of what may be said, so the words it stands in are refused.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.model.slots import PLACE
from kaiwa.vocabulary.language import Language

FIRST_PLACE: Final = 0xE000
_SHORT: Final = (
    (re.compile(r"[‘’]"), "'"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"(?<=[a-z])n't\b"), " not"),
    (re.compile(r"(?<=[a-z])'re\b"), " are"),
    (re.compile(r"(?<=[a-z])'ve\b"), " have"),
    (re.compile(r"(?<=[a-z])'ll\b"), " will"),
    (re.compile(r"(?<=[a-z])'d\b"), " would"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\b(it|that|here|there|what|who)'s\b"), r"\1 is"),
    (re.compile(r"[ \t]+"), " "),
)  # fmt: skip


def spelled(text: str, language: Language) -> str:
    """The text in lower case; in English with its short forms written out."""
    text = text.lower()
    if language == "en":
        for pattern, plain in _SHORT:
            text = pattern.sub(plain, text)
    return text


# "Order K-1024" names an order; "we can order it" is no name.
_NAMED: Final = re.compile(r"\b(?:(?:your|the) )?order (?=[\ue000-\uf8ff])", re.IGNORECASE)


def placed(text: str, names: Sequence[str]) -> str:
    """The text with one private letter for each place, so that no place is cut."""
    at = {name: chr(FIRST_PLACE + index) for index, name in enumerate(names)}
    plain = "".join("\ufffd" if FIRST_PLACE <= ord(one) <= 0xF8FF else one for one in text)
    return _NAMED.sub("", PLACE.sub(lambda found: at.get(found[1], "\ufffd"), plain))


def place_at(letter: str, names: Sequence[str]) -> str | None:
    """The name of the place that a letter stands for."""
    index = ord(letter) - FIRST_PLACE
    return names[index] if 0 <= index < len(names) else None
