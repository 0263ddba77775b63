"""What a text means after what was done last: taken, compared, shown once more, asked of others."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.aftersale import TRACKING, AfterSale
from tests.bot.skills.shop import KETTLE, SACOCHE, TOTE, Shop, Sold, sold_here, texts
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    sold_here(shop)
    return shop


@pytest.mark.parametrize("said", ["1つ目をください", "最初のをお願いします"])
def test_the_first_of_one_is_taken_when_it_is_asked_for(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("サコッシュを見せて")
    assert talk.say(said).acts == ("add_to_cart",)
    assert cart(talk) == {"sacoche-0": 1}


def test_the_first_one_please_is_taken_or_its_colour_is_asked(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("do you have the canvas tote")
    answer = talk.say("the first one please")
    assert answer.acts == ("add_to_cart",)
    assert answer.asks_for == ("colour",)
    assert cart(talk) == {}


def test_the_first_with_nothing_that_takes_is_only_shown(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュを見せて")
    assert talk.say("1つ目は？").acts == ("product_question",)
    assert cart(talk) == {}


def test_what_was_asked_for_in_a_colour_is_taken_in_it(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("do you have the canvas tote")
    talk.say("is it there in blue?")
    talk.say("ok put one of those in")
    assert cart(talk) == {"tote-2": 1}


def test_the_only_value_that_is_left_is_not_asked_for(database: Database) -> None:
    shop = Shop(database)
    shop.sells(TOTE, Sold({"色": "白"}, 8_800, 0), Sold({"色": "青"}, 8_800, 2))
    talk = shop.talk()
    talk.say("トートを見せて")
    talk.say("それをかごに入れて")
    assert cart(talk) == {"tote-1": 1}


@pytest.mark.parametrize("said", ["軽いのは？", "どっちが軽い？"])
def test_what_was_compared_is_asked_about_again(shop: Shop, said: str) -> None:
    talk = shop.talk()
    talk.say("トートとサコッシュを比べて")
    answer = talk.say(said)
    assert answer.acts == ("compare",)
    assert "180g" in "\n".join(texts(answer))


def test_the_list_is_shown_once_more_and_so_is_the_cart(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("サコッシュをお気に入りに入れて")
    assert talk.say("もっかい見せて").acts == ("wishlist_view",)
    talk.say("サコッシュをかごに入れて")
    assert talk.say("もう一度見せて").acts == ("view_cart",)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "サコッシュの口コミはどうですか"), ("en", "any reviews on the tote?")],
)
def test_what_others_say_is_read_and_nothing_is_written(
    shop: Shop, language: str, said: str
) -> None:
    answer = shop.talk("en" if language == "en" else "ja").say(said)
    assert answer.acts[0] in ("review", "product_question")
    assert answer.asks_for == ()
    assert any("レビューはまだ" in one or "no reviews yet" in one for one in texts(answer))


def test_a_review_that_is_to_be_written_asks_for_the_order(shop: Shop) -> None:
    answer = shop.talk().say("サコッシュのレビューを書きたい")
    assert answer.acts == ("review",)
    assert answer.asks_for == ("order_number",)


@pytest.mark.parametrize(("language", "said"), [("ja", "カヤックは？"), ("en", "kayak?")])
def test_a_thing_the_shop_does_not_sell_is_sought(shop: Shop, language: str, said: str) -> None:
    answer = shop.talk("en" if language == "en" else "ja").say(said)
    assert answer.acts == ("find_product",)


def test_a_rule_of_the_shop_is_no_thing(shop: Shop) -> None:
    assert shop.talk().say("送料は？").acts != ("find_product",)


def test_where_it_is_put_names_no_product(database: Database) -> None:
    shop = Shop(database)
    shop.sells(SACOCHE, Sold(price=3_850))
    shop.sells(KETTLE, Sold(price=8_800))
    talk = shop.talk("en")
    answer = talk.say("add it to my cart for two")
    assert answer.asks_for == ("choice",)
    assert cart(talk) == {}


def test_after_an_order_its_own_article_is_bought_again(place: AfterSale) -> None:
    place.bought("TEA")
    talk = place.member()
    talk.say("注文はどうなってますか")
    assert "Article TEA" in talk.reads("もう一つカートに入れてください")


def test_the_carrier_is_told_of_the_order_that_was_looked_at(place: AfterSale) -> None:
    order = place.bought("TEA")
    place.sent(order)
    talk = place.member()
    talk.say("注文はどうなってますか")
    for asked in ("ヤマトですか？", "郵便局？"):
        answer = talk.say(asked)
        assert answer.acts == ("order_status",)
        assert TRACKING in "\n".join(texts(answer))


def test_the_number_of_another_order_is_looked_at_next(place: AfterSale) -> None:
    first, second = place.bought("TEA"), place.bought("POT")
    talk = place.member()
    talk.say(f"注文{first.number}はどうなってますか")
    answer = talk.say(f"じゃあ{second.number}は？")
    assert answer.acts == ("order_status",)
    assert answer.order == second.number


@pytest.mark.parametrize("told", ["あった、{}", "{} hanako@example.com", "{}だよ"])
def test_a_number_is_found_in_the_sentence_around_it(place: AfterSale, told: str) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    talk.say("荷物どこですか")
    talk.say("hanako@example.com")
    assert talk.say(told.format(order.number)).order == order.number
