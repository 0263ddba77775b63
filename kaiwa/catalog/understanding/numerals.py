"""Reads numbers as shoppers write them: 1,980, 1.5万, 1万5千, 三千, 10k, a hundred."""

import re
from typing import Final

_DIGITS: Final = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000}
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
KANJI: Final = "〇一二三四五六七八九十百千万"
_THOUSANDS = r"\d+(?:\.\d+)?k(?![a-z0-9])"
NUMBER: Final = (
    rf"(?<![\d.,])(?:{_THOUSANDS}|{_PLAIN}(?:[百千万](?:\d+|[一二三四五六七八九])?)*|[{KANJI}]+)"
)
# A number that is an amount without a currency beside it: thousands, or at least three digits.
LARGE: Final = (
    rf"(?<![\d.,])(?:{_THOUSANDS}|{_PLAIN}(?:[千万](?:\d+|[一二三四五六七八九])?)+"
    rf"|[一二三四五六七八九十百千]*[千万][{KANJI}]*|\d{{1,3}}(?:,\d{{3}})+|\d{{3,}})"
)

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "grand": 1_000}
_SPOKEN: Final = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
    "fiver": 5,
    "tenner": 10,
}
_WORD = rf"(?:{'|'.join([*_SPOKEN, *_SCALES])})"
_RUN = rf"(?:a\s+(?:hundred|thousand|grand|fiver|tenner)|{_WORD})(?:[\s-]+(?:and\s+)?{_WORD})*"
_BOUND = r"(?:under|below|over|above|around|about|than|to|of|most|least|within|max|is|spend)"
_IN_WORDS = re.compile(
    rf"(?<=\b)(?:(?P<before>{_BOUND}\s+)(?P<bound>{_RUN})\b"
    rf"|(?P<paid>{_RUN})(?=\s+(?:dollars?|bucks|usd|euros?|yen|or\s+so)\b))"
)


def number_of(text: str) -> float:
    """The value of "1,980", "1.5万", "1万5千", "三千", "10k"."""
    if text.endswith("k"):
        return number_of(text[:-1]) * 1_000
    total, section = 0.0, 0.0
    pending: float | None = None
    for part in re.findall(r"\d[\d,]*(?:\.\d+)?|.", text):
        if part[0].isascii() and part[0].isdigit():
            pending = float(part.replace(",", ""))
        elif part in _DIGITS:
            pending = (pending or 0) * 10 + _DIGITS[part]
        elif part in _UNITS:
            section += (1 if pending is None else pending) * _UNITS[part]
            pending = None
        elif part == "万":
            total += (section + (pending or 0) or 1) * 10_000
            section, pending = 0.0, None
    return total + section + (pending or 0)


def in_digits(text: str) -> str:
    """English number words as digits where they are an amount: "under fifty dollars"."""
    return _IN_WORDS.sub(_spoken, text)


def _spoken(found: re.Match[str]) -> str:
    words = re.findall("[a-z]+", found["bound"] or found["paid"])
    total = section = 0
    for word in words:
        if word in _SCALES:
            section = (section or 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, section = total + section, 0
        else:
            section += _SPOKEN.get(word, 0)
    return f"{found['before'] or ''}{total + section}"
