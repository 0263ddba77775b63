"""Shades, sorting, measured sizes and whom a thing is for, each by itself."""

import pytest

from kaiwa.catalog.understanding import Facets
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.measures import as_size
from kaiwa.catalog.understanding.sizes import size
from kaiwa.catalog.understanding.sorting import order
from kaiwa.catalog.understanding.understand import understand

SHOP = Facets(("Nordhem",), ("シャツ", "Mugs", "Coffee"), frozenset(COLOURS), frozenset({"M", "L"}))


@pytest.mark.parametrize(
    ("query", "colour", "terms"),
    [
        ("モスグリーンのシャツ", ("green",), "シャツ"),
        ("くすみピンクのシャツ", ("pink",), "シャツ"),
        ("黒か紺のシャツ", ("black", "navy"), "シャツ"),
        ("黒っぽいシャツ", ("black",), "シャツ"),
        ("オリーブのシャツ", ("green",), "シャツ"),
        ("オリーブオイル", (), "オリーブオイル"),
        ("olive green shirt", ("green",), "shirt"),
        ("olive jacket", ("green",), "jacket"),
        ("olive oil", (), "olive oil"),
        ("mint tea", (), "mint tea"),
        ("coat, camel", ("brown",), "coat"),
        ("black sea salt", (), "black sea salt"),
        ("light blue or white mug", ("blue", "white"), "mug"),
    ],
)
def test_a_shade_is_its_colour_where_it_is_a_colour(query, colour, terms) -> None:
    found = understand(query, SHOP, "USD", "en")
    assert (found.colour, found.terms) == (colour, terms)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("安い順に並べて", "price_asc"),
        ("price low to high", "price_asc"),
        ("高い順で", "price_desc"),
        ("sort by price high to low", "price_desc"),
        ("評価の高い", "rated"),
        ("best rated", "rated"),
        ("best selling", "popular"),
        ("売れ筋順", "popular"),
        ("newest first", "new"),
        ("発売日順", "new"),
        ("new balance", None),
    ],
)
def test_an_order_is_told_in_many_ways(text: str, name: str | None) -> None:
    found, rest = order(text)
    assert (found, rest.strip()) == (name, "" if name else text)


@pytest.mark.parametrize(
    ("text", "there", "rest"),
    [
        ("水筒 350ml", "350ml", "水筒"),
        ("水筒 350 ミリリットル", "350ml", "水筒"),
        ("水筒 350ml以上", None, "水筒 350ml以上"),
        ("ラグ 200×250", "200x250", "ラグ"),
        ("靴下 25-27cm", "25-27cm", "靴下"),
        ("monitor 27 inch", "27inch", "monitor"),
        ("shoes 8.5 wide", "8.5", "shoes"),
        ("lamp 8.5", None, "lamp 8.5"),
        ("swim shorts age 8", "8", "swim shorts"),
        ("布団 シングル", "シングル", "布団"),
        ("boots 38 eu", "38", "boots"),
    ],
)
def test_a_measure_is_a_size_where_the_shop_has_it(text, there, rest) -> None:
    known = frozenset({"350ml", "200x250", "25-27cm", "27inch", "8.5", "8", "シングル", "38"})
    found, left = size(text, known)
    assert (found, left.strip()) == (there, rest)
    if there and there[-1].islower():
        assert size(text, frozenset({"M"})) == (None, text)


def test_a_shops_own_spelling_of_a_measure_is_the_same() -> None:
    told = ["350 ml", "0.8l(2~3杯分)", "45 x 45 cm", "綿100%"]
    assert [as_size(one) for one in told] == ["350ml", "0.8l", "45x45cm", None]


def test_what_is_for_everybody_is_for_nobody_in_particular() -> None:
    assert understand("ユニセックスのシャツ", SHOP, "JPY", "ja").gender == "u"
    assert understand("unisex shirt", SHOP, "USD", "en").gender == "u"


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("5000円いかないシャツ", None, 4999),
        ("5万は超えたくない", None, 50000),
        ("諭吉2枚で買えるコート", None, 20000),
        ("数千円のお菓子", 2000, 9999),
        ("ネックレス 2万", 16000, 24000),
        ("3000円台後半", 3500, 3999),
    ],
)
def test_prices_are_told_in_many_ways(query: str, low: int | None, high: int | None) -> None:
    found = understand(query, SHOP, "JPY", "ja")
    assert (found.price_min, found.price_max) == (low, high)


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("sub-$50 mug", None, 5000),
        ("mug under a tenner", None, 1000),
        ("mug 15 or under", None, 1500),
        ("mug 40-60", 4000, 6000),
        ("jacket 8-10", None, None),
        ("blanket 20ish", 1600, 2400),
    ],
)
def test_prices_without_a_currency_are_prices_where_they_can_only_be(query, low, high) -> None:
    found = understand(query, SHOP, "USD", "en")
    assert (found.price_min, found.price_max) == (low, high)
