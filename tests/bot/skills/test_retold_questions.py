"""Questions of a page or of the shop in other words: hoped, feared, and whether it is the same."""

import pytest

from kaiwa.catalog.product import ProductText, Translation
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, texts

POT = ProductText(
    "pot",
    "常滑の急須",
    "ちくちくしない裏地の袋が付きます。",
    category="急須",
    attributes={"左利き用": "ありません", "電子レンジ": "使えません", "食洗機": "使えます"},
    translations={
        "en": Translation(
            title="Tokoname teapot",
            category="Teapots",
            attributes={"Left-handed": "Not made", "Microwave": "No", "Dishwasher": "Yes"},
        )
    },
)
FEE = FaqEntry(
    0,
    "送料はいくらですか",
    "全国一律680円です。大きな品も同じです。",
    language="ja",
    tags=("送料",),
)
FEE_EN = FaqEntry(
    0, "How much is shipping?", "A flat ¥680 everywhere, large goods too.", language="en"
)
PLACE = FaqEntry(
    0, "お店はどこにありますか", "金沢市に店があり、すべてお試しいただけます。", language="ja"
)


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(POT)
    shop.tells(FEE, FEE_EN, PLACE)
    return shop


@pytest.mark.parametrize(
    ("language", "first", "said", "told"),
    [
        ("ja", "常滑の急須", "左利きなもので、急須に左用があればうれしいのですが", "ありません"),
        ("ja", "常滑の急須", "チンしてもへいき？", "使えません"),
        ("ja", "常滑の急須", "洗い物は機械まかせなんだけど、洗っても平気？", "使えます"),
        ("en", "tokoname teapot", "i'm worried it will break in the microwave", "No"),
    ],
)
def test_what_is_hoped_or_feared_of_it_is_asked_of_its_page(
    shop: Shop, language: Language, first: str, said: str, told: str
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    answer = talk.say(said)
    assert answer.acts == ("product_question",)
    assert told in " ".join(texts(answer))


@pytest.mark.parametrize(
    ("language", "first", "said", "told"),
    [
        ("ja", "送料なんぼ？", "大きな物、たとえば急須を買った場合も変わりませんか", FEE),
        ("en", "how much is shipping?", "is it the same for a teapot?", FEE_EN),
    ],
)
def test_whether_the_answer_holds_of_that_too(
    shop: Shop, language: Language, first: str, said: str, told: FaqEntry
) -> None:
    talk = shop.talk(language)
    talk.say(first)
    assert talk.say(said).faq == (told.question,)


def test_a_place_to_try_it_is_the_shop(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("常滑の急須")
    assert talk.say("待った、先に実際に触ってみられる場所はないですか？").faq == (PLACE.question,)
