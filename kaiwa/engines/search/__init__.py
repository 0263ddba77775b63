"""Text search: documents of named fields in, ranked document numbers out.

No query language stands between the shopper and the index: a query is built from analysed terms.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol, TypeAlias

import msgspec

Kind: TypeAlias = Literal["english", "terms"]


class Field(msgspec.Struct, frozen=True):
    """A field is English text, which the index stems, or terms that come separated by spaces."""

    name: str
    kind: Kind


class Document(msgspec.Struct, frozen=True):
    """One document; its number is the caller's and is what a search gives back."""

    number: int
    texts: dict[str, str]


class Term(msgspec.Struct, frozen=True):
    """An analysed term in a field, and how much a hit there is worth."""

    field: str
    text: str
    weight: float = 1.0


class Clause(msgspec.Struct, frozen=True):
    """One thing asked for: the best of these ways counts, the rest a little.

    A way is a term, or several clauses that must all be answered.
    """

    terms: tuple[Term, ...]
    others: "tuple[tuple[Clause, ...], ...]" = ()


class Hits(msgspec.Struct, frozen=True):
    """Document numbers, best first, each with its score."""

    numbers: Sequence[int] = ()
    scores: Sequence[float] = ()


class TextIndex(Protocol):
    """An index in a folder. Everything in it can be built again from elsewhere."""

    def write(self, documents: Iterable[Document], gone: Iterable[int]) -> None:
        """Put these documents in the place of earlier ones, forget `gone`; visible afterwards."""

    def find(self, clauses: Sequence[Clause], most: int, *, every: bool) -> Hits:
        """Documents that answer every clause, or any of them."""

    def stems(self, text: str) -> list[str]:
        """The terms an English field makes of `text`."""

    def close(self) -> None:
        """Let go of the folder."""
