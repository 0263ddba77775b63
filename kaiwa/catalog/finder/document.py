"""A product as the text index knows it: an English family of fields and a Japanese one."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kaiwa.catalog.finder.subject import (
    japanese_subject,
    other_spellings,
    subject_of,
    without_count,
)
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.understanding.exclusions import exclusions
from kaiwa.catalog.variant import Variant
from kaiwa.engines.search import Document, Field
from kaiwa.languages import words_ja
from kaiwa.languages.folding import bigrams, fold
from kaiwa.languages.meanings.product_words import is_whole

ENGLISH: Final = {"title": 1.6, "brand": 2.5, "description": 1.2, "attributes": 1.0}
JAPANESE: Final = {"ja_title": 0.6, "ja_words": 1.0, "ja_reading": 0.5, "ja_surface": 0.3}
SUBJECT: Final = "subject"  # what the title is about, see subject.py
JAPANESE_SUBJECT: Final = "ja_subject"  # the same of a Japanese title, and its category
BESIDES: Final = "ja_besides"  # what is told of a Japanese product without sentences
JAPANESE_NEAR: Final = ("ja_title", BESIDES)  # all but its description
LACKS: Final = "lacks"  # what the texts say the product is without: sugar-free, 香料不使用
FIELDS: Final = (
    *(Field(name, "english") for name in ENGLISH),
    *(Field(name, "terms") for name in JAPANESE),
    Field(SUBJECT, "english"),
    Field(JAPANESE_SUBJECT, "terms"),
    Field(BESIDES, "terms"),
    Field(LACKS, "english"),
)
FORM: Final = 8  # one more whenever what is written here changes: indexes are then built anew

_JAPANESE = re.compile(r"[\u3040-\u30ff\uff66-\uff9f\u3400-\u9fff々]")
_SEPARATOR = re.compile(r"[\s/、。・,!?()「」【】\[\]|]+")
_DESCRIPTION: Final = 2_000
_ATTRIBUTES: Final = 600
_JAPANESE_BODY: Final = 400


def document_of(product: Product, variants: Sequence[Variant]) -> Document:
    """What is indexed of a product: only what a shopper may see, each family in its language."""
    japanese, product = in_language(product, "ja"), in_language(product, "en")
    options = {value for one in variants for value in options_in(product, one, "en").values()}
    codes = {code for one in variants for code in (one.sku, one.barcode) if code}
    attributes = [product.category, *product.tags, *sorted(options), *product.attributes.values()]
    title, count = without_count(product.title)
    texts = {
        "title": title,
        "brand": product.brand,
        "description": f"{product.body[:_DESCRIPTION]} {count}",
        "attributes": " ".join(
            [
                " ".join(attributes)[:_ATTRIBUTES],
                " ".join(sorted(codes)),
                other_spellings(product.title),
            ]
        ),
        SUBJECT: subject_of(product.title, product.brand, product.category),
        LACKS: " ".join(dict.fromkeys([*lacking(japanese), *lacking(product)])),
    }
    return Document(product.id, texts | _in_japanese(japanese, variants))


def _in_japanese(product: Product, variants: Sequence[Variant]) -> dict[str, str]:
    options = {value for one in variants for value in options_in(product, one, "ja").values()}
    told = " ".join([product.brand, *product.tags, *product.attributes.values()])
    besides = f"{told[:_ATTRIBUTES]} {' '.join(sorted(options))[:_ATTRIBUTES]}"
    named = f"{product.title} {product.category}"
    whole = f"{named} {besides} {product.body[:_JAPANESE_BODY]}"
    if not is_japanese(whole):
        return {}
    terms = japanese_terms(whole)
    terms["ja_title"] = japanese_terms(named)["ja_words"]
    terms[BESIDES] = japanese_terms(besides)["ja_words"]
    subject = f"{japanese_subject(product.title)} {product.category}"
    terms[JAPANESE_SUBJECT] = japanese_terms(subject)["ja_words"]
    return {name: " ".join(some) for name, some in terms.items()}


def lacking(product: Product) -> tuple[str, ...]:
    """What the product's own texts say it is without."""
    told = [product.title, *product.tags, *product.attributes.values()]
    text = f"{' . '.join(told)[:_ATTRIBUTES]} . {product.body[:_JAPANESE_BODY]}"
    return exclusions(unicodedata.normalize("NFKC", text).casefold())[0]


def is_japanese(text: str) -> bool:
    """Whether any of it is written in Japanese."""
    return _JAPANESE.search(text) is not None


def japanese_terms(text: str) -> dict[str, list[str]]:
    """The terms of each Japanese field; a query goes the same way as a product.

    Words as the dictionary spells them with their synonym groups, pairs of sounds, pairs of
    characters. Without the dictionary only the last remains, and kana still sound.
    """
    words: list[str] = []
    sounds: list[str] = []
    for chunk in _SEPARATOR.split(text):
        spelled, sounding = _chunk(chunk)
        words += spelled
        sounds += sounding
    surface = [pair for chunk in _SEPARATOR.split(fold(text)) for pair in bigrams(chunk)]
    return {"ja_title": words, "ja_words": words, "ja_reading": sounds, "ja_surface": surface}


@lru_cache(maxsize=20_000)
def _chunk(chunk: str) -> tuple[list[str], list[str]]:
    if not chunk:
        return [], []
    return _words(chunk), bigrams(fold(words_ja.reading_of(chunk) or chunk))


def groups_of(text: str) -> dict[str, str]:
    """The synonym groups of the text, each with the word that it is written beside."""
    return {name: word for chunk in _SEPARATOR.split(text) for name, word in _groups(chunk)}


@lru_cache(maxsize=20_000)
def _groups(chunk: str) -> tuple[tuple[str, str], ...]:
    words = [*(words_ja.words(chunk, "short") or ()), *(words_ja.words(chunk, "long") or ())]
    return tuple((f"syn{group}", word.normal) for word in words for group in word.groups)


def _words(chunk: str) -> list[str]:
    long = _telling(words_ja.words(chunk, "long") or ())
    whole = [(word.begin, word.end) for word in long if is_whole(word.normal)]
    short = [
        word
        for word in _telling(words_ja.words(chunk, "short") or ())
        if not any(begin <= word.begin < end for begin, end in whole)
    ]
    spelled = [word.normal for word in short]
    spelled += [word.normal for word in long if word.normal not in spelled]
    groups = dict.fromkeys(group for word in [*short, *long] for group in word.groups)
    return [*spelled, *(f"syn{group}" for group in groups)]


def _telling(words: Sequence[words_ja.Word]) -> list[words_ja.Word]:
    """Without grammar, and without what only counts: the 本 of 8本 is no book."""
    before = [None, *words]
    return [
        word
        for word, last in zip(words, before, strict=False)
        if not word.is_grammar and not (last and last.surface.isdigit() and word.part == "接尾辞")
    ]
