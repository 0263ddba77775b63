"""Which a question is about, of what is spoken of and what its words name besides.

保温 sounds like the 保温ボトル, "my bag" is no bag that is sold, and "that wood tray" is the tray,
whatever was spoken of before it: by how it is named, and by whose page answers.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.asking.fits_in import asks_room
from kaiwa.bot.asking.meant import MOST, is_weakly_called, named, near_others, says_kind
from kaiwa.bot.asking.polarity import is_closed
from kaiwa.bot.naming.in_passing import is_ones_own, is_placed, is_pointed_out, is_said, words_said
from kaiwa.bot.naming.nearest import nearest
from kaiwa.bot.options.plain import plain
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in
from kaiwa.vocabulary.language import Language

Offered = list[Sequence[Offer]]

_IT: Final = re.compile(r"\b(?:it|that one|this one|they|these)\b|それ|これ", re.IGNORECASE)


def offers_of(case: Case, ids: tuple[int, ...]) -> Offered:
    """The variants of each of these products that are on sale, in their order."""
    sold = case.shop.variants(ids[: MOST + 1]) if ids else {}
    return [sold[one] for one in ids if sold.get(one)]


def asked_of(case: Case, text: str, ids: tuple[int, ...]) -> Offered:
    """Those of `ids` the question is about, or what is spoken of, or named beside them."""
    offered = offers_of(case, ids)
    if not offered:
        return []
    if spoken := offers_of(case, near_others(case, ids)):
        if own := _with_options_told(case, text, spoken, offered):
            return own
        return spoken if _is_of_spoken(case, text, spoken, offered) else offered
    if other := _named_beside(case, text, ids):
        return other if _is_of_named(case, text, offered, other) else offered
    return offered


def _is_of_spoken(case: Case, text: str, spoken: Offered, named_here: Offered) -> bool:
    here, there = (_any_answers(case, text, some) for some in (spoken, named_here))
    if all(is_ones_own(text, one[0].product) for one in named_here):
        # What is one's own may have been bought here: how do I charge my lamp.
        passed = _IT.search(text) is not None or asks_room(text.casefold())
        return passed or here and not there
    placed = is_closed(text.casefold()) and all(
        is_placed(text, one[0].product) for one in named_here
    )
    if placed and (here or _IT.search(text)):
        return here or not there
    if any(says_kind(text, one[0].product) for one in named_here):
        return here and not there
    if any(says_kind(text, one[0].product) for one in spoken):
        return True
    weak = all(is_weakly_called(text, one[0].product) for one in named_here)
    return here and not there or weak and (here or not there)


def _with_options_told(case: Case, text: str, spoken: Offered, named_here: Offered) -> Offered:
    """And the light one in king: the duvets that come in light, whatever lights are sold."""
    said = {word for one in named_here for word in words_said(text, one[0].product)}
    if not said:
        return []
    return [
        every
        for every in spoken
        if said <= {word for word in said if _is_value(word, every, case.language)}
    ]


def _is_value(word: str, every: Sequence[Offer], language: Language) -> bool:
    shown = (options_in(one.product, one.variant, language) for one in every)
    values = {plain(value) for options in shown for value in options.values()}
    return any(re.search(_whole(word), value) for value in values)


def _whole(word: str) -> str:
    told = re.escape(plain(word))
    return rf"\b{told}\b" if word.isascii() else told


def _named_beside(case: Case, text: str, ids: tuple[int, ...]) -> Offered:
    """What is named, where "it" or "that" was taken for what is spoken of: "that wood tray"."""
    if case.request.how in ("button", "ordinal", "price", "all") or not case.request.chosen:
        return []
    others = tuple(one for one in named(case) if one not in ids)
    if not others or set(named(case)) & set(ids):
        return []
    if any(is_said(text, one) for one in case.shop.products(ids)):
        return []
    if len(others) > 1:
        one = nearest(text, others, case.language, case.shop)
        others = (one,) if one is not None else ()
    return offers_of(case, others)


def _is_of_named(case: Case, text: str, spoken: Offered, other: Offered) -> bool:
    product = other[0][0].product
    if is_ones_own(text, product) or is_placed(text, product):
        return False
    if not is_pointed_out(text, product) and case.language == "en":
        return False
    if _with_options_told(case, text, spoken, other):
        return False
    return _any_answers(case, text, other) or not _any_answers(case, text, spoken)


def _any_answers(case: Case, text: str, offered: Offered) -> bool:
    products = [one[0].product for one in offered]
    asks = question(text, case.language, products)
    return any(evidence(asks, one) for one in products)
