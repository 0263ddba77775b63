"""Whether an answer is what was expected: both ways to read a list with alternatives in it."""

import pytest

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.evaluation.judging import Outcome, broken
from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.reply import Reply, TextBlock


def did(*acts: str) -> Outcome:
    reply = Reply((TextBlock(text="¥2,200"),))
    return Outcome(Answer(reply, "en", acts, 1.0, "find", Dialogue()), (("CUP", 2),))


@pytest.mark.parametrize(
    ("expected", "acts"),
    [
        ("faq", ("faq",)),
        ("faq", ("thanks", "faq")),
        ("faq / refine", ("refine",)),
        ("add_to_cart, faq", ("faq", "add_to_cart")),
        ("complaint / faq, complaint", ("faq", "complaint")),
        ("complaint / faq, complaint", ("complaint",)),
        ("find_product / refine, faq", ("find_product", "faq")),
    ],
)
def test_acts_as_expected(expected: str, acts: tuple[str, ...]) -> None:
    assert broken([("acts", expected)], did(*acts)) == []


@pytest.mark.parametrize(
    ("expected", "acts"),
    [
        ("faq", ("faq", "refine")),
        ("faq", ("thanks",)),
        ("add_to_cart, faq", ("faq",)),
        ("complaint / faq, complaint", ("faq",)),
        ("find_product / refine, faq", ("find_product", "faq", "compare")),
        ("thanks", ("faq",)),
    ],
)
def test_acts_otherwise(expected: str, acts: tuple[str, ...]) -> None:
    assert broken([("acts", expected)], did(*acts)) == [f"acts: {expected} (got {', '.join(acts)})"]


def test_the_whole_cart_counts() -> None:
    assert broken([("cart", "CUP x2")], did("faq")) == []
    assert broken([("cart", "cup x1")], did("faq")) == ["cart: cup x1 (got CUP x2)"]
    assert broken([("cart", "empty")], did("faq")) == ["cart: empty (got CUP x2)"]


def test_what_is_said_is_compared_without_case_and_width() -> None:
    assert broken([("says", "￥2,200 / free")], did("faq")) == []
    assert broken([("does not say", "2,200")], did("faq")) == ["does not say: 2,200 (got 2,200)"]
