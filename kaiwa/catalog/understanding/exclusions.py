"""What a shopper does not want: 革じゃない, 赤以外, 砂糖なし, without leather, sugar-free."""

import re
from typing import Final

from kaiwa.catalog.understanding.colours import colour_of

# What a thing is made of or has; letters of one script, so that the sentence around stays out.
_THING = r"(?P<thing>[一-鿿々]+|[ァ-ヺー]+|[a-z]+)(?:色)?"
_LIST = rf"(?P<more>(?:(?:[一-鿿々]+|[ァ-ヺー]+|[a-z]+)\s*(?:と|や|、)\s*)*){_THING}"
_JAPANESE: Final = [
    re.compile(rf"{_LIST}\s*(?:以外|を除く|を除いた)(?:の|で)?"),
    re.compile(rf"{_LIST}\s*(?:じゃ|では)(?:ない|なく|なくて|無い)(?:もの|やつ|の)?"),
    re.compile(
        rf"{_LIST}\s*(?:が|の|を|は)?\s*(?:入って|入って?い|使って|使って?い|含ま|付いて|つ[いか]て)"
        r"(?:い)?(?:ない|ません)(?:もの)?"
    ),
    re.compile(rf"{_LIST}\s*(?:が|の|は)?\s*(?:なし|無し|抜き|不使用|ゼロ|フリー)(?:の)?"),
    re.compile(rf"{_LIST}\s*(?:が|の|は)\s*(?:ない|無い)(?:もの)?"),
]
_WORD = r"(?P<thing>[a-z]+)"
_MORE = r"(?P<more>(?:[a-z]+(?:,|\s+(?:or|and))\s+)*)"
_ENGLISH: Final = [
    re.compile(
        rf"\b(?:anything\s+)?(?:but\s+not|other\s+than|except(?:\s+for)?|excluding|not|without|no)"
        rf"\s+(?:a\s+|an\s+|any\s+|in\s+|made\s+of\s+)?{_MORE}{_WORD}\b"
    ),
    re.compile(rf"\bnon[- ]{_WORD}\b(?P<more>)"),
    re.compile(rf"\b{_WORD}[- ]free\b(?P<more>)"),
]
_BETWEEN = re.compile(r"\s*(?:と|や|、|,|\bor\b|\band\b)\s*")
_NOT_A_THING: Final = frozenset({"tax", "more", "less", "only", "top", "送料", "料"})


def exclusions(text: str) -> tuple[tuple[str, ...], str]:
    """What is not wanted, colours by their canonical name, and the text without it."""
    found: list[str] = []
    for pattern in (*_JAPANESE, *_ENGLISH):
        while hit := pattern.search(text):
            things = [thing for thing in _BETWEEN.split(hit["more"] or "") if thing]
            things.append(hit["thing"])
            if set(things) & _NOT_A_THING:
                break
            found += [colour_of(thing) or thing for thing in things]
            text = f"{text[: hit.start()]} {text[hit.end() :]}"
    return tuple(dict.fromkeys(found)), text
