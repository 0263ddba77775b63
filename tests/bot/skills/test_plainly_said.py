"""What words alone say: the sum, the list of wishes, one's own data, a pair, a code once more."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, talked
from tests.bot.skills.test_ordering import cart

LAMP = ProductText(
    "lamp", "読書灯", category="照明",
    translations={"en": Translation(title="Reading lamp", category="Lighting")},
)  # fmt: skip
SOCKS = ProductText(
    "socks", "毛糸の靴下", category="靴下",
    translations={"en": Translation(title="Wool socks", category="Hosiery")},
)  # fmt: skip
KNIFE = ProductText(
    "knife", "小刀", category="刃物",
    translations={"en": Translation(title="Whittling knife", category="Tools")},
)  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(LAMP, Sold())
    shop.sells(SOCKS, Sold())
    shop.sells(KNIFE, Sold())
    return shop


@pytest.mark.parametrize(
    "asked",
    [
        "Pity, but it can stay. What's my sum?",
        "Not counting delivery, how high is my bill?",
        "What do I end up paying?",
        "What am I at, before delivery?",
        "How much is the whole bill?",
    ],
)
def test_the_sum_is_the_carts_in_whatever_words(shop: Shop, asked: str) -> None:
    talk = talked(shop, "en", "add one reading lamp to my cart")
    assert talk.say(asked).acts == ("view_cart",)
    assert cart(talk) == {"lamp-0": 1}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("add a pair of reading lamps to my cart", {"lamp-0": 2}),
        ("add a pair of wool socks to my cart", {"socks-0": 1}),
        ("add one reading lamp to my cart", {"lamp-0": 1}),
    ],
)
def test_a_pair_is_two_of_what_is_sold_one_by_one(
    shop: Shop, said: str, left: dict[str, int]
) -> None:
    talk = talked(shop, "en", said)
    assert cart(talk) == left


@pytest.mark.parametrize(
    ("language", "wish", "asked"),
    [
        ("en", "put the whittling knife on my wishlist", "what's on there so far"),
        ("en", "put the whittling knife on my wishlist", "Can you read me what's on there now"),
        ("ja", "小刀をお気に入りに入れて", "いま何が入ってる？"),
    ],
)
def test_what_is_on_there_is_the_list_that_was_spoken_of(
    shop: Shop, language: Language, wish: str, asked: str
) -> None:
    talk = talked(shop, language, wish)
    answer = talk.say(asked)
    assert (answer.acts, answer.products) == (("wishlist_view",), ("knife",))
    assert cart(talk) == {}


@pytest.mark.parametrize(
    ("language", "wish", "off"),
    [
        ("en", "put the whittling knife on my wishlist",
         "Oh shoot, I already own one of those knives. Cross it off."),
        ("en", "put the whittling knife on my wishlist",
         "forget the whittling knife, it doesn't have to stay on there"),
        ("ja", "小刀をお気に入りに入れて", "小刀はもう持ってました、外しておいて"),
    ],
)  # fmt: skip
def test_what_is_crossed_off_leaves_the_list(
    shop: Shop, language: Language, wish: str, off: str
) -> None:
    talk = talked(shop, language, wish)
    assert talk.say(off).acts == ("wishlist_remove",)
    assert (
        talk.say("what's on my wishlist" if language == "en" else "お気に入り見せて").products == ()
    )


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Which information do you people hold on me?"),
        ("en", "what have you got stored about me"),
        ("ja", "そちらには私についての情報、どんなものが残ってますか"),
    ],
)
def test_what_the_shop_knows_of_me_is_my_data(shop: Shop, language: Language, asked: str) -> None:
    talk = shop.talk(language)
    assert talk.say(asked).acts == ("account_data",)


def test_after_that_all_of_it_erased_is_my_data_too(shop: Shop) -> None:
    talk = talked(shop, "en", "Which information do you people hold on me?")
    answer = talk.say("Whom do I turn to if I want all of it erased?")
    assert answer.acts == ("account_data",)


@pytest.mark.parametrize(
    ("language", "wish", "said", "left"),
    [
        (
            "en",
            "add the reading lamp",
            "hold on, gotta ask my roomie. take everything out for now",
            0,
        ),
        (
            "ja",
            "読書灯をカートに入れて",
            "家の者に聞いてからにします。いったんカートを空にしておきます",
            0,
        ),
        ("en", "add the reading lamp", "is everything in my cart?", 1),
        ("ja", "読書灯をカートに入れて", "カートの中身は全部でいくら？", 1),
    ],
)
def test_everything_taken_out_is_not_paid(
    shop: Shop, language: Language, wish: str, said: str, left: int
) -> None:
    talk = talked(shop, language, wish)
    answer = talk.say(said)
    assert answer.acts == (("remove_from_cart",) if left == 0 else answer.acts)
    assert len(cart(talk)) == left
