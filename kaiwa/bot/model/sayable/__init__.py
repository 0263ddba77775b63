"""The words a model may say by itself, as data in a file for each language, small enough to read.

`harmless` is a clause of its own and says nothing of a shop. So are `assent`, not with a draft that
denies, and `done`, only with one in which something was. `fillers` may stand among facts, `shows`
as well where nothing is denied. `same` are ways to say one thing, each for any other. `grammar`
holds facts together, under the marks it puts on them: was, can, not, asked; `does` makes a verb of
the fact right before it; `light` may stand where a thing is only named. `breaks` end a clause.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.bot.model.spelling import spelled
from kaiwa.vocabulary.language import Language

Role: TypeAlias = Literal[
    "grammar", "light", "harmless", "assent", "done", "filler", "shows", "fact", "does", "break"
]
_HERE: Final = Path(__file__).parent


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words that is known: what it is, what it says, how it marks what is said."""

    role: Role
    key: str
    marks: frozenset[str] = frozenset()


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    harmless: tuple[str, ...]
    assent: tuple[str, ...]
    done: tuple[str, ...]
    fillers: tuple[str, ...]
    shows: tuple[str, ...]
    same: dict[str, tuple[str, ...]]
    grammar: dict[str, tuple[str, ...]]
    does: tuple[str, ...]
    light: tuple[str, ...]
    breaks: tuple[str, ...]


@cache
def sayable(language: Language) -> dict[str, Piece]:
    """Every piece that may be said, by its spelling."""
    told = msgspec.json.decode((_HERE / f"{language}.json").read_bytes(), type=_Words)
    found: dict[str, Piece] = {}
    for marks, forms in told.grammar.items():
        for form in forms:
            found[form] = Piece("grammar", "", frozenset(marks.split()))
    plain: dict[Role, tuple[str, ...]] = {
        "light": told.light,
        "break": told.breaks,
        "assent": told.assent,
        "done": told.done,
        "filler": told.fillers,
        "shows": told.shows,
        "does": told.does,
        "harmless": told.harmless,
    }
    for role, forms in plain.items():
        found |= {one: Piece(role, "") for one in forms}
    for key, forms in told.same.items():
        for form in forms:
            name, _, marks = key.partition(" | ")
            found[form] = Piece("fact", name, frozenset(marks.split()))
    return {spelled(form, language).strip(): piece for form, piece in found.items()}
