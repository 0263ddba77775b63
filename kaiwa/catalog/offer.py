"""What a list of results shows: each variant with its product and stock, read in one statement."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.catalog import product as products
from kaiwa.catalog import variant as variants
from kaiwa.catalog.product import Product, read_product
from kaiwa.catalog.stock import free_now
from kaiwa.catalog.variant import Variant, read_variant
from kaiwa.engines.db import Session

_P: Final = [f"p.{name}" for name in products.COLUMNS.split(", ")]
_V: Final = [f"v.{name}" for name in variants.COLUMNS.split(", ")]
_STOCK: Final = ["s.on_hand - s.reserved", "s.tracked", "s.oversell"]
_PRODUCT_ENDS: Final = len(_P)
_VARIANT_ENDS: Final = len(_P) + len(_V)
_AT_ONCE: Final = (24, 120, 1_000)  # a few lengths, so that the statements are prepared once


class Offer(msgspec.Struct, frozen=True, gc=False):
    """A variant that is sold, its product, and how many can be sold now."""

    product: Product
    variant: Variant
    free: int


def offers(session: Session, merchant_id: int, variant_ids: Sequence[int]) -> dict[int, Offer]:
    """By variant, those of active products that are sold; at most 1,000 at once."""
    if not variant_ids:
        return {}
    room = next(size for size in _AT_ONCE if len(variant_ids) <= size)
    asked = dict.fromkeys(_names(room), 0)
    asked.update(zip(_names(room), variant_ids, strict=False))
    rows = session.all(_statement(room), merchant_id=merchant_id, **asked)
    found = {}
    known: dict[int, Product] = {}
    for row in rows:
        what = known.get(row[0])
        if what is None:
            what = known[row[0]] = read_product(row)
        which = read_variant(row[_PRODUCT_ENDS:])
        stock = row[_VARIANT_ENDS:]
        found[which.id] = Offer(what, which, 0 if stock[0] is None else free_now(stock))
    return found


@lru_cache(maxsize=len(_AT_ONCE))
def _names(room: int) -> tuple[str, ...]:
    return tuple(f"v{at}" for at in range(room))


@lru_cache(maxsize=len(_AT_ONCE))
def _statement(room: int) -> str:
    return f"""SELECT {", ".join([*_P, *_V, *_STOCK])} FROM variant v
        JOIN product p ON p.id = v.product_id LEFT JOIN stock s ON s.variant_id = v.id
        WHERE +v.merchant_id = :merchant_id
        AND v.id IN ({", ".join(f":{name}" for name in _names(room))})
        AND v.retired_at IS NULL AND p.status = 'active'"""
