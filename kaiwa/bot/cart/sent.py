"""A cart that was filled in the channel's own shop: each article is put into ours, at our prices.

What the channel says of prices is not read. An article that is not sold here is looked for by its
number, so that the shopper hears that it is not there.
"""

from typing import Final

from kaiwa.bot.nlu.slot import Quantity, Query
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.catalog.variant import variant_by_sku
from kaiwa.vocabulary.content import Content, Postback

MOST_LINES: Final = 30
_MOST: Final = 999
_LONGEST: Final = 100


def cart_sent(content: Content, shop: Shop) -> tuple[Request, ...]:
    """A request for each article; none when nothing of it is the shop's."""
    if not isinstance(content, Postback):
        return ()
    found = [_wanted(sku, count, shop) for sku, count in list(content.params.items())[:MOST_LINES]]
    return tuple(found) if any(one.chosen for one in found) else ()


def _wanted(sku: str, count: str, shop: Shop) -> Request:
    known = variant_by_sku(shop.session, shop.merchant.id, sku)
    if known is None or known.retired:
        return Request("find_product", (Query(sku[:_LONGEST]),), question=sku[:_LONGEST])
    digits = count if count.isascii() and count.isdigit() and len(count) < 4 else "1"
    many = min(max(int(digits), 1), _MOST)
    return Request(
        "add_to_cart",
        (Quantity(many),),
        chosen=(known.product_id,),
        variant_id=known.id,
        how="button",
        # Its own words: no other line of the cart says which one of it is meant.
        question=f"× {many}",
    )
