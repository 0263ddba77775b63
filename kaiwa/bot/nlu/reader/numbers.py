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
_DIGIT_WORDS: Final = {
    **{"ぜろ": 0, "れい": 0, "まる": 0, "いち": 1, "に": 2, "さん": 3, "よん": 4, "し": 4, "ご": 5},
    **{"ろく": 6, "なな": 7, "しち": 7, "はち": 8, "きゅう": 9, "きゅー": 9, "く": 9},
    **{"ゼロ": 0, "イチ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ゴ": 5, "ロク": 6, "ナナ": 7},
    **{"ハチ": 8, "キュウ": 9, "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4},
    **{"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
}
_DIGIT_WORD: Final = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_SPELT: Final = re.compile(rf"(?:(?:{_DIGIT_WORD})[\s、,の-]{{0,2}}){{3,12}}")
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


def spelt_digits(text: str) -> str | None:
    """Digits that were said one by one: さんいちぜろなな and "three one oh seven" are 3107."""
    found = _SPELT.search(text)
    if found is None:
        return None
    return "".join(str(_DIGIT_WORDS[word]) for word in re.findall(_DIGIT_WORD, found[0]))
