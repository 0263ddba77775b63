"""Amounts as Stripe counts them, from its page on currencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.payments.stripe.amounts import chargeable, from_stripe, to_stripe
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.money import Money


@pytest.mark.parametrize(
    ("written", "currency", "count"),
    [
        ("500", "JPY", 500),
        ("10", "USD", 1000),
        ("10.01", "USD", 1001),
        ("5.12", "KWD", 5120),
        ("5", "ISK", 500),
        ("5", "UGX", 500),
        ("100", "KRW", 100),
        ("7", "MGA", 7),
        ("12.50", "TWD", 1250),
        ("12.50", "HUF", 1250),
    ],
)
def test_an_amount_becomes_stripes_integer_and_back(
    written: str, currency: str, count: int
) -> None:
    amount = Money.parse(written, currency)
    assert to_stripe(amount) == count
    assert from_stripe(count, currency.lower()) == amount


@pytest.mark.parametrize(("amount_minor", "currency"), [(5124, "KWD"), (1001, "BHD"), (750, "MGA")])
def test_what_stripe_cannot_write_is_refused(amount_minor: int, currency: str) -> None:
    with pytest.raises(Refused, match="exactly"):
        to_stripe(Money(amount_minor, currency))


@pytest.mark.parametrize(("least", "currency"), [(50, "JPY"), (50, "USD"), (30, "GBP")])
def test_too_little_is_refused_as_a_charge_and_given_back(least: int, currency: str) -> None:
    assert chargeable(Money(least, currency)) == least
    with pytest.raises(Refused, match="too little"):
        chargeable(Money(least - 1, currency))
    assert to_stripe(Money(1, currency)) == 1


@given(
    st.integers(1, 2**53),
    st.sampled_from("JPY USD EUR KWD TND ISK UGX KRW MGA IDR TWD VND CLP XPF".split()),
)
def test_nothing_is_lost_on_the_way(amount_minor: int, currency: str) -> None:
    amount = Money(amount_minor, currency)
    try:
        count = to_stripe(amount)
    except Refused:
        return
    assert from_stripe(count, currency) == amount
