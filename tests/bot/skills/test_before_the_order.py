"""What people ask while the cart is full and nothing is ordered, and of an order without number."""

import pytest

from kaiwa.bot import payloads
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
    assert texts(answer)[0].splitlines() == [
        "お届け先は、購入手続きのページでご入力いただけます。",
        "すでにご注文済みのものでしたら、ご注文番号を教えてください。",
    ]
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
        assert "ご注文の控え" in texts(answer)[0] or "any confirmation" in texts(answer)[0]
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
        "The order number is on the page you saw after ordering, and in any confirmation you were "
        "sent. If you can't find it, a colleague can look it up.",
    ]


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
