"""How text is read, and what is said."""

import pytest

from kaiwa.languages import en, ja, language_of
from kaiwa.languages.meanings import meanings, patterns
from kaiwa.languages.strings import say


def test_japanese_width_case_and_long_vowels_are_folded() -> None:
    assert ja.normalise(" ＩＨコンロ　ｺｰﾋｰ〜 ") == "ihコンロ コーヒー"


def test_japanese_terms_leave_out_what_every_question_has() -> None:
    assert ja.tokens("送料を教えてください") == ["送料", "送", "料"]
    assert ja.tokens("さび取り 10%") == ja.tokens("サビ取り １０％") != []


def test_english_forms_of_a_word_meet() -> None:
    assert en.tokens("Wrapping, wrapped & wraps") == ["wrap"] * 3
    assert en.tokens("Do you take the deliveries?") == ["delivery"]
    assert en.stem("care") != en.stem("car")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("送料は？", "ja"),
        ("what is のし?", "en"),
        ("IHで使えますか", "ja"),
        ("Visa使える?", "ja"),
        ("12345", "ja"),
    ],
)
def test_the_longer_script_tells_the_language(text: str, language: str) -> None:
    assert language_of(text, "ja") == language


def test_different_words_have_one_meaning() -> None:
    assert meanings("how much is postage", "en") == ["shipping_fee"]
    assert meanings("配送料は", "ja") == ["shipping_fee"]
    assert meanings("返送料は", "ja") == ["return", "return_cost"]


def test_meanings_have_patterns_that_do_not_match_nothing() -> None:
    for language in ("ja", "en"):
        assert [name for name, found in patterns(language).items() if found.search("")] == []


def test_a_sentence_takes_its_values() -> None:
    assert say("about_bot.answer", "en", shop="Kodachi").startswith(
        "I'm the automatic assistant at"
    )
