"""Sizes: Lサイズ, size M, 27cm, 130センチ, 2XL; one spelling each, and only where it is a size."""

import re
from typing import Final

_LETTERS = r"(?:xx?s|x{1,4}l|[2-5]x?l|ll|ss|s|m|l)"
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
_VALUE = rf"(?:{_LETTERS}|{_ADJECTIVES}|{_LENGTH}|\d+(?:\.\d)?)"
_SIZED: Final = [
    re.compile(rf"(?<![a-z0-9])({_LETTERS}|\d{{2,3}}(?:\.\d)?)\s*サイズ(?:の|で)?"),
    re.compile(rf"サイズ\s*(?:は|が|:|=)?\s*({_VALUE})(?![a-z0-9])(?:で|の)?"),
    re.compile(rf"\b(?:in\s+)?(?:a\s+)?(?:size|sz)\.?\s*(?:is|:|=)?\s*({_VALUE})(?![a-z0-9])"),
    re.compile(rf"\b({_ADJECTIVES})\s+size\b"),
    re.compile(r"(?<![a-z0-9])(xs|x{1,4}l|[2-5]x?l|ll)(?![a-z0-9])"),
]
_BARE_LENGTH = re.compile(rf"(?<![\d.])({_LENGTH})(?:の|で)?(?![a-z])")
_BARE_HALF = re.compile(r"(?<![\d.])(\d{2}\.[05])(?![\d.a-z円万千個インセミキグ])")
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,2})号(?:サイズ)?(?:の|で)?")
_BARE_LETTER = re.compile(r"(?<=[\s、の])([sml])(?=$|[\s、。のでが]|以外)(?!\s*\d)")
_ADJECTIVE = re.compile(rf"\b({_ADJECTIVES})\b")
# What one shop calls 2XL is XXL in another and 3L in Japan.
_SAME: Final = [
    {"XXS", "SS", "XS"},
    {"XL", "LL", "2L"},
    {"XXL", "2XL", "3L"},
    {"XXXL", "3XL", "4L"},
    {"XXXXL", "4XL", "5L"},
]


def size(text: str, known: frozenset[str]) -> tuple[str | None, str]:
    """The size asked for, as the shop writes it.

    A bare length or a bare S, M or L is a size only where the shop has it.
    """
    for pattern in _SIZED:
        if found := pattern.search(text):
            return _as_known(normal_size(found[1]), known), _cut(text, found)
    for pattern in (_BARE_LENGTH, _BARE_HALF, _NUMBERED, _BARE_LETTER):
        for found in pattern.finditer(text):
            value = normal_size(found[1])
            for one in (value, f"{value}cm", f"{value}号"):
                if one in known:
                    return one, _cut(text, found)
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
    if plain[:1].isdigit() and plain.endswith(("cm", "センチ")):
        return plain.replace("センチ", "cm").replace(" ", "")
    return plain.upper()


def _as_known(value: str, known: frozenset[str]) -> str:
    if value in known:
        return value
    alike = next((group for group in _SAME if value in group), set())
    there = [*sorted(alike & known), *({f"{value}cm"} & known)]
    return there[0] if there else value


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
