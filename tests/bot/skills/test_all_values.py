"""All values of an option at once, one taken back for another, and a size told by its number."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import BEANS, CAKE, SHIRT, after

SKILLET = ProductText(
    "skillet",
    "鉄のスキレット「おき」",
    "煮ても焼いても使えます。",
    category="台所",
    language="ja",
    translations={
        "en": Translation(
            title="Oki iron skillet",
            body="For the stove and the fire.",
            category="Kitchen",
            options={"サイズ": "Size"},
        )
    },
)
SPONGE = ProductText(
    "sponge",
    "こんにゃくスポンジ「ゆら」",
    "顔を洗うスポンジです。",
    category="浴室",
    language="ja",
    translations={
        "en": Translation(
            title="Yura konjac sponge",
            body="A root sponge for the face.",
            category="Bath",
            options={"種類": "Kind", "無地": "Plain", "炭": "Charcoal", "緑茶": "Green tea"},
        )
    },
)
BOTH = {"beans-0": 1, "beans-1": 1}


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(BEANS, Sold({"挽き方": "豆"}, 1_500, 20), Sold({"挽き方": "粉"}, 1_500, 20))
    shop.sells(CAKE, Sold(price=1_800))
    shop.sells(
        SHIRT,
        *(
            Sold({"色": colour, "サイズ": size}, 7_000)
            for colour in ("白", "藍墨")
            for size in ("S", "M")
        ),
    )
    shop.sells(
        SKILLET,
        Sold({"サイズ": "8 in"}, 3_400),
        Sold({"サイズ": "10 in"}, 4_400),
        Sold({"サイズ": "12 in"}, 5_400, 0),
    )
    shop.sells(
        SPONGE,
        Sold({"種類": "無地"}, 900),
        Sold({"種類": "炭"}, 900),
        Sold({"種類": "緑茶"}, 900, 0),
    )
    return shop


@pytest.mark.parametrize(
    "said", ["1つずつ", "両方ください", "どっちも", "一つずつお願いします", "二種類とも"]
)
def test_both_are_put_in_when_it_is_asked_which(shop: Shop, said: str) -> None:
    assert after(shop, "よあけをください", said) == BOTH


@pytest.mark.parametrize(
    "said", ["one of each", "both", "both please", "one each", "i'll take both"]
)
def test_one_of_each_is_one_of_each(shop: Shop, said: str) -> None:
    assert after(shop, "add the yoake coffee to my cart", said, english=True) == BOTH


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("よあけを豆と粉で1つずつください", 1),
        ("よあけを各種類2つずつください", 2),
        ("よあけは全種類1つずつお願いします", 1),
    ],
)
def test_all_kinds_are_told_with_the_name(shop: Shop, said: str, count: int) -> None:
    assert after(shop, "よあけを見せて", said) == {"beans-0": count, "beans-1": count}


def test_what_was_wished_for_is_shared_out(shop: Shop) -> None:
    assert after(shop, "よあけを4つください", "半分ずつ") == {"beans-0": 2, "beans-1": 2}
    said = ("add 6 yoake coffees to my cart", "half and half")
    assert after(shop, *said, english=True) == {"beans-0": 3, "beans-1": 3}


@pytest.mark.parametrize("said", ["両方とも粉で", "2つとも粉でお願いします"])
def test_both_of_one_kind_are_two_of_it(shop: Shop, said: str) -> None:
    assert after(shop, "よあけをください", said) == {"beans-1": 2}


def test_what_is_sold_out_is_none_of_those_offered(shop: Shop) -> None:
    assert after(shop, "ゆらをください", "1つずつ") == {"sponge-0": 1, "sponge-1": 1}


@pytest.mark.parametrize("said", ["両方ありますか", "それぞれいくらですか", "豆と粉の違いは？"])
def test_a_question_about_both_puts_nothing_in(shop: Shop, said: str) -> None:
    assert after(shop, "よあけを見せて", said) == {}


def test_two_of_three_are_not_both(shop: Shop) -> None:
    said = ("add the nagisa shirt to my cart", "all three")
    assert after(shop, *said, english=True) == {}


@pytest.mark.parametrize("said", ["hm both ground", "no, make them all ground"])
def test_what_lies_in_the_cart_becomes_alike(shop: Shop, said: str) -> None:
    talk = ("add the yoake coffee to my cart", "one of each", said)
    assert after(shop, *talk, english=True) == {"beans-1": 2}


def test_what_lies_in_the_cart_becomes_alike_in_japanese(shop: Shop) -> None:
    assert after(shop, "よあけをください", "1つずつ", "やっぱり両方とも豆で") == {"beans-0": 2}


@pytest.mark.parametrize(
    "said",
    [
        "4 charcoal no wait 2 charcoal",
        "4 charcoal, no, 2 charcoal please",
        "i'll take 2 plain, sorry, 2 charcoal",
    ],
)
def test_the_number_and_the_kind_said_last_are_meant(shop: Shop, said: str) -> None:
    assert after(shop, "yura konjac sponge", said, english=True) == {"sponge-1": 2}


def test_what_is_taken_back_is_not_put_in(shop: Shop) -> None:
    said = ("yura konjac sponge", "i'll take the plain no wait charcoal")
    assert after(shop, *said, english=True) == {"sponge-1": 1}
    assert after(shop, "ゆらを見せて", "無地2つ、いや、炭を1つください") == {"sponge-1": 1}
    assert after(shop, "ゆらを見せて", "無地、あ、いや炭を2つください") == {"sponge-1": 2}


def test_two_numbers_that_take_nothing_back_are_two_orders(shop: Shop) -> None:
    said = ("yura konjac sponge", "2 charcoal 1 plain")
    assert after(shop, *said, english=True) == {"sponge-1": 2, "sponge-0": 1}


@pytest.mark.parametrize("said", ["no not plain sorry, charcoal", "no, charcoal"])
def test_what_is_denied_is_exchanged(shop: Shop, said: str) -> None:
    talk = ("add a plain yura konjac sponge to my cart", said)
    assert after(shop, *talk, english=True) == {"sponge-1": 1}


@pytest.mark.parametrize(
    "said",
    ["i'll have the eight then", "the 8 please", "give me the eight, my wrists will thank me"],
)
def test_a_size_is_called_by_its_number(shop: Shop, said: str) -> None:
    assert after(shop, "oki iron skillet", said, english=True) == {"skillet-0": 1}


def test_so_many_of_it_is_no_size(shop: Shop) -> None:
    said = ("add the oki iron skillet in 10 in to my cart", "make it two")
    assert after(shop, *said, english=True) == {"skillet-1": 2}


def test_one_size_is_swapped_for_another(shop: Shop) -> None:
    said = ("add the oki iron skillet in 8 in to my cart", "swap the 8 for the 10 please")
    assert after(shop, *said, english=True) == {"skillet-1": 1}
    assert after(shop, "ゆらの無地を2つください", "無地→炭で2") == {"sponge-1": 2}
    assert after(shop, "ゆらの無地をください", "無地は外して、炭1つだけにしてください") == {
        "sponge-1": 1
    }


@pytest.mark.parametrize("said", ["the cheaper one please", "安いほうで", "一番安いので"])
def test_the_cheaper_value_is_taken(shop: Shop, said: str) -> None:
    english = said.isascii()
    first = "add the oki iron skillet to my cart" if english else "おきをください"
    assert after(shop, first, said, english=english) == {"skillet-0": 1}


@pytest.mark.parametrize(
    "said", ["i'll do one ground one whole bean", "one whole bean, one ground"]
)
def test_one_and_one_are_two(shop: Shop, said: str) -> None:
    assert after(shop, "yoake coffee", said, english=True) == BOTH


def test_numbers_that_follow_each_other_count_their_own(shop: Shop) -> None:
    assert after(shop, "ゆらを見せて", "無地ひとつ炭ふたつ") == {"sponge-0": 1, "sponge-1": 2}


@pytest.mark.parametrize(
    ("said", "left"),
    [("drop a charcoal", 3), ("one less please", 3), ("take one off", 3), ("炭を1つ抜いて", 3)],
)
def test_one_of_several_is_taken_out(shop: Shop, said: str, left: int) -> None:
    first = "add 4 charcoal yura konjac sponges to my cart"
    assert after(shop, first, said, english=said.isascii()) == {"sponge-1": left}


def test_same_but_in_another_kind(shop: Shop) -> None:
    said = ("add a plain yura konjac sponge to my cart", "same but charcoal")
    assert after(shop, *said, english=True) == {"sponge-0": 1, "sponge-1": 1}


def test_who_wears_what_is_no_order(shop: Shop) -> None:
    assert after(shop, "nagisa shirt", "i'm an S, he's an M", english=True) == {}
