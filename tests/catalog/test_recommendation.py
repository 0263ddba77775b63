"""What is shown beside a product, and what is offered while typing."""

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.recommendation import similar
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods


def test_similar_products_are_others_and_in_stock(database: Database) -> None:
    def story(s):
        shop = goods(s)
        shelf = Shelf(shop, None)
        wallet = product_by_handle(s, shop, "wallet")
        cloth = product_by_handle(s, shop, "cloth-wallet")
        assert wallet and cloth
        near = [one.handle for one in similar(s, shelf, wallet.id)]
        assert near[0] == "cloth-wallet"
        assert {"wallet", "teapot"}.isdisjoint(near)
        left = similar(s, shelf, wallet.id, leave_out={cloth.id})
        assert "cloth-wallet" not in [one.handle for one in left]

    database.write_now(story)


def test_suggestions_follow_the_sound_of_what_is_typed(database: Database) -> None:
    def story(s):
        shelf = Shelf(goods(s), None)
        shelf.catch_up(s)
        assert shelf.suggester.suggestions("すに")[0] == "スニーカー"
        assert shelf.suggester.suggestions("さい")[0] == "財布"
        assert shelf.suggester.suggestions("黒い ワイ") == []
        assert shelf.suggester.suggestions("blue mu") == ["blue Mugs", "blue mug"]
        assert shelf.suggester.suggestions("  ") == []

    database.write_now(story)
