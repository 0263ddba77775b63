"""The bigger or the smaller of what is spoken of, in an answer, a question, a change of mind."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

POT = ProductText("pot", "素焼き鉢「まる」", "通気のよい鉢です。", category="植木鉢")
CHESS = ProductText("chess", "Walnut Chess Set", "Carved.", category="Classics", language="en")


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(POT, *(Sold({"サイズ": f"{size}号"}, 200 * size, 20) for size in (3, 5, 7)))
    shop.sells(CHESS, Sold({"Size": "12 in"}, 5_900), Sold({"Size": "15 in"}, 8_400))
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


def test_both_ends_are_told_side_by_side(talk: Talk) -> None:
    talk.say("素焼き鉢「まる」を見せて")
    answer = talk.say("大きい方と小さい方、どう違いますか")
    assert texts(answer)[0] == "素焼き鉢「まる」\n・3号：¥600\n・7号：¥1,400"
    assert cart(talk) == {}


@pytest.mark.parametrize("said", ["ちっちゃいやつでいい", "二人暮らしですので小さい方で結構です"])
def test_the_smaller_will_do(talk: Talk, said: str) -> None:
    talk.say("素焼き鉢「まる」を見せて")
    talk.say(said)
    assert cart(talk) == {"pot-0": 1}


def test_the_big_or_the_small_one_in_english(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("show me the chess set")
    said = texts(talk.say("the big or the small one?"))[0]
    assert said == "Walnut Chess Set\n- 12 in: ¥5,900\n- 15 in: ¥8,400"
    talk.say("the small one")
    assert cart(talk) == {"chess-0": 1}


def test_a_mind_changed_three_times(talk: Talk) -> None:
    talk.say("素焼き鉢「まる」の5号を4つ入れて")
    talk.say("やっぱり7号で")
    talk.say("いや3号にしよう。10個")
    assert cart(talk) == {"pot-0": 10}
    talk.say("うーん、やっぱり最初の5号4つに戻して")
    assert cart(talk) == {"pot-1": 4}
    talk.say("素焼き鉢は3号でいいや")
    assert cart(talk) == {"pot-0": 4}


def test_rather_than_names_the_line_that_changes(shop: Shop) -> None:
    shirt = ProductText("shirt", "Oxford Shirt", "Cotton.", category="Shirts", language="en")
    shop.sells(shirt, *(Sold({"Color": one}) for one in ("White", "Blue", "Pink")))
    talk = shop.talk("en")
    talk.say("one oxford shirt in white and one in blue")
    assert cart(talk) == {"shirt-0": 1, "shirt-1": 1}
    talk.say("I think perhaps the pink shirt rather than the blue one.")
    assert cart(talk) == {"shirt-0": 1, "shirt-2": 1}


@pytest.mark.parametrize("said", ["small is fine", "the smaller one", "小さい方で結構です"])
def test_the_question_for_the_size_is_answered_by_comparing(shop: Shop, said: str) -> None:
    talk = shop.talk("en")
    assert talk.say("add the chess set").asks_for == ("size",)
    talk.say(said)
    assert cart(talk) == {"chess-0": 1}


def test_the_same_size_is_that_of_the_last(shop: Shop) -> None:
    for handle, title in (("coat", "Rain Coat"), ("vest", "Down Vest")):
        text = ProductText(handle, title, "Warm.", category="Jackets", language="en")
        shop.sells(text, *(Sold({"Size": size}) for size in ("S", "M", "L")))
    talk = shop.talk("en")
    talk.say("add the rain coat in M")
    assert talk.say("the down vest too").asks_for == ("size",)
    talk.say("same size")
    assert cart(talk) == {"coat-1": 1, "vest-1": 1}
