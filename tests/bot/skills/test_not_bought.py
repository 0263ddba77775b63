"""Words that sound like buying: wrapping, what a thing is for, a question put once more."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Sold, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

WRAPS = FaqEntry(0, "ラッピングはできますか", "300円で箱にお入れします。", "ja")
NAMES = FaqEntry(0, "名前を入れられますか", "かばんに名前を入れられます。", "ja")
WRAPS_EN = FaqEntry(0, "Do you gift wrap?", "We wrap for 300 yen.", "en")


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    shop.sells(ProductText("gift-box", "ギフト缶「つどい」", "贈り物の缶です。", category="ギフト"))
    faq = (WRAPS, NAMES, WRAPS_EN)
    shop.tells(*faq)
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.mark.parametrize("said", ["それぞれ箱に入れてもらえますか", "包んでください"])
def test_what_it_is_put_in_is_asked_of_the_shop(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    answer = talk.say(said)
    assert (answer.acts, answer.faq) == (("faq",), ("ラッピングはできますか",))
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("said", ["gift wrap them all please", "put it in a gift box please"])
def test_wrapping_puts_no_gift_in(shop: Shop, said: str) -> None:
    talk = shop.talk("en")
    talk.say("add the Funade canvas tote in white")
    assert talk.say(said).faq == ("Do you gift wrap?",)
    assert cart(talk) == {"tote-0": 1}
    talk.say("two of them")
    assert cart(talk) == {"tote-0": 2}


def test_into_the_cart_is_no_question_to_the_shop(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    answer = talk.say("かごに入れてください")
    assert answer.acts == ("add_to_cart",)
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("said", ["それで", "それでいいです", "それをお願いします"])
def test_what_is_in_is_not_put_in_twice(talk: Talk, said: str) -> None:
    talk.say("帆布トート「ふなで」の白をカートに入れて")
    talk.say(said)
    assert cart(talk) == {"tote-0": 1}


def test_a_bare_number_is_how_many_it_shall_be(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    talk.say("2個いる")
    assert cart(talk) == {"sacoche-0": 2}


@pytest.mark.parametrize(
    "said",
    [
        "それに合うケトルも",
        "サコッシュに合うものを一つお願いします",
        "something to go with it please",
    ],
)
def test_what_fits_a_thing_is_looked_for(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    assert talk.say(said).acts == ("find_product",)
    assert cart(talk) == {"sacoche-0": 1}


def test_a_question_put_once_more_puts_nothing_in(talk: Talk) -> None:
    assert talk.say("ケトルを2つください").asks_for == ("choice",)
    answer = talk.say("サコッシュ「こまどり」は防水ですか")
    assert answer.acts == ("product_question",)
    assert answer.asks_for == ("choice",)
    assert cart(talk) == {}


def test_what_is_pointed_at_and_not_in_takes_nothing_out(talk: Talk) -> None:
    talk.say("かばんを見せて")
    talk.say("細口ケトル「しずく」をカートに入れて")
    talk.say("最初のやつを外して")
    assert cart(talk) == {"kettle-0": 1}


def test_for_how_many_counts_nothing(shop: Shop) -> None:
    shop.sells(ProductText("game", "Word Nest", "A word game.", category="Games", language="en"))
    talk = shop.talk("en")
    talk.say("games for 2")
    assert cart(talk) == {}


def test_the_number_is_kept_until_it_is_known_which(shop: Shop) -> None:
    for name in ("Lark 20", "Wren 35"):
        text = ProductText(
            name[:4].lower(), f"{name} Sleeping Bag", "Warm.", category="Bags", language="en"
        )
        shop.sells(text, Sold(price=9_000 if name.startswith("L") else 12_000))
    talk = shop.talk("en")
    assert talk.say("two sleeping bags").asks_for == ("choice",)
    assert cart(talk) == {}
    talk.say("the cheaper one")
    assert cart(talk) == {"lark-0": 2}


def test_a_number_of_pieces_is_no_number_of_people(shop: Shop) -> None:
    for people in (2, 4):
        shop.sells(ProductText(f"tent-{people}", f"テント {people}人用", category="テント"))
    talk = shop.talk()
    assert talk.say("テント2つほしい").asks_for == ("choice",)
    assert cart(talk) == {}


def test_what_is_turned_down_is_not_put_in(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を見せて")
    talk.say("細口ケトル「しずく」を見せて")
    talk.say("ケトルやめてサコッシュにする")
    assert cart(talk) == {"sacoche-0": 1}


def test_a_full_cart_and_a_day_ask_for_no_order(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    answer = talk.say("金曜までにいる")
    assert "order_number" not in answer.asks_for
    assert texts(answer)


def test_a_kind_is_called_by_its_end_or_written_in_kanji(shop: Shop) -> None:
    shop.sells(ProductText("boots", "長ぐつ「ぴちゃ」", "軽い長ぐつです。", category="長ぐつ"))
    shop.sells(ProductText("gloves", "園芸手袋", "洗える手袋です。", category="園芸手袋"))
    talk = shop.talk()
    talk.say("手袋と長靴をください")
    assert cart(talk) == {"gloves-0": 1, "boots-0": 1}
    talk.say("長靴やめます")
    assert cart(talk) == {"gloves-0": 1}
