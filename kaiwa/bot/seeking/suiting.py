"""Which of the found products suit the need that was told, by what their own texts say of it.

The finder weighs words wherever they stand. Here the whole text of the few best is read: how much
of what was asked for it tells of, whom it is made for, and from which age. A product that says
nothing of the need never stands before one that does.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.bot.asking.words import Word, said_as_written, words_of_question
from kaiwa.catalog.finder.find import Found
from kaiwa.catalog.finder.traits import traits_of
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.ages import made_for
from kaiwa.catalog.understanding.purposes import purpose_words
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

_MADE_FOR_IT: Final = 0.5  # what it adds that it is made for just them, or for that age
_NOT_FOR_IT: Final = 0.3  # what is left of the worth where the text says another age
_TOLD: Final = 0.8  # what telling of all that was asked adds
_IN_NAME: Final = 1.0  # in its name, kind or tags
_IN_TEXT: Final = 0.7  # anywhere else
_FOR_PURPOSE: Final = 0.6


def suiting(found: Sequence[Found], asked: Understood) -> list[Found]:
    """The same with the scores that they have by their texts too, those that suit best first."""
    words = _words(asked)
    purposes = purpose_words(asked.purpose)
    if not (words or purposes or asked.gender or asked.age_months):
        return list(found)
    told = [
        msgspec.structs.replace(one, score=one.score * _suits(one.product, asked, words, purposes))
        for one in found
    ]
    # Cheapest first stays so, whatever suits better.
    return told if asked.order is not None else sorted(told, key=lambda one: -one.score)


def by_telling(found: Sequence[Found], asked: Understood) -> tuple[Found, ...]:
    """Scored by how much of a long text each tells of, rare words before common ones."""
    words = _words(asked)
    texts = [(_name(one.product), page_text(one.product)) for one in found]
    told = [sum(said_as_written(word, text, asked.language) for _, text in texts) for word in words]
    rare = [
        one.weight * math.log1p(len(texts) / count) if count else 0.0
        for one, count in zip(words, told, strict=True)
    ]
    whole = sum(rare)
    if not whole:
        return tuple(found)
    scored = []
    for one, (name, text) in zip(found, texts, strict=True):
        score = sum(
            weight
            * (
                _IN_NAME
                if said_as_written(word, name, asked.language)
                else _IN_TEXT * said_as_written(word, text, asked.language)
            )
            for word, weight in zip(words, rare, strict=True)
        )
        scored.append(msgspec.structs.replace(one, score=score / whole))
    return tuple(sorted(scored, key=lambda one: -one.score))


def describes(terms: str, language: Language) -> bool:
    """Whether words tell what a thing shall do or be, rather than its name alone."""
    words = words_of_question(terms, language, ())
    return len(words) > 1 and any(one.weight < 1 for one in words)


def _words(asked: Understood) -> tuple[Word, ...]:
    return words_of_question(asked.terms, asked.language, ()) if asked.terms else ()


def _suits(
    product: Product, asked: Understood, words: Sequence[Word], purposes: Sequence[str]
) -> float:
    suits = 1.0 + _TOLD * _covered(product, asked, words)
    if purposes:
        suits += _FOR_PURPOSE * max(tells(product, word) for word in purposes)
    if asked.gender is not None and asked.gender in traits_of(product, (), {}).genders:
        suits += _MADE_FOR_IT
    if asked.age_months is not None and (ages := made_for(page_text(product))) is not None:
        fits = ages[0] <= asked.age_months <= ages[1]
        suits = suits + _MADE_FOR_IT if fits else suits * _NOT_FOR_IT
    return suits


def _covered(product: Product, asked: Understood, words: Sequence[Word]) -> float:
    """How much of what was asked the product tells of: 0..1."""
    whole = sum(one.weight for one in words)
    if not whole:
        return 0.0
    name, text = _name(product), page_text(product)
    told = sum(
        one.weight
        * (
            _IN_NAME
            if said_as_written(one, name, asked.language)
            else _IN_TEXT * said_as_written(one, text, asked.language)
        )
        for one in words
    )
    return told / whole


def tells(product: Product, word: str) -> float:
    """How plainly the product speaks of a purpose's word: in its name, in its text, or not."""
    if word.isascii():
        plain = f" {word.casefold()}"
        return _IN_NAME * (plain in f" {_name(product)}") or _IN_TEXT * (
            plain in page_text(product)
        )
    if len(word) == 1:
        # 雨 is a word of its own or the first of one, never a letter of another.
        return _IN_NAME * (word in _whole_words(_name(product))) or _IN_TEXT * (
            word in _whole_words(page_text(product))
        )
    sound = fold(word)
    return _IN_NAME * (sound in fold(_name(product))) or _IN_TEXT * (
        sound in fold(page_text(product))
    )


def _name(product: Product) -> str:
    told = [product.title, product.category, *product.tags]
    for one in product.translations.values():
        told += [one.title, one.category]
    return " ".join(told).casefold()


def page_text(product: Product) -> str:
    """All that the shop says of a product, in one folded text."""
    told = [_name(product), product.body]
    told += [f"{name} {value}" for name, value in product.attributes.items()]
    told += [one.body for one in product.translations.values()]
    return " ".join(told).casefold()


@lru_cache(maxsize=2_000)
def _whole_words(text: str) -> frozenset[str]:
    cut = words_ja.words(text)
    return frozenset(one.surface for one in cut) if cut else frozenset(text)
