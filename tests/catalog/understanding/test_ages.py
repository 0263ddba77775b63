"""Ages: of whom something is for, and which a product's text says it is made for."""

import pytest

from kaiwa.catalog.understanding.ages import age, made_for


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("waterproof jacket for my 4 year old", 48),
        ("for a five-year-old who climbs", 60),
        ("my granddaughter is turning three", 36),
        ("3歳の子に", 36),
        ("6ヶ月の赤ちゃん", 6),
        ("五歳の男の子のおもちゃ", 60),
    ],
)
def test_whom_it_is_for_is_taken_out_of_the_text(text: str, months: int) -> None:
    told, rest = age(text)
    assert told == months
    assert not any(one in rest for one in ("4", "five", "three", "3", "6", "五"))


@pytest.mark.parametrize(
    "text", ["a 2 year warranty", "size 4", "2年保証", "2-3 person tent", "my dad is 60 years old"]
)
def test_what_is_no_childs_age_stays(text: str) -> None:
    assert age(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("For riders about 4 to 6 years old.", (48, 72)),
        ("from 18 months to 4 years", (18, 48)),
        ("対象年齢：3歳から", (36, 192)),
        ("0〜12か月", (0, 12)),
        ("Frame 5 years", None),
        ("保証：1年", None),
    ],
)
def test_a_product_tells_for_which_ages_it_is_made(text: str, ages: tuple[int, int] | None) -> None:
    assert made_for(text) == ages
