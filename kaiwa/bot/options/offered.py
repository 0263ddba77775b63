"""The variants of one product, and what the values of their options are called."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.options.plain import plain
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import options_in
from kaiwa.vocabulary.language import Language

_WORD: Final = re.compile(r"[a-z]{4,}")
_JA_WORD: Final = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{3,}")
_LEADS: Final = re.compile(r"(\d{2,4})(?=[x×〜~\s])")  # 700 of 700×28〜32C
_GRAMMAR: Final = frozenset("with from size pack pair pieces count only this that than".split())


class Value(msgspec.Struct, frozen=True):
    """One value of an option as a language shows it.

    `own` is the shop's word; `shown` and `whole` (with the option's name: 塩味, からし色) are
    `plain`.
    """

    name: str
    own: str
    shown: str
    whole: str


class Values(msgspec.Struct, frozen=True):
    """The values of a product's options; by option and word the values that have this word."""

    every: tuple[Value, ...]
    by_word: dict[tuple[str, str], set[str]]


class Offered(tuple[Offer, ...]):
    """Variants as they are sold now; what their values are called is worked out once."""

    _values: dict[Language, Values]

    def values(self, language: Language) -> Values:
        """What the values are called for who speaks this language."""
        known: dict[Language, Values] = self.__dict__.setdefault("_values", {})
        if language not in known:
            known[language] = _values(self, language)
        return known[language]


def values_of(every: Sequence[Offer], language: Language) -> Values:
    """What the values of these variants are called for who speaks this language."""
    return every.values(language) if isinstance(every, Offered) else _values(every, language)


def values_with_number(sold: Iterable[Sequence[Offer]], language: Language) -> Iterable[str]:
    """The `plain` values of these that begin with a number: 5寸, 500g."""
    for every in sold:
        shown = (one.shown for one in values_of(every, language).every)
        yield from (one for one in shown if one[:1].isdigit())


def _values(every: Sequence[Offer], language: Language) -> Values:
    said = tuple(
        Value(name, own, shown := plain(value), f"{shown}{plain(name)}")
        for name, own, value in _called(every, language)
    )
    words: dict[tuple[str, str], set[str]] = {}
    for one in said:
        for word in _words_of(one.shown):
            words.setdefault((one.name, word), set()).add(one.own)
    return Values(said, words)


def _called(every: Sequence[Offer], language: Language) -> Iterable[tuple[str, str, str]]:
    """Each option value once: its option, as the shop has it, and as a language shows it."""
    return dict.fromkeys(
        (name, own, value)
        for offer in every
        for way in dict.fromkeys((language, offer.product.language, None))
        for (name, own), value in zip(
            offer.variant.options.items(),
            options_in(offer.product, offer.variant, way).values(),
            strict=False,
        )
    )


def _words_of(value: str) -> set[str]:
    """The words of a `plain` value that may tell it from others, and the number it begins with."""
    leads = _LEADS.match(value)
    words = {*_WORD.findall(value), *_JA_WORD.findall(value)} - _GRAMMAR
    return words | {leads[1]} if leads else words
