"""How the articles of a checkout or an order look to a shopper of one language."""

from collections.abc import Collection

import msgspec

from kaiwa.catalog.product import Product, products
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.orders.offer import Offer
from kaiwa.vocabulary.language import Language


class Article(msgspec.Struct, frozen=True):
    """What to show of a variant; `title` is empty when it has no words of this language."""

    title: str = ""
    picture: str = ""


def articles(
    session: Session, merchant_id: int, offers: Collection[Offer], language: Language
) -> dict[int, Article]:
    """By variant: its words in the language where the shop wrote some, and its first picture."""
    ids = list(dict.fromkeys(one.product_id for one in offers))
    found = {one.id: one for one in products(session, merchant_id, ids)}
    spoken = [one.id for one in found.values() if language in one.translations]
    known = variants_of_all(session, merchant_id, spoken) if spoken else {}
    variants = {one.id: one for some in known.values() for one in some}
    return {
        one.variant_id: _article(found[one.product_id], variants.get(one.variant_id), language)
        for one in offers
        if one.product_id in found
    }


def _article(product: Product, variant: Variant | None, language: Language) -> Article:
    picture = product.images[0].url if product.images else ""
    if variant is None:
        return Article("", picture)
    title = in_language(product, language).title
    options = " / ".join(options_in(product, variant, language).values())
    return Article(f"{title} ({options})" if options else title, picture)
