"""Consumption tax of one document: rounded once per rate, never per line.

That is the rule for a qualified invoice (適格請求書): 10 % and the reduced 8 % stand apart, and a
document has one rounding for each.
"""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

TaxClass: TypeAlias = Literal["standard", "reduced", "exempt"]
Rounding: TypeAlias = Literal["down", "half_up", "up"]

RATES_PERCENT: Final[dict[TaxClass, int]] = {"standard": 10, "reduced": 8, "exempt": 0}
_ORDER: Final[tuple[TaxClass, ...]] = ("standard", "reduced", "exempt")


class Taxed(msgspec.Struct, frozen=True):
    """An amount after its discount; `included` when the tax is part of it already."""

    amount_minor: int
    tax_class: TaxClass
    included: bool


class TaxLine(msgspec.Struct, frozen=True):
    """One rate of a document: `net_minor + tax_minor` is what is paid at this rate.

    `added_minor` is the part of the tax that stands on top of the prices shown.
    """

    tax_class: TaxClass
    rate_percent: int
    net_minor: int
    tax_minor: int
    added_minor: int

    @property
    def gross_minor(self) -> int:
        """What is paid at this rate, tax and all."""
        return self.net_minor + self.tax_minor


def tax_by_rate(amounts: Iterable[Taxed], rounding: Rounding = "down") -> tuple[TaxLine, ...]:
    """A line per rate that occurs, standard first; their gross amounts sum to the total.

    Prices with and without tax may stand side by side: the rate is still rounded once.
    """
    sums: dict[TaxClass, tuple[int, int]] = {}
    for one in amounts:
        within, without = sums.get(one.tax_class, (0, 0))
        more = (one.amount_minor, 0) if one.included else (0, one.amount_minor)
        sums[one.tax_class] = (within + more[0], without + more[1])
    return tuple(_line(kind, sums[kind], rounding) for kind in _ORDER if kind in sums)


def _line(kind: TaxClass, amounts: tuple[int, int], rounding: Rounding) -> TaxLine:
    rate, (with_tax, without) = RATES_PERCENT[kind], amounts
    # with_tax * rate / (100 + rate)  +  without * rate / 100, as one fraction.
    within = with_tax * rate * 100
    tax = _rounded(within + without * rate * (100 + rate), 100 * (100 + rate), rounding)
    inner = tax if not without else _rounded(within, 100 * (100 + rate), rounding)
    added = tax - inner
    return TaxLine(kind, rate, with_tax + without - inner, tax, added)


def _rounded(top: int, bottom: int, rounding: Rounding) -> int:
    if rounding == "up":
        return -(-top // bottom)
    if rounding == "half_up":
        return (2 * top + bottom) // (2 * bottom)
    return top // bottom
