"""Something taken beside what is asked: both are served, and only what is taken goes in."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

ENTRIES = (
    FaqEntry(0, "送料はいくらですか", "全国一律600円です。", "ja"),
    FaqEntry(0, "How much is shipping?", "600 yen everywhere.", "en"),
    FaqEntry(0, "どんな支払い方法がありますか", "カードと代引きです。", "ja"),
    FaqEntry(0, "How can I pay?", "By card. We take no checks.", "en"),
    FaqEntry(0, "返品はできますか", "未使用なら14日以内にどうぞ。", "ja"),
    FaqEntry(0, "Can I send something back?", "Unused, within 14 days.", "en"),
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    shop.tells(*ENTRIES)
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("One, and tell me how much the shipping is.", "600 yen everywhere."),
        ("1つで、送料はいくらですか", "全国一律600円です。"),
    ],
)
def test_a_number_in_front_takes_what_is_spoken_of(talk: Talk, said: str, told: str) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    answer = talk.say(said)
    assert answer.acts == ("add_to_cart", "faq")
    assert told in texts(answer)
    assert cart(talk) == {"sacoche-0": 1}


def test_what_is_only_asked_about_is_not_put_in(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("サコッシュ「こまどり」を見せて")
    answer = talk.say("put it in my cart please, and does the funade canvas tote have pockets")
    assert answer.acts == ("add_to_cart", "product_question")
    assert cart(talk) == {"sacoche-0": 1}


def test_who_decides_to_buy_it_buys_it(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("funade canvas tote")
    assert talk.say("nah screw it im buying it myself. white one").acts == ("add_to_cart",)
    assert cart(talk) == {"tote-0": 1}


def test_who_only_wonders_about_buying_it_buys_nothing(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("funade canvas tote")
    talk.say("what if i'm buying it for my sister?")
    assert cart(talk) == {}


def test_a_way_to_pay_asked_at_the_till_is_answered(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("サコッシュ「こまどり」をカートに入れて")
    answer = talk.say("Now I should like to check out and pay by check, if possible.")
    assert answer.acts == ("checkout", "faq")
    assert "By card. We take no checks." in texts(answer)
    assert talk.say("Card, then. Please proceed.").acts == ("checkout",)


def test_a_way_to_pay_said_at_the_till_goes_on(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    talk.say("会計お願いします")
    assert talk.say("代引きでお願いします").acts == ("checkout",)
    assert talk.say("代引きは使えますか？").acts == ("faq",)


@pytest.mark.parametrize(
    "said",
    [
        "Please write to me if the black one returns. malik@example.com is my address.",
        "黒がまた入荷したらメールで知らせてほしいです",
    ],
)
def test_to_be_told_when_it_is_back_is_no_change_of_address(shop: Shop, said: str) -> None:
    talk = shop.talk("en" if said.isascii() else "ja")
    talk.say("funade canvas tote" if said.isascii() else "ふなでを見せて")
    answer = talk.say(said)
    assert answer.acts == ("restock_alert",)
    assert "Black" in texts(answer)[0] or "黒" in texts(answer)[0]


@pytest.mark.parametrize(
    "said",
    [
        "the totes are AMAZING. Can I say so somewhere?",
        "バッグすごく良かったです。どこかに感想書けますか",
    ],
)
def test_praise_offered_is_a_review(talk: Talk, said: str) -> None:
    assert "review" in talk.say(said).acts
    assert cart(talk) == {}


def test_a_sealed_thing_that_shall_go_back_is_no_complaint(shop: Shop) -> None:
    talk = shop.talk("en")
    said = "Got two totes, one from you one from my aunt. Yours is still sealed. Can it go back?"
    acts = talk.say(said).acts
    assert "complaint" not in acts
    assert set(acts) <= {"faq", "return_request"}


def test_a_broken_thing_is_still_a_complaint(shop: Shop) -> None:
    talk = shop.talk("en")
    acts = talk.say("My tote arrived torn, this is unacceptable! I never used it.").acts
    assert "complaint" in acts
