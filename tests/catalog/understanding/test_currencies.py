"""Amounts in money that is not the shop's bound nothing."""

import pytest

from kaiwa.catalog.understanding.currencies import in_other_money


@pytest.mark.parametrize(
    ("text", "currency", "other"),
    [
        ("around 50 dollars", "JPY", True),
        ("under $50", "JPY", True),
        ("5000円以下", "JPY", False),
        ("5000円以下", "USD", True),
        ("$50 or 7000 yen", "JPY", False),
        ("under $50", "USD", False),
        ("under $50", "CAD", False),
        ("under $50", "MXN", False),
        ("¥50", "CNY", False),
        ("under 50", "JPY", False),
    ],
)
def test_money_of_another_shop(text: str, currency: str, other: bool) -> None:
    assert in_other_money(text, currency) is other
