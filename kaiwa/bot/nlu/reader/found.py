"""What one reader found, and how those of all readers become one row without overlaps."""

from collections.abc import Iterable

import msgspec

from kaiwa.bot.nlu.masking import MASK
from kaiwa.bot.nlu.slot import Slot


class Found(msgspec.Struct, frozen=True):
    """A piece of the folded text: its kind (a name of `MASK`), where it is, and what it says.

    `slot` is None for what only has a place in a sentence, such as an ordinal (`number`).
    """

    kind: str
    begin: int
    end: int
    slot: Slot | None = None
    number: int = 0


def settled(found: Iterable[Found]) -> tuple[Found, ...]:
    """In the order of the text; where two overlap, the one that came first in `found` stays."""
    kept: list[Found] = []
    for one in found:
        if all(one.end <= other.begin or one.begin >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.begin))


def mask(text: str, found: Iterable[Found], begin: int = 0, end: int | None = None) -> str:
    """The text from `begin` to `end` with a mask for everything found in it."""
    stop = len(text) if end is None else end
    pieces, at = [], begin
    for one in found:
        if one.begin >= at and one.end <= stop:
            pieces += [text[at : one.begin], MASK[one.kind]]
            at = one.end
    return "".join([*pieces, text[at:stop]])
