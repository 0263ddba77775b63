"""Japanese words by Sudachi, where the extra `japanese` is installed; else `None` throughout.

The dictionary is loaded once, at the first word. It is not safe to cut texts on two threads at
once with one tokenizer, so each thread has its own.
"""

import threading
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

import msgspec

Cut: TypeAlias = Literal["short", "long"]

_GRAMMAR: Final = frozenset({"助詞", "助動詞", "補助記号", "空白"})
_local = threading.local()


class Word(msgspec.Struct, frozen=True, gc=False):
    """A morpheme: as written, as the dictionary spells it, as it sounds, and where it stands."""

    surface: str
    normal: str
    reading: str
    part: str
    begin: int
    end: int
    groups: tuple[int, ...]

    @property
    def is_grammar(self) -> bool:
        """Whether it is a particle, an auxiliary or a mark."""
        return self.part in _GRAMMAR


def available() -> bool:
    """Whether Sudachi and its dictionary are here."""
    return _dictionary() is not None


def words(text: str, cut: Cut = "long") -> list[Word] | None:
    """The words of `text`, cut long (緑茶) or short; None without the dictionary."""
    return None if _tokenizers() is None else list(_cut(text, cut))


@lru_cache(maxsize=2_048)
def _cut(text: str, cut: Cut) -> tuple[Word, ...]:
    # One query is cut by several who do not know each other.
    tokenizers = _tokenizers() or {}
    return tuple(
        Word(
            one.surface(),
            one.normalized_form().casefold(),
            one.reading_form(),
            one.part_of_speech()[0],
            one.begin(),
            one.end(),
            tuple(one.synonym_group_ids()),
        )
        for one in tokenizers[cut].tokenize(text)
    )


def reading_of(text: str) -> str | None:
    """How `text` sounds, in katakana; Latin letters stay. None without the dictionary."""
    found = words(text)
    if found is None:
        return None
    return "".join(
        word.surface if word.surface.isascii() else word.reading
        for word in found
        if word.part not in ("補助記号", "空白")
    )


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    try:
        from sudachipy import Dictionary
    except ImportError:
        return None
    try:
        return Dictionary()
    except Exception:  # whatever is wrong with the installation, search goes on without it
        return None


def _tokenizers() -> dict[str, Any] | None:
    found: dict[str, Any] | None = getattr(_local, "tokenizers", None)
    if found is None and (dictionary := _dictionary()) is not None:
        from sudachipy import SplitMode

        found = _local.tokenizers = {
            "short": dictionary.tokenizer(SplitMode.A),
            "long": dictionary.tokenizer(SplitMode.C),
        }
    return found
