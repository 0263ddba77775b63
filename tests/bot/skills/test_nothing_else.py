"""What a shopper did not ask for is not done: no other thing goes in or out of the cart."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Talk, sold_here, texts
from tests.bot.skills.test_ordering import cart

SACOCHE = {"sacoche-0": 1}


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    return shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return shop.talk()


@pytest.mark.parametrize("said", ["トートを外して", "take the tote out", "トートはいらない"])
def test_what_is_not_in_the_cart_takes_nothing_out(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    answer = talk.say(said)
    assert answer.acts == ("remove_from_cart",)
    assert (
        texts(answer)[1] == "サコッシュ「こまどり」 ×1 ¥3,850\n合計 ¥3,850"
        or "Total" in texts(answer)[1]
    )
    assert cart(talk) == SACOCHE


def test_a_colour_that_is_not_in_the_cart_takes_nothing_out(talk: Talk) -> None:
    talk.say("帆布トート「ふなで」の白をカートに入れて")
    assert texts(talk.say("青を消して"))[0].startswith("青はかごに入っていません")
    assert cart(talk) == {"tote-0": 1}


def test_what_is_asked_in_between_puts_nothing_in(talk: Talk) -> None:
    assert talk.say("帆布トート「ふなで」を2つ入れて").asks_for == ("colour",)
    answer = talk.say("青はありますか")
    assert (answer.acts, answer.asks_for) == (("product_question",), ("colour",))
    assert cart(talk) == {}
    talk.say("じゃあ青で")
    assert cart(talk) == {"tote-2": 2}


def test_which_one_is_as_open_as_it_was_when_it_is_asked_again(talk: Talk) -> None:
    first = talk.say("ケトルを3つください")
    again = talk.say("カートを見せて")
    assert (first.asks_for, again.asks_for) == (("choice",), ("choice",))
    assert texts(again)[-len(texts(first)) :] == texts(first)
    talk.say("安いほうで")
    assert cart(talk) == {"kettle-0": 3}


def test_the_number_is_kept_until_it_is_known_of_which(talk: Talk) -> None:
    assert talk.say("ケトルを3つください").asks_for == ("choice",)
    talk.say("安いほうで")
    assert cart(talk) == {"kettle-0": 3}


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("ありがとう、カート見せて", ("thanks", "view_cart")),
        ("ありがとう、あとケトル見せて", ("thanks", "find_product")),
        ("thanks, show me my cart", ("thanks", "view_cart")),
    ],
)
def test_thanks_swallow_no_wish(talk: Talk, said: str, acts: tuple[str, ...]) -> None:
    talk.say("サコッシュ「こまどり」をカートに入れて")
    assert talk.say(said).acts == acts


def test_what_it_does_not_come_in_is_said_beside_what_it_does(talk: Talk) -> None:
    talk.say("帆布トート「ふなで」を見せて")
    said = " ".join(texts(talk.say("白と赤をひとつずつ入れて")))
    assert "赤のご用意はありません" in said
    assert cart(talk) == {"tote-0": 1}


def test_a_thing_is_sought_before_its_care_is_told(shop: Shop) -> None:
    entry = FaqEntry(0, "ケトルは使ったあとどうしまえばいいですか", "よく乾かしてください。", "ja")
    shop.tells(entry)
    talk = shop.talk()
    assert talk.say("ケトルありますか").acts == ("find_product",)
    assert talk.say("ケトルは使ったあとどうしまえばいいですか").acts == ("faq",)


def test_what_was_weighed_is_not_taken_at_random(shop: Shop) -> None:
    for people in (2, 4):
        words = {"耐水圧": "2000mm"}
        title = f"テント「ほしぞら」{people}人用"
        shop.sells(ProductText(f"tent-{people}", title, category="テント", attributes=words))
    talk = shop.talk()
    talk.say("テントを見せて")
    assert talk.say("耐水圧はどれくらいですか").acts == ("product_question",)
    assert talk.say("それにします").asks_for == ("choice",)
    assert cart(talk) == {}
    talk.say("大きい方で")
    assert cart(talk) == {"tent-4-0": 1}


def test_a_number_with_a_verb_names_no_other_thing(talk: Talk) -> None:
    talk.say("サコッシュ「こまどり」を2つカートに入れて")
    assert talk.say("3個に変えて").acts == ("change_quantity",)
    assert cart(talk) == {"sacoche-0": 3}


@pytest.mark.parametrize("said", ["add a lantern", "ランタンを入れて", "ランタンも1つお願い"])
def test_what_is_not_sold_here_puts_in_no_more_of_the_last(talk: Talk, said: str) -> None:
    talk.say("サコッシュ「こまどり」を1つカートに入れて")
    answer = talk.say(said)
    assert any("ランタン" in one or "lantern" in one for one in texts(answer))
    assert cart(talk) == {"sacoche-0": 1}


@pytest.mark.parametrize("said", ["安いほう", "一番安いの", "最初のやつで", "the cheaper one"])
def test_which_one_is_answered_by_its_price_or_its_place(talk: Talk, said: str) -> None:
    assert talk.say("ケトルを入れて").asks_for == ("choice",)
    offered = {one.title: one.id for one in talk.state.shown}
    assert len(offered) == 2
    talk.say(said)
    assert cart(talk) == {"kettle-0": 1}
