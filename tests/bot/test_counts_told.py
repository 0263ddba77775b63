"""Numbers that belong to a product's name count nothing."""

import pytest

from kaiwa.bot.naming.counts_told import counts_told, is_in_name, means_all


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("タープポール2本組を", "タープポール 2本組"),
        ("the acrylic set of 24", "Acrylic Paint Set of 24"),
        ("the watercolor set 24", "Marlow Watercolor Set 24"),
    ],
)
def test_a_number_between_the_words_of_the_title_is_part_of_it(text: str, title: str) -> None:
    at = next(place for place, letter in enumerate(text) if letter.isdigit())
    assert is_in_name(text, (at, len(text)), title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("湯のみを2個ください", "湯のみ 2個セット"),
        ("24 of the acrylic set", "Acrylic Paint Set of 24"),
        ("ポール3本組", "タープポール 2本組"),
    ],
)
def test_another_place_or_number_counts(text: str, title: str) -> None:
    at = next(place for place, letter in enumerate(text) if letter.isdigit())
    assert not is_in_name(text, (at, len(text)), title)


@pytest.mark.parametrize("text", ["the pad in 9 x 12", "canvases in 11x14"])
def test_measures_by_measures_are_no_numbers_of_pieces(text: str) -> None:
    assert counts_told(text) == []


def test_a_number_before_the_thing_counts() -> None:
    assert [one.count for _, _, one in counts_told("two pads please")] == [2]


@pytest.mark.parametrize(("text", "count"), [("half a dozen mugs", 6), ("make it a dozen", 12)])
def test_dozens_count(text: str, count: int) -> None:
    assert [one.count for _, _, one in counts_told(text)] == [count]


def test_a_dozen_in_the_name_counts_nothing() -> None:
    assert is_in_name("the dozen pencils", (4, 9), "Cedar Pencils, Dozen")


@pytest.mark.parametrize("text", ["i'll take all three", "三つともください"])
def test_all_three_are_one_of_each(text: str) -> None:
    assert means_all(text)


@pytest.mark.parametrize("text", ["the tv is about 5 ft away", "i need about 3 lbs"])
def test_a_measure_counts_no_pieces(text: str) -> None:
    assert counts_told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "take one yellow away",
        "take one of the 6 ft ones out",
        "remove one lamp",
        "take away one cup",
        "one tape less please",
    ],
)
def test_so_many_fewer(text: str) -> None:
    assert [(one.count, one.relative) for _, _, one in counts_told(text)] == [(-1, True)]


def test_who_will_take_one_takes_it() -> None:
    told = counts_told("perfect, i'll take one")
    assert [(one.count, one.relative) for _, _, one in told] == [(1, False)]
