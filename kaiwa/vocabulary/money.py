"""Money is whole minor units and an ISO 4217 code; JPY has no minor unit, KWD has three digits."""

from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

_DIGITS: Final = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}


def minor_digits(currency: str) -> int:
    """How many decimals the currency writes (ISO 4217)."""
    return _DIGITS.get(currency, 2)


class Money(msgspec.Struct, frozen=True):
    """An exact amount: `amount_minor` whole minor units of `currency`."""

    amount_minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> "Money":
        """Read "1980" or "19.80"; ValueError when it is no amount or has too many decimals."""
        try:
            scaled = Decimal(amount.strip()).scaleb(minor_digits(currency))
        except InvalidOperation as error:
            raise ValueError(f"not an amount: {amount!r}") from error
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{currency} has {minor_digits(currency)} decimals: {amount!r}")
        return cls(int(scaled), currency)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.amount_minor * count, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount_minor < other.amount_minor

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")

    def decimal(self) -> str:
        """The amount as a plain decimal string, "1980" or "19.80"."""
        digits = minor_digits(self.currency)
        return f"{Decimal(self.amount_minor).scaleb(-digits):.{digits}f}"

    def label(self) -> str:
        """The amount as shoppers read it: "¥1,980", "$19.80", "KWD 1.500"."""
        digits = minor_digits(self.currency)
        sign = "-" if self.amount_minor < 0 else ""
        number = f"{abs(Decimal(self.amount_minor).scaleb(-digits)):,.{digits}f}"
        mark = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}.get(self.currency)
        return f"{sign}{mark}{number}" if mark else f"{sign}{self.currency} {number}"
