"""Whoever says all of a name means that product; slips of the pen and counts beside it."""

import pytest

from kaiwa.bot.evaluation.shoppers.goal import called as name_said
from kaiwa.bot.naming.called import _core, _said, slipped
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.slips.carriers import _CARRIERS, _meant


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("i said the harbor stoneware mug", "Harbor Stoneware Mug, 12 oz"),
        ("got the hrabor stonewrae mug?", "Harbor Stoneware Mug"),
        ("ストレートジーンズかわらのことです", "ストレートジーンズ「かわら」"),
        ("すとれーとじーんず「かわら」ある？", "ストレートジーンズ「かわら」"),
        ("細口ケトル「しずく」だよ", "細口ケトル「しずく」0.8L"),
    ],
)
def test_all_words_of_a_title_are_its_name(text: str, title: str) -> None:
    assert _said(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a stoneware mug", "Harbor Stoneware Mug"),
        ("ジーンズある？", "ストレートジーンズ「かわら」"),
        ("マグカップを見たい", "マグ"),
        ("ニットワンピース", "ニット"),
    ],
)
def test_a_part_of_a_name_or_of_a_word_is_none(text: str, title: str) -> None:
    assert not _said(text, title)


def test_nobody_says_the_measure_at_the_end() -> None:
    assert _core("Cold Brew Packs, 6 count") == "cold brew packs"
    assert _core("細口ケトル「しずく」0.8L") == "細口ケトル「しずく」"
    assert _core("リングノート B6") == "リングノート b6"
    assert name_said("リングノート B6") == "リングノート B6"
    assert name_said("Insulated Bottle, 24 oz") == "Insulated Bottle"


def test_one_slip_is_no_other_word() -> None:
    assert slipped("granite", "granite") and slipped("grnaite", "granite")
    assert slipped("granit", "granite") and slipped("grannite", "granite")
    assert not slipped("mgu", "mug") and not slipped("garment", "granite")


def test_letters_are_swapped_back_only_towards_a_known_word() -> None:
    assert _meant("looknig", _CARRIERS) == "looking"
    assert _meant("mustrad", {"mustard", "teal"}) == "mustard"
    assert _meant("three", _CARRIERS) is None
    assert _meant("trial", _CARRIERS) is None


def test_a_letter_left_out_or_doubled_is_put_right_only_within_a_known_word() -> None:
    assert _meant("medum", {"medium", "small"}) == "medium"
    assert _meant("canncel", _CARRIERS) == "cancel"
    assert _meant("order", {"orders"}) is None
    assert _meant("rices", {"prices"}) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 in grey m to cart", 3),
        ("i'll take 2 in olive green l", 2),
        ("cool, 2 of it in black 30", 2),
        ("黒を3こおねがいします", 3),
        ("それ藍色の30を2こ ください", 2),
    ],
)
def test_a_number_before_its_option_counts(text: str, count: int) -> None:
    assert [told.count for _, _, told in counts_told(text)][0] == count


def test_an_inch_is_no_count() -> None:
    assert counts_told("a 10 in pan") == []
