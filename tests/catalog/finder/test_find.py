"""What a shopper finds in a small shop of two languages."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.find import Answer, Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.synonyms import put_synonym
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Held, reserve, restock
from kaiwa.catalog.variant import VariantText, put_variants, variant_by_sku
from kaiwa.engines.db import Database
from kaiwa.languages import words_ja
from kaiwa.vocabulary.money import Money
from tests.catalog.finder.shops import goods
from tests.catalog.shop import NOW

WHO = Shopper("JPY", "ja")


class Finding:
    """A shop with its shelf, asked in one word."""

    def __init__(self, db: Database, folder: Path | None = None) -> None:
        self.db = db
        self.shop = db.write_now(goods)
        self.shelf = Shelf(self.shop, folder)

    def ask(self, query: str) -> Answer:
        return self.db.read_now(lambda s: find(s, self.shelf, query, WHO))

    def handles(self, query: str) -> list[str]:
        return [one.product.handle for one in self.ask(query).results]


@pytest.fixture
def shop(database: Database) -> Iterator[Finding]:
    found = Finding(database)
    yield found
    found.shelf.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("さいふ", "cloth-wallet wallet"),
        ("ｽﾆｰｶｰ", "sneaker"),
        ("スニカー", "sneaker"),
        ("suniikaa", "sneaker"),
        ("きゅうす", "teapot"),
        ("Tシャツ 3000円以下", "shirt"),
        ("赤いスニーカー", "sneaker"),
        ("革じゃない財布", "cloth-wallet"),
        ("花園の財布", "cloth-wallet"),
        ("緑茶", "tea"),
        ("mugs", "mug"),
        ("wireless head phones", "headphones"),
        ("wireles headphone", "headphones"),
        ("ceramic mugg", "mug"),
        ("革 財布", "wallet"),
        ("布 急須", "teapot cloth-wallet"),
        ("blue cup", "mug"),
        ("shirt-0", "shirt"),
    ],
)
def test_the_first_result_is_the_thing_meant(shop: Finding, query: str, first: str) -> None:
    assert shop.handles(query)[0] in first.split()


def test_all_that_is_asked_holds_of_one_variant(shop: Finding) -> None:
    white = shop.ask("白いTシャツ Mサイズ 3000円以下")
    assert [(one.product.handle, one.variant.sku) for one in white.results] == [
        ("shirt", "shirt-0")
    ]
    black = shop.ask("黒いTシャツ Mサイズ 在庫あり")
    # Black is there in M, but sold out: the size is let go before the colour.
    assert black.relaxed == ("size",)
    assert [one.variant.sku for one in black.results] == ["shirt-2"]


def test_nothing_found_lets_go_of_one_thing_at_a_time_and_says_so(shop: Finding) -> None:
    green = shop.ask("黒い財布 5000円以下")
    assert green.relaxed == ("colour",)
    assert [one.product.handle for one in green.results] == ["cloth-wallet"]
    cheap = shop.ask("スニーカー 5000円以下")
    assert (cheap.relaxed, [r.product.handle for r in cheap.results][:1]) == (
        ("price", "price_off"),
        ["sneaker"],
    )
    assert cheap.asked.price_max == 5000


def test_a_colour_the_shop_does_not_have_is_text_again(shop: Finding) -> None:
    assert shop.ask("紫のTシャツ").asked.colour == ()


def test_stock_and_price_are_those_of_this_moment(shop: Finding) -> None:
    def sell(s):
        lamp = variant_by_sku(s, shop.shop, "tea-0")
        until = NOW + timedelta(minutes=5)
        assert lamp and reserve(s, shop.shop, Held(lamp.id, 50), "a", until, NOW)
        pot = variant_by_sku(s, shop.shop, "teapot-0")
        assert pot
        restock(s, shop.shop, pot.id, 1)

    assert [one.in_stock for one in shop.ask("緑茶").results][:1] == [True]
    shop.db.write_now(sell)
    assert [one.in_stock for one in shop.ask("緑茶").results][:1] == [False]
    assert shop.handles("急須 在庫あり") == ["teapot"]


def test_new_and_withdrawn_products_are_seen_by_the_next_query(shop: Finding) -> None:
    assert "tea" in shop.handles("緑茶")

    def withdraw(s):
        text = ProductText("tea", "宇治の緑茶", category="日本茶", status="draft")
        put_product(s, shop.shop, text, NOW, next_change(s, shop.shop))

    shop.db.write_now(withdraw)
    assert "tea" not in shop.handles("緑茶")


def test_a_merchants_synonym_leads_to_the_product(shop: Finding) -> None:
    def teach(s):
        put_synonym(s, shop.shop, "ごはん茶わん", ["急須"], NOW)

    shop.db.write_now(teach)
    assert "teapot" in shop.handles("ごはん茶わん")


def test_an_index_thrown_away_finds_the_same_again(database: Database, tmp_path: Path) -> None:
    queries = ["財布", "Tシャツ 3000円以下", "mug", "きゅうす", "Nordhem"]
    found = Finding(database, tmp_path / "shelf")
    first = [found.handles(query) for query in queries]
    found.shelf.close()
    kept = Shelf(found.shop, tmp_path / "shelf")
    found.shelf = kept
    assert [found.handles(query) for query in queries] == first
    kept.close()
    shutil.rmtree(tmp_path / "shelf")
    (tmp_path / "shelf" / "text").mkdir(parents=True)
    (tmp_path / "shelf" / "text" / "meta.json").write_text("{broken")
    (tmp_path / "shelf" / "reached.json").write_text("[]")
    found.shelf = Shelf(found.shop, tmp_path / "shelf")
    assert [found.handles(query) for query in queries] == first


def test_another_shops_products_are_never_found(database: Database) -> None:
    found = Finding(database)
    other = database.write_now(lambda s: goods(s, "Other"))
    mine = found.ask("財布").results
    ids = {one.product.id for one in mine}
    theirs = database.read_now(lambda s: find(s, Shelf(other, None), "財布", WHO)).results
    assert ids
    assert ids.isdisjoint(one.product.id for one in theirs)


def test_without_the_dictionary_pairs_of_characters_still_find(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words_ja, "_tokenizers", lambda: None)
    found = Finding(database)
    assert found.handles("すにーかー")[0] == "sneaker"
    assert set(found.handles("財布")[:2]) == {"wallet", "cloth-wallet"}
    assert found.ask("財布 5000円以下").asked.price_max == 5000


def test_a_process_that_may_not_write_leaves_the_mark_to_the_one_that_may(
    database: Database, tmp_path: Path
) -> None:
    writer = Finding(database, tmp_path)
    assert writer.handles("緑茶")[0] == "tea"  # it holds the right to write from now on
    reader = Shelf(writer.shop, tmp_path)
    mark = reader.index.mark()

    def bring(s):
        text = ProductText("whisk", "茶筅", category="茶器")
        change = next_change(s, writer.shop)
        product_id = put_product(s, writer.shop, text, NOW, change)
        put_variants(s, writer.shop, product_id, [VariantText(Money(900, "JPY"))], NOW)

    database.write_now(bring)
    database.read_now(reader.catch_up)
    assert reader.columns.counts(reader.columns.places.ids)["category"]["茶器"] == 2
    assert reader.index.mark() == mark
    assert writer.handles("茶筅")[0] == "whisk"
    assert reader.index.mark() != mark
    found = database.read_now(lambda s: find(s, reader, "茶筅", WHO)).results
    assert found[0].product.handle == "whisk"
    reader.close()
    writer.shelf.close()
