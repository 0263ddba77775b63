"""Products alike by their words: what works from the first product on."""

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import Product
from kaiwa.engines.db import Session


def alike(session: Session, shelf: Shelf, one: Product, most: int) -> list[int]:
    """The products nearest to this one, nearest first; it is never among them."""
    shelf.catch_up(session)
    found = shelf.matcher.match(f"{one.title} {one.category}", most + 1)
    return [product_id for product_id in found.ids.tolist() if product_id != one.id][:most]
