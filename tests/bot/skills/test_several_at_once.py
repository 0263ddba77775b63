"""Several things in one breath: a number of all of them, a question of each, values listed."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

GLOVES = ProductText("gloves", "園芸手袋", "滑り止めのついた手袋です。", category="園芸手袋")
SHIRT = ProductText(
    "shirt", "Weekday Oxford Shirt", "A cotton shirt.", category="Shirts", language="en"
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(GLOVES, *(Sold({"サイズ": size}, 780) for size in ("S", "M", "L")))
    sizes = [(size, colour) for size in ("M", "L") for colour in ("White", "Blue", "Pink")]
    shop.sells(SHIRT, *(Sold({"Size": size, "Color": colour}, 5_800) for size, colour in sizes))
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.fixture
def english(shop: Shop) -> Talk:
    return shop.talk("en")


@pytest.mark.parametrize("said", ["手袋を二組、主人はL、私はSで", "手袋も2つ。LとSで"])
def test_a_number_of_all_is_shared_out(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    talk.say(said)
    assert cart(talk) == {"sacoche-0": 2, "gloves-0": 1, "gloves-2": 1}


def test_a_number_beside_its_value_stays_there(talk: Talk) -> None:
    talk.say("手袋のLを2つとSを入れて")
    assert cart(talk) == {"gloves-2": 2, "gloves-0": 1}


def test_each_of_two_gets_the_number_said_of_each(talk: Talk) -> None:
    talk.say("手袋のSとMをそれぞれ2つ入れて")
    assert cart(talk) == {"gloves-0": 2, "gloves-1": 2}


def test_in_english_too(english: Talk) -> None:
    english.say("two oxford shirts in L, one white one blue")
    assert cart(english) == {"shirt-3": 1, "shirt-4": 1}


def test_the_size_is_asked_once_and_then_both_are_in(english: Talk) -> None:
    english.say("show me the oxford shirt")
    answer = english.say("one in white and one in blue please")
    assert answer.asks_for == ("size",)
    assert sum("Which size" in one for one in texts(answer)) == 1
    assert cart(english) == {}
    english.say("L")
    assert cart(english) == {"shirt-3": 1, "shirt-4": 1}


def test_what_is_known_goes_in_before_the_question_of_the_rest(talk: Talk) -> None:
    answer = talk.say("帆布トート「ふなで」とサコッシュ「こまどり」と手袋を入れて")
    assert cart(talk) == {"sacoche-0": 1}
    assert answer.asks_for == ("colour",)
    assert talk.say("白").asks_for == ("size",)
    assert cart(talk) == {"sacoche-0": 1, "tote-0": 1}
    talk.say("M")
    assert cart(talk) == {"sacoche-0": 1, "tote-0": 1, "gloves-1": 1}


def test_who_drops_the_question_drops_what_waits_behind_it(talk: Talk) -> None:
    assert talk.say("帆布トート「ふなで」と手袋を入れて").asks_for == ("colour",)
    talk.say("やっぱりやめます")
    assert talk.say("M").asks_for == ()
    assert cart(talk) == {}


def test_values_listed_are_one_of_each(talk: Talk) -> None:
    talk.say("帆布トート「ふなで」を見せて")
    talk.say("白と青")
    assert cart(talk) == {"tote-0": 1, "tote-2": 1}


def test_values_listed_answer_the_question(english: Talk) -> None:
    assert english.say("add the Funade canvas tote").asks_for == ("colour",)
    english.say("white and blue")
    assert cart(english) == {"tote-0": 1, "tote-2": 1}


def test_that_one_is_not_lost_before_the_next(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」はありますか")
    talk.say("じゃあそれも。あと手袋のMを1つください")
    assert cart(talk) == {"sacoche-0": 1, "gloves-1": 1}


def test_sore_to_joins_and_puts_no_more_of_the_last_in(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    talk.say("それと手袋のMください")
    assert cart(talk) == {"sacoche-0": 1, "gloves-1": 1}


def test_several_questions_of_one_product_are_answered_in_turn(english: Talk) -> None:
    answer = english.say("how much is the Funade canvas tote, and what colors does it come in?")
    said = " ".join(texts(answer))
    assert "¥8,800" in said
    assert "White" in said and "Blue" in said


def test_what_is_open_waits_beside_what_is_clear(talk: Talk) -> None:
    answer = talk.say("ケトルを2つと手袋のMを1つください")
    assert answer.asks_for == ("choice",)
    assert cart(talk) == {"gloves-1": 1}
    talk.say("安いほうで")
    assert cart(talk) == {"gloves-1": 1, "kettle-0": 2}


def test_a_number_is_no_answer_to_which(talk: Talk) -> None:
    assert talk.say("ケトルください").asks_for == ("choice",)
    assert talk.say("2つ").asks_for == ("choice",)
    assert cart(talk) == {}
    talk.say("安いほうで")
    assert cart(talk) == {"kettle-0": 2}
