"""Sizes: Lサイズ, size M, 27cm, 130センチ, 2XL; one spelling each, and only where it is a size."""

import re
from typing import Final

from kaiwa.catalog.understanding.measures import as_size, measured

_LETTERS = r"(?:xx?s|x{1,4}l|[2-6]x?l|[2-6]x|ll|ss|s|m|l)"
_WORDS: Final = {
    "small": "S",
    "medium": "M",
    "large": "L",
    "extra large": "XL",
    "extra-large": "XL",
    "x-large": "XL",
    "xx-large": "XXL",
    "extra small": "XS",
    "x-small": "XS",
}
_ADJECTIVES = r"(?:(?:extra|xx?)[ -](?:large|small)|small|medium|large)"
_LENGTH = r"\d{1,3}(?:\.\d)?\s*(?:cm|センチ)"
_FREE: Final = {
    "FREE",
    "F",
    "フリー",
    "FREESIZE",
    "FREE SIZE",
    "フリーサイズ",
    "ONE SIZE",
    "ONESIZE",
    "OS",
}
_VALUE = rf"(?:{_LETTERS}|{_ADJECTIVES}|{_LENGTH}|\d+(?:\.\d)?)"
# Each with whether it needs a number, and whether the word "size".
_SIZED: Final = [
    (re.compile(pattern), needs_number, needs_word)
    for pattern, needs_number, needs_word in (
        (rf"(?<![a-z0-9.])({_LETTERS}|\d{{2,3}}(?:\.\d)?)\s*サイズ(?:の|で)?", False, True),
        (rf"サイズ\s*(?:は|が|:|=)?\s*({_VALUE})(?![a-z0-9])号?(?:です|で|の)?", False, True),
        (
            rf"\b(?:in\s+)?(?:an?\s+)?(?:size|sz)\.?\s*(?:is|:|=)?\s*(?:us|uk|eu)?\s*({_VALUE})"
            r"(?![a-z0-9])",
            False,
            True,
        ),
        (r"\b(?:us|uk|eu)\s*(?:size\s*)?(\d{1,2}(?:\.5)?)(?![\d.])", True, False),
        (r"(?<![\d.])(\d{1,2}(?:\.5)?)\s*(?:us|uk|eu)\b", True, False),
        (r"\bin\s+(?:an?\s+)?(small|medium|large)\s*(?=$|[?,.])", False, False),
        (r"(フリーサイズ|\b(?:free|one)[ -]size(?:\s+fits\s+all)?\b)(?:の|で)?", False, True),
        (rf"\b({_ADJECTIVES})\s+size\b", False, True),
        (r"(?<![a-z0-9.])(xs|x{1,4}l|[2-6]x?l|[2-6]x|ll)(?![a-z0-9])", False, False),
    )
]
_DIGIT = re.compile(r"\d")
_BARE_LENGTH = re.compile(rf"(?<![\d.])({_LENGTH})(?:の|で)?(?![a-z])")
_SPOKEN = re.compile(r"(エス|エム|エル|えす|えむ|える)サイズ")
_LETTER_OF: Final = {"エス": "s", "えす": "s", "エム": "m", "えむ": "m", "エル": "l", "える": "l"}
_SIDE = re.compile(r"(?:足(?:の)?|幅|横|丈|身長|直径|径|高さ|長さ|奥行き?)(?:が|は)?\s*$")
_BARE_HALF = re.compile(r"(?<![\d.])(\d{2}\.[05])(?![\d.a-z円万千個インセミキグ])")
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,2})号(?:サイズ)?(?:の|で)?")
_BARE_LETTER = re.compile(r"(?<=[\s、のスズ用])([sml])(?=$|[\s、。のでが~〜～]|以外)(?!\s*\d)")
_NAMED = re.compile(
    r"(?:(?<=^)|(?<=[\s、の]))([ァ-ヺー]{3,}|[a-z]{3,})(?:サイズ)?(?=$|[\s、のでが])"
)
# Words apart, as "dog collar, large" and "pink collar small".
_APART: Final = re.compile(rf"(?:(?<=,)|(?<=\s))\s*({_ADJECTIVES})\s*(?=,|$)")
_MORE_OR_LESS = re.compile(
    r"^\s*(?:です|だと|以上|以下|[~〜～]|or\s+(?:larger|bigger|smaller|up|above|below))(?:の|で)?"
)
_ADJECTIVE = re.compile(rf"\b({_ADJECTIVES})\b")
# What one shop calls 2XL is XXL in another and 3L in Japan.
_SAME: Final = [
    _FREE,
    {"XXS", "SS", "XS"},
    {"XL", "LL", "2L"},
    {"XXL", "2XL", "3L", "2X"},
    {"XXXL", "3XL", "4L", "3X"},
    {"XXXXL", "4XL", "5L", "4X"},
]


def size(text: str, known: frozenset[str]) -> tuple[str | None, str]:
    """The size asked for, as the shop writes it.

    A bare length or a bare S, M or L is a size only where the shop has it.
    """
    if "サイズ" in text:
        text = _SPOKEN.sub(lambda found: f"{_LETTER_OF[found[1][:2]]}サイズ", text)
    numbered = _DIGIT.search(text) is not None
    said = "サイズ" in text or "size" in text or "sz" in text
    for pattern, needs_number, needs_word in _SIZED:
        # Most texts have neither, and each pattern would be tried at every letter.
        if (needs_number and not numbered) or (needs_word and not said):
            continue
        if found := pattern.search(text):
            return _as_known(normal_size(found[1]), known), _cut(text, found)
    for values, found in measured(text) if numbered else ():
        if there := next((one for one in values if one in known), None):
            return there, _cut(text, found)
    for pattern in (_BARE_LENGTH, _BARE_HALF, _NUMBERED, _BARE_LETTER)[0 if numbered else 3 :]:
        for found in pattern.finditer(text):
            value = normal_size(found[1])
            for one in (value, f"{value}cm", f"{value}号"):
                if one in known:
                    return one, _cut(text, found)
    for found in _APART.finditer(text):
        if (value := normal_size(found[1])) in known:
            return value, _cut(text, found)
    for found in _NAMED.finditer(text):
        # "Hands free" and "free shipping" are no sizes.
        if found[1] not in ("free", "one") and found[1].upper() in known:
            return found[1].upper(), _cut(text, found)
    return None, text


def adjective_size(text: str) -> tuple[str | None, str]:
    """Read "large" as a size, for things that come in sizes."""
    found = _ADJECTIVE.search(text)
    return (normal_size(found[1]), _cut(text, found)) if found else (None, text)


def normal_size(text: str) -> str:
    """One spelling per size: "xl" is XL, "27 cm" is 27cm, "large" is L."""
    plain = text.strip().casefold()
    if plain in _WORDS:
        return _WORDS[plain]
    if told := as_size(plain):
        return told
    if plain[:1].isdigit() and plain.endswith(("cm", "センチ")):
        return plain.replace("センチ", "cm").replace(" ", "")
    return plain.upper()


def _as_known(value: str, known: frozenset[str]) -> str:
    if value in known:
        return value
    alike = next((group for group in _SAME if value in group), set())
    marked = (f"{value}cm", f"{value}号", f"US {value}", f"US{value}", f"EU {value}", f"UK {value}")
    there = [*sorted(alike & known), *(one for one in marked if one in known)]
    return there[0] if there else value


def _cut(text: str, found: re.Match[str]) -> str:
    before = _SIDE.sub(" ", text[: found.start()])
    return f"{before} {_MORE_OR_LESS.sub(' ', text[found.end() :])}"
