"""Option values as shoppers say them, told of one product's own."""

import pytest

from kaiwa.bot.options.compared import _extreme, _shade, _size
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import _said


@pytest.mark.parametrize(
    ("values", "biggest", "smallest"),
    [
        (("S", "XL", "M"), "XL", "S"),
        (("小", "大"), "大", "小"),
        (("500ml", "1.5L"), "1.5L", "500ml"),
        (("23-25cm", "25-27cm"), "25-27cm", "23-25cm"),
        (("10000mAh", "20000mAh"), "20000mAh", "10000mAh"),
        (("2 oz", "4 oz", "1 lb"), "1 lb", "2 oz"),
        (("6 in", "1 ft"), "1 ft", "6 in"),
        (("5mm", "1cm"), "1cm", "5mm"),
    ],
)
def test_sizes_stand_in_an_order(values: tuple[str, ...], biggest: str, smallest: str) -> None:
    assert _extreme(values, _size, most=True) == biggest
    assert _extreme(values, _size, most=False) == smallest


def test_what_has_no_order_is_not_compared() -> None:
    assert _extreme(("豆", "粉"), _size, most=True) is None
    assert _extreme(("方眼", "横罫"), _shade, most=True) is None


def test_colours_from_dark_to_light() -> None:
    assert _extreme(("白", "紺", "黒"), _shade, most=False) == "黒"
    assert _extreme(("Ink navy", "Natural ivory"), _shade, most=True) == "Natural ivory"


def test_numbers_and_units_are_written_one_way() -> None:
    assert plain("六号と２６センチ、20,000 mAh") == "6号と26cm、20000mah"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("two 6 foot cables", "two 6ft cables"),
        ("the 6 footers", "the 6ft"),
        ("45 quarts", "45qt"),
        ("ten liters", "10l"),
        ("a 32-ounce bottle", "a 32oz bottle"),
        ("11 by 14 in", "11x14 in"),
        ("2 x 12 oz", "2 x 12 oz"),
        ("6 footprints", "6 footprints"),
    ],
)
def test_measures_are_written_as_shops_write_them(said: str, written: str) -> None:
    assert plain(said) == written


@pytest.mark.parametrize(
    ("value", "text", "said"),
    [
        ("11x14 in", "the pack in 11x14", True),
        ("11x14 in", "the pack in 8x10", False),
        ("20000mah", "the 20000 bank", True),
        ("iphone 15", "my wife has a 15", True),
        ("iphone 15", "i want 15", False),
    ],
)
def test_a_value_is_said_in_part(value: str, text: str, said: bool) -> None:
    assert (_said(value, text) is not None) is said
