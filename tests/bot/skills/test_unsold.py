"""What is not sold here is told, also where what it is wanted for finds something else."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(ProductText("desk", "デスク「ひとり」", body="一人暮らしにちょうどよい机です。"))
    return shop.talk()


@pytest.mark.parametrize("said", ["一人暮らし用のソファある？", "ソファ探してる。一人暮らし"])
def test_there_is_none_and_this_comes_near(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert answer.acts == ("find_product",)
    assert "ソファ" in texts(answer)[0]
    assert "desk" in answer.products


def test_what_is_sold_is_told_without_a_word_of_it(talk: Talk) -> None:
    answer = talk.say("一人暮らし用のデスクある？")
    assert "なかった" not in texts(answer)[0]
    assert answer.products[0] == "desk"
