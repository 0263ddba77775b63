"""What adorns a text is left out before it is read, and what is said stays letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.slips.adorned import unadorned
from kaiwa.bot.slips.question_mark import with_question_mark


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("はい🙏", "はい"),
        ("はいｗ", "はい"),
        ("それでお願いします(^^)", "それでお願いします"),
        ("すみませんm(_ _)m", "すみません"),
        ("えっと、はい", "はい"),
        ("あのー青いのありますか", "青いのありますか"),
        ("2️⃣つください✨", "2つください"),
        ("ほしいな～😊✨。", "ほしいな～。"),
        ("どれがいいかな笑", "どれがいいかな"),
        ("um, the red one :)", "the red one"),
        ("yes lol", "yes"),
    ],
)
def test_pictures_faces_laughter_and_hesitations_are_left_out(sent: str, said: str) -> None:
    assert unadorned(sent) == said


@pytest.mark.parametrize(
    "sent",
    [
        "👍",
        "haha",
        "あの青い傘",
        "笑顔のマグ",
        "★★★★★ 最高",
        "まだ来ないんだけど😡",
        "60wの電球",
        "size (S/M)",
        "(10cm)のやつ",
        "https://example.com/a:D",
        "do robots have skin lol",
        "umbrella",
    ],
)
def test_what_says_something_stays(sent: str) -> None:
    assert unadorned(sent) == sent


@given(st.text(max_size=60))
def test_something_is_always_left_and_nothing_is_invented(sent: str) -> None:
    plain = unadorned(sent)
    assert set(plain) <= set(sent) | {" "}
    assert any(one.isalnum() for one in plain) == any(one.isalnum() for one in sent)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("それの青はある", "それの青はある？"),
        ("送料いくら", "送料いくら？"),
        ("フィナンシェって一個ずつ包まれてる", "フィナンシェって一個ずつ包まれてる？"),
        ("紺のシングルは", "紺のシングルは？"),
    ],
)
def test_a_japanese_question_gets_the_mark_that_was_left_out(said: str, asked: str) -> None:
    assert with_question_mark(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "can you add one",
        "what a pity",
        "do it",
        "when it is back tell me",
        "うちにもある",
        "is it waterproof",
        "どれでもいい",
        "2個にして",
        "ください",
        "はい",
    ],
)
def test_what_may_be_a_wish_or_a_remark_gets_none(said: str) -> None:
    assert with_question_mark(said) == said
