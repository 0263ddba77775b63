"""Words that mean the same in a shop: the merchant's own, then the ones every shop shares."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from kaiwa.catalog.change import next_change
from kaiwa.engines.db import Session
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings.product_words import kinds_of, same_names
from kaiwa.vocabulary.time import to_micros

LONGEST: Final = 3

Key: TypeAlias = tuple[str, ...]
Cut: TypeAlias = Callable[[str], list[str]]


class Synonyms:
    """What else a run of words may be called; words are compared as `cut` cuts them."""

    def __init__(self, cut: Cut, own: dict[str, tuple[str, ...]] | None = None) -> None:
        self._cut = cut
        self._means: dict[Key, list[str]] = {}
        for word, means in (own or {}).items():
            self._add(word, means)
        for group in same_names():
            for word in group:
                self._add(word, [other for other in group if other != word])
        for name, kinds in kinds_of().items():
            self._add(name, kinds)

    def of(self, words: Sequence[str]) -> list[tuple[int, int, list[str]]]:
        """Each known run of words: where it begins and ends, and its other names."""
        return [
            (begin, end, means)
            for begin in range(len(words))
            for end in range(begin + 1, min(begin + LONGEST, len(words)) + 1)
            if (means := self._means.get(tuple(words[begin:end])))
        ]

    def _add(self, word: str, means: Sequence[str]) -> None:
        if key := tuple(self._cut(word)):
            known = self._means.setdefault(key, [])
            known.extend(other for other in means if other not in known)


def put_synonym(
    session: Session, merchant_id: int, word: str, means: Sequence[str], now: datetime
) -> None:
    """When a shopper asks for `word`, also look for `means`; none takes the word back."""
    next_change(session, merchant_id)
    session.run(
        """INSERT INTO synonym (merchant_id, word, means, updated_at)
        VALUES (:merchant_id, :word, :means, :now)
        ON CONFLICT (merchant_id, word) DO UPDATE SET means = excluded.means,
        updated_at = excluded.updated_at""",
        merchant_id=merchant_id,
        word=word,
        means=msgspec.json.encode(list(means)).decode(),
        now=to_micros(now),
    )


def own_synonyms(session: Session, merchant_id: int) -> dict[str, tuple[str, ...]]:
    """What the merchant wrote."""
    rows = session.all(
        "SELECT word, means FROM synonym WHERE merchant_id = :merchant_id",
        merchant_id=merchant_id,
    )
    return {row[0]: msgspec.json.decode(row[1], type=tuple[str, ...]) for row in rows}


def same_in_shops(word: str) -> tuple[str, ...]:
    """Other names of a single folded word in any shop: ケトル for "kettle"."""
    return _same().get(word, ())


@lru_cache(maxsize=1)
def _same() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in same_names():
        for one in group:
            found.setdefault(fold(one), []).extend(other for other in group if other != one)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}
