"""A comparison shows what differs, folds what does not, and writes prices itself."""

from kaiwa.catalog.comparison import compare
from kaiwa.catalog.product import product_by_handle
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods


def of(s, shop, *handles):
    found = [product_by_handle(s, shop, handle) for handle in handles]
    return compare(s, shop, [one.id for one in found if one])


def test_only_what_differs_is_a_row(database: Database) -> None:
    def story(s):
        told = of(s, goods(s), "wallet", "cloth-wallet", "wallet")
        assert [column.title for column in told.columns] == ["革の財布", "布の財布"]
        assert told.differences == {"brand": ("Kitto", "花園"), "色": ("茶", "紺")}
        assert told.same == {"category": "財布"}
        assert told.rows("ja") == [
            ("価格", ("¥12,000", "¥3,400")),
            ("ブランド", ("Kitto", "花園")),
            ("色", ("茶", "紺")),
        ]
        assert told.folded("en") == [("Category", "財布")]

    database.write_now(story)


def test_a_range_of_prices_stock_and_what_one_lacks_are_said_in_words(database: Database) -> None:
    def story(s):
        told = of(s, goods(s), "shirt", "teapot")
        assert told.rows("en")[:2] == [
            ("Price", ("from ¥2,900", "¥4,800")),
            ("Stock", ("In stock", "Sold out")),
        ]
        assert ("サイズ", ("M / L", "–")) in told.rows("en")

    database.write_now(story)


def test_another_shops_product_is_not_compared(database: Database) -> None:
    def story(s):
        ours, theirs = goods(s), goods(s, "Other")
        mug = product_by_handle(s, theirs, "mug")
        assert mug
        assert compare(s, ours, [mug.id]).columns == ()

    database.write_now(story)
