"""Wordings for a tone say the same as the polite one, with the same blanks."""

import re

import pytest

from kaiwa.languages.strings import say, say_as, strings
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.manner import PLAIN, TONES, Manner

BLANKS = re.compile(r"\{(\w+)\}")
VARIANTS = ("friendly", "concise", "emoji")


def worded(language: Language) -> dict[str, dict[str, str]]:
    """By key: its wordings."""
    found: dict[str, dict[str, str]] = {}
    for key, text in strings(language).items():
        name, at, variant = key.partition("@")
        if at:
            found.setdefault(name, {})[variant] = text
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wording_belongs_to_a_sentence_and_fills_the_same_blanks(language: Language) -> None:
    known = strings(language)
    for key, variants in worded(language).items():
        for variant, text in variants.items():
            assert variant in VARIANTS, key
            if variant != "emoji":
                assert sorted(BLANKS.findall(text)) == sorted(BLANKS.findall(known[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_most_has_a_wording_in_every_tone(language: Language) -> None:
    toned = {
        key for key, some in worded(language).items() if {"friendly", "concise"} <= some.keys()
    }
    assert len(toned) >= 60
    assert len(toned) == len([key for key, some in worded(language).items() if "concise" in some])
    assert toned == {
        key for key, some in worded("en" if language == "ja" else "ja").items() if "concise" in some
    }
    told = strings(language)
    different = [key for key in toned if told[key] != told[f"{key}@friendly"]]
    assert len(different) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_for_a_yes_and_what_hurts_is_said_politely_in_every_tone(
    language: Language,
) -> None:
    toned = worded(language)
    for key in strings(language):
        if key.endswith("_shown") or key.startswith(("aftersale.sorry", "handoff.angry")):
            assert key not in toned


def test_the_same_sentence_in_three_tones() -> None:
    said = [say_as(Manner(tone), "buying.added", "ja", what="急須", count=2) for tone in TONES]
    assert said == [
        "急須を2点、かごに入れました。",
        "急須を2点、かごに入れましたよ！",
        "かごに追加：急須 ×2",
    ]


def test_a_sentence_without_a_wording_is_the_polite_one() -> None:
    key = "aftersale.cancel_shown"
    polite = say(key, "en", number="1", total="¥1")
    assert all(
        say_as(Manner(tone, "few"), key, "en", number="1", total="¥1") == polite for tone in TONES
    )
    assert say_as(PLAIN, key, "en", number="1", total="¥1") == polite


def test_an_emoji_takes_the_place_of_a_japanese_full_stop_and_follows_an_english_one() -> None:
    few = Manner(emoji="few")
    assert say_as(few, "thanks.answer", "ja").endswith("お声がけください😊")
    assert say_as(few, "thanks.answer", "en").endswith("anything else. 😊")
    assert say_as(few, "handoff.angry", "ja") == say("handoff.angry", "ja")
