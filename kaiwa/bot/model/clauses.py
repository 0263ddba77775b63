"""What each clause of a text says: its facts in their order, each with its marks, and of what.

A mark is how a fact is said: as past, possible, asked, not so. In Japanese it stands behind its
fact, in English it holds for its clause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from kaiwa.bot.model.cutting import Cut, cut
from kaiwa.bot.model.sayable import Piece, Role
from kaiwa.bot.model.slots import Slotted, is_naming
from kaiwa.bot.model.spelling import place_at, placed, spelled
from kaiwa.vocabulary.language import Language

_SENTENCE: Final = re.compile(r"([。！？!?\n]+|\.(?=\s|$))")
_NEAR: Final = frozenset({"until", "before", "after", "since", "by"})
# What is said of the one price of a text.
_NOTES: Final = frozenset({"tax included"})
_ALONE: Final = frozenset({"harmless", "assent", "done"})
_COLONS: Final = frozenset(":：")
_ASKS: Final = frozenset("？?")


class Unit(msgspec.Struct, frozen=True):
    """One fact that is said: a place, a way of saying it, or words that only the draft knows."""

    key: str
    marks: frozenset[str] = frozenset()


class Clause(msgspec.Struct, frozen=True):
    """`topics` are the places that name a thing; `strange` is what may not be said here.

    `words` nobody knows, `roles` are those of its pieces.
    """

    units: tuple[Unit, ...]
    topics: frozenset[str]
    strange: str | None = None
    words: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()


class Reader:
    """Reads texts with the places of one draft, by the pieces that are `known`."""

    def __init__(self, slots: Slotted, known: Mapping[str, Piece], language: Language) -> None:
        self._names = tuple(slots.values)
        self._naming = frozenset(one for one in self._names if is_naming(one, slots.kinds[one]))
        self._kinds = slots.kinds
        self._prices = sum(
            kind in ("fact", "money") and name not in self._naming
            for name, kind in slots.kinds.items()
        )
        self._known = known
        self._language = language
        self._read: dict[str, list[Clause]] = {}

    def clauses(self, text: str) -> list[Clause]:
        """The clauses of a text with places, in order."""
        parts = _SENTENCE.split(spelled(placed(text, self._names), self._language))
        found: list[Clause] = []
        for sentence, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
            whole = sentence.strip() + end
            if whole not in self._read:
                self._read[whole] = list(self._sentence(sentence.strip(), end))
            found += self._read[whole]
        return found

    def _sentence(self, sentence: str, end: str) -> Iterator[Clause]:
        rows: list[list[Cut]] = [[]]
        for one in cut(sentence, self._known, self._language):
            if one.piece is not None and one.piece.role == "break":
                rows.append([])
            elif self._is_quote(one):
                rows += [[one], []]
            else:
                rows[-1].append(one)
        rows = list(_held(row for row in rows if row))
        for row in rows:
            yield from self._clause(row, asked=row is rows[-1] and bool(_ASKS & set(end)))

    def _clause(self, row: Sequence[Cut], *, asked: bool) -> Iterator[Clause]:
        units, strange = self._units(row)
        if asked and units:
            units[-1] = _marked(units[-1], {"ask"})
        if self._language == "en":
            units = self._shared(units)
        topics = frozenset(one.key for one in units if one.key in self._naming)
        own = [one for one in units if one.key not in self._naming or one.marks]
        words = tuple(one.text for one in row if one.piece is None)
        strange = strange or self._loose(row, own, topics)
        roles = frozenset(one.piece.role for one in row if one.piece)
        rest = tuple(one for one in own if not self._apart(one))
        yield Clause(rest, topics, strange, words, roles)
        for one in own:
            if self._apart(one):
                yield Clause((one,), topics)

    def _units(self, row: Sequence[Cut]) -> tuple[list[Unit], str | None]:
        """The facts of a clause with the marks that stand at them; a mark at none is strange."""
        units: list[Unit] = []
        strange: str | None = None
        coming: frozenset[str] = frozenset()
        does = was = False
        for one in row:
            piece = one.piece
            if piece is None or piece.role != "light":
                # 「返金します」, but not 「¥100にします」 nor 「返金をお客さまにします」.
                does, was = piece is None or (piece.role == "fact" and len(piece.key) > 1), does
            if piece is None:
                units.append(Unit(f"~{one.text}", coming))
            elif piece.role == "fact":
                key = place_at(piece.key, self._names) if len(piece.key) == 1 else piece.key
                units.append(Unit(key or "~", piece.marks | coming))
            elif piece.role == "does":
                strange = strange if was else one.text
            elif not piece.marks:
                continue
            elif self._language == "en":
                coming |= piece.marks
                continue
            elif units:
                units[-1] = self._behind(units[-1], piece.marks)
            else:
                strange = one.text
            coming = frozenset()
        if coming and units:
            units[-1] = _marked(units[-1], coming)
        return units, strange if not coming or units else "a mark of nothing"

    def _behind(self, unit: Unit, marks: frozenset[str]) -> Unit:
        # From a page, to a page: of a link these say nothing.
        link = self._kinds.get(unit.key) == "link"
        return _marked(unit, marks - {"from", "to"} if link else marks)

    def _shared(self, units: Sequence[Unit]) -> list[Unit]:
        """English: "not" and "can" hold for a whole clause, "until" for the next word only."""
        marks = frozenset(mark for one in units for mark in one.marks if mark not in _NEAR)
        # Where a thing is only named or shown, the marks are of it; else of what is said of it.
        rest = [one for one in units if not self._is_shown(one)]
        return [
            Unit(one.key, one.marks & _NEAR)
            if rest and self._is_shown(one)
            else _marked(one, marks)
            for one in units
        ]

    def _loose(
        self, row: Sequence[Cut], units: Sequence[Unit], topics: frozenset[str]
    ) -> str | None:
        """Words that hold nothing together: a clause without facts is harmless as a whole.

        Where a thing is only named, no verb says anything of it; 「です」 does not.
        """
        alone = [one.text for one in row if one.piece and one.piece.role in _ALONE]
        if alone and (units or topics) and not any(one.text in _COLONS for one in row):
            return alone[0]
        if units or (topics and self._language == "ja"):
            return None
        for one in row:
            role = one.piece.role if one.piece else "fact"
            if role == "grammar" or (role == "light" and not topics and one.text not in _COLONS):
                return one.text
        return None

    def _is_shown(self, unit: Unit) -> bool:
        return unit.key in self._naming or self._kinds.get(unit.key) in ("link", "quote")

    def _is_quote(self, one: Cut) -> bool:
        key = one.piece.key if one.piece else ""
        name = place_at(key, self._names) if len(key) == 1 else None
        return name is not None and self._kinds[name] == "quote"

    def _apart(self, unit: Unit) -> bool:
        """Whether it says the same wherever it stands in its sentence."""
        if unit.key in _NOTES:
            return self._prices <= 1
        return self._kinds.get(unit.key) == "link"


def _held(rows: Iterable[list[Cut]]) -> Iterator[list[Cut]]:
    """Rows of mere grammar held to the row before: 「（税込）です」."""
    last: list[Cut] = []
    for row in rows:
        grammar = all(
            one.piece is not None and one.piece.role in ("grammar", "light") for one in row
        )
        if last and grammar:
            last += row
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _marked(unit: Unit, marks: set[str] | frozenset[str]) -> Unit:
    return Unit(unit.key, unit.marks | marks)
