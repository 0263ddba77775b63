"""From a model's words to what a shopper may read: facts put back, every claim held to evidence."""

import re
from typing import Final

from kaiwa.bot.model.binding import left_out, misplaced
from kaiwa.bot.model.checker import Checker
from kaiwa.bot.model.draft import Draft
from kaiwa.bot.model.polarity import denies
from kaiwa.bot.model.slots import PLACE, Slotted, filled, slotted
from kaiwa.languages import language_of
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
        self._checker = Checker(draft.evidence)
        own = [one for one in self.slots.texts if not self._is_quote(one)]
        self._denies = denies(_without_places("\n".join(own)))
        self._longest = _ROOM + 2 * sum(len(one) for one in self.slots.texts)

    def texts(self, raw: str) -> tuple[str, ...]:
        """The texts of a whole answer, blank lines between them; `Untrue` says what is not so."""
        raw = tidy(raw)
        told = self.so_far(raw)
        if missing := self.missing(raw):
            raise Untrue(f"left out: {missing[0]}")
        texts = [one.strip() for one in re.split(r"\n\s*\n", told) if one.strip()]
        if not texts or len(texts) > MOST_TEXTS:
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
        if untrue := self._checker.untrue(told):
            raise Untrue(f"not so: {untrue[0].kind} {untrue[0].value}")
        plain = _without_places(raw)
        if language_of(plain, self._draft.language) != self._draft.language:
            raise Untrue("another language")
        if denies(plain) and not self._denies:
            raise Untrue("denies what the facts do not")
        return told

    def missing(self, raw: str) -> tuple[str, ...]:
        """What a finished answer still lacks: places, or the "not" of the template."""
        if self._denies and not denies(_without_places(raw)):
            return ("the denial",)
        return left_out(raw, self.slots)

    def rest(self, raw: str) -> tuple[str, ...]:
        """The deterministic texts that are still to be said after these true words."""
        lacking = self.missing(raw)
        if lacking == ("the denial",):
            return self._draft.texts
        return tuple(
            text
            for text, template in zip(self._draft.texts, self.slots.texts, strict=True)
            if any(name in lacking for name in PLACE.findall(template))
        )

    def _is_quote(self, template: str) -> bool:
        names = PLACE.findall(template)
        return len(names) == 1 and names[0] in self.slots.quoted


def tidy(raw: str) -> str:
    """Without marks that a chat does not show, and without letters that nobody sees."""
    return _UNSEEN.sub("", _MARKS.sub("", raw)).strip()


def _without_places(text: str) -> str:
    return PLACE.sub(" ", text)
