"""Which variant is meant: of the product pointed at, with the options told; else what to ask."""

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.bot.nlu.slot import Colour, Option, Size, Slot
from kaiwa.bot.options.said import with_options
from kaiwa.catalog.finder.traits import Traits, VariantTraits, traits_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in
from kaiwa.vocabulary.language import Language

Lacks: TypeAlias = Literal["size", "colour", "option"]

MOST_LABELS: Final = 10
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


class Picked(msgspec.Struct, frozen=True):
    """One variant, or what is still to be asked: an option's name and its values on sale.

    `unknown` are option values that were told and that the product does not come in.
    """

    offer: Offer | None = None
    lacks: Lacks | None = None
    option: str = ""
    values: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def picked(
    every: Sequence[Offer], slots: Sequence[Slot], language: Language, words: str = ""
) -> Picked:
    """Narrow one product's variants by the options told, and by those that the words name."""
    told = with_options(every, words, slots, language) if words else slots
    left, unknown = fitting(every, told, language)
    if len(left) == 1 or _all_alike(left):
        return Picked(left[0], unknown=unknown)
    return _asking(left, language, unknown)


def fitting(
    every: Sequence[Offer], slots: Sequence[Slot], language: Language
) -> tuple[list[Offer], tuple[str, ...]]:
    """The variants with the options told, and the values among them that none comes in."""
    traits = _traits(every)
    left = list(every)
    unknown: list[str] = []
    for slot in slots:
        fits = [one for one in left if _fits(one, traits[one.variant.id], slot, language)]
        if fits:
            left = fits
        elif isinstance(slot, Colour | Size | Option):
            unknown.append(_words(slot))
    return left, tuple(unknown)


def _traits(every: Sequence[Offer]) -> dict[int, VariantTraits]:
    if not every:
        return {}
    free = {one.variant.id: one.free for one in every}
    told: Traits = traits_of(every[0].product, [one.variant for one in every], free)
    return {one.variant_id: one for one in told.variants}


def _fits(offer: Offer, traits: VariantTraits, slot: Slot, language: Language) -> bool:
    match slot:
        case Colour(name=name):
            return name in traits.colours
        case Size(text=text):
            return _same_size(traits.size, text)
        case Option(value=value):
            told = options_in(offer.product, offer.variant, language).values()
            every = {*told, *offer.variant.options.values()}
            return any(value.casefold() == one.casefold() for one in every)
        case _:
            return True


def _same_size(told: str, wanted: str) -> bool:
    """The same size, or one number within a span: 26cm is in 25-27cm."""
    if told.casefold() == wanted.casefold():
        return True
    numbers = [float(one) for one in _NUMBER.findall(told)]
    asked = [float(one) for one in _NUMBER.findall(wanted)]
    if len(asked) == 2:
        return numbers == asked
    if len(asked) != 1 or not numbers:
        return False
    return min(numbers) <= asked[0] <= max(numbers)


def _words(slot: Colour | Size | Option) -> str:
    match slot:
        case Colour(name=name):
            return name
        case Size(text=text):
            return text
        case Option(value=value):
            return value


def _all_alike(left: Sequence[Offer]) -> bool:
    return bool(left) and len({tuple(one.variant.options.items()) for one in left}) == 1


def _asking(left: Sequence[Offer], language: Language, unknown: tuple[str, ...]) -> Picked:
    """The first option in which what is left differs, with its values that can be had."""
    told = [options_in(one.product, one.variant, language) for one in left]
    for plain, name in zip(left[0].variant.options, told[0], strict=False):
        values = dict.fromkeys(
            one[name] for one, offer in zip(told, left, strict=True) if name in one and offer.free
        )
        every = {one.get(name) for one in told}
        if len(every) > 1 and len(values) == 1:
            # Only one of them can be had: there is nothing to ask.
            free = [offer for one, offer in zip(told, left, strict=True) if one.get(name) in values]
            return (
                Picked(free[0], unknown=unknown)
                if _all_alike(free)
                else _asking(free, language, unknown)
            )
        if len(every) > 1:
            return Picked(None, lack_of(plain), name, tuple(values)[:MOST_LABELS], unknown)
    return Picked(left[0], unknown=unknown)


def lack_of(name: str) -> Lacks:
    """What an option of this name is asked for as."""
    folded = name.casefold()
    if any(word in folded for word in ("色", "カラー", "color", "colour")):
        return "colour"
    if any(word in folded for word in ("サイズ", "size", "寸法", "ウエスト", "waist")):
        return "size"
    return "option"
