"""A yes moves money, so only a plain yes is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.vocabulary.language import Language


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("はい", "ja", "yes"),
        ("はい、お願いします", "ja", "yes"),
        ("うん、それで", "ja", None),
        ("ok", "ja", "yes"),
        ("はいおkです", "ja", "yes"),
        ("はい、間違いありません", "ja", "yes"),
        ("yes im sure", "en", "yes"),
        ("i'm not sure", "en", None),
        ("いいえ", "ja", "no"),
        ("いや、いいです", "ja", "no"),
        ("やめておきます", "ja", "no"),
        ("大丈夫です", "ja", "unclear"),
        ("結構です", "ja", "unclear"),
        ("いいです", "ja", "unclear"),
        ("はい、でも白で", "ja", None),
        ("はい、2個で", "ja", None),
        ("yes please", "en", "yes"),
        ("yes, that's correct", "en", "yes"),
        ("no thanks", "en", "no"),
        ("i'm good", "en", "unclear"),
        ("no, i'm fine", "en", "no"),
        ("yes but in blue", "en", None),
        ("yes, 2 of them", "en", None),
        ("yes or no?", "en", None),
    ],
)
def test_verdicts(text: str, language: Language, told: str | None) -> None:
    assert verdict(text, language) == told


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    assert verdict(text, "ja") in ("yes", "no", "unclear", None)
