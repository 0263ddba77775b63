"""A comparison shows what differs and nothing else."""

from kaiwa.catalog.comparison import compare
from kaiwa.catalog.product import product_by_handle
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods


def test_only_what_differs_is_a_row(database: Database) -> None:
    def story(s):
        shop = goods(s)
        found = [product_by_handle(s, shop, handle) for handle in ("wallet", "cloth-wallet")]
        told = compare(s, shop, [one.id for one in found if one])
        assert [column.title for column in told.columns] == ["革の財布", "布の財布"]
        assert [column.price.label() for column in told.columns if column.price] == [
            "¥12,000",
            "¥3,400",
        ]
        assert told.differences == {"brand": ("Kitto", "花園"), "色": ("茶", "紺")}

    database.write_now(story)
