"""What may be said of one draft: a closed world of its own words and harmless ones.

A clause of a model's may say what one clause of the draft says, or a stretch of it, in its order or
turned once; with the same marks and of the same things. Nothing of the draft may be left out.
"""

from collections.abc import Sequence
from typing import Final

from kaiwa.bot.model.clauses import Clause, Reader, Unit
from kaiwa.bot.model.sayable import Piece, sayable
from kaiwa.bot.model.slots import Slotted
from kaiwa.vocabulary.language import Language

_DONE: Final = frozenset({"past"})
_PRICE: Final = Unit("price")
_AMOUNTS: Final = frozenset({"fact", "money", "percent"})
_AGREEING: Final = frozenset({"assent", "shows"})
_HONORIFICS: Final = ("お", "ご")


class World:
    """One draft's world. A draft that `denies` agrees to nothing."""

    def __init__(self, slots: Slotted, language: Language, *, denies: bool) -> None:
        self._places = frozenset(slots.values)
        known = sayable(language)
        reader = Reader(slots, known, language)
        told = [one for text in slots.texts for one in reader.clauses(text)]
        self._clauses = _of_their_things(told)
        own = {word for one in self._clauses for word in one.words}
        self._reader = Reader(slots, known | _own(own), language)
        self._denies = denies
        self._kinds = slots.kinds
        self._did = any(unit.marks == _DONE for one in self._clauses for unit in one.units)
        owners = {one.split(".")[0] for one in slots.values if "." in one}
        self._one_thing = len(owners) <= 1

    def foreign(self, raw: str) -> str | None:
        """What of a text, or of its first sentences, the draft does not say; for the log."""
        thing: frozenset[str] = frozenset()
        for clause in self._reader.clauses(raw):
            thing = clause.topics or thing
            if clause.strange is not None:
                return clause.strange
            if clause.words:
                return clause.words[0]
            if "done" in clause.roles and not self._did:
                return "done, when nothing was"
            if clause.roles & _AGREEING and self._denies:
                return "a yes, when it is a no"
            if not clause.units:
                continue
            if not any(self._says(one, clause, thing) for one in self._clauses) and not (
                self._is_row(clause)
            ):
                return " ".join(_shown(one) for one in clause.units)
        return None

    def unsaid(self, raw: str) -> tuple[str, ...]:
        """The facts of the draft that a whole text lacks."""
        said = {unit for clause in self._reader.clauses(raw) for unit in clause.units}
        return tuple(
            _shown(unit)
            for clause in self._clauses
            for unit in clause.units
            if unit not in said and unit.key not in self._places
        )

    def _says(self, told: Clause, clause: Clause, thing: frozenset[str]) -> bool:
        if not self._one_thing and told.topics and not (thing and thing <= told.topics):
            return False
        units = clause.units
        if not any(one.key not in self._places for one in told.units):
            # Whatever is said of a place alone is its price or its number.
            units = tuple(one for one in units if one != _PRICE)
        places = [one for one in units if one.key in self._places]
        own = [one for one in units if one.key.startswith("~")]
        # Only two of a kind can be taken for one another.
        unordered = len(places) <= 1 and len(own) <= 1
        if not _is_stretch(units, told.units, unordered=unordered):
            return False
        facts = {one for one in units if one.key not in self._places}
        # "Size M is sold out" may be said in part, but not with another verb: "we have size M".
        whole = {one for one in told.units if one.key not in self._places} <= facts
        if whole:
            return True
        if not facts:
            kinds = {self._kinds[one.key] for one in places}
            return kinds == {"number"} or not (kinds & _AMOUNTS or "grammar" in clause.roles)
        return "grammar" not in clause.roles

    def _is_row(self, clause: Clause) -> bool:
        """Whether it says several clauses of the draft, each of them a word and its place.

        「小計は¥2,200と送料は¥660」: nothing else could be meant by it.
        """
        units = clause.units
        pairs = [frozenset(units[at : at + 2]) for at in range(0, len(units), 2)]
        told = {frozenset(one.units) for one in self._clauses if self._is_pair(one.units)}
        return bool(pairs) and not clause.topics and all(one in told for one in pairs)

    def _is_pair(self, units: Sequence[Unit]) -> bool:
        places = sum(one.key in self._places for one in units)
        return len(units) == 2 and places == 1 and not any(one.marks for one in units)


def _is_stretch(units: Sequence[Unit], of: Sequence[Unit], *, unordered: bool) -> bool:
    """Whether these are neighbours there, in that order or with their end moved to the front.

    `unordered` in any order.
    """
    wanted = list(dict.fromkeys(units))
    row = list(dict.fromkeys(of))
    for begin in range(len(row) - len(wanted) + 1):
        stretch = row[begin : begin + len(wanted)]
        for turn in range(len(stretch)):
            if stretch[turn:] + stretch[:turn] == wanted:
                return True
        if unordered and set(stretch) == set(wanted):
            return True
    return False


def _of_their_things(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, each with the thing it is about though only one before it names it."""
    found: list[Clause] = []
    thing: frozenset[str] = frozenset()
    for one in clauses:
        thing = one.topics or thing
        found.append(Clause(one.units, thing, one.strange, one.words))
    return found


def _own(words: set[str]) -> dict[str, Piece]:
    """The draft's own words as pieces; with and without the letter of politeness."""
    found: dict[str, Piece] = {}
    for word in sorted(words):
        piece = Piece("fact", f"~{word}")
        bare = word[1:] if len(word) > 2 and word.startswith(_HONORIFICS) else word
        for form in (word, bare, *(f"{one}{bare}" for one in _HONORIFICS if not bare.isascii())):
            found.setdefault(form, piece)
    return found


def _shown(unit: Unit) -> str:
    return unit.key.removeprefix("~") + "".join(f"+{one}" for one in sorted(unit.marks))
