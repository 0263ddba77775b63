"""Money adds up: entries to the total, tax lines to their parent, shares to their discount."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.orders.discount import Level, split
from kaiwa.orders.tax import Rounding, Taxed, TaxLine, tax_by_rate
from kaiwa.orders.totals import (
    Bill,
    Entry,
    Part,
    Totals,
    difference,
    total_up,
    with_discount,
    with_quantities,
)

CURRENCIES = ("JPY", "USD", "KWD")
ROUNDINGS: tuple[Rounding, ...] = ("down", "half_up", "up")
LEVELS: tuple[Level, ...] = ("items", "order", "shipping")

classes = st.sampled_from(["standard", "reduced", "exempt"])
parts = st.builds(
    lambda kind, unit, quantity, tax, included: Part("", kind, unit, quantity, tax, included),
    st.sampled_from(["item", "item", "item", "shipping", "gift_wrap", "fee"]),
    st.integers(0, 10**7),
    st.integers(0, 99),
    classes,
    st.booleans(),
)
discounts = st.tuples(st.sampled_from(LEVELS), st.integers(0, 10**8), st.booleans())


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    numbered = [
        Part(f"p{n}", p.kind, p.unit_minor, p.quantity, p.tax_class, p.tax_included)
        for n, p in enumerate(draw(st.lists(parts, min_size=1, max_size=8)))
    ]
    rounding: Rounding = draw(st.sampled_from(ROUNDINGS))
    bill = Bill(draw(st.sampled_from(CURRENCIES)), tuple(numbered), (), rounding)
    for n, (level, amount, some) in enumerate(draw(st.lists(discounts, max_size=4))):
        keys = {p.key: bill.left(p) for p in bill.parts[:: 2 if some else 1]}
        bill = with_discount(bill, f"d{n}", level, amount, keys)
    return bill


def adds_up(totals: Totals, *, signed: bool = False) -> None:
    kinds = [entry.kind for entry in totals.entries]
    assert kinds[0] == "subtotal"
    assert kinds[-1] == "total"
    assert kinds.count("subtotal") == kinds.count("total") == 1
    assert sum(entry.amount_minor for entry in totals.entries[:-1]) == totals.total_minor
    assert sum(line.gross_minor for line in totals.taxes) == totals.total_minor
    assert sum(line.added_minor for line in totals.taxes) == totals.amount_of("tax")
    if not signed:
        assert totals.total_minor >= 0
        assert all(line.tax_minor >= 0 and line.net_minor >= 0 for line in totals.taxes)


@settings(max_examples=150, deadline=None)
@given(bills())
def test_entries_and_tax_lines_sum_to_the_total_and_never_below_zero(bill: Bill) -> None:
    adds_up(total_up(bill))


@settings(max_examples=100, deadline=None)
@given(bills())
def test_each_rate_is_rounded_once(bill: Bill) -> None:
    for line in total_up(bill).taxes:
        top = 0
        for part in bill.parts:
            if part.tax_class == line.tax_class:
                shape = 100 if part.tax_included else 100 + line.rate_percent
                top += bill.left(part) * line.rate_percent * shape
        off = line.tax_minor * 100 * (100 + line.rate_percent) - top
        assert abs(off) < 100 * (100 + line.rate_percent)
        assert bill.rounding != "down" or off <= 0
        assert bill.rounding != "up" or off >= 0


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=3), st.integers(0, 10**9), max_size=9), st.data())
def test_a_split_is_exact_and_takes_nobody_more_than_it_has(
    weights: dict[str, int], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(0, sum(weights.values())))
    shares = split(amount, weights)
    assert sum(shares.values()) == amount
    assert all(0 < share <= weights[key] for key, share in shares.items())
    whole = sum(weights.values())
    assert all(abs(shares.get(k, 0) - amount * w / whole) < 1.001 for k, w in weights.items() if w)


@settings(max_examples=100, deadline=None)
@given(bills(), st.data())
def test_a_lowered_order_and_its_adjustment_add_up(bill: Bill, data: st.DataObject) -> None:
    left = {p.key: data.draw(st.integers(0, p.quantity)) for p in bill.parts if p.kind == "item"}
    after = with_quantities(bill, left, charges=data.draw(st.booleans()))
    old, new = total_up(bill), total_up(after)
    adds_up(new)
    change = difference(new, old)
    adds_up(change, signed=True)
    assert old.total_minor + change.total_minor == new.total_minor
    assert change.total_minor <= 0


def test_what_is_given_up_entirely_costs_nothing() -> None:
    bill = Bill("JPY", (Part("a", "item", 1100, 3), Part("s", "shipping", 550)))
    bill = with_discount(bill, "SALE", "order", 200)
    assert total_up(with_quantities(bill, {"a": 0}, charges=False)).total_minor == 0


def test_the_japanese_example_of_the_facts() -> None:
    bill = Bill(
        "JPY",
        (
            Part("cup", "item", 1100),
            Part("tea", "item", 1080, tax_class="reduced"),
            Part("post", "shipping", 550),
        ),
    )
    bill = with_discount(bill, "THANKS", "order", 200)
    totals = total_up(bill)
    assert totals.taxes == (
        TaxLine("standard", 10, 1390, 139, 0),
        TaxLine("reduced", 8, 927, 74, 0),
    )
    assert totals.entries == (
        Entry("subtotal", 2180),
        Entry("shipping", 550),
        Entry("discount", -200, "THANKS"),
        Entry("total", 2530),
    )


def test_prices_without_tax_get_it_on_top() -> None:
    bill = Bill("USD", (Part("a", "item", 999, 3, tax_included=False),))
    totals = total_up(bill)
    assert totals.entries == (Entry("subtotal", 2997), Entry("tax", 299), Entry("total", 3296))


def test_lines_are_summed_before_they_are_rounded() -> None:
    (line,) = tax_by_rate([Taxed(108, "reduced", True)] * 3)
    assert line.tax_minor == 24
    (line,) = tax_by_rate([Taxed(105, "reduced", True)] * 3)
    assert line.tax_minor == 23, "rounding each line down would give 21"


def test_both_kinds_of_price_at_one_rate_are_rounded_once() -> None:
    (line,) = tax_by_rate([Taxed(109, "standard", True), Taxed(9, "standard", False)])
    assert (line.net_minor, line.tax_minor, line.added_minor) == (109, 10, 1)


@pytest.mark.parametrize(
    "part",
    [Part("a", "item", -1), Part("a", "item", 1, -1), Part("a", "item", 2**53)],
    ids=["a negative price", "a negative quantity", "too much"],
)
def test_what_no_shop_can_mean_is_refused(part: Part) -> None:
    with pytest.raises(ValueError, match="neither negative"):
        total_up(Bill("JPY", (part,)))
