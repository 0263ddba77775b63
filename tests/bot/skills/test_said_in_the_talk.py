"""What shoppers say in passing, in short or by halves, in the talk that tells what it means."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, sold_here, texts
from tests.bot.skills.test_ordering import cart

LAMP = ProductText(
    "lamp",
    "前照灯「ほたる」",
    "暗い道を照らす自転車の明かりです。",
    category="ライト",
    attributes={"点灯時間": "400ルーメンは4時間、800ルーメンは2.5時間"},
    language="ja",
)
STOOL = ProductText(
    "stool",
    "腰掛け「きのこ」",
    "重ねてしまえます。",
    category="椅子",
    attributes={"重さ": "赤は2kg、灰は3kg"},
    language="ja",
)

BULB = ProductText(
    "bulb",
    "電球「あかり」",
    "長もちします。",
    category="電球",
    attributes={"充電": "4時間"},
    language="ja",
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(
        LAMP, Sold({"明るさ": "400ルーメン"}, 3_960, 3), Sold({"明るさ": "800ルーメン"}, 5_940, 3)
    )
    shop.sells(STOOL, Sold({"色": "赤"}, 5_980, 3), Sold({"色": "灰"}, 5_980, 0))
    return shop


@pytest.mark.parametrize("said", ["lamp-1 ×2", "LAMP-1を2つください", "lamp-1 を2個お願いします"])
def test_an_article_is_told_by_its_number_in_the_shop(shop: Shop, said: str) -> None:
    talk = shop.talk()
    assert talk.say(said).acts == ("add_to_cart",)
    assert cart(talk) == {"lamp-1": 2}


def test_a_value_is_told_by_the_number_it_begins_with(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("前照灯の800のほうを1つください")
    assert cart(talk) == {"lamp-1": 1}


def test_values_are_compared_by_their_numbers_alone(shop: Shop) -> None:
    told = "\n".join(texts(shop.talk().say("前照灯の400と800の違いを教えてください")))
    assert "400ルーメンは4時間" in told


@pytest.mark.parametrize("said", ["灰は？", "灰色はまだある？"])
def test_a_question_of_a_value_alone_asks_whether_it_is_there(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("腰掛けきのこを見せて")
    answer = talk.say(said)
    assert answer.acts == ("product_question",)
    assert "売り切れ" in "\n".join(texts(answer))
    assert cart(talk) == {}


def test_what_is_sold_out_is_waited_for_and_not_what_is_there(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("腰掛けきのこの灰をください")
    told = talk.say("入ったら教えてほしい")
    assert told.acts == ("restock_alert",)
    assert "灰" in texts(told)[0]
    assert talk.say("hanako@example.com です").acts == ("restock_alert",)


def test_the_price_of_a_value_is_told_and_nothing_is_put_in(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("前照灯を見せて")
    answer = talk.say("800ルーメンのお値段をお願いします")
    assert answer.acts == ("product_question",)
    assert "¥5,940" in texts(answer)[0]
    assert cart(talk) == {}


def test_what_it_comes_to_now_is_the_cart(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュを2つください")
    assert talk.say("いまいくらですか").acts == ("view_cart",)


def test_so_many_shall_it_be_of_what_is_in_the_cart(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュを1つください")
    assert talk.say("あ、サコッシュは2個な").acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": 2}
    talk.say("ちがった3個だった")
    assert cart(talk) == {"sacoche-0": 3}


def test_one_line_sets_the_numbers_of_two_things(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュを4つください")
    talk.say("細口ケトルを1つください")
    talk.say("サコッシュ3に減らして細口ケトルは2")
    assert cart(talk) == {"sacoche-0": 3, "kettle-0": 2}


def test_cancel_takes_out_of_the_cart_where_no_order_is_spoken_of(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュを1つください")
    assert talk.say("ならサコッシュキャンセル").acts == ("remove_from_cart",)
    assert cart(talk) == {}


def test_another_value_will_do_where_the_wanted_one_is_sold_out(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("帆布トートの黒を1つください")
    talk.say("なければ青でもいい。長く使えるし")
    assert cart(talk) == {"tote-2": 1}


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("あ、別のお店でしたか。失礼しました", "thanks"),
        ("友達に聞いてみるわ　さんきゅ", "thanks"),
        ("孫がうるさいからまたあとで", "goodbye"),
        ("主人と相談いたします", "goodbye"),
        ("夜中にすみません、起きてますか", "greet"),
    ],
)
def test_what_is_only_said_does_nothing(shop: Shop, said: str, act: str) -> None:
    talk = shop.talk()
    talk.say("サコッシュを見せて")
    assert talk.say(said).acts in ((act,), ("goodbye",))
    assert cart(talk) == {}


@pytest.mark.parametrize(
    "said",
    [
        "I will need to run this by my manager. Goodbye.",
        "I need to check with my manager first",
        "let me discuss this with the team",
        "店長と相談して決めます",
        "担任の先生に確認してからにします",
    ],
)
def test_whoever_is_asked_at_home_is_not_fetched(shop: Shop, said: str) -> None:
    answer = shop.talk("en" if said.isascii() else "ja").say(said)
    assert (answer.acts, answer.handoff) == (("goodbye",), None)


@pytest.mark.parametrize("said", ["I want to talk to your manager", "担当者に相談したいです"])
def test_who_is_the_shops_is_fetched(shop: Shop, said: str) -> None:
    answer = shop.talk("en" if said.isascii() else "ja").say(said)
    assert (answer.acts, answer.handoff is None) == (("human_handoff",), False)


def test_a_number_with_its_unit_and_how_many_are_told_apart(shop: Shop) -> None:
    shop.sells(BULB, Sold({"明るさ": "40形"}, 980, 9), Sold({"明るさ": "60形"}, 1_280, 9))
    talk = shop.talk()
    talk.say("bulb-1 ×4")
    assert cart(talk) == {"bulb-1": 4}


def test_the_words_of_a_page_are_known_in_hiragana_too(shop: Shop) -> None:
    shop.sells(BULB)
    talk = shop.talk()
    talk.say("電球あかりを見せて")
    answer = talk.say("じゅうでんは　なんじかん　かかりますか")
    assert answer.acts == ("product_question",)
    assert "4時間" in texts(answer)[0]


def test_for_how_many_people_it_is_names_nothing(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("自転車で通う社員2名分、サコッシュを2つお願いします")
    assert cart(talk) == {"sacoche-0": 2}


def test_two_of_a_kind_are_compared_where_the_kind_is_named(shop: Shop) -> None:
    answer = shop.talk().say("ケトルが2種類あるみたいだけど違いを教えてほしい")
    assert answer.acts == ("compare",)
    told = "\n".join(texts(answer))
    assert "細口ケトル" in told and "電気ケトル" in told


def test_of_the_two_compared_the_cheaper_is_shown(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("細口ケトルと電気ケトルを比べて")
    answer = talk.say("安い方見せて")
    assert answer.acts == ("product_question",)
    assert "細口ケトル" in "\n".join(texts(answer))


def test_one_sentence_goes_on_behind_a_stop(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("帆布トートを見せて")
    answer = talk.say("外で使うので防水で。重さも知りたい")
    assert "620g" in "\n".join(texts(answer))
