"""What fills the cards of a carousel template: the articles in the customer's cart, then wishes."""

from typing import Final

from kaiwa.catalog.offer import Offer, offers
from kaiwa.catalog.translation import in_language
from kaiwa.engines.db import Session
from kaiwa.orders.cart_record import active_cart, wanted
from kaiwa.orders.wishlist import wishlist
from kaiwa.vocabulary.language import Language

# `product.handle` is how an article's page ends, in most shops.
CARD_BLANKS: Final = ("product.title", "product.price", "product.image", "product.handle")
_MOST: Final = 24


def card_facts(
    session: Session, merchant_id: int, customer_id: int, language: Language, origin: str = ""
) -> list[dict[str, str]]:
    """The facts of one article for each card in turn, each article once, at the prices of now.

    What is not sold any more is left out. `origin` is where we are called from outside.
    """
    cart = active_cart(session, merchant_id, customer_id)
    ids = [] if cart is None else [one.variant_id for one in wanted(session, merchant_id, cart)]
    kept = wishlist(session, merchant_id, customer_id).wishes
    ids = list(dict.fromkeys([*ids, *(one.offer.variant_id for one in kept)]))[:_MOST]
    sold = offers(session, merchant_id, ids)
    found: dict[int, dict[str, str]] = {}
    for variant_id in ids:
        if (one := sold.get(variant_id)) is not None:
            found.setdefault(one.product.id, _facts(one, language, origin))
    return list(found.values())


def _facts(one: Offer, language: Language, origin: str) -> dict[str, str]:
    product = in_language(one.product, language)
    image = product.images[0].url if product.images else ""
    if image.startswith("/"):
        image = f"{origin}{image}" if origin else ""
    facts = {
        "product.title": product.title,
        "product.price": one.variant.price.label(),
        "product.image": image,
        "product.handle": product.handle,
    }
    return {name: value for name, value in facts.items() if value}
