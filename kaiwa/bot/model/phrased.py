"""From a model's words to what a shopper may read: what the draft says, facts put back."""

import re
from typing import Final

from kaiwa.bot.model.binding import left_out, misplaced
from kaiwa.bot.model.draft import Draft
from kaiwa.bot.model.polarity import denies
from kaiwa.bot.model.slots import Slotted, filled, slotted
from kaiwa.bot.model.world import World
from kaiwa.vocabulary.errors import KaiwaError

MOST_TEXTS: Final = 6
_ROOM: Final = 280
_MARKS: Final = re.compile(r"\*\*|__|^#+\s+|^```.*$|^>\s+", re.MULTILINE)
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Untrue(KaiwaError):
    """The words say what the facts of the turn do not: the template is said instead."""

    code = "untrue"


class Phrased:
    """One draft being phrased. Takes a model's words, gives back true ones."""

    def __init__(self, draft: Draft) -> None:
        self.slots: Slotted = slotted(draft)
        self._draft = draft
        told = "\n".join(draft.texts)
        self._world = World(self.slots, draft.language, denies=denies(told))
        self._longest = _ROOM + 2 * sum(len(one) for one in self.slots.texts)

    def texts(self, raw: str) -> tuple[str, ...]:
        """The texts of a whole answer, blank lines between them; `Untrue` says what is not so."""
        texts = self.first_texts(raw)
        if missing := self.missing(tidy(raw)):
            raise Untrue(f"left out: {missing[0]}")
        if not texts:
            raise Untrue("no texts")
        return texts

    def first_texts(self, raw: str) -> tuple[str, ...]:
        """The same of an answer's first sentences, which may be anything that is true."""
        told = self.so_far(tidy(raw))
        texts = [one.strip() for one in re.split(r"\n\s*\n", told) if one.strip()]
        if len(texts) > MOST_TEXTS:
            raise Untrue(f"{len(texts)} texts")
        return tuple(texts)

    def so_far(self, raw: str) -> str:
        """The words of an answer, or of its first sentences, with the facts in; `Untrue`."""
        if len(raw) > self._longest:
            raise Untrue("too long")
        if wrong := misplaced(raw, self.slots):
            raise Untrue(wrong)
        told = filled(raw, self.slots.values)
        if told is None:
            raise Untrue("braces that are no place")
        if (foreign := self._world.foreign(raw)) is not None:
            raise Untrue(f"not said: {foreign}")
        return told

    def missing(self, raw: str) -> tuple[str, ...]:
        """What a finished answer still lacks: places, or what the template says besides."""
        return left_out(raw, self.slots) or self._world.unsaid(raw)


def tidy(raw: str) -> str:
    """Without marks that a chat does not show, and without letters that nobody sees."""
    return _UNSEEN.sub("", _MARKS.sub("", raw)).strip()
