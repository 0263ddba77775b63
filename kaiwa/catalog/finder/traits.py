"""What of a product can be filtered by, read from its options, attributes, tags and title."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import options_in
from kaiwa.catalog.understanding.colours import colour_of, colours_in, colours_told
from kaiwa.catalog.understanding.sizes import normal_size
from kaiwa.catalog.variant import Variant
from kaiwa.languages import words_ja

_COLOUR_NAME = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
# White tea and orange are no colours of what tastes or smells so.
_TASTE_NAME = re.compile(r"flavou?r|scent|taste|fragrance|tea|herb|味|香|フレーバー", re.IGNORECASE)
_SIZE_NAME = re.compile(r"size|サイズ|寸法|\bwaist\b|ウエスト", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|[^\W_a-z]+")
_GENDERS: Final = {
    "m": re.compile(r"メンズ|男性|紳士|\bm[ae]n'?s?\b|\bmale\b"),
    "f": re.compile(r"レディース|女性|婦人|\bwom[ae]n'?s?\b|\blad(?:y|ies)\b|\bfemale\b"),
    "k": re.compile(r"キッズ|子供|子ども|こども|ベビー|ジュニア|\bkid'?s?\b|\bchild(?:ren)?'?s?\b"),
}
_BOTH = re.compile(r"男女兼用|ユニセックス|\bunisex\b")


class VariantTraits(msgspec.Struct, frozen=True):
    """A variant's price in minor units, how many are free, its colours and its size."""

    variant_id: int
    price: int
    free: int
    colours: frozenset[str]
    size: str


class Traits(msgspec.Struct, frozen=True):
    """A product's facets and those of each of its variants."""

    product_id: int
    category: str
    brand: str
    genders: frozenset[str]
    shown: bool
    variants: tuple[VariantTraits, ...]
    also: tuple[str, ...] = ()  # the category's names in other languages


def traits_of(product: Product, variants: Sequence[Variant], free: dict[int, int]) -> Traits:
    """The traits; `free` tells by variant how many can be sold."""
    options = [_option_colours(product, one) for one in variants]
    general = frozenset() if all(options) else _colours_of(product)
    return Traits(
        product.id,
        product.category,
        product.brand,
        _genders_of(product),
        product.status == "active",
        tuple(
            VariantTraits(
                one.id,
                one.price.amount_minor,
                free.get(one.id, 0),
                colours or general,
                _size_of(one, product),
            )
            for one, colours in zip(variants, options, strict=True)
        ),
        tuple(one.category for one in product.translations.values() if one.category),
    )


def words_of(text: str) -> list[str]:
    """The whole words of a text in either language."""
    lowered = text.casefold()
    morphemes = None if lowered.isascii() else words_ja.words(lowered)
    if morphemes is None:
        return _WORD.findall(lowered)
    return [one.surface for one in morphemes]


def _option_colours(product: Product, variant: Variant) -> frozenset[str]:
    # A name such as 藍墨 may tell nothing where its translation, "ink navy", does.
    told = [variant.options, *(options_in(product, variant, one) for one in product.translations)]
    named = [_named(v) for one in told for name, v in one.items() if _COLOUR_NAME.search(name)]
    if not named:
        # A finish in black, 柄 in 紺: a value that is a colour and nothing else.
        named = [_whole(v) for one in told for n, v in one.items() if not _TASTE_NAME.search(n)]
    return frozenset().union(*named)


@lru_cache(maxsize=4_096)
def _named(value: str) -> frozenset[str]:
    return _whole(value) or colours_told(words_of(value))


def _whole(value: str) -> frozenset[str]:
    whole = colour_of(value.strip().casefold())
    return frozenset({whole}) if whole else frozenset()


def _colours_of(product: Product) -> frozenset[str]:
    for name, value in product.attributes.items():
        if _COLOUR_NAME.search(name) and (found := colours_told(words_of(value))):
            return found
    return colours_in([*words_of(product.title), *product.tags])


def _size_of(variant: Variant, product: Product) -> str:
    options = {**product.attributes, **variant.options}
    sizes = [value for name, value in options.items() if _SIZE_NAME.search(name)]
    return normal_size(sizes[-1])[:20] if sizes else ""


def _genders_of(product: Product) -> frozenset[str]:
    told = " ".join([product.title, product.category, *product.tags, *product.attributes.values()])
    text = told.casefold()
    if _BOTH.search(text):
        return frozenset()
    found = {gender for gender, pattern in _GENDERS.items() if pattern.search(text)}
    # For men and for women is for everybody, as is what says nothing.
    return frozenset(found - {"m", "f"} if found >= {"m", "f"} else found)
