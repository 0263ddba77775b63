"""How narrow a filter is, how far down the words are then looked through, and what is guessed."""

import numpy as np
import pytest

from kaiwa.catalog.finder import candidates
from kaiwa.catalog.finder.candidates import DEPTHS, Candidates
from kaiwa.catalog.finder.columns import SAMPLE, Columns
from kaiwa.catalog.finder.ranking import NONE
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.traits import Traits, VariantTraits
from kaiwa.catalog.understanding import Understood
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods

ASKED = Understood("ja", "")


def columns(count: int) -> Columns:
    """Every tenth product costs 100, the others 900; every second is for men."""
    found = Columns()
    for number in range(1, count + 1):
        price = 100 if number % 10 == 0 else 900
        one = VariantTraits(number, price, 1, frozenset({"red"}), "M")
        gender = frozenset({"m"}) if number % 2 else frozenset[str]()
        found.put_product(Traits(number, "Mugs", "", gender, True, (one,)))
    return found


def test_the_share_of_a_small_shop_is_counted() -> None:
    shop = columns(200)
    assert shop.share(Understood("ja", "", price_max=100)) == 0.1
    assert shop.share(Understood("ja", "", colour=("blue",))) == 0
    assert shop.share(ASKED) == 1
    assert Columns().share(ASKED) == 0


def test_the_share_of_a_large_shop_is_told_by_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaiwa.catalog.finder.columns.SAMPLE", 100)
    assert SAMPLE > 100
    share = columns(1_000).share(Understood("ja", "", price_max=100))
    assert 0.05 < share < 0.2


def test_the_share_is_of_now() -> None:
    shop = columns(10)
    in_stock = Understood("ja", "", in_stock=True)
    assert shop.share(in_stock) == 1
    shop.put_stock(3, 3, 0)
    assert shop.share(in_stock) == 0.9
    sold_out = VariantTraits(4, 900, 0, frozenset(), "")
    shop.put_product(Traits(4, "Mugs", "", frozenset(), True, (sold_out,)))
    assert shop.share(in_stock) == 0.8


def test_one_and_the_same_variant_keeps_all_bounds() -> None:
    shop = Columns()
    red = VariantTraits(1, 100, 0, frozenset({"red"}), "M")
    blue = VariantTraits(2, 900, 5, frozenset({"blue"}), "L")
    shop.put_product(Traits(1, "Mugs", "", frozenset(), True, (red, blue)))
    ids = np.array([1])
    for asked, fits in (
        (Understood("ja", "", colour=("red",), price_max=100), True),
        (Understood("ja", "", colour=("red",), in_stock=True), False),
        (Understood("ja", "", size="L", price_min=900, in_stock=True), True),
        (Understood("ja", "", price_max=100, exclude=("red",)), False),
    ):
        assert (shop.every(asked).tolist() == [1]) is fits
        assert (shop.filtered(ids, asked).tolist() == [0]) is fits
        assert (shop.share(asked) > 0) is fits


def test_what_is_for_everybody_suits_men_but_what_is_for_men_is_not_for_everybody() -> None:
    shop = columns(10)
    assert len(shop.every(Understood("ja", "", gender="m"))) == 10
    assert shop.every(Understood("ja", "", gender="u")).tolist() == [2, 4, 6, 8, 10]


def test_categories_keep_their_other_names() -> None:
    shop = Columns()
    one = VariantTraits(1, 100, 1, frozenset(), "")
    shop.put_product(Traits(1, "かばん", "", frozenset(), True, (one,), ("Bags",)))
    assert shop.facets().also == (("Bags", "かばん"),)
    assert Columns.load(*shop.dump()).facets() == shop.facets()


def test_a_narrow_filter_looks_further_down(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(database.write_now(goods), None)
    database.read_now(shelf.catch_up)
    monkeypatch.setattr(candidates, "AMONG", 0)
    monkeypatch.setattr(candidates, "FEW", 0)
    depths: list[int] = []

    def match(text: str, most: int, only: object) -> object:
        depths.append(most)
        return NONE

    asked = Understood("ja", "財布", price_max=3_000)
    monkeypatch.setattr(shelf.matcher, "match", match)
    monkeypatch.setattr(shelf.columns, "share", lambda _: 0.02)
    Candidates(shelf, asked).fitting(asked, 10)
    monkeypatch.setattr(shelf.columns, "share", lambda _: 0.0001)
    Candidates(shelf, asked).fitting(asked, 10)
    assert depths == [1_000, 3_000, 20_000]
    assert {1_000, 20_000} <= set(DEPTHS)
    shelf.close()


def test_what_was_meant_counts_less_than_what_was_said(database: Database) -> None:
    shelf = Shelf(database.write_now(goods), None)
    database.read_now(shelf.catch_up)
    guessed = shelf.matcher._guessed("スニカー", {"スニカー": 1.0})
    assert guessed["スニカー"] == 1.0
    assert 0.6 < guessed["スニーカー"] <= 0.9
    renamed = shelf.matcher._guessed("鞄", {"鞄": 1.0})
    assert (renamed["鞄"], round(renamed["バッグ"], 2)) == (1.0, 0.63)
    shelf.close()
