"""Options that are not said again: of what was sought, put in last, or is only changed in part."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kaiwa.bot.nlu.slot import Colour, Option, Query, Size, Slot
from kaiwa.bot.options.picking import Picked, lack_of
from kaiwa.bot.options.said import options_said
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.finder.traits import traits_of
from kaiwa.catalog.offer import Offer

_THE_SAME: Final = {
    "size": re.compile(r"(?:同じ|おなじ|お揃い?の?)(?:サイズ|大きさ)|\bsame size\b"),
    "colour": re.compile(r"(?:同じ|おなじ|お揃い?の?)(?:色|カラー|いろ)|\bsame colou?r\b"),
}
_TOLD_APART: Final = re.compile(
    r"[いな](?:ほう|方|やつ)(?:で|を|に|が|[、。!！]|$)|\bthe (?!same|other)[a-z]+ ones?\b",
    re.IGNORECASE,
)
_ONE_MORE: Final = re.compile(
    r"(?:もう|あと)(?:\d{1,2}|[一二三四五]|ひと|ふた|みっ)(?:つ|個|本|枚|箱|袋|缶|足|点|台|冊|着)"
    r"|\b(?:another|(?:one|two|three|\d) more)\b",
    re.IGNORECASE,
)


def said_before(case: Case, every: Sequence[Offer]) -> list[Slot]:
    """What was sought, in this product's own options too: a case, for the new iphone 16.

    What fits one thing fits the next, too: the model of what was just put in.
    """
    sought = case.state.search
    words = " ".join(one.text for one in sought if isinstance(one, Query))
    last = case.shop.offers([one for one in [case.state.focus_variant] if one is not None])
    same = [
        Option(name, value)
        for offer in last.values()
        for name, value in offer.variant.options.items()
        if lack_of(name) == "option" and offer.product.id != every[0].product.id
    ]
    comes_in = {pair for one in every for pair in one.variant.options.items()}
    same = [one for one in same if (one.name, one.value) in comes_in]
    return [*same, *sought, *options_said(every, words.casefold(), case.language)]


def as_the_last(case: Case, words: str, told: Sequence[Slot]) -> list[Slot]:
    """In the same size, 同じ色で: as what was put in or looked at last."""
    last = case.state.focus_variant
    same = {name for name, way in _THE_SAME.items() if way.search(words.casefold())}
    if last is None or not same:
        return []
    some = case.shop.offers([last]).get(last)
    if some is None:
        return []
    traits = traits_of(some.product, [some.variant], {}).variants[0]
    kinds = {type(one) for one in told}
    found: list[Slot] = []
    if "colour" in same and Colour not in kinds and traits.colours:
        found.append(Colour(sorted(traits.colours)[0]))
    if "size" in same and Size not in kinds and traits.size:
        found.append(Size(traits.size))
    return found


def as_it_is(case: Case, every: Sequence[Offer], found: Picked, words: str) -> Picked | None:
    """What is known without looking at the talk; None where the talk may tell more.

    甘いほうで tells one apart in words that are no value's, and is not as the last was. もう1本 is
    one more of the only one that lies in the cart.
    """
    said = options_said(every, words, case.language)
    if _TOLD_APART.search(words) and not said:
        return found
    if said or not _ONE_MORE.search(words) or case.shop.cart is None:
        return None
    lines = {one.variant_id for one in case.shop.cart.lines}
    mine = [one for one in every if one.variant.id in lines]
    return Picked(mine[0]) if len(mine) == 1 else None


def not_changed(old: Offer, told: Sequence[Slot]) -> Iterator[Slot]:
    """The options of the old one that are not to be changed."""
    names = {one.name for one in told if isinstance(one, Option)}
    kinds = {"colour" for one in told if isinstance(one, Colour)}
    kinds |= {"size" for one in told if isinstance(one, Size)}
    for name, value in old.variant.options.items():
        if name not in names and lack_of(name) not in kinds:
            yield Option(name, value)
