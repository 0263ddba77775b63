"""Numbers told by words, what was just told said once more, a value said as its adjective."""

import pytest

from kaiwa.bot.slips.echoed import without_echo
from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, talked
from tests.bot.skills.test_ordering import cart

VEST = ProductText(
    "vest",
    "反射ベスト",
    category="ベスト",
    translations={"en": Translation(title="Reflective vest", category="Vests")},
)
PENCIL = ProductText("pencil", "もえぎ鉛筆", category="鉛筆")
SYRUP = ProductText("syrup", "梅シロップ", category="シロップ")
STOOL = ProductText(
    "stool",
    "きのこスツール",
    category="スツール",
    translations={
        "en": Translation(
            title="Mushroom stool",
            category="Stools",
            options={"色": "Colour", "緑": "Green", "黒": "Black"},
        )
    },
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(VEST, Sold(stock=50))
    shop.sells(PENCIL, Sold({"入数": "1本"}, 100, 90), Sold({"入数": "1ダース"}, 1_000, 90))
    shop.sells(SYRUP, Sold({"味": "甘口"}), Sold({"味": "辛口"}))
    shop.sells(STOOL, Sold({"色": "緑"}, 3_000, 0), Sold({"色": "黒"}))
    return shop


@pytest.mark.parametrize(
    ("language", "said", "count"),
    [
        ("ja", "反射ベストを1ダースください", 12),
        ("ja", "反射ベスト、半ダース入れて", 6),
        ("ja", "反射ベストを二ダースお願いします", 24),
        ("ja", "うちの3人に着せたいので反射ベストを人数分ください", 3),
        ("en", "add two dozen reflective vests", 24),
        ("en", "add half a dozen reflective vests to my cart", 6),
    ],
)
def test_a_number_told_by_a_word_counts(
    shop: Shop, language: Language, said: str, count: int
) -> None:
    assert cart(talked(shop, language, said)) == {"vest-0": count}


def test_what_is_sold_by_the_dozen_keeps_its_word(shop: Shop) -> None:
    assert cart(talked(shop, "ja", "もえぎ鉛筆の1ダースを2つください")) == {"pencil-1": 2}


def test_as_many_of_the_next(shop: Shop) -> None:
    talk = talked(shop, "ja", "反射ベストを3つください", "梅シロップの甘口も同じだけください")
    assert cart(talk) == {"vest-0": 3, "syrup-0": 3}


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "きのこスツールの緑を一つください", "緑は切れてるのか。なら黒でいい、一つ"),
        ("ja", "きのこスツールの緑を一つください", "品切れですか…。でしたら黒を一つください"),
        ("ja", "きのこスツールの緑を一つください", "緑ないんだ。じゃあ黒を一つください"),
        (
            "en",
            "add one mushroom stool in green to my cart",
            "oh the green is sold out. then add one in black",
        ),
    ],
)
def test_an_echo_asks_nothing(shop: Shop, language: Language, first: str, then: str) -> None:
    talk = talked(shop, language, first)
    assert talk.say(then).acts == ("add_to_cart",)
    assert cart(talk) == {"stool-1": 1}


@pytest.mark.parametrize(
    "said",
    [
        "これは洗えますか。では一つください",
        "一つくださいってことですか。でしたら黒で",
        "緑だけですか。ならそれで",
        "oh can it be washed? then one please",
    ],
)
def test_what_may_be_asked_is_no_echo(said: str) -> None:
    assert without_echo(said, answered=True) == said


def test_nothing_is_echoed_first_of_all() -> None:
    said = "緑は切れてるのか。なら黒で"
    assert without_echo(said, answered=False) == said
    assert without_echo(said, answered=True) == "なら黒で"


@pytest.mark.parametrize(
    ("said", "sku"),
    [
        ("梅シロップの甘いほうを一つください", "syrup-0"),
        ("梅シロップを一つください、辛いの", "syrup-1"),
        ("梅シロップの辛い方を一つカートに入れて", "syrup-1"),
    ],
)
def test_a_value_said_as_its_adjective_is_meant(shop: Shop, said: str, sku: str) -> None:
    assert cart(talked(shop, "ja", said)) == {sku: 1}


@pytest.mark.parametrize("then", ["もう一人いるから一つ追加して", "数え間違えてた、一つ足して"])
def test_what_is_added_goes_on_top(shop: Shop, then: str) -> None:
    assert cart(talked(shop, "ja", "反射ベストを12個ください", then)) == {"vest-0": 13}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "わたしのお気に入りには、いま何が登録されていますか？"),
        ("ja", "お気に入りリストって何が入ってるの"),
        ("en", "what things are saved on my wishlist right now?"),
    ],
)
def test_asking_what_is_on_the_list_puts_nothing_on_it(
    shop: Shop, language: Language, said: str
) -> None:
    talk = talked(shop, language, "反射ベスト" if language == "ja" else "reflective vest")
    assert talk.say(said).acts == ("wishlist_view",)


def test_what_is_put_there_goes_onto_the_list_that_was_looked_at(shop: Shop) -> None:
    talk = talked(shop, "ja", "反射ベスト", "お気に入りを見せて")
    assert talk.say("それでは反射ベストをそこへ登録してください").acts == ("wishlist_add",)
    assert cart(talk) == {}
