"""A question is of its own matter: what it names in passing is not asked about."""

import msgspec
import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Sold, Talk, texts


def goods(handle: str, title: str, kind: str, **facts: str) -> ProductText:
    told = {name.replace("_", " "): value for name, value in facts.items()}
    return ProductText(handle, title, "", category=kind, attributes=told, language="en")


MUG = goods("mug", "Harbour Mug", "Mugs", Lid="Slides shut", Weight="12 oz")
BAGS = goods("bags", "Creek Brew Bags", "Coffee", Steep="12 hours", Compost="Yes")
TRAY = goods("tray", "Cedar Bath Tray", "Bath", Width="28 to 42 in", Holds="18 lb", Wood="Cedar")
STOVE = goods("stove", "Locust Stove", "Stoves", Fuel="Gas canister, not included")
SET = goods("set", "Trail Cook Set", "Cookware", Contains="Pot, pan and two bowls")
SINK = msgspec.structs.replace(
    goods("sink", "Scrub Kit", "Cleaning", Sink="8 l", Soap="Biodegradable, unscented"),
    tags=("soap", "dishes"),
)
ROLL = goods("roll", "Canvas Roll", "Storage", Longest_tool="13 in", Pockets="8")
MOKA = msgspec.structs.replace(
    goods("moka", "Prairie Moka Pot", "Coffee Makers", Induction="No"), tags=("heavy", "stove")
)
KNIFE = goods("knife", "Bison Folding Knife", "Knives", Weight="3.2 oz", Lock="Liner lock")
DUVET = goods("duvet", "Drift Duvet", "Duvets", Fill="Down", Wash="Dry clean only")
LIGHT = goods("light", "Pip Light", "Lamps", Timer="30 minutes")


@pytest.fixture
def talk(database: Database) -> Talk:
    shop = Shop(database)
    for one in (MOKA, MUG, BAGS, TRAY, STOVE, SET, SINK, ROLL, LIGHT):
        shop.sells(one)
    shop.sells(KNIFE, Sold({"Handle": "Walnut"}), Sold({"Handle": "Micarta"}))
    shop.sells(DUVET, Sold({"Warmth": "Light"}), Sold({"Warmth": "All season"}))
    return shop.talk("en")


@pytest.mark.parametrize(
    ("first", "asked", "told"),
    [
        ("trail cook set", "and how wide does that cedar tray go", "Width: 28 to 42 in"),
        ("trail cook set", "And the stove, does it come with fuel?", "not included"),
        ("harbour mug", "is the soap ok for the creek", "Soap: Biodegradable, unscented"),
        ("canvas roll", "will a 12 inch knife fit", "Longest tool: 13 in"),
        ("harbour mug", "how heavy is that folding one with the walnut", "Weight: 3.2 oz"),
        ("drift duvet", "and the light one?", "Drift Duvet"),
    ],
)
def test_the_thing_that_is_asked_about_is_told_of(
    talk: Talk, first: str, asked: str, told: str
) -> None:
    talk.say(first)
    answer = talk.say(asked)
    assert answer.acts == ("product_question",)
    assert told in texts(answer)[0]


def test_where_it_shall_go_is_not_asked_about(database: Database) -> None:
    shop = Shop(database)
    for handle, title, kind, facts in (
        ("basket", "前かご あみ", "かご", {"取り付け": "ハンドルに付けます"}),
        ("bike", "自転車 かぜ", "自転車", {"変速": "6段"}),
    ):
        shop.sells(ProductText(handle, title, "", category=kind, attributes=facts, language="ja"))
    talk = shop.talk()
    talk.say("前かご あみを見せて")
    told = texts(talk.say("うちの自転車に取り付けできますか"))
    assert "前かご あみの取り付けは「ハンドルに付けます」です。" in told[0]
    assert "自転車 かぜ" not in " ".join(told)


def test_nothing_is_sought_for_words_of_no_goods(talk: Talk) -> None:
    answer = talk.say("how heavy is it")
    assert (answer.asks_for, answer.products) == (("choice",), ())


def test_what_a_page_says_by_name_is_asked_of_the_one_named(talk: Talk) -> None:
    answer = talk.say("moka pot for induction?")
    assert answer.acts == ("product_question",)
    assert texts(answer)[0].startswith("No. \nPrairie Moka Pot – Induction: No")


def test_a_part_of_another_thing_is_told_of(database: Database) -> None:
    shop = Shop(database)
    facts = {"石けん": "無香料"}
    shop.sells(ProductText("kit", "洗い桶", "", tags=("石けん",), attributes=facts))
    shop.sells(ProductText("pot", "片手鍋", "", attributes={"重さ": "1kg"}))
    talk = shop.talk()
    talk.say("片手鍋を見せて")
    assert "洗い桶の石けんは「無香料」です。" in texts(talk.say("石けんは匂いますか"))[0]
