"""What people ask a shop first: nothing is done to a thing that nobody named."""

import pytest

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

ENTRIES = (
    FaqEntry(0, "届いた商品が壊れていたときはどうすればよいですか", "写真をお送りください。", "ja"),
    FaqEntry(0, "品切れの商品は再入荷しますか", "物によります。", "ja"),
    FaqEntry(0, "How long does delivery take?", "Three days.", "en"),
    FaqEntry(0, "Can I choose the delivery date and time?", "Yes, at checkout.", "en"),
    FaqEntry(0, "Do I need an account to order?", "No.", "en"),
)


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    for handle, ja, en in (
        (
            "gift-set",
            ("はじめてセット「みちしるべ」", "ギフトセット"),
            ("Michi starter set", "Gift sets"),
        ),
        ("tea", ("詰め合わせ「ゆかり」", "お茶"), ("Yukari gift set of tea", "Tea")),
        ("battery", ("モバイル電源「ともしび」", "充電器"), ("Tomoshibi power bank", "Chargers")),
    ):
        english = Translation(title=en[0], category=en[1])
        shop.sells(ProductText(handle, ja[0], category=ja[1], translations={"en": english}), Sold())
    shop.tells(*ENTRIES)
    return shop.talk()


@pytest.mark.parametrize("said", ["two of them as a gift please", "プレゼント用に2つください"])
def test_a_gift_is_what_it_is_for(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert (answer.acts, answer.asks_for) == (("add_to_cart",), ("choice",))
    assert cart(talk) == {}


def test_back_in_stock_is_no_power_bank(talk: Talk) -> None:
    assert IDLE.sub(" ", "when will it be back in stock").split() == ["when"]
    answer = talk.say("when will it be back in stock")
    assert (answer.acts, answer.asks_for) == (("restock_alert",), ("choice",))


def test_what_is_new_is_shown(talk: Talk) -> None:
    answer = talk.say("新商品はありますか")
    assert answer.acts == ("find_product",)
    assert answer.products


def test_where_it_is_made_is_no_damage(talk: Talk) -> None:
    answer = talk.say("商品はどこで作られていますか")
    assert "写真をお送りください。" not in " ".join(texts(answer))


def test_choosing_a_time_is_not_how_long(talk: Talk) -> None:
    assert texts(talk.say("can I choose a delivery time"))[0] == "Yes, at checkout."


def test_deleting_an_account_is_not_needing_one(talk: Talk) -> None:
    assert texts(talk.say("how do I delete my account"))[0] != "No."


@pytest.mark.parametrize(
    ("said", "told"),
    [("何ができますか", "ご注文の状況の確認"), ("what can you do", "start a return")],
)
def test_what_can_be_done_here_is_told(talk: Talk, said: str, told: str) -> None:
    answer = talk.say(said)
    assert answer.acts == ("about_bot",)
    assert told in texts(answer)[0]
    assert len(texts(answer)) == 5
