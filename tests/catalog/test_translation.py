"""A product of two languages is found and read in both."""

import json
from pathlib import Path

from kaiwa.catalog.comparison import compare
from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.importing import Shop
from kaiwa.catalog.importing.taking import Import, import_products
from kaiwa.catalog.product import product_by_handle
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.db import Database, Session
from tests.catalog.shop import NOW, merchant

KETTLE = {
    "handle": "kettle",
    "title": "細口ケトル「しずく」",
    "body": "一滴ずつ落ちます。\n容量：0.8L",
    "category": "ケトル",
    "language": "ja",
    "translations": {
        "en": {
            "title": "Shizuku <b>gooseneck</b> kettle",
            "body": "Pours drop by drop.\nCapacity: 0.8 L",
            "category": "Kettles",
            "options": {"色": "Colour", "藍墨": "Ink navy", "赤土": "Clay brown"},
        }
    },
    "variants": [
        {"sku": "K-1", "price": 8800, "stock": 3, "options": {"色": "藍墨"}},
        {"sku": "K-2", "price": 9900, "stock": 3, "options": {"色": "赤土"}},
    ],
}
POT = {"handle": "pot", "title": "土鍋", "price": 9900, "category": "鍋", "stock": 1}


def _shop(session: Session) -> int:
    return merchant(session)


def _take(database: Database, path: Path, *products: object) -> int:
    shop = database.write_now(_shop)
    path.write_text("\n".join(json.dumps(one) for one in products), "utf-8")
    refused: list[object] = []
    told = Import(shop, Shop("JPY", "ja"), NOW, refused.append, lambda _: None)
    import_products(database, path, told)
    assert refused == []
    return shop


def test_each_shopper_reads_their_own_words(database: Database, tmp_path: Path) -> None:
    shop = _take(database, tmp_path / "p.jsonl", KETTLE)

    def story(s: Session) -> None:
        kettle = product_by_handle(s, shop, "kettle")
        assert kettle is not None
        english = in_language(kettle, "en")
        assert (english.title, english.category) == ("Shizuku gooseneck kettle", "Kettles")
        assert english.attributes == {"Capacity": "0.8 L"}
        assert in_language(kettle, "ja").title == "細口ケトル「しずく」"
        assert kettle.attributes == {"容量": "0.8L"}
        one = variants_of(s, shop, kettle.id)[0]
        assert options_in(kettle, one, "en") == {"Colour": "Ink navy"}
        assert options_in(kettle, one, "ja") == {"色": "藍墨"}

    database.read_now(story)


def test_both_languages_find_it_and_its_colours(database: Database, tmp_path: Path) -> None:
    shop = _take(database, tmp_path / "p.jsonl", KETTLE, POT)
    shelf = Shelf(shop, None)
    asked = {
        query: database.read_now(
            lambda s, q=query: find(s, shelf, q, Shopper("JPY", "ja"))  # type: ignore[misc]
        ).results[0]
        for query in ("ケトル", "gooseneck kettle", "brown kettle", "紺のケトル")
    }
    assert {one.product.handle for one in asked.values()} == {"kettle"}
    assert asked["brown kettle"].variant.sku == "K-2"
    assert asked["紺のケトル"].variant.sku == "K-1"


def test_a_comparison_is_in_the_language_asked_for(database: Database, tmp_path: Path) -> None:
    shop = _take(database, tmp_path / "p.jsonl", KETTLE, POT)

    def story(s: Session) -> None:
        found = [product_by_handle(s, shop, handle) for handle in ("kettle", "pot")]
        told = compare(s, shop, [one.id for one in found if one], "en")
        assert [one.title for one in told.columns] == ["Shizuku gooseneck kettle", "土鍋"]
        assert told.differences == {
            "category": ("Kettles", "鍋"),
            "Capacity": ("0.8 L", ""),
            "Colour": ("Ink navy / Clay brown", ""),
        }

    database.read_now(story)


def test_a_later_file_without_translations_takes_them_away(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "p.jsonl"
    shop = _take(database, path, KETTLE)
    path.write_text(json.dumps({**KETTLE, "translations": {}}), "utf-8")
    told = Import(shop, Shop("JPY", "ja"), NOW, lambda _: None, lambda _: None)
    import_products(database, path, told)
    kettle = database.read_now(lambda s: product_by_handle(s, shop, "kettle"))
    assert kettle is not None
    assert kettle.translations == {}
