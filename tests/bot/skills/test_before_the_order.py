"""What people ask while the cart is full and nothing is ordered, and of an order without number."""

import pytest

from kaiwa.bot import payloads
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.decision import decided
from kaiwa.bot.nlu.slot import Price, Query
from kaiwa.engines.db import Database
from kaiwa.vocabulary.reply import QuickReplies, ReplyAction
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    return shop.talk()


def english(talk: Talk) -> Talk:
    return Talk(talk.shop, talk.who, "en")


@pytest.mark.parametrize("said", ["届け先は父の家なんだけど", "受け取りは実家にしたいです"])
def test_where_it_goes_is_chosen_at_the_checkout(talk: Talk, said: str) -> None:
    talk.say("サコッシュをください")
    answer = talk.say(said)
    assert texts(answer)[0].startswith("お届け先・お届け日時・お支払い方法は、購入手続きのページで")
    assert answer.asks_for == ()
    assert cart(talk) == {"sacoche-0": 1}


def test_of_an_order_that_was_placed_its_number_is_asked(talk: Talk) -> None:
    talk.say("サコッシュをください")
    assert talk.say("注文した分の届け先を変えたい").asks_for == ("order_number",)


def test_with_an_empty_cart_it_is_of_an_order(talk: Talk) -> None:
    assert talk.say("お届け先を変更したい").asks_for == ("order_number",)


@pytest.mark.parametrize(
    ("asked", "lost", "stands"),
    [
        ("注文した荷物はどこですか", "注文番号わからないです", "どこに書いてある？"),
        ("where's my parcel", "i don't have the number", "where do i find that"),
    ],
)
def test_where_the_number_stands_is_told(talk: Talk, asked: str, lost: str, stands: str) -> None:
    talk = talk if "注文" in asked else english(talk)
    first = texts(talk.say(asked))
    for said in (lost, stands):
        answer = talk.say(said)
        assert texts(answer)[0] != first[0]
        assert "確認メール" in texts(answer)[0] or "confirmation e-mail" in texts(answer)[0]
        assert answer.asks_for == ("order_number",)
        (ways,) = [one for one in answer.reply.blocks if isinstance(one, QuickReplies)]
        (way,) = ways.actions
        assert isinstance(way, ReplyAction)
        assert way.payload == payloads.PERSON


def test_a_contact_without_a_number_is_noted(talk: Talk) -> None:
    talk = english(talk)
    talk.say("where's my parcel")
    told = texts(talk.say("jo@example.com"))
    assert told[:2] == [
        "Thanks, I've noted your contact.",
        "The order number is in the confirmation e-mail we sent when you ordered. If you can't "
        "find it, a colleague can look it up.",
    ]


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


@pytest.mark.parametrize(
    ("asked", "number", "told"),
    [
        ("返品したい", "7303", "noriko@example.com でございます"),
        ("返品したい", "7303", "noriko@example.com になります"),
        ("i want to send it back", "7303", "beth@example.com thanks"),
        ("i want to send it back", "7303", "here you go beth@example.com"),
    ],
)
def test_a_contact_is_told_politely(talk: Talk, asked: str, number: str, told: str) -> None:
    talk = talk if asked == "返品したい" else english(talk)
    assert talk.say(asked).asks_for == ("order_number",)
    assert talk.say(number).asks_for == ("email",)
    assert talk.say(told).acts == ("return_request",)


def test_the_number_of_an_order_is_no_number_of_goods(talk: Talk) -> None:
    talk = english(talk)
    answer = talk.say("the canvas tote is way too blue. want to send it back")
    assert answer.asks_for == ("order_number",)
    answer = talk.say("7303")
    assert (answer.acts, answer.asks_for) == (("return_request",), ("email",))
    assert cart(talk) == {}


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


def test_what_is_only_a_little_like_a_farewell_is_none() -> None:
    some = (Chance("goodbye", 0.36), Chance("refine", 0.2), Chance("out_of_scope", 0.1))
    told = decided(some, "en")
    assert (told.act, told.clarity) == ("out_of_scope", "low")
    sure = (Chance("goodbye", 0.9), Chance("refine", 0.05), Chance("out_of_scope", 0.05))
    assert decided(sure, "en").act == "goodbye"
