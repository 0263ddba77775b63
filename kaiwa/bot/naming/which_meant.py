"""Which product is meant where no name is said: by the options told, by its page, by its place.

"The teal one", 二箱ください, "a 54 in my cart": of what is spoken of, shown or was named before,
that which comes in what was told; of a list that nothing tells apart, the first, which was put
there because it fits best.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.naming.nearest import nearest
from kaiwa.bot.nlu.slot import Colour, Option, Size, Slot
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.options.said import options_said
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer

_GENERAL: Final = 0.9  # what "blue" is worth beside "teal", which is the product's own word

_FEW: Final = 3
_IT: Final = re.compile(r"それ|これ|\b(?:it|that|this)\b", re.IGNORECASE)


def one_meant(case: Case, ids: Sequence[int]) -> tuple[int, ...]:
    """The one of these, or of what was shown or named before; several where it is open."""
    told = by_options(case, (tuple(ids), *_tiers(case)))
    some = told or tuple(ids) or tuple(one.id for one in case.state.shown) or case.state.mentioned
    if len(some) < 2:
        return some
    words = _words(case)
    if not words.strip():
        # The question put once more: it is as open as it was.
        return some
    # "Add a pair" describes none of them.
    words = IDLE.sub(" ", words.casefold()) if case.language == "en" else words
    one = nearest(words, some, case.language, case.shop)
    if one is None and _was_asked_which(case):
        return some  # "i want two" is no answer to that
    if one is None and not _are_weighed(case, some):
        one = next((shown.id for shown in case.state.shown if shown.id in some), None)
        if not set(some) <= {shown.id for shown in case.state.shown}:
            return some
    return some if one is None else (one,)


def _was_asked_which(case: Case) -> bool:
    """Whether what shall go in was asked which one it is, in the turn before."""
    top = case.turn.state.top
    if top is None or top.act != "add_to_cart" or top.asked is None:
        return False
    return top.asked.slot == "choice"


def _are_weighed(case: Case, some: Sequence[int]) -> bool:
    """Right after two or three were weighed against each other, "I'll take it" leaves it open."""
    last = case.turn.state.last_act in ("product_question", "compare")
    return last and len(some) <= _FEW and _IT.search(_words(case)) is not None


def rather(case: Case, product_id: int) -> int:
    """What is spoken of, or what else was shown or named and comes, alone, in the options told."""
    named = case.request.chosen or case.frame.product_ids
    every = case.shop.variants((product_id,)).get(product_id, [])
    if named or not every or not fitting(every, _told(case), case.language)[1]:
        return product_id
    found = by_options(case, _tiers(case))
    return found[0] if len(found) == 1 else product_id


def by_options(case: Case, tiers: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Of the first tier that has any: those that come in most of what was told."""
    words, told = _words(case), _told(case)
    for tier in tiers:
        every = case.shop.variants(tuple(tier)) if tier else {}
        worth = {one: _worth(case, some, told, words) for one, some in every.items()}
        best = max(worth.values(), default=0.0)
        if best:
            return tuple(one for one in tier if worth.get(one) == best)
    return ()


def _tiers(case: Case) -> tuple[tuple[int, ...], ...]:
    """What may be meant, nearest first: in focus, shown, named, shown earlier."""
    state = case.state
    earlier = tuple(one.id for some in state.showings[1:] for one in some.products)
    return (state.focus, tuple(one.id for one in state.shown), state.mentioned, earlier)


def _told(case: Case) -> list[Slot]:
    return [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]


def _worth(case: Case, every: Sequence[Offer], told: Sequence[Slot], words: str) -> float:
    """How much of what was told it comes in; 0 where it does not come in some of it."""
    if not every:
        return 0.0
    said = options_said(every, words, case.language)
    own = sum(1.0 if isinstance(one, Option) else _GENERAL for one in said)
    if not said and (not told or fitting(every, told, case.language)[1]):
        return 0.0
    return own or _GENERAL


def _words(case: Case) -> str:
    return case.request.question or case.turn.text
