"""The guided finder: it narrows, changes, takes back, and says what it let go."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import CUPS, Shop, Sold, Talk, sold_here, texts


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def talk(shop: Shop) -> Talk:
    sold_here(shop)
    return shop.talk()


@pytest.fixture
def among_cups(shop: Shop) -> Talk:
    for place, cup in enumerate(CUPS):
        shop.sells(cup, Sold(price=1_000 + 10 * place))
    return shop.talk()


def test_a_wish_more_keeps_what_was_sought(talk: Talk) -> None:
    assert set(talk.say("かばんを探しています").products) == {"tote", "sacoche"}
    assert talk.say("5000円以下で").products == ("sacoche",)


def test_a_limit_that_is_taken_back_is_gone(talk: Talk) -> None:
    talk.say("5000円以下のかばんを探しています")
    assert set(talk.say("値段は気にしません").products) == {"tote", "sacoche"}


def test_cheaper_is_below_what_was_shown(talk: Talk) -> None:
    talk.say("ふなでのトートを見せて")
    talk.say("かばんを探しています")
    answer = talk.say("もっと安いのはありますか")
    assert answer.products[0] == "sacoche"
    assert texts(answer)[0] == (
        "¥3,849までで当てはまるものはありませんでした。近い価格のものはこちらです。"
    )


def test_what_nothing_has_is_named(talk: Talk) -> None:
    answer = talk.say("赤いかばんはありますか")
    assert "赤" in texts(answer)[0]
    assert "かばん" not in answer.products


def test_of_many_the_question_that_leaves_fewest_is_asked(among_cups: Talk) -> None:
    answer = among_cups.say("湯のみを探しています")
    assert answer.asks_for == ("option",)
    *_, question, one, two, three, any_one = texts(answer)
    assert (question, any_one) == ("産地のご希望はありますか。", "どれでもいい")
    assert {one, two, three} == {"有田", "備前", "益子"}
    assert len(answer.products) == 5


def test_a_button_narrows_to_just_these(among_cups: Talk) -> None:
    among_cups.say("湯のみを探しています")
    answer = among_cups.say("備前")
    assert set(answer.products) == {"cup-4", "cup-5", "cup-6"}
    assert (answer.acts, answer.asks_for) == (("refine",), ())


def test_any_is_an_answer_and_is_not_asked_again(among_cups: Talk) -> None:
    among_cups.say("湯のみを探しています")
    answer = among_cups.say("どれでもいいです")
    assert len(answer.products) == 5
    assert answer.asks_for == ()


def test_more_shows_the_next_ones_once(among_cups: Talk) -> None:
    first = among_cups.say("湯のみを探しています").products
    second = among_cups.say("ほかにはありますか？").products
    assert len(second) == 4
    assert not set(first) & set(second)
    assert texts(among_cups.say("ほかにはありますか？"))[0] == "当てはまる商品は以上です。"


def test_a_new_thing_is_a_new_search(talk: Talk) -> None:
    talk.say("5000円以下のかばんを探しています")
    assert "kettle" in talk.say("ケトルを探しています").products
