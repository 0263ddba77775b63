"""The languages a conversation can be in, and the guess from its script."""

import re
from typing import Final, Literal, TypeAlias, TypeGuard

Language: TypeAlias = Literal["ja", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("ja", "en")
DEFAULT_LANGUAGE: Final[Language] = "ja"

_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
_HAN = re.compile(r"[\u3400-\u9fff々〆]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def is_language(value: object) -> TypeGuard[Language]:
    """Whether `value` is a language the product speaks."""
    return value in LANGUAGES


def detect(text: str) -> Language | None:
    """The language of `text` by its script; None when it says nothing ("123")."""
    if _KANA.search(text) or _HAN.search(text):
        return "ja"
    if _LATIN_WORD.search(text):
        return "en"
    return None
