"""What is ordered in one breath: products, options and numbers, with and without a verb."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database, Session
from kaiwa.orders.cart import show_cart
from kaiwa.orders.cart_record import active_cart
from kaiwa.orders.command import Command
from tests.bot.skills.shop import NOW, Shop, Sold, Talk

SHIRT = ProductText(
    "shirt",
    "リネンシャツ「なぎさ」",
    "洗うほどやわらかくなるシャツです。",
    category="シャツ",
    language="ja",
    translations={
        "en": Translation(
            title="Nagisa linen shirt",
            body="A shirt that softens with every wash.",
            category="Shirts",
            options={
                "色": "Color", "白": "White", "藍墨": "Ink navy", "生成り": "Natural ivory",
                "サイズ": "Size",
            },
        )
    },
)  # fmt: skip
SOCKS = ProductText(
    "socks",
    "山の靴下「いただき」",
    "厚手の靴下です。",
    category="靴下",
    language="ja",
    translations={
        "en": Translation(
            title="Itadaki mountain socks",
            body="Thick socks.",
            category="Socks",
            options={"サイズ": "Size", "23-25cm": "23–25 cm", "25-27cm": "25–27 cm"},
        )
    },
)
BEANS = ProductText(
    "beans",
    "珈琲「よあけ」200g",
    "深煎りです。",
    category="珈琲",
    language="ja",
    translations={
        "en": Translation(
            title="Yoake coffee 200 g",
            body="A dark roast.",
            category="Coffee",
            options={"挽き方": "Grind", "豆": "Whole bean", "粉": "Ground"},
        )
    },
)
CAKE = ProductText(
    "cake",
    "カステラ「たそがれ」",
    "卵の味のカステラです。",
    category="菓子",
    language="ja",
    translations={"en": Translation(title="Tasogare castella", body="Sponge.", category="Sweets")},
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(
        SHIRT,
        *(
            Sold({"色": colour, "サイズ": size}, 7_000)
            for colour in ("白", "藍墨", "生成り")
            for size in ("S", "M", "L")
        ),
    )
    shop.sells(SOCKS, Sold({"サイズ": "23-25cm"}, 1_200), Sold({"サイズ": "25-27cm"}, 1_200))
    shop.sells(BEANS, Sold({"挽き方": "豆"}, 1_500), Sold({"挽き方": "粉"}, 1_500))
    shop.sells(CAKE, Sold(price=1_800))
    return shop


def cart(talk: Talk) -> dict[str, int]:
    """What is in the cart: each line's options, or its title, and how many."""

    def seen(session: Session) -> dict[str, int]:
        own = talk.shop.merchant.id
        cart_id = active_cart(session, own, talk.who.customer_id)
        if cart_id is None:
            return {}
        command = Command(own, f"customer:{talk.who.customer_id}", "web_chat", NOW)
        lines = show_cart(session, command, cart_id).lines
        return {one.sku: one.quantity for one in lines}

    return talk.shop.db.write_now(seen)


def after(shop: Shop, *said: str, english: bool = False) -> dict[str, int]:
    """The cart after these turns."""
    talk = shop.talk("en" if english else "ja")
    for one in said:
        talk.say(one)
    return cart(talk)


@pytest.mark.parametrize(
    "said",
    [
        "カステラと珈琲の粉を一つずつ",
        "カステラ1つと、珈琲の粉1つください",
        "カステラと珈琲の粉をかごに",
    ],
)
def test_two_things_in_one_breath(shop: Shop, said: str) -> None:
    assert after(shop, said) == {"cake-0": 1, "beans-1": 1}


def test_each_with_its_own_options_and_number(shop: Shop) -> None:
    said = "add a white nagisa shirt in M and two castella cakes to my cart"
    assert after(shop, said, english=True) == {"shirt-1": 1, "cake-0": 2}


def test_two_kinds_of_one_thing(shop: Shop) -> None:
    assert after(shop, "なぎさの白のMと藍墨のLをください") == {"shirt-1": 1, "shirt-5": 1}


@pytest.mark.parametrize("said", ["カステラ2", "カステラ、二つで", "かすてら ふたつ"])
def test_a_name_and_a_number_are_an_order(shop: Shop, said: str) -> None:
    assert after(shop, said) == {"cake-0": 2}


@pytest.mark.parametrize(
    "said", ["カステラはありますか", "カステラ2つでいくら？", "カステラを探しています", "カステラ"]
)
def test_a_question_or_a_search_orders_nothing(shop: Shop, said: str) -> None:
    assert after(shop, said) == {}


@pytest.mark.parametrize("said", ["粉でいいや。1", "じゃあ粉を一つ", "粉のほうで"])
def test_an_option_of_what_is_spoken_of_is_enough(shop: Shop, said: str) -> None:
    assert after(shop, "よあけを見せて", said) == {"beans-1": 1}


def test_a_size_is_no_number_of_pieces(shop: Shop) -> None:
    talk = shop.talk()
    assert talk.say("いただきを一足ください").asks_for == ("size",)
    talk.say("足は26センチです")
    assert cart(talk) == {"socks-1": 1}


def test_a_number_said_while_the_size_is_open_is_kept(shop: Shop) -> None:
    talk = shop.talk("en")
    assert talk.say("add the itadaki socks to my cart").asks_for == ("size",)
    assert talk.say("two pairs").asks_for == ("size",)
    talk.say("the bigger size")
    assert cart(talk) == {"socks-1": 2}


def test_a_general_colour_means_the_shops_own(shop: Shop) -> None:
    talk = shop.talk("en")
    assert talk.say("put the nagisa shirt in cream in my cart").asks_for == ("size",)
    talk.say("L please")
    assert cart(talk) == {"shirt-8": 1}


def test_what_was_put_in_is_changed_not_added(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("add a castella to my cart")
    talk.say("make that three")
    assert cart(talk) == {"cake-0": 3}
    talk.say("actually just two")
    assert cart(talk) == {"cake-0": 2}


def test_some_of_it_in_another_colour(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("なぎさの白のMを2枚ください")
    talk.say("1枚は藍墨に変えてください")
    assert cart(talk) == {"shirt-1": 1, "shirt-4": 1}


def test_another_colour_in_the_same_size(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("なぎさの白のMをください")
    talk.say("もう一枚、藍墨も")
    assert cart(talk) == {"shirt-1": 1, "shirt-4": 1}


def test_a_line_is_taken_out_by_its_colour(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("なぎさの白のMと藍墨のLをください")
    talk.say("藍墨はやっぱりいらない")
    assert cart(talk) == {"shirt-1": 1}


def test_everything_is_taken_out(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("カステラと珈琲の粉を一つずつ")
    talk.say("かごを空にして")
    assert cart(talk) == {}


def test_several_are_kept_for_later(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("カステラとよあけをほしいものリストに入れて")
    assert set(talk.say("ほしいものリストを見せて").products) == {"beans", "cake"}
    talk.say("カステラは消して")
    assert talk.say("ほしいものリストを見せて").products == ("beans",)


def test_an_option_alone_is_asked_about(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("よあけを見せて")
    assert talk.say("粉は？").acts == ("product_question",)
    assert cart(talk) == {}
