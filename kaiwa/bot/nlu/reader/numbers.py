"""Small numbers as people write them: 2, 二, ふたつ, two, a couple, a dozen."""

import re
from typing import Final

_KANJI: Final = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_NATIVE: Final = {
    "ひと": 1,
    "ふた": 2,
    "みっ": 3,
    "よっ": 4,
    "いつ": 5,
    "むっ": 6,
    "なな": 7,
    "やっ": 8,
    "ここの": 9,
}
_ENGLISH: Final = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20},
    **{"a couple": 2, "couple": 2, "a pair": 1, "half a dozen": 6, "a dozen": 12, "dozen": 12},
    **{"a few": 3, "thirty": 30, "fifty": 50, "a hundred": 100},
}
JAPANESE: Final = r"(?:\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
NATIVE: Final = rf"(?:{'|'.join(_NATIVE)})"
ENGLISH: Final = (
    rf"(?:\d{{1,4}}|{'|'.join(sorted(_ENGLISH, key=len, reverse=True)).replace(' ', ' +')})"
)
_SPACES = re.compile(r" +")


def small_number(text: str) -> int | None:
    """The value of what one of the patterns above matched; None for anything else."""
    plain = _SPACES.sub(" ", text.strip())
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain in _ENGLISH or plain in _NATIVE:
        return _ENGLISH.get(plain) or _NATIVE[plain]
    tens, ten, ones = plain.partition("十")
    if ten:
        return (_KANJI.get(tens, 1) if len(tens) < 2 else 0) * 10 + _KANJI.get(ones, 0)
    return _KANJI.get(plain)
