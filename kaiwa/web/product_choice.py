"""A product as a shopper chooses from it: its options, and what there is of each variant now."""

from typing import Final

import msgspec

from kaiwa.bot.showing import FEW_LEFT, option_words, stock_words
from kaiwa.catalog.offer import Offer, offers
from kaiwa.catalog.product import Product, product_by_handle
from kaiwa.catalog.product import product as product_of
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.db import Session
from kaiwa.orders.cart import MOST_OF_ONE
from kaiwa.orders.wishlist import wishlist
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.web.shapes import Json

LONGEST_BODY: Final = 2_000


class Looking(msgspec.Struct, frozen=True):
    """Who looks: the language of the words, and whose wishes are marked."""

    language: Language
    customer_id: int | None = None


def product_choice(session: Session, merchant_id: int, name: str | int, looking: Looking) -> Json:
    """The product of this id or handle, at prices and stock of now; `NotFound` when not on sale.

    `most` is how many may be asked for at once: how many there are is told only when few are left.
    """
    found = _found(session, merchant_id, name)
    kept = [one.id for one in variants_of(session, merchant_id, found.id)]
    now = offers(session, merchant_id, kept)
    every = [now[one] for one in kept if one in now]
    if not every:
        raise NotFound("There is no such product.")
    wished = _wished(session, merchant_id, looking)
    spoken = in_language(found, looking.language)
    names = list(dict.fromkeys(name for one in every for name in _options(one, looking)))
    return {
        "id": found.id,
        "handle": found.handle,
        "title": spoken.title,
        "body": spoken.body[:LONGEST_BODY],
        "image_url": spoken.images[0].url if spoken.images else None,
        "options": [{"name": name, "values": _values(every, name, looking)} for name in names],
        "variants": [_variant(one, names, looking, wished) for one in every],
    }


def _found(session: Session, merchant_id: int, name: str | int) -> Product:
    found = (
        product_of(session, merchant_id, name)
        if isinstance(name, int)
        else product_by_handle(session, merchant_id, name)
    )
    if found is None or found.status != "active":
        raise NotFound("There is no such product.")
    return found


def _wished(session: Session, merchant_id: int, looking: Looking) -> set[int]:
    if looking.customer_id is None:
        return set()
    kept = wishlist(session, merchant_id, looking.customer_id)
    return {one.offer.variant_id for one in kept.wishes}


def _options(one: Offer, looking: Looking) -> dict[str, str]:
    return options_in(one.product, one.variant, looking.language)


def _values(every: list[Offer], name: str, looking: Looking) -> list[str]:
    told = (_options(one, looking).get(name) for one in every)
    return list(dict.fromkeys(value for value in told if value))


def _variant(one: Offer, names: list[str], looking: Looking, wished: set[int]) -> Json:
    told = _options(one, looking)
    return {
        "id": one.variant.id,
        "sku": one.variant.sku,
        "title": option_words(one, looking.language),
        "options": [told.get(name, "") for name in names],
        "price": msgspec.to_builtins(one.variant.price),
        "compare_at": msgspec.to_builtins(one.variant.compare_at),
        "stock": stock_words(one.free, looking.language),
        "most": one.free if one.free <= FEW_LEFT else MOST_OF_ONE,
        "wished": one.variant.id in wished,
    }
