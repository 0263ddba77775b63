"""Questions that share no word with the entry that answers them: their meaning finds it."""

import pytest

from kaiwa.bot.nlu.questions import look_up
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.vocabulary.language import Language

JA = (
    "送料はいくらですか",
    "支払い方法を教えてください",
    "領収書をもらえますか",
    "返品や交換の条件は何ですか",
    "不良品が届いたときはどうすればいいですか",
    "名入れはできますか",
    "複数の届け先に送れますか",
    "定期便はありますか",
    "値引きはできますか",
    "海外に発送できますか",
    "古い家電を引き取ってもらえますか",
    "包丁の研ぎ直しはできますか",
)
EN = (
    "How much does shipping cost?",
    "Can you engrave it?",
    "Can I ship to several addresses?",
    "Do you offer subscriptions?",
    "Can you lower the price?",
    "Do you sharpen knives?",
    "How can I reach you by phone?",
)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("銀行から送金でもいい？", "支払い方法を教えてください"),
        ("経理に出す書類がほしい", "領収書をもらえますか"),
        ("口に合わなかったらどうすれば", "返品や交換の条件は何ですか"),
        ("穴があいてたらどうしたらいい", "不良品が届いたときはどうすればいいですか"),
        ("イニシャルを彫ってもらえますか", "名入れはできますか"),
        ("実家と妹の家に分けて送りたい", "複数の届け先に送れますか"),
        ("毎月勝手に届くようにできる？", "定期便はありますか"),
        ("もうちょっと勉強してもらえませんか", "値引きはできますか"),
        ("アメリカの友達に直接渡したい", "海外に発送できますか"),
        ("使わなくなったのを回収してくれる？", "古い家電を引き取ってもらえますか"),
        ("切れ味が落ちたら？", "包丁の研ぎ直しはできますか"),
    ],
)
def test_in_japanese(said: str, wanted: str) -> None:
    assert found(said, "ja", JA) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("could you put my initials on", "Can you engrave it?"),
        ("half to me and the rest to two different places", "Can I ship to several addresses?"),
        ("is there a monthly box", "Do you offer subscriptions?"),
        ("any wiggle room?", "Can you lower the price?"),
        ("what if the blade gets dull", "Do you sharpen knives?"),
        ("is there someone i can ring", "How can I reach you by phone?"),
    ],
)
def test_in_english(said: str, wanted: str) -> None:
    assert found(said, "en", EN) == wanted


def test_a_word_that_only_sounds_like_one_tells_nothing() -> None:
    shop = ("のしは付けられますか", "雨具のお手入れのしかたを教えてください")
    assert found("お手入れのしかたは", "ja", shop) == shop[1]
    assert found("のしは付けられます？", "ja", shop) == shop[0]


def found(said: str, language: Language, questions: tuple[str, ...]) -> str | None:
    """The question whose entry surely answers."""
    entries = [FaqEntry(at, one, "…", language) for at, one in enumerate(questions, 1)]
    told = look_up(said, language, FaqIndex(entries))
    return told.sure[0].entry.question if told.sure else None
