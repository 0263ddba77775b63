"""Features of a clause: hashed runs of characters and words, and the concepts it speaks of.

The same text has the same features in every process, so weights can be kept on disk.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, TypeAlias
from zlib import crc32

from kaiwa.bot.nlu.masking import MASKS
from kaiwa.languages.en import stem
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

BUCKETS: Final = 1 << 16
FORM: Final = 3  # one more whenever a text gets other features: kept models are then trained anew
LONGEST: Final = 240

Features: TypeAlias = dict[int, float]

_CONCEPT: Final = 1.6  # how much more than a run of characters a concept says
_WORD: Final = 1.3
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_NOISE = re.compile(r"[\s、。,.!・…~〜ー]+")
_LATIN = re.compile(rf"[a-z0-9']+|[?]|[{''.join(sorted(MASKS))}]|[^\W\d_a-z]+")
_EDGE: Final[dict[Language, str]] = {"ja": "", "en": r"\b"}


def features(text: str, language: Language) -> Features:
    """Weights by bucket; empty for a text without anything to read."""
    found: Features = {}
    for name, weight in _READ[language](text[:LONGEST]):
        bucket = crc32(name.encode()) % BUCKETS
        found[bucket] = max(weight, found.get(bucket, 0.0))
    return found


@lru_cache(maxsize=256)
def concepts(text: str, language: Language) -> tuple[str, ...]:
    """What the text speaks of, beyond its letters."""
    # A stretch is asked for several times while a text is parted into wishes.
    spoken = [name for name, pattern in _concepts(language).items() if pattern.search(text)]
    return (*spoken, *(f"m:{name}" for name in meanings(text, language)))


def _japanese(text: str) -> Iterator[tuple[str, float]]:
    told = _NOISE.sub("", text).translate(_HIRAGANA)
    plain = f"^{told}$" if told else ""
    for length, weight in ((1, 0.3), (2, 0.8), (3, 1.0), (4, 0.9)):
        for at in range(len(plain) - length + 1):
            yield plain[at : at + length], weight
    yield from _spoken(text, "ja")


def _english(text: str) -> Iterator[tuple[str, float]]:
    words = [stem(word) if word.isascii() else word for word in _LATIN.findall(text)]
    padded = ["^", *words, "$"]
    for one, two in zip(padded, padded[1:], strict=False):
        yield f"{one} {two}", _WORD
    for one, two, three in zip(padded, padded[1:], padded[2:], strict=False):
        yield f"{one} {two} {three}", 1.0
    for word in words:
        yield f"w:{word}", _WORD
        if len(word) > 3:
            edged = f"<{word}>"
            for length in (3, 4):
                for at in range(len(edged) - length + 1):
                    yield edged[at : at + length], 0.5
    yield from _spoken(text, "en")


def _spoken(text: str, language: Language) -> Iterator[tuple[str, float]]:
    found = concepts(text, language)
    for at, one in enumerate(found):
        yield f"c:{one}", _CONCEPT
        for two in found[at + 1 :]:
            yield f"c:{one}+{two}", 1.0


_READ: Final[dict[Language, Callable[[str], Iterator[tuple[str, float]]]]] = {
    "ja": _japanese,
    "en": _english,
}


@cache
def concepts_written(language: Language) -> str:
    """The concepts of a language as their file has them."""
    return (Path(__file__).parent / "concepts" / f"{language}.json").read_text("utf-8")


@cache
def _concepts(language: Language) -> dict[str, re.Pattern[str]]:
    written: dict[str, str] = json.loads(concepts_written(language))
    edge = _EDGE[language]
    return {name: re.compile(f"{edge}(?:{words}){edge}") for name, words in written.items()}
