"""`/shop/{inbox key}/products/{handle}`: a product with what buyers say of it, and a way to buy."""

from typing import Final

import msgspec

from kaiwa.catalog.offer import Offer, offers
from kaiwa.catalog.product import Product, product_by_handle
from kaiwa.catalog.review import Average, Review, average, of_product
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import variants_of_all
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask
from kaiwa.web.hosted_paper import Paper
from kaiwa.web.hosted_words import Words
from kaiwa.web.places import Door

MOST_REVIEWS: Final = 50
MOST_CHOICES: Final = 500
FEW: Final = 3


class Choice(msgspec.Struct, frozen=True):
    """A variant as the page offers it; without `free` it cannot be chosen."""

    sku: str
    name: str
    price: Money
    free: int


class ProductView(msgspec.Struct, frozen=True):
    """All the page shows, from the records of now."""

    product: Product
    choices: tuple[Choice, ...]
    reviews: tuple[Review, ...]
    mean: Average | None

    @property
    def cheapest(self) -> Money:
        """The lowest price."""
        return min(self.choices, key=lambda one: one.price.amount_minor).price

    @property
    def prices_differ(self) -> bool:
        """Whether the variants cost different amounts."""
        return len({one.price.amount_minor for one in self.choices}) > 1

    @property
    def buyable(self) -> bool:
        """Whether any of it can be bought."""
        return any(one.free > 0 for one in self.choices)


def product_view(
    session: Session, merchant_id: int, handle: str, language: Language
) -> ProductView:
    """The product with this handle as it is sold now; `NotFound` when it is not on sale."""
    found = product_by_handle(session, merchant_id, handle)
    if found is None or found.status != "active":
        raise NotFound("There is no such product.")
    every = variants_of_all(session, merchant_id, [found.id]).get(found.id, [])
    now = offers(session, merchant_id, [one.id for one in every if not one.retired][:MOST_CHOICES])
    choices = tuple(_choice(now[one.id], language) for one in every if one.id in now)
    if not choices:
        raise NotFound("There is no such product.")
    return ProductView(
        in_language(found, language),
        choices,
        tuple(of_product(session, merchant_id, found.id, MOST_REVIEWS)),
        average(session, merchant_id, found.id),
    )


async def product_page(context: Context, paper: Paper, door: Door, ask: Ask) -> Answer:
    """The page in the reader's language; `NotFound`."""
    shop = door.place.merchant
    language = ask.language(shop.language if "accept-language" not in ask.headers else "")
    view = await context.db.read(lambda s: product_view(s, shop.id, ask.parts[3], language))
    values = {"view": view, "few": FEW, "key": door.place.inbox.key, "chat": None}
    return Answer(200, paper.page("product", Words(shop, language), values))


def _choice(one: Offer, language: Language) -> Choice:
    name = " / ".join(options_in(one.product, one.variant, language).values())
    return Choice(one.variant.sku or "", name or one.variant.title, one.variant.price, one.free)
