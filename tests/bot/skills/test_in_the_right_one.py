"""Which one is meant, what it costs and when it is ordered: plants, pots and a can for them."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, Talk, texts
from tests.bot.skills.test_ordering import cart

FERN = ProductText("fern", "Boston Fern", category="House Plants", language="en")
FERN_MANY = ProductText("sword", "Sword Fern", category="House Plants", language="en")
PALM = ProductText("palm", "Parlor Palm", category="House Plants", language="en")
POT = ProductText("pot", "Harbor Clay Pot", category="Pots", language="en")
MOSS = ProductText("moss", "Moss Ceramic Planter", category="Pots", language="en")
DRIFT = ProductText("drift", "Drift Pot", category="Pots", language="en")
TANK = ProductText(
    "tank",
    "Ebb Planter",
    "A hidden tank feeds the roots while you are away.",
    category="Planters",
    attributes={
        "Drainage": "One hole in the base",
        "Reservoir": "Lasts up to 3 weeks",
        "Height": "4 in pot about 12 in, 6 in pot about 20 in",
    },
    language="en",
)
BOWL = ProductText(
    "bowl", "Loop Planter", "A round bowl.", category="Planters", attributes={"Cord": "Cotton"}
)
STAND = ProductText("stand", "Acacia Stand", category="Stands", language="en")
CAN = ProductText("can", "Slim Watering Can", category="Watering", language="en")
MISTER = ProductText("mister", "Glass Mister", category="Watering", language="en")


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(FERN, Sold({"Pot size": "4 in"}, 1_800), Sold({"Pot size": "6 in"}, 3_400))
    shop.sells(PALM)
    shop.sells(POT, Sold({"Size": "4 in"}, 800), Sold({"Size": "6 in"}, 1_900))
    shop.sells(MOSS, Sold({"Size": "6 in"}, 2_400), Sold({"Size": "10 in"}, 5_200))
    shop.sells(DRIFT, Sold({"Size": "6 in"}, 3_200))
    shop.sells(STAND, Sold({"Height": "10 in"}, 3_800), Sold({"Height": "18 in"}, 5_400))
    shop.sells(CAN, Sold({"Finish": "Copper"}), Sold({"Finish": "White"}, stock=0))
    shop.sells(MISTER)
    shop.sells(TANK, Sold({"Pot size": "4 in"}), Sold({"Pot size": "6 in"}))
    shop.sells(BOWL)
    return shop


def english(shop: Shop) -> Talk:
    return shop.talk("en")


def test_an_option_is_said_with_a_word_of_its_name(shop: Shop) -> None:
    talk = english(shop)
    talk.say("I'd like a Boston Fern please, in the 6 inch pot.")
    assert cart(talk) == {"fern-1": 1}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "make the fern the 4 inch and the planter the 10 inch too"),
        ("ja", "Boston Fernは4 inに、Planterも10 inにして"),
    ],
)
def test_each_of_several_is_wanted_in_another_option(
    shop: Shop, language: Language, said: str
) -> None:
    talk = shop.talk(language)
    talk.say("Boston Fern 6 inを1つ" if language == "ja" else "one Boston Fern in 6 inch")
    talk.say(
        "Moss Ceramic Planter 6 inを1つ"
        if language == "ja"
        else "one Moss Ceramic Planter in 6 inch"
    )
    assert cart(talk) == {"fern-1": 1, "moss-0": 1}
    assert talk.say(said).acts == ("change_quantity",)
    assert cart(talk) == {"fern-0": 1, "moss-1": 1}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "I'll take the taller one"), ("ja", "背の高い方をください")]
)
def test_the_taller_one(shop: Shop, language: Language, said: str) -> None:
    talk = shop.talk(language)
    talk.say("Acacia Stand")
    talk.say(said)
    assert cart(talk) == {"stand-1": 1}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Never mind then. I'll order as it is."), ("ja", "そのまま注文します")],
)
def test_ordered_as_it_is(shop: Shop, language: Language, said: str) -> None:
    talk = shop.talk(language)
    talk.say("2 Parlor Palm" if language == "en" else "Parlor Palmを2つ")
    assert talk.say(said).acts == ("checkout",)
    assert cart(talk) == {"palm-0": 2}


@pytest.mark.parametrize(
    ("said", "wish", "price"),
    [
        ("which is the cheapest?", "do you have pots", "Harbor Clay Pot costs:"),
        ("And the most expensive?", "do you have pots", "Moss Ceramic Planter costs:"),
        ("一番高いのは？", "pots", "Moss Ceramic Planterの価格は次のとおりです。"),
        ("じゃあ一番安いのは", "pots", "Harbor Clay Potの価格は次のとおりです。"),
    ],
)
def test_the_dearest_of_what_was_shown(shop: Shop, said: str, wish: str, price: str) -> None:
    talk = shop.talk("en" if said.isascii() else "ja")
    assert set(talk.say(wish).products) == {"pot", "moss", "drift"}
    answer = talk.say(said)
    assert answer.acts == ("product_question",)
    assert texts(answer)[0].startswith(price)


def test_what_comes_in_it_is_told_of_what_was_shown(shop: Shop) -> None:
    talk = english(shop)
    assert talk.say("what about watering cans").products == ("can", "mister")
    answer = talk.say("white available?")
    assert answer.acts == ("product_question",)
    sold_out = "I am sorry, Slim Watering Can (White) is sold out at the moment."
    assert texts(answer)[0].startswith(sold_out)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "price?"), ("en", "what's its price"), ("ja", "値段は？")]
)
def test_the_price_alone_is_that_of_the_thing(shop: Shop, language: Language, said: str) -> None:
    shop.tells(
        FaqEntry(0, "Do you have prices for offices?", "Ten are 12% off.", "en", ("price",)),
        FaqEntry(0, "法人向けの価格はありますか", "10点で12%引きです。", "ja", ("値段",)),
    )
    talk = shop.talk(language)
    talk.say("Parlor Palm")
    answer = talk.say(said)
    assert answer.acts == ("product_question",)
    assert "¥3,000" in texts(answer)[0]


def test_a_part_of_a_thing_is_no_place_in_a_list(shop: Shop) -> None:
    talk = english(shop)
    talk.say("What's the difference between the Ebb Planter and the Loop Planter?")
    told = texts(talk.say("Does the ebb one have a hole in the bottom?"))
    assert told[0].startswith("Ebb Planter – Drainage: One hole in the base")


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        ("en", "how long does the tank last?", "Ebb Planter – Reservoir: Lasts up to 3 weeks"),
        ("en", "how tall is the big one", "Ebb Planter – Height: 4 in pot about 12 in, 6 in pot"),
        ("en", "does it come in a pot", "Ebb Planter – Height: 4 in pot about 12 in, 6 in pot"),
        ("ja", "どれくらいもちますか", "Ebb PlanterのReservoirは「Lasts up to 3 weeks」です。"),
    ],
)
def test_what_the_page_measures(shop: Shop, language: Language, said: str, told: str) -> None:
    talk = shop.talk(language)
    talk.say("Ebb Planter")
    assert texts(talk.say(said))[0].startswith(told)


def test_another_thing_is_asked_for_though_one_is_spoken_of(shop: Shop) -> None:
    talk = english(shop)
    talk.say("Ebb Planter")
    assert talk.say("is there a stand for it").products == ("stand",)


def test_the_sum_said_aloud_is_the_carts(shop: Shop) -> None:
    talk = english(shop)
    talk.say("2 Parlor Palm")
    shop.tells(FaqEntry(0, "How much is shipping?", "$9.", "en", ("postage",)))
    assert talk.say("so 6,000 before shipping right").acts == ("view_cart",)


@pytest.mark.parametrize(
    "said",
    [
        "I am furnishing an office and need six Boston Ferns, the 4 inch.",
        "Worth a shot. 6 Boston Ferns, 4 inch",
    ],
)
def test_what_it_is_for_is_said_before_it_is_taken(shop: Shop, said: str) -> None:
    shop.sells(FERN_MANY, Sold({"Pot size": "4 in"}, stock=9), Sold({"Pot size": "6 in"}))
    talk = english(shop)
    assert talk.say(said.replace("Boston", "Sword")).acts == ("add_to_cart",)
    assert cart(talk) == {"sword-0": 6}


def test_so_many_it_is(shop: Shop) -> None:
    talk = english(shop)
    talk.say("2 Parlor Palm")
    assert talk.say("Three it is, then.").acts == ("change_quantity",)
    assert cart(talk) == {"palm-0": 3}


@pytest.mark.parametrize(
    "said",
    [
        "what if the fern shows up snapped in half",
        "My fern is dying after ten days, all the leaves are crispy",
        "折れて届いたらどうなりますか",
    ],
)
def test_what_comes_broken_is_a_question_to_the_shop(shop: Shop, said: str) -> None:
    shop.tells(
        FaqEntry(0, "What if my order arrives damaged or dies?", "A new one.", "en", ("dead",)),
        FaqEntry(0, "商品が壊れていた場合は", "お取り替えします。", "ja", ("破損",)),
    )
    answer = shop.talk("en" if said.isascii() else "ja").say(said)
    assert answer.acts == ("faq",)
    assert texts(answer)[0] == ("A new one." if said.isascii() else "お取り替えします。")


def test_paper_round_it_is_wrapping(shop: Shop) -> None:
    shop.tells(FaqEntry(0, "Do you wrap gifts?", "For $4.", "en", ("gift wrap",)))
    talk = english(shop)
    talk.say("Glass Mister")
    answer = talk.say("It is for my niece, might you put some nice paper round it?")
    assert (answer.acts, texts(answer)[0]) == (("faq",), "For $4.")
