"""Option values as shoppers say them, told of one product's own."""

import pytest

from kaiwa.bot.options_compared import _extreme, _shade, _size
from kaiwa.bot.options_said import plain


@pytest.mark.parametrize(
    ("values", "biggest", "smallest"),
    [
        (("S", "XL", "M"), "XL", "S"),
        (("小", "大"), "大", "小"),
        (("500ml", "1.5L"), "1.5L", "500ml"),
        (("23-25cm", "25-27cm"), "25-27cm", "23-25cm"),
        (("10000mAh", "20000mAh"), "20000mAh", "10000mAh"),
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
