"""What the page of a thing tells is told from it, and what the shop has written from there."""

import pytest

from kaiwa.catalog.product import ProductText
from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from tests.bot.skills.shop import Shop, Sold, Talk, texts

ENTRIES = (
    FaqEntry(0, "Do you take back empties?", "Yes, five jars.", "en", tags=("bottles", "jars")),
    FaqEntry(0, "How can I pay?", "By card. We take no checks.", "en", tags=("payment", "card")),
    FaqEntry(0, "Do you sharpen knives?", "For life. You cover postage.", "en"),
    FaqEntry(0, "What is your return policy?", "Thirty days. Return postage is $6.", "en"),
    FaqEntry(0, "Do you engrave?", "Yes, twelve letters.", "en", tags=("initials",)),
    FaqEntry(0, "Is there a warranty?", "For life.", "en", tags=("guarantee",)),
    FaqEntry(0, "How fresh is the coffee?", "A week old.", "en", tags=("roast",)),
    FaqEntry(0, "How do I look after cast iron?", "Oil it.", "en", tags=("rust",)),
    FaqEntry(0, "When are you open?", "Ten to five.", "en", tags=("opening hours", "closed")),
    FaqEntry(0, "Do you ship abroad?", "To Canada, but no knives.", "en"),
    FaqEntry(0, "How long does delivery take?", "Three days.", "en"),
    FaqEntry(0, "Is there a discount for groups?", "Ten percent.", "en", tags=("bulk",)),
    FaqEntry(0, "包装はできますか", "200円で包みます。", "ja", tags=("ラッピング", "包装")),
    FaqEntry(0, "のしはかけられますか", "無料でおかけします。", "ja", tags=("のし",)),
    FaqEntry(0, "届いたものが壊れていたときはどうすればいいですか", "写真をお送りください。", "ja"),
    FaqEntry(0, "営業時間と定休日を教えてください", "10時から17時、木曜休みです。", "ja"),
    FaqEntry(0, "電話で話せますか", "平日の10時から承ります。", "ja", tags=("電話",)),
    FaqEntry(0, "古い家具を引き取ってもらえますか", "1点2000円で引き取ります。", "ja"),
    FaqEntry(0, "返品や交換はできますか", "送料はお客さまのご負担です。", "ja"),
    FaqEntry(0, "送料はいくらですか", "一律600円です。", "ja", tags=("送料",)),
    FaqEntry(0, "お酒は扱っていますか", "ビールも日本酒もありません。", "ja"),
)
OIL = {"Content": "30 ml dropper", "Scent": "Herbal"}
COOKIES = {"個包装": "していません", "防水": "IPX4"}


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(ProductText("oil", "Night Oil", "", attributes=OIL, language="en"))
    packets = (Sold({"Packets": "8"}, 1_400), Sold({"Packets": "24"}, 3_600))
    shop.sells(ProductText("instant", "Pocket Instant Coffee", "", language="en"), *packets)
    shop.sells(ProductText("tin", "月のクッキー缶", "", attributes=COOKIES))
    shop.tells(*ENTRIES)
    return shop


@pytest.fixture
def english(shop: Shop) -> Talk:
    return shop.talk("en")


@pytest.fixture
def japanese(shop: Shop) -> Talk:
    return shop.talk()


def test_a_word_shared_with_a_rule_does_not_make_it_the_answer(english: Talk) -> None:
    english.say("night oil")
    answer = english.say("How big is the bottle?")
    assert answer.acts == ("product_question",)
    assert "30 ml dropper" in texts(answer)[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [("これ個包装でしたっけ", "していません"), ("土砂降りで使っても壊れない？", "IPX4")],
)
def test_a_fact_of_the_page_goes_before_a_rule_that_sounds_like_it(
    japanese: Talk, said: str, told: str
) -> None:
    japanese.say("月のクッキー缶を見せて")
    answer = japanese.say(said)
    assert answer.acts == ("product_question",)
    assert told in texts(answer)[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("what's the price each if I take the 24?", "(24) is ¥3,600. That is ¥150 each."),
        ("how much more is the 24", "The difference is ¥2,200."),
    ],
)
def test_what_is_reckoned_from_its_prices_is_told(english: Talk, said: str, told: str) -> None:
    english.say("pocket instant coffee")
    answer = english.say(said)
    assert answer.acts == ("product_question",)
    assert told in texts(answer)[0]


def test_at_whose_cost_is_asked_of_what_was_told_last(english: Talk) -> None:
    english.say("do you sharpen knives")
    assert texts(english.say("Who pays the stamp?"))[0] == "For life. You cover postage."


def test_what_every_shop_is_asked_is_known_in_other_words(english: Talk) -> None:
    english.say("night oil")
    answer = english.say("tell me how long it takes to get to me")
    assert (answer.acts, texts(answer)[0]) == (("faq",), "Three days.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("休みの曜日は？", "10時から17時、木曜休みです。"),
        ("電話は何時までやってますか", "平日の10時から承ります。"),
        ("今使ってるボロいやつ持ってってくれたりする？", "1点2000円で引き取ります。"),
        ("返す送料てどっちもち？", "送料はお客さまのご負担です。"),
        ("のし付けれる？", "無料でおかけします。"),
    ],
)
def test_in_japanese_too(japanese: Talk, said: str, told: str) -> None:
    japanese.say("月のクッキー缶を見せて")
    answer = japanese.say(said)
    assert answer.acts == ("faq",)
    assert texts(answer)[0] == told


def test_and_this_one_is_of_what_was_told_last(english: Talk) -> None:
    english.say("do you ship abroad")
    answer = english.say("even knives?")
    assert (answer.acts, texts(answer)[0]) == (("faq",), "To Canada, but no knives.")
