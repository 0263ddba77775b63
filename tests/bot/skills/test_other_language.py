"""A shop that has written in one language only answers in it, and says that it does."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, texts

ENGLISH = (
    ("How much is shipping?", "$7, free from $60.", ("postage", "free shipping")),
    ("Where do you ship?", "To the 48 states.", ("international", "hawaii")),
    ("How can I pay?", "By card.", ("installments", "paypal", "cash on delivery")),
)
JAPANESE = (
    ("送料はいくらですか", "680円です。", ("送料無料",)),
    ("海外に発送できますか", "国内だけです。", ("海外",)),
    ("支払い方法は何がありますか", "カードです。", ("分割払い", "代金引換", "コンビニ払い")),
)


def written_in(database: Database, language: Language) -> Shop:
    shop = Shop(database)
    entries = ENGLISH if language == "en" else JAPANESE
    shop.tells(*(FaqEntry(0, q, a, language, tags) for q, a, tags in entries))
    return shop


@pytest.mark.parametrize(
    ("written", "said", "answer"),
    [
        ("en", "送料はいくら？", "$7, free from $60."),
        ("en", "アメリカの友達に贈りたいです。送料はいくら？", "$7, free from $60."),
        ("en", "すみません、日本に送ってもらえますか", "To the 48 states."),
        ("en", "支払い方法は？", "By card."),
        ("ja", "How much is shipping?", "680円です。"),
        ("ja", "do you ship abroad", "国内だけです。"),
        ("ja", "How can I pay?", "カードです。"),
    ],
)
def test_what_is_written_in_the_other_language_is_told_as_it_stands(
    database: Database, written: Language, said: str, answer: str
) -> None:
    talk = written_in(database, written).talk("ja" if written == "en" else "en")
    told = talk.say(said)
    lead = {
        "en": "日本語のご案内がまだないため、英語の案内をそのままお伝えします。",
        "ja": "We have this in Japanese only, so here it is as it stands.",
    }
    assert texts(told) == [f"{lead[written]}\n{answer}"]
    assert told.answered


@pytest.mark.parametrize(
    ("written", "said"),
    [("en", "日本の天気は？"), ("ja", "Do you have parking?"), ("en", "返品できますか")],
)
def test_what_is_written_nowhere_is_not_known(
    database: Database, written: Language, said: str
) -> None:
    talk = written_in(database, written).talk("ja" if written == "en" else "en")
    told = talk.say(said)
    assert not told.answered
    assert told.handoff is None
