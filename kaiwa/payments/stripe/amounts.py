"""Amounts as Stripe counts them, which is not always as ISO 4217 does.

Source: Stripe's page on currencies, its lists of zero-decimal, three-decimal and special ones.
"""

from typing import Final

from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.money import Money, minor_digits

_DIGITS: Final = {
    **dict.fromkeys("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD JOD KWD OMR TND".split(), 3),
}
# ISK and UGX lost their decimals, but Stripe still counts hundredths of them; three decimals are
# written, but the last must be 0.
_STEPS: Final = {
    **dict.fromkeys(("ISK", "UGX"), 100),
    **dict.fromkeys("BHD JOD KWD OMR TND".split(), 10),
}
# The least that can be charged on an account that settles in that currency.
_LEAST: Final = {"JPY": 50, "USD": 50, "EUR": 50, "GBP": 30}


def chargeable(amount: Money) -> int:
    """`to_stripe` of money to ask for; `Refused` when it is under the least."""
    count = to_stripe(amount)
    if count < _LEAST.get(amount.currency, 1):
        raise Refused(f"{amount.label()} is too little for Stripe.", reason="amount_not_taken")
    return count


def to_stripe(amount: Money) -> int:
    """The amount as Stripe's integer. `Refused` when it cannot be written."""
    ours, theirs = minor_digits(amount.currency), _DIGITS.get(amount.currency, 2)
    count, rest = divmod(amount.amount_minor * int(10**theirs), int(10**ours))
    if rest or count % _STEPS.get(amount.currency, 1):
        raise Refused(f"Stripe cannot charge {amount.label()} exactly.", reason="amount_not_taken")
    return count


def from_stripe(count: int, currency: str) -> Money:
    """What Stripe's integer means; the currency in any case."""
    code = currency.upper()
    whole = count * int(10 ** minor_digits(code))
    return Money(whole // int(10 ** _DIGITS.get(code, 2)), code)
