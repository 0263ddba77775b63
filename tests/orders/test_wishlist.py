"""What is kept for later is shown at today's price, and once."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.wishlist import AddWish, RemoveWish, Wishlist, add_wish, remove_wish, wishlist
from kaiwa.vocabulary.errors import NotFound
from tests.orders.shop import Shop


def test_an_article_is_kept_once_and_let_go(database: Database) -> None:
    shop = Shop(database)
    someone, cup, tea = shop.customer(), shop.article("CUP"), shop.article("TEA", stock=0)

    def add(variant_id: int) -> Wishlist:
        request = AddWish(someone, variant_id)
        return shop.db.write_now(lambda s: add_wish(s, shop.command(), request))

    add(cup)
    add(tea)
    assert [w.offer.sku for w in add(cup).wishes] == ["TEA", "CUP"]
    shop.article("CUP", 990)
    found = shop.db.read_now(lambda s: wishlist(s, shop.merchant_id, someone))
    assert [(w.offer.price.amount_minor, w.offer.available) for w in found.wishes] == [
        (1100, 0),
        (990, 100),
    ]
    request = RemoveWish(someone, tea)
    left = shop.db.write_now(lambda s: remove_wish(s, shop.command(), request))
    assert [w.offer.sku for w in left.wishes] == ["CUP"]
    other = Shop(database)
    with pytest.raises(NotFound):
        other.db.write_now(lambda s: add_wish(s, other.command(), AddWish(someone, cup)))
