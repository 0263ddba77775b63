"""What is said around a wish is no wish."""

import pytest

from kaiwa.bot.nlu.chatter import is_chatter, is_mere_name, is_one_more
from kaiwa.bot.nlu.form import is_foreign
from kaiwa.bot.nlu.masking import masked
from kaiwa.vocabulary.language import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("そうですか", "ja"),
        ("まあいいか。", "ja"),
        ("やっぱり日本語で。", "ja"),
        ("hmm, okay", "en"),
        ("too bad.", "en"),
        ("english again pls:", "en"),
        ("えーないの。", "ja"),
        ("oh, never mind the code.", "en"),
    ],
)
def test_hesitations_and_a_change_of_language_are_chatter(text: str, language: Language) -> None:
    assert is_chatter(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("キャンセルして", "ja"),
        ("英語の本", "ja"),
        ("cancel it", "en"),
        ("fine cotton", "en"),
        ("forget it", "en"),
    ],
)
def test_a_wish_is_none(text: str, language: Language) -> None:
    assert not is_chatter(text, language)


def test_a_name_alone_belongs_to_what_is_said_of_it() -> None:
    assert is_mere_name("the lantern.", "en")
    assert is_mere_name("これ", "ja")
    assert not is_mere_name("the lantern is broken and i want to return it", "en")
    assert not is_mere_name("バイバイ", "ja")


@pytest.mark.parametrize(
    "text",
    ["Bonjour, avez-vous des théières ?", "Haben Sie Teekannen?", "有没有茶壶?", "안녕하세요"],
)
def test_other_languages_are_known_by_their_little_words(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text", ["Do you have teapots?", "J302", "送料無料?", "la mode bag please"]
)
def test_ours_are_ours(text: str) -> None:
    assert not is_foreign(text)


def test_a_thing_more_with_its_order_is_no_wish_of_its_own() -> None:
    assert is_one_more(masked("the {product} from {order} please"))
    assert is_one_more(masked("my {colour} {product} too"))
    assert not is_one_more(masked("send back the {product}"))
    assert not is_one_more("please")
