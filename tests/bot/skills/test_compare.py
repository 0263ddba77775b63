"""Products side by side, and what follows from the records."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def test_two_that_are_named_stand_side_by_side(talk: Talk) -> None:
    answer = talk.say("しずくとゆげを比べてください")
    assert texts(answer)[:2] == [
        "① 細口ケトル「しずく」\n② 電気ケトル「ゆげ」\n・価格：① ¥8,800　② ¥14,300\n"
        "・在庫：① 在庫あり　② 売り切れ\n・対応熱源：① ガス火（IH不可）　② –\n"
        "・温度調節：① –　② 40〜100℃・保温60分",
        "細口ケトル「しずく」のほうが¥5,500お安くなっています。電気ケトル「ゆげ」はただいま売り切れです。",
    ]
    assert answer.products == ("kettle", "electric-kettle")


def test_what_is_shown_is_compared_when_nothing_is_named(talk: Talk) -> None:
    talk.say("かばんを探しています")
    assert set(talk.say("比べてください").products) == {"tote", "sacoche"}


def test_with_what_is_asked_of_a_single_one(talk: Talk) -> None:
    answer = talk.say("ふなでを比べたいです")
    assert (answer.asks_for, answer.products) == (("choice",), ())
    assert set(talk.say("こまどり").products) == {"tote", "sacoche"}


def test_the_second_of_the_comparison_is_the_second(talk: Talk) -> None:
    talk.say("しずくとゆげを比べてください")
    answer = talk.say("2番目の食洗機は？")
    assert texts(answer) == ["電気ケトル「ゆげ」の食洗機は「不可」です。"]
