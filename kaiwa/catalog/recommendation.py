"""Products to show beside one: alike by their words, in stock, never the one itself."""

from collections.abc import Collection

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import Product, product, products
from kaiwa.catalog.understanding import Understood
from kaiwa.engines.db import Session

_CANDIDATES = 200


def similar(
    session: Session,
    shelf: Shelf,
    product_id: int,
    limit: int = 6,
    leave_out: Collection[int] = (),
) -> list[Product]:
    """The nearest products that can be bought now; `leave_out` is what is in the cart."""
    shelf.catch_up(session)
    one = product(session, shelf.merchant_id, product_id)
    found = shelf.matcher.match(f"{one.title} {one.category}", _CANDIDATES)
    there = shelf.columns.filtered(found.ids, Understood("ja", "", in_stock=True))
    ids = [i for i in found.ids[there].tolist() if i != product_id and i not in leave_out]
    return products(session, shelf.merchant_id, ids[:limit])
