"""What was once taken for something else: a question for a wish, dollars for yen, two for one."""

import pytest

from kaiwa.bot.nlu.slot import Price, Query
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def english(talk: Talk) -> Talk:
    return Talk(talk.shop, talk.who, "en")


@pytest.mark.parametrize(
    "said", ["2個買うと安くなったりしない？", "is it cheaper if i buy two of them?"]
)
def test_cheaper_by_number_is_a_question_and_no_alert(talk: Talk, said: str) -> None:
    talk = talk if said.startswith("2") else english(talk)
    talk.say("サコッシュ")
    assert talk.say(said).acts == ("faq",)
    alerts = talk.shop.db.read_now(lambda s: s.all("SELECT id FROM alert"))
    assert list(alerts) == []


def test_dollars_are_no_yen(talk: Talk) -> None:
    talk = english(talk)
    answer = talk.say("do you have a tote for around $90?")
    assert texts(answer)[0] == "Our prices are in yen (¥), so I looked without that amount."
    assert answer.products == ("tote",)
    assert not [one for one in answer.state.search if isinstance(one, Price)]


def test_what_bounds_a_search_is_one_with_it(talk: Talk) -> None:
    talk = english(talk)
    answer = talk.say("something for every day, under 9000")
    assert answer.acts == ("find_product",)
    assert [one for one in answer.state.search if isinstance(one, Price)] == [Price(None, 9_000)]
    assert [one.text for one in answer.state.search if isinstance(one, Query)] == ["every day"]


def test_what_it_does_not_come_in_is_told_in_ones_own_language(talk: Talk) -> None:
    talk = english(talk)
    talk.say("one canvas tote in white please")
    told = texts(talk.say("actually make it red"))
    assert told[0] == "Funade canvas tote White does not come in red. Please choose another."
    assert list(cart(talk).values()) == [1]


@pytest.mark.parametrize("said", ["どなたかお店の方とお話しできませんか", "お店の人と話したい"])
def test_somebody_of_the_shop_is_a_person(talk: Talk, said: str) -> None:
    assert talk.say(said).acts == ("human_handoff",)


def test_a_discount_asked_for_is_no_wish_for_news(talk: Talk) -> None:
    talk.say("サコッシュ")
    assert talk.say("他のコードもらえない？値引きとか").acts == ("faq",)
    assert list(talk.shop.db.read_now(lambda s: s.all("SELECT id FROM alert"))) == []
    assert talk.say("値下げしたら知らせてもらえますか").acts == ("price_alert",)
    assert len(list(talk.shop.db.read_now(lambda s: s.all("SELECT id FROM alert")))) == 1


def test_what_is_wondered_is_not_put_in(talk: Talk) -> None:
    talk.say("サコッシュ")
    assert talk.say("それ水筒二本入るんかな").acts == ("product_question",)
    assert cart(talk) == {}
