"""What sets the two kinds of one thing apart, and two things that are each named by themselves."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold, texts

MATCHA = ProductText(
    "matcha",
    "宇治抹茶 30g",
    category="抹茶",
    attributes={"薄茶用": "お点前に", "製菓用": "ラテや焼き菓子に"},
    translations={
        "en": Translation(
            title="Uji matcha, 30 g",
            options={"等級": "Grade", "薄茶用": "Ceremonial", "製菓用": "Culinary"},
            attributes={"Ceremonial": "For whisking", "Culinary": "For lattes"},
        )
    },
)
BOWL = ProductText(
    "bowl",
    "茶わん「たに」",
    category="茶わん",
    translations={"en": Translation(title="Valley bowl", options={"色": "Color", "黒": "Black"})},
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(MATCHA, Sold({"等級": "薄茶用"}, 2_900), Sold({"等級": "製菓用"}, 1_700))
    shop.sells(BOWL, Sold({"色": "黒"}), Sold({"色": "白"}))
    return shop


@pytest.mark.parametrize(
    ("language", "said", "told"),
    [
        (
            "en",
            "whats the difference between the two matchas",
            "Uji matcha, 30 g\n- Ceremonial: ¥2,900\n- Culinary: ¥1,700\n"
            "- Ceremonial: For whisking\n- Culinary: For lattes",
        ),
        (
            "ja",
            "宇治抹茶の違いは何ですか",
            "宇治抹茶 30g\n・薄茶用：¥2,900\n・製菓用：¥1,700\n"
            "・薄茶用：お点前に\n・製菓用：ラテや焼き菓子に",
        ),
    ],
)
def test_the_kinds_of_one_thing_are_told_apart(
    shop: Shop, language: Language, said: str, told: str
) -> None:
    assert texts(shop.talk(language).say(said)) == [told]


def test_colours_that_cost_the_same_are_not_told_apart(shop: Shop) -> None:
    talk = shop.talk("en")
    talk.say("valley bowl")
    assert talk.say("whats the difference").asks_for == ("choice",)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "whats the diff between the uji one and the valley one"),
        ("ja", "宇治抹茶と茶わんたにの違いは"),
    ],
)
def test_each_of_two_is_looked_up_by_itself(shop: Shop, language: Language, said: str) -> None:
    assert set(shop.talk(language).say(said).products) == {"matcha", "bowl"}
