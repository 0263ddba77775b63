"""Importing into a real database: twice is once, and what is refused changes nothing."""

from pathlib import Path

from kaiwa.catalog.importing import RefusedRow, Shop
from kaiwa.catalog.importing.taking import Import, Progress, import_products
from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.stock import available
from kaiwa.catalog.variant import variant_by_sku, variants_of
from kaiwa.engines.db import Database
from tests.catalog.importing.test_shopify import OLD
from tests.catalog.shop import NOW, merchant

LINE = (
    '{"handle":"cup","title":"湯のみ","price":1200,"stock":true}\n'
    '{"handle":"pot","title":"急須","variants":[{"price":"4,800","sku":"R1","stock":2}]}\n'
    '{"handle":"mug"}\n'
    '{"handle":"cup","title":"again","price":1}\n'
)


def take(db: Database, shop: int, text: str, path: Path) -> tuple[Progress, list[tuple[int, str]]]:
    path.write_text(text, encoding="utf-8")
    refused: list[RefusedRow] = []
    one = Import(shop, Shop("JPY", "ja"), NOW, refused.append, lambda _: None)
    return import_products(db, path, one), [(row.line, row.reason) for row in refused]


def test_a_second_import_updates_and_never_doubles(database: Database, tmp_path: Path) -> None:
    shop = database.write_now(merchant)
    path = tmp_path / "a.csv"
    assert take(database, shop, OLD, path)[0] == Progress(3, 1, 1, 0)
    ids = database.read_now(lambda s: [v.id for v in variants_of(s, shop, 1)])
    dearer = OLD.replace("¥1,980", "2500")
    assert take(database, shop, dearer, path)[0] == Progress(3, 1, 0, 0)

    def check(s):
        assert [v.id for v in variants_of(s, shop, 1)] == ids
        red = variant_by_sku(s, shop, "R1")
        assert red and red.price.amount_minor == 2500
        assert available(s, shop, red.id) == 3
        assert s.one("SELECT count(*) FROM product WHERE merchant_id = :m", m=shop) == (1,)

    database.read_now(check)


def test_a_refused_row_leaves_what_is_on_sale(database: Database, tmp_path: Path) -> None:
    shop = database.write_now(merchant)
    path = tmp_path / "a.csv"
    take(database, shop, OLD, path)
    done, refused = take(database, shop, OLD.replace("¥1,980", "?"), path)
    assert (done.rows, [line for line, _ in refused]) == (2, [2])
    red = database.read_now(lambda s: variant_by_sku(s, shop, "R1"))
    assert red and not red.retired and red.price.amount_minor == 1980


def test_json_lines_are_taken_and_refused_by_line(database: Database, tmp_path: Path) -> None:
    shop = database.write_now(merchant)
    take(database, shop, OLD, tmp_path / "a.csv")
    done, refused = take(database, shop, LINE, tmp_path / "b.jsonl")
    assert done.products == 1
    assert refused == [
        (2, "Another product has the SKU 'R1'."),
        (3, "This is not a product as JSON: Object missing required field `title`."),
        (4, "The handle 'cup' is already in line 1."),
    ]
    cup = database.read_now(lambda s: product_by_handle(s, shop, "cup"))
    assert cup and cup.language == "ja"


def test_two_merchants_may_use_the_same_handles_and_skus(
    database: Database, tmp_path: Path
) -> None:
    one, two = database.write_now(lambda s: (merchant(s), merchant(s, "Two")))
    for shop in (one, two):
        assert take(database, shop, OLD, tmp_path / "a.csv")[0].fresh == 1
