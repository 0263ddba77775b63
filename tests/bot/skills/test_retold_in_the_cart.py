"""The cart in other people's words: what is not wanted, what stays, what only sounds like it."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, talked
from tests.bot.skills.test_ordering import cart

MAT = ProductText(
    "mat",
    "コルクマット",
    "床に敷く、水ぶきのできるマットです。",
    category="マット",
    translations={
        "en": Translation(title="Cork mat", category="Mats", options={"サイズ": "Size"}),
    },
)
RATTLE = ProductText(
    "rattle",
    "木のラトル",
    category="おもちゃ",
    translations={"en": Translation(title="Wooden rattle", category="Toys")},
)
REPAIR = ProductText(
    "repair",
    "パンク修理セット",
    category="工具",
    translations={"en": Translation(title="Puncture repair kit", category="Tools")},
)
BALM = ProductText(
    "balm",
    "リップバーム はな",
    category="リップ",
    translations={
        "en": Translation(
            title="Hana lip balm",
            category="Lips",
            options={"種類": "Kind", "無香料": "Unscented", "さくら": "Cherry"},
        )
    },
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MAT, Sold({"サイズ": "120cm"}), Sold({"サイズ": "180cm"}))
    shop.sells(RATTLE)
    shop.sells(REPAIR)
    shop.sells(BALM, Sold({"種類": "無香料"}), Sold({"種類": "さくら"}))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        (
            "ja",
            "パンク修理セットと木のラトルを1つずつ",
            "パンク直すやつ、家にあったので要りませんでした",
        ),
        ("ja", "パンク修理セットと木のラトルを1つずつ", "パンクのは無しで"),
        ("ja", "パンク修理セットと木のラトルを1つずつ", "パンク修理セットいらんかった"),
    ],
)
def test_what_was_not_wanted_after_all_goes_out(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = talked(shop, language, first)
    assert talk.say(then).acts == ("remove_from_cart",)
    assert cart(talk) == {"rattle-0": 1}


@pytest.mark.parametrize(
    ("language", "first", "then", "left"),
    [
        ("ja", "ラトルを4つ", "4つもいらんかった、半分にして", {"rattle-0": 2}),
        ("ja", "コルクマットの180をください", "マットは小さいサイズに落とします", {"mat-0": 1}),
        ("ja", "コルクマットの180をください", "マットの180は2枚ほしいんだった", {"mat-1": 2}),
        ("ja", "コルクマットの180を2枚", "マットの180を1枚追加して3枚にします", {"mat-1": 3}),
        ("ja", "コルクマットの180をください", "マットもう1枚ほしい", {"mat-1": 2}),
        ("en", "one cork mat in 180 please", "another cork mat please", {"mat-1": 2}),
        (
            "ja",
            "コルクマットの180をください",
            "120だと小さいだろうしなあ。そのままでいいです",
            {"mat-1": 1},
        ),
        (
            "en",
            "one cork mat in 180 please",
            "the 120 would be too small. leave it as it is",
            {"mat-1": 1},
        ),
    ],
)
def test_how_many_and_in_which_size_is_as_it_was_said(
    shop: Shop, language: Language, first: str, then: str, left: dict[str, int]
) -> None:
    talk = talked(shop, language, first)
    talk.say(then)
    assert cart(talk) == left


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "コルクマットの180と修理セットを1つずつ",
         "マットも修理セットもなしにして、木のラトルを1個だけにします"),
        ("en", "a cork mat in 180 and a puncture repair kit please",
         "neither the mat nor the repair kit, just the wooden rattle"),
    ],
)  # fmt: skip
def test_neither_of_the_two_but_a_third(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = talked(shop, language, first)
    assert len(cart(talk)) == 2
    talk.say(then)
    assert cart(talk) == {"rattle-0": 1}


def test_what_is_no_article_of_the_cart_empties_none(shop: Shop) -> None:
    talk = talked(shop, "ja", "コルクマットの180と修理セットを1つずつ")
    talk.say("袋も明細もなしで、木のラトルを1個お願いします")
    assert cart(talk) == {"mat-1": 1, "repair-0": 1, "rattle-0": 1}


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        ("ja", "リップバームの香りのないのを2つください", {"balm-0": 2}),
        ("ja", "リップバームの香りなしを1つください", {"balm-0": 1}),
        ("en", "two hana lip balms with no scent please", {"balm-0": 2}),
    ],
)
def test_without_a_scent_is_the_unscented_one(
    shop: Shop, language: Language, said: str, left: dict[str, int]
) -> None:
    talk = talked(shop, language, said)
    assert cart(talk) == left


def test_one_told_apart_in_words_that_are_no_value_is_asked_for(shop: Shop) -> None:
    talk = talked(shop, "ja", "リップバームのさくらを1つください")
    answer = talk.say("コルクマットも1つ、軽やかなほうで")
    assert answer.asks_for != ()
    assert cart(talk) == {"balm-1": 1}


@pytest.mark.parametrize("said", ["木のラトル1つもらおうかな", "ラトル1つ買おうかな"])
def test_what_one_makes_up_ones_mind_to_take_is_taken(shop: Shop, said: str) -> None:
    assert cart(talked(shop, "ja", said)) == {"rattle-0": 1}


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "木のラトルを1つ", "やっぱり気が変わりました。コルクマットの180にしてください"),
        ("en", "add one wooden rattle to my cart", "i changed my mind, the cork mat in 180 please"),
    ],
)
def test_who_changes_their_mind_gets_the_other_in_its_place(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = talked(shop, language, first)
    talk.say(then)
    assert cart(talk) == {"mat-1": 1}


@pytest.mark.parametrize(
    ("language", "first", "then", "left"),
    [
        ("ja", "木のラトルを1つ", "2つで6000円するのかー、きついな", {"rattle-0": 1}),
        ("en", "add one wooden rattle to my cart", "two for $60, ouch", {"rattle-0": 1}),
        ("ja", "木のラトルを1つ", "香り抜きのもあれば替えたいんだけど", {"rattle-0": 1}),
    ],
)
def test_a_remark_changes_nothing(
    shop: Shop, language: Language, first: str, then: str, left: dict[str, int]
) -> None:
    talk = talked(shop, language, first)
    talk.say(then)
    assert cart(talk) == left


def test_all_of_it_cancelled_before_it_is_ordered_is_the_cart(shop: Shop) -> None:
    talk = talked(shop, "ja", "コルクマットの180と修理セットを1つずつ")
    answer = talk.say("主人に止められちゃいました、いったん全部取り消してください")
    assert answer.acts == ("remove_from_cart",)
    assert cart(talk) == {}


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "木のラトルを1つ", "ここまででお値段どうなってます？"),
        ("ja", "木のラトルを1つ", "いまカゴどんな感じ？"),
        ("en", "add one wooden rattle to my cart", "how is my basket looking"),
    ],
)
def test_how_the_cart_stands_is_shown(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    assert talked(shop, language, first).say(then).acts == ("view_cart",)


def test_two_that_are_pointed_at_are_compared_and_not_taken(shop: Shop) -> None:
    talk = talked(shop, "ja", "コルクマットと木のラトルを見せて")
    assert talk.say("その二つ、どう違うの？").acts == ("compare",)
    assert cart(talk) == {}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "姉が赤ちゃんを産むのでラトルをあげようかと。気に入りますかね"),
        ("en", "thinking of the wooden rattle for my niece, will she like it?"),
    ],
)
def test_whether_it_pleases_is_asked_of_no_list(shop: Shop, language: Language, said: str) -> None:
    acts = shop.talk(language).say(said).acts
    assert not {"wishlist_view", "wishlist_add"}.intersection(acts)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "木のラトルがお安くなるようなら一報ください"),
        ("en", "drop me a line if the wooden rattle ever gets cheaper"),
    ],
)
def test_word_is_wanted_when_it_is_cheaper(shop: Shop, language: Language, said: str) -> None:
    assert shop.talk(language).say(said).acts == ("price_alert",)


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "木のラトルを1つ", "KOMO10ってコード、使わせてください"),
        ("en", "add one wooden rattle to my cart", "may i use the code KOMO10, please"),
    ],
)
def test_a_code_that_is_to_be_used_puts_nothing_in(
    shop: Shop, language: Language, first: str, then: str
) -> None:
    talk = talked(shop, language, first)
    assert talk.say(then).acts == ("apply_coupon",)
    assert cart(talk) == {"rattle-0": 1}
