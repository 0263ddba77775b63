"""The wishes of a text: which acts, over which stretch, and how sure; several in the order said."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.clauses import clauses
from kaiwa.bot.nlu.intents.features import concepts
from kaiwa.bot.nlu.intents.model import Chance
from kaiwa.bot.nlu.masking import MASKS
from kaiwa.vocabulary.language import Language

SPLIT_AT: Final = 0.5  # a part that is less sure than this belongs to its neighbour
COURTESY: Final[frozenset[Act]] = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "decline", "about_bot"}
)


class Wish(msgspec.Struct, frozen=True):
    """A stretch `[begin, end)` of the folded text, with every act's chance, likeliest first."""

    begin: int
    end: int
    chances: tuple[Chance, ...]

    @property
    def best(self) -> Chance:
        """The likeliest act."""
        return self.chances[0]


Judge = Callable[[int, int], tuple[Chance, ...]]


def wishes(text: str, language: Language, judge: Judge) -> list[Wish]:
    """One wish a sentence, or several where each part is sure of another act by itself."""
    found: list[Wish] = []
    for pieces in clauses(text, language):
        begin, end = pieces[0][0], pieces[-1][1]
        whole = Wish(begin, end, judge(begin, end))
        parts = _parts(text, language, pieces, judge) if len(pieces) > 1 else []
        found += parts if len(parts) > 1 and _worth(parts, whole) else [whole]
    return _joined(found)


def _parts(
    text: str, language: Language, pieces: Sequence[tuple[int, int]], judge: Judge
) -> list[Wish]:
    parts: list[Wish] = []
    for begin, end in pieces:
        wish = Wish(begin, end, judge(begin, end))
        if (
            parts
            and not _stands_alone(text[begin:end], language, wish)
            or parts
            and parts[-1].best.act == wish.best.act
        ):
            before = parts.pop()
            wish = Wish(before.begin, end, judge(before.begin, end))
        parts.append(wish)
    if len(parts) > 1 and not _stands_alone(
        text[parts[0].begin : parts[0].end], language, parts[0]
    ):
        first, second = parts[:2]
        merged = Wish(first.begin, second.end, judge(first.begin, second.end))
        parts = [merged, *parts[2:]]
    return parts


def _stands_alone(piece: str, language: Language, wish: Wish) -> bool:
    act, chance = wish.best.act, wish.best.chance
    if chance < SPLIT_AT or act == "out_of_scope":
        return False
    if act in COURTESY:
        return True
    return bool(concepts(piece, language)) or any(mark in MASKS for mark in piece)


def _worth(parts: Sequence[Wish], whole: Wish) -> bool:
    surest = min(part.best.chance for part in parts)
    every = {part.best.act for part in parts}
    if len(every) < 2:
        return False
    if every - COURTESY and every & COURTESY:
        return True
    return surest >= SPLIT_AT or surest > whole.best.chance


def _joined(found: list[Wish]) -> list[Wish]:
    # "Where is it? It is late." is one wish, as is a sentence that nothing is known about.
    kept: list[Wish] = []
    for wish in found:
        act = wish.best.act
        if kept and kept[-1].best.act == act and act not in ("faq", "product_question"):
            stronger = max(kept[-1], wish, key=lambda one: one.best.chance)
            kept[-1] = msgspec.structs.replace(stronger, begin=kept[-1].begin, end=wish.end)
        else:
            kept.append(wish)
    sure = [one for one in kept if one.best.act != "out_of_scope"]
    return sure or kept[:1]
