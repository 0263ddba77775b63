"""What another person means: a code once, the kind named, what it must be, left while away."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.bot.slips.english import as_meant
from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.aftersale import AfterSale
from tests.bot.skills.shop import Shop, Sold, Talk
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    shop.sells(
        ProductText("oil", "Wood Oil", "Feeds any table you would eat at.", category="Care"),
        Sold(),
    )
    for name in ("Dot", "Meadow"):
        shop.sells(ProductText(name, f"{name} Table", category="Tables"), Sold(stock=9))
    shop.sells(
        ProductText("chair", "Spindle Chair", category="Chairs"),
        Sold({"Color": "Natural"}, stock=9),
        Sold({"Color": "Black"}, stock=9),
    )
    shop.sells(
        ProductText(
            "tea", "Harbor Tea", "A black tea.", category="Tea", attributes={"Milk": "Goes well"}
        ),
        Sold(),
    )
    shop.sells(ProductText("chai", "Monsoon Tea", "A spiced black tea.", category="Tea"), Sold())
    return Talk(shop, shop.talk().who, "en")


def test_of_a_kind_that_is_named_only_that_kind_is_recommended(talk: Talk) -> None:
    answer = talk.say("what table would you suggest for one person")
    assert set(answer.products) == {"Dot", "Meadow"}


def test_a_number_of_what_is_asked_about_changes_nothing_in_the_cart(talk: Talk) -> None:
    talk.say("put the dot table in my cart")
    talk.say("What are your least expensive chairs? I need a pair")
    assert list(cart(talk).values()) == [1]


def test_a_pair_told_behind_the_name_is_two(talk: Talk) -> None:
    talk.say("I'd go for the spindle chair in natural, a pair as I said")
    assert list(cart(talk).values()) == [2]


def test_what_it_must_be_is_no_yes(talk: Talk) -> None:
    talk.say("show me some tea")
    answer = talk.say("it should go well with milk")
    assert "affirm" not in answer.acts
    assert not answer.misunderstood


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("actually leave it, i do want them", "en"),
        ("keep it as it is", "en"),
        ("leave them", "en"),
        ("やっぱり取り消さないでください", "ja"),
        ("やっぱり残しておいてください", "ja"),
    ],
)
def test_who_keeps_it_says_no(said: str, language: Language) -> None:
    assert verdict(said, language) == "no"


def test_words_said_everywhere_are_no_slips() -> None:
    def seams(words: Sequence[str]) -> list[str]:
        return [one for one in words if one == "seams"]

    assert as_meant("it seems to take its time", seams) == "it seems to take its time"


@pytest.mark.parametrize(
    ("said", "language", "meant"),
    [
        ("also if im not home the folks in 122 can take it", "en", "delivery_request"),
        ("when we're out, the neighbor will accept it", "en", "delivery_request"),
        ("留守だったら隣の人に預けて", "ja", "delivery_request"),
        ("So what's the situation with it at the moment?", "en", "order_status"),
        ("any news on it", "en", "order_status"),
        ("で、いまどんな状況？", "ja", "order_status"),
    ],
)
def test_what_names_no_order_is_of_the_order_talked_about(
    database: Database, tmp_path: Path, said: str, language: Language, meant: str
) -> None:
    place = AfterSale(database, tmp_path)
    order = place.bought("TEA")
    talk = place.guest(language)
    talk.say(f"{order.number} hanako@example.com")
    assert talk.say(said).acts == (meant,)


@pytest.mark.parametrize(
    "said",
    [
        "Hello. A parcel of mine seems to be taking its time, could you look into it?",
        "my parcel is taking forever, can you look into it",
    ],
)
def test_a_parcel_of_mine_is_looked_up(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert "order_status" in answer.acts
    assert answer.asks_for
