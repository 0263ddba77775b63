"""Money is whole minor units and an ISO 4217 code; JPY has no minor unit, KWD has three digits."""

import re
from typing import Final

import msgspec

_DIGITS: Final = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_AMOUNT = re.compile(r"([+-]?)([0-9０-９]{0,30})(?:\.([0-9０-９]{0,30}))?")


def minor_digits(currency: str) -> int:
    """How many decimals the currency writes (ISO 4217)."""
    return _DIGITS.get(currency, 2)


class Money(msgspec.Struct, frozen=True, gc=False):
    """An exact amount: `amount_minor` whole minor units of `currency`."""

    amount_minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> "Money":
        """Read "1980" or "19.80"; ValueError when it is no amount or has too many decimals."""
        found = _AMOUNT.fullmatch(amount.strip())
        if found is None or not (found[2] or found[3]):
            raise ValueError(f"not an amount: {amount!r}")
        digits = minor_digits(currency)
        part = (found[3] or "").rstrip("0０")
        if len(part) > digits:
            raise ValueError(f"{currency} has {digits} decimals: {amount!r}")
        whole = int(found[2] or "0") * 10**digits + int(part.ljust(digits, "0") or "0")
        return cls(-whole if found[1] == "-" else whole, currency)

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
        return ("-" if self.amount_minor < 0 else "") + self._written("")

    def label(self) -> str:
        """The amount as shoppers read it: "¥1,980", "$19.80", "KWD 1.500"."""
        sign = "-" if self.amount_minor < 0 else ""
        mark = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}.get(self.currency)
        return f"{sign}{mark or f'{self.currency} '}{self._written(',')}"

    def _written(self, between: str) -> str:
        digits = minor_digits(self.currency)
        whole, part = divmod(abs(self.amount_minor), 10**digits)
        text = f"{whole:,}" if between else str(whole)
        return f"{text}.{part:0{digits}}" if digits else text
