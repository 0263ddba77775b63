"""The shipped examples are many, clean, and of every act in both languages."""

import pytest

from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.intents.examples import FOLDER, examples, forms_of, lines
from kaiwa.bot.nlu.masking import MASK, MASKS, masked
from kaiwa.vocabulary.language import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_enough_and_no_line_twice(language: Language) -> None:
    few = {act: len(lines(act, language)) for act in ACTS if len(lines(act, language)) < 40}
    assert few == {}
    assert len(lines("out_of_scope", language)) >= 300
    assert {path.stem for path in (FOLDER / language).iterdir()} == set(ACTS)
    every = [line for act in ACTS for line in lines(act, language)]
    assert sorted({line for line in every if every.count(line) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_in_a_line_is_a_mask(language: Language) -> None:
    for act in ACTS:
        for line in lines(act, language):
            assert "{" not in masked(line), line
            assert "[" not in next(forms_of(line)), line


def test_choices_are_made_and_forms_are_few() -> None:
    assert list(forms_of("[a|b] c")) == ["a c", "b c"]
    assert list(forms_of("x")) == ["x"]
    forms = list(forms_of("[a|b|c] [d|e|f] [g|h|i]"))
    assert len(forms) == len(set(forms)) == 4


def test_what_can_be_read_in_an_example_is_masked() -> None:
    own = examples("ja", [("add_to_cart", "{product}を2個カートに")])[-2]
    assert own.text == f"{MASK['product']}を{MASK['n']}カートに"
    assert own.act == "add_to_cart"
    assert len(MASKS) == len(MASK)
