"""Text search: documents of named fields in, ranked document numbers out.

No query language stands between the shopper and the index: a query is built from analysed terms.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

Kind: TypeAlias = Literal["english", "terms"]
Numbers: TypeAlias = npt.NDArray[np.int64]
Scores: TypeAlias = npt.NDArray[np.float64]


class Field(msgspec.Struct, frozen=True):
    """A field is English text, which the index stems, or terms that come separated by spaces."""

    name: str
    kind: Kind


class Document(msgspec.Struct, frozen=True):
    """One document; its number is the caller's and is what a search gives back."""

    number: int
    texts: dict[str, str]


class Term(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """An analysed term in a field, and how much a hit there is worth.

    `beside` is a term that is never written into a document without this one. Where both are in
    equally many, they are in the same ones, and need not both be looked for.
    """

    field: str
    text: str
    weight: float = 1.0
    beside: str = ""


class Clause(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """One thing asked for: the best of these ways counts, the rest a little.

    A way is a term, or several clauses that must all be answered. Whatever answers a clause of
    `unless` does not answer this one. With `added`, every way counts in full: the sum of them is
    found in half of the time.
    """

    terms: tuple[Term, ...]
    others: "tuple[tuple[Clause, ...], ...]" = ()
    unless: "tuple[Clause, ...]" = ()
    added: bool = False


class Only(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """Which documents may be found, whatever they score.

    A few numbers; those that answer every clause of `within` and none of `without`.
    """

    among: tuple[int, ...] | None = None
    within: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()


ANY = Only()


class Hits(msgspec.Struct, frozen=True, gc=False):
    """Document numbers, best first, each with its score."""

    numbers: Numbers
    scores: Scores


NO_HITS = Hits(np.zeros(0, np.int64), np.zeros(0, np.float64))


class TextIndex(Protocol):
    """An index in a folder. Everything in it can be built again from elsewhere.

    One process at a time writes. The mark is the writer's note of how far it has come: it moves
    with the documents or behind them, never ahead, so whoever writes next goes on from there.
    """

    def claim(self) -> bool:
        """Whether this process may write from now on; asking again is free. See `rest`."""

    def mark(self) -> str:
        """What was told with the last commit, "" in a new index; certain only while claimed."""

    def write(self, documents: Iterable[Document], gone: Iterable[int], mark: str) -> None:
        """Put documents in the place of earlier ones, forget `gone`; visible afterwards.

        `Unreachable` when it is not claimed or the writing failed: then nothing of it stands,
        the mark neither, and it can be claimed and tried again from the mark.
        """

    def clear(self) -> None:
        """Forget every document and the mark. It must be claimed."""

    def rest(self) -> None:
        """Let another process write."""

    def refresh(self) -> bool:
        """See what another process wrote; whether there was anything."""

    def find(self, clauses: Sequence[Clause], most: int, *, every: bool, only: Only = ANY) -> Hits:
        """Documents that answer every clause, or any of them; among those `only` allows."""

    def has(self, clause: Clause) -> bool:
        """Whether any document answers the clause, or did until it was lately replaced."""

    def answers(self, clause: Clause) -> bool:
        """Whether any document answers the clause now."""

    def stems(self, text: str) -> list[str]:
        """The terms an English field makes of `text`."""

    def close(self) -> None:
        """Let go of the folder."""


def open_index(folder: Path | None, fields: Sequence[Field]) -> TextIndex:
    """The best engine this machine has: tantivy, else SQLite's FTS5. `None` is in memory.

    Each engine keeps to a folder of its own inside `folder`.
    """
    try:
        from kaiwa.engines.search.tantivy_index import TantivyIndex
    except ImportError:
        from kaiwa.engines.search.fts_index import FtsIndex

        return FtsIndex(folder and folder / "fts5", fields)
    return TantivyIndex(folder and folder / "tantivy", fields)
