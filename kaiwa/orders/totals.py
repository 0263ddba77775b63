"""What a purchase costs: from parts and discounts to entries and tax that add up exactly.

A bill is the input and everything else follows from it: a later change of the order makes another
bill, and the difference of the two totals is what is owed. Pure; integer minor units throughout.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.orders.discount import Discount, Level, split, taken_off
from kaiwa.orders.tax import Rounding, TaxClass, Taxed, TaxLine, tax_by_rate

PartKind: TypeAlias = Literal["item", "shipping", "gift_wrap", "fee"]
EntryKind: TypeAlias = Literal[
    "subtotal", "items_discount", "discount", "shipping", "gift_wrap", "fee", "tax", "total"
]

MOST: Final = 2**53 - 1


class Part(msgspec.Struct, frozen=True):
    """Something that is paid for: `quantity` times `unit_minor`."""

    key: str
    kind: PartKind
    unit_minor: int
    quantity: int = 1
    tax_class: TaxClass = "standard"
    tax_included: bool = True
    title: str = ""

    @property
    def amount_minor(self) -> int:
        """Before any discount."""
        return self.unit_minor * self.quantity


class Bill(msgspec.Struct, frozen=True):
    """Everything a total depends on. Part keys are unique."""

    currency: str
    parts: tuple[Part, ...]
    discounts: tuple[Discount, ...] = ()
    rounding: Rounding = "down"

    def part(self, key: str) -> Part | None:
        """The part with this key."""
        return next((part for part in self.parts if part.key == key), None)

    def left(self, part: Part) -> int:
        """What is still to be paid for the part, after its discounts."""
        return part.amount_minor - taken_off(self.discounts, part.key)


class Entry(msgspec.Struct, frozen=True):
    """A line of the totals; discounts are negative. `title` where the kind does not say it all."""

    kind: EntryKind
    amount_minor: int
    title: str = ""


class Totals(msgspec.Struct, frozen=True):
    """One subtotal first, one total last, and all entries but the last sum to it.

    `taxes` sum to the total too, each rate by its net and its tax.
    """

    currency: str
    entries: tuple[Entry, ...]
    taxes: tuple[TaxLine, ...]

    @property
    def total_minor(self) -> int:
        """What is to be paid."""
        return self.entries[-1].amount_minor

    @property
    def tax_minor(self) -> int:
        """The tax of all rates, whether shown on top or contained."""
        return sum(line.tax_minor for line in self.taxes)

    def amount_of(self, kind: EntryKind) -> int:
        """The sum of the entries of a kind."""
        return sum(entry.amount_minor for entry in self.entries if entry.kind == kind)


def total_up(bill: Bill) -> Totals:
    """The totals of a bill. ValueError when it asks for what no shop can mean."""
    _sane(bill)
    taxes = tax_by_rate(
        (Taxed(bill.left(part), part.tax_class, part.tax_included) for part in bill.parts),
        bill.rounding,
    )
    goods = sum(part.amount_minor for part in bill.parts if part.kind == "item")
    entries = [Entry("subtotal", goods)]
    if on_items := sum(d.amount_minor for d in bill.discounts if d.level == "items"):
        entries.append(Entry("items_discount", -on_items))
    entries += [
        Entry(part.kind, part.amount_minor, part.title)
        for part in bill.parts
        if part.kind != "item"
    ]
    entries += [
        Entry("discount", -d.amount_minor, d.title)
        for d in bill.discounts
        if d.level != "items" and d.amount_minor
    ]
    if added := sum(line.added_minor for line in taxes):
        entries.append(Entry("tax", added))
    total = sum(entry.amount_minor for entry in entries)
    return Totals(bill.currency, (*entries, Entry("total", total)), taxes)


def with_discount(
    bill: Bill, title: str, level: Level, amount_minor: int, keys: Mapping[str, int] | None = None
) -> Bill:
    """The bill with up to `amount_minor` taken off the parts of `keys` (weights; all by default).

    Never more than what is left of them; a discount of nothing changes nothing.
    """
    weights = {part.key: bill.left(part) for part in bill.parts} if keys is None else dict(keys)
    amount = min(amount_minor, sum(weights.values()))
    if amount <= 0:
        return bill
    discount = Discount(title, level, amount, split(amount, weights))
    return msgspec.structs.replace(bill, discounts=(*bill.discounts, discount))


def with_quantities(bill: Bill, left: Mapping[str, int], *, charges: bool = True) -> Bill:
    """The bill after some of it was given up: `left` says how many remain of the parts it names.

    Each part keeps its share of every discount in proportion; without `charges`, shipping,
    wrapping and fees are given up too.
    """
    kept = {part.key: left.get(part.key, part.quantity) for part in bill.parts}
    if not charges:
        kept |= {part.key: 0 for part in bill.parts if part.kind != "item"}
    before = {part.key: part.quantity for part in bill.parts}
    if any(not 0 <= kept[key] <= before[key] for key in before):
        raise ValueError("a quantity can only go down")

    parts = tuple(msgspec.structs.replace(part, quantity=kept[part.key]) for part in bill.parts)
    discounts = tuple(_lowered(bill.discounts, kept, before))
    return msgspec.structs.replace(bill, parts=parts, discounts=discounts)


def _lowered(
    discounts: tuple[Discount, ...], kept: Mapping[str, int], before: Mapping[str, int]
) -> Iterator[Discount]:
    # What all discounts together take off a part is rounded up once: giving something up never
    # makes the rest dearer.
    so_far: dict[str, int] = {}
    for discount in discounts:
        shares = {}
        for key, share in discount.shares.items():
            was = so_far.get(key, 0)
            so_far[key] = was + share
            ends = [-(-off * kept[key] // before[key]) for off in (was, was + share)]
            if ends[1] > ends[0]:
                shares[key] = ends[1] - ends[0]
        yield msgspec.structs.replace(discount, amount_minor=sum(shares.values()), shares=shares)


def difference(after: Totals, before: Totals) -> Totals:
    """What has to be added to `before` to get `after`: signed entries that sum to their total."""
    kinds: dict[tuple[EntryKind, str], int] = {}
    for sign, totals in ((1, after), (-1, before)):
        for entry in totals.entries:
            place = (entry.kind, entry.title)
            kinds[place] = kinds.get(place, 0) + sign * entry.amount_minor
    total = kinds.pop(("total", ""))
    entries = tuple(
        Entry(kind, amount, title)
        for (kind, title), amount in kinds.items()
        if amount or kind == "subtotal"
    )
    taxes = _tax_difference(after.taxes, before.taxes)
    return Totals(after.currency, (*entries, Entry("total", total)), taxes)


def _tax_difference(after: tuple[TaxLine, ...], before: tuple[TaxLine, ...]) -> tuple[TaxLine, ...]:
    old = {line.tax_class: line for line in before}
    new = {line.tax_class: line for line in after}
    lines = []
    for kind in old | new:
        one = new.get(kind) or TaxLine(kind, old[kind].rate_percent, 0, 0, 0)
        was = old.get(kind) or TaxLine(kind, one.rate_percent, 0, 0, 0)
        lines.append(
            TaxLine(
                kind,
                one.rate_percent,
                one.net_minor - was.net_minor,
                one.tax_minor - was.tax_minor,
                one.added_minor - was.added_minor,
            )
        )
    return tuple(lines)


def _sane(bill: Bill) -> None:
    if len({part.key for part in bill.parts}) != len(bill.parts):
        raise ValueError("two parts have the same key")
    for part in bill.parts:
        if part.quantity < 0 or part.unit_minor < 0 or part.amount_minor > MOST:
            raise ValueError("a price and a quantity are neither negative nor astronomical")
        if bill.left(part) < 0:
            raise ValueError("nothing may be lowered by more than it is")
    for discount in bill.discounts:
        if discount.amount_minor != sum(discount.shares.values()):
            raise ValueError("a discount is the sum of its shares")
