"""What changed in a merchant's catalog behind a place, read in slices and ready for the columns."""

from typing import Final

import msgspec

from kaiwa.catalog.finder.traits import Traits, traits_of
from kaiwa.catalog.product import Product, changed_products
from kaiwa.catalog.stock import Changed, changed_stock, free_of
from kaiwa.catalog.variant import variants_of_all
from kaiwa.engines.db import Session

LAST: Final = 2**62
LONGEST_READ_S: Final = 60  # no reading of the database takes longer


class Place(msgspec.Struct, frozen=True):
    """How far the feed was read: change number and id of the last product and the last stock.

    `newest` is the catalog's number when both had been read to their end.
    """

    product: tuple[int, int] = (0, 0)
    stock: tuple[int, int] = (0, 0)
    newest: int = 0


class Slice(msgspec.Struct, frozen=True):
    """A piece of the feed, from one place to the next."""

    since: Place
    until: Place
    products: tuple[Traits, ...]
    titles: tuple[str, ...]
    stock: tuple[Changed, ...]
    done: bool  # whether nothing was behind it when it was read


def _titles(product: Product) -> str:
    """What the product is called, in every language."""
    told = [one.title or "" for one in product.translations.values()]
    kinds = [one.category or "" for one in product.translations.values()]
    return " ".join([product.title, product.category, product.brand, *told, *kinds])


def read_slice(session: Session, merchant_id: int, place: tuple[Place, int], most: int) -> Slice:
    """The next slice, of at most so many products and as many levels of stock.

    `place` is where it was read to, and the catalog's number, read before in this session.
    """
    since, newest = place
    page = changed_products(session, merchant_id, *since.product, limit=most)
    product = (page[-1].change, page[-1].id) if page else since.product
    ids = [one.id for one in page]
    variants = variants_of_all(session, merchant_id, ids) if page else {}
    sold = [variant.id for some in variants.values() for variant in some]
    free = free_of(session, merchant_id, sold) if sold else {}
    # A product brings its stock along, so at the very beginning only later changes count.
    stock_since = since.stock if since.product != (0, 0) else (newest, LAST)
    stock = changed_stock(session, merchant_id, *stock_since, limit=most)
    stock_until = (stock[-1].change, stock[-1].variant_id) if stock else stock_since
    done = len(page) < most and len(stock) < most
    until = Place(product, stock_until, max(newest, since.newest) if done else since.newest)
    return Slice(
        since,
        until,
        tuple(traits_of(one, variants.get(one.id, []), free) for one in page),
        tuple(_titles(one) for one in page),
        tuple(stock),
        done,
    )
