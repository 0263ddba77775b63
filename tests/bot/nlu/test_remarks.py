"""What only tells something beside a wish is no wish of its own."""

import datetime as dt
from pathlib import Path

import pytest

from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.remarks import is_remark, leans
from kaiwa.bot.nlu.understander import Context, Understander
from kaiwa.vocabulary.language import Language

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ちょっと手が出ないです。", "ja"),
        ("祖母が来月で八十八になります。", "ja"),
        ("こんなに高いの!?", "ja"),
        ("my mother is 82 and still out every day.", "en"),
        ("i'm vegan", "en"),
        ("a person or a program", "en"),
    ],
)
def test_a_story_asks_for_nothing(text: str, language: Language) -> None:
    assert is_remark(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("値下げしたら教えて", "ja"),
        ("まだ届かないんですけど", "ja"),
        ("送料は", "ja"),
        ("注文番号は8204です", "ja"),
        ("where is it", "en"),
        ("i need a kettle", "en"),
        ("my number is 8204", "en"),
        ("cancel the lot", "en"),
    ],
)
def test_a_wish_a_question_and_a_number_are_no_remarks(text: str, language: Language) -> None:
    assert not is_remark(text, language)


def test_a_condition_leans_on_what_is_said_beside_it() -> None:
    assert leans("切れなくなったら、", "ja")
    assert leans("if it breaks", "en")
    assert not leans("when does it come?", "en")
    assert not leans("切れ味は", "ja")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("手が出ない〜。値段が下がったら連絡もらえますか", ["price_alert"]),
        ("切れなくなったら、お店で研いでくれますか", ["faq"]),
        ("what are you exactly, a person or a program", ["about_bot"]),
        ("ソファを1つカートに入れて。あと送料はいくら？", ["add_to_cart", "faq"]),
    ],
)
def test_only_what_is_asked_for_is_served(text: str, acts: list[str], tmp_path: Path) -> None:
    reading = Understander(Models(tmp_path)).read(text, Context(today=TODAY))
    told = [getattr(one, "act", None) or getattr(one, "kind", None) for one in reading.commands]
    assert [one for one in told if one is not None] == acts
