"""Money is exact: what is written is what is read, and currencies never mix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.vocabulary.money import Money, minor_digits

CURRENCIES = ["JPY", "KRW", "USD", "EUR", "GBP", "KWD", "TND", "CNY"]
amounts = st.integers(-(10**27), 10**27)
money = st.builds(Money, amounts, st.sampled_from(CURRENCIES))


@given(money)
def test_a_written_amount_reads_back_exactly(one: Money) -> None:
    assert Money.parse(one.decimal(), one.currency) == one
    assert Money.parse(f"  {one.decimal()} ", one.currency) == one


@given(money)
def test_a_label_holds_every_digit(one: Money) -> None:
    label = one.label()
    bare = label.replace(",", "").lstrip("-¥$€£ ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert ("-" if one.amount_minor < 0 else "") + bare == one.decimal()
    assert label.startswith("-") == (one.amount_minor < 0)


@given(amounts, amounts, st.integers(-1000, 1000), st.sampled_from(CURRENCIES))
def test_sums_and_multiples_are_those_of_whole_numbers(
    a: int, b: int, count: int, currency: str
) -> None:
    one, two = Money(a, currency), Money(b, currency)
    assert (one + two).amount_minor == a + b
    assert (one - two).amount_minor == a - b
    assert (one * count).amount_minor == a * count
    assert (one < two) == (a < b)
    assert all(type(each.amount_minor) is int for each in (one + two, one - two, one * count))


@pytest.mark.parametrize("act", ["__add__", "__sub__", "__lt__"])
def test_currencies_never_mix(act: str) -> None:
    with pytest.raises(ValueError, match="cannot mix JPY and USD"):
        getattr(Money(1, "JPY"), act)(Money(1, "USD"))


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1980", "JPY", 1980),
        ("1980.00", "JPY", 1980),
        ("１９８０", "JPY", 1980),
        ("-5", "JPY", -5),
        ("+5", "JPY", 5),
        ("19.8", "USD", 1980),
        ("19.80", "USD", 1980),
        ("19.800", "USD", 1980),
        (".5", "USD", 50),
        ("7.", "USD", 700),
        ("0.29", "USD", 29),
        ("1.5", "KWD", 1500),
        ("12345678901234567890123456789.01", "USD", 1234567890123456789012345678901),
    ],
)
def test_amounts_as_shops_write_them(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("19.5", "JPY"), ("19.805", "USD"), ("", "JPY"), (".", "JPY"), ("-", "JPY"),
        ("abc", "JPY"), ("1,980", "JPY"), ("NaN", "JPY"), ("Infinity", "USD"), ("1e3", "JPY"),
        ("1e999999999", "JPY"), ("-1e-999999999", "JPY"), ("1_000", "JPY"), ("¥1980", "JPY"),
        ("1 980", "JPY"), ("--1", "JPY"), ("9" * 31, "JPY"), ("0x10", "JPY"), ("一", "JPY"),
    ],
)  # fmt: skip
def test_what_is_no_exact_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Money.parse(text, currency)


@given(st.text(max_size=40), st.sampled_from(CURRENCIES))
def test_anything_else_is_a_value_error(text: str, currency: str) -> None:
    try:
        read = Money.parse(text, currency)
    except ValueError:
        return
    assert Money.parse(read.decimal(), currency) == read


@pytest.mark.parametrize(
    ("one", "label"),
    [
        (Money(1980, "JPY"), "¥1,980"),
        (Money(-1980, "JPY"), "-¥1,980"),
        (Money(0, "JPY"), "¥0"),
        (Money(1980, "USD"), "$19.80"),
        (Money(-5, "USD"), "-$0.05"),
        (Money(123456789, "EUR"), "€1,234,567.89"),
        (Money(1500, "KWD"), "KWD 1.500"),
        (Money(-1500, "KRW"), "-KRW 1,500"),
        (Money(2**63 - 1, "JPY"), "¥9,223,372,036,854,775,807"),
    ],
)
def test_labels(one: Money, label: str) -> None:
    assert one.label() == label


def test_minor_digits_are_those_of_iso_4217() -> None:
    assert [minor_digits(code) for code in CURRENCIES] == [0, 0, 2, 2, 2, 3, 3, 2]
