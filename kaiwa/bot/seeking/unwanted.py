"""Leaves out products whose own text speaks of what is not wanted: nuts, where it says almonds.

A passage that says it is without (卵不使用, "no nuts") speaks of it only to say that there is none.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kaiwa.catalog.finder.find import Found
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.languages import en
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings.product_words import kinds_of

_PASSAGE: Final = re.compile(r"[^。！!?？\n]+")
_PASSAGE_EN: Final = re.compile(r"(?:[^.!?\n]|\.(?=\d))+")
_WITHOUT: Final = re.compile(
    r"不使用|無添加|不要|なし|無し|ない|ません|使わ|使用せず|抜き|フリー|ゼロ|ノン|以外"
    r"|\b(?:no|not|non|none|without|free|zero|never|isn't|doesn't|contains? no)\b|-free\b"
)


def without_unwanted(found: Sequence[Found], exclude: Sequence[str]) -> list[Found]:
    """Those that say nothing of the words; all of them where nothing would be left."""
    words = [word for word in exclude if word not in COLOURS]
    if not words:
        return list(found)
    left = [one for one in found if not any(_speaks_of(one.product, word) for word in words)]
    return left or list(found)


def _speaks_of(product: Product, word: str) -> bool:
    names = (word, *kinds_of().get(word, ()), *kinds_of().get(en.stem(word), ()))
    return any(
        not _WITHOUT.search(passage) and any(_says(passage, name) for name in names)
        for passage in _passages(product)
    )


def _passages(product: Product) -> list[str]:
    told = [product.title, product.category, *product.tags]
    told += [f"{name} {value}" for name, value in product.attributes.items()]
    pattern = _PASSAGE if "。" in product.body else _PASSAGE_EN
    return [one.casefold() for one in [*told, *pattern.findall(product.body)] if one]


def _says(passage: str, name: str) -> bool:
    if name.isascii():
        return en.stem(name) in _stems(passage)
    return fold(name) in fold(passage)


@lru_cache(maxsize=4_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(en.tokens(text))
