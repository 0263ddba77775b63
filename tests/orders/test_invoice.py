"""An invoice says what the tax office asks for, and its sums are those of the order."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.engines.db import Database
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.change import ChangeOrder, change_order
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.invoice import Invoice, InvoiceDiscount, InvoiceLine, InvoiceRate, invoice
from kaiwa.orders.invoice_number import check_digit, checked_invoice_number
from kaiwa.orders.terms import Seller, Terms, set_terms
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from tests.orders.shop import NOW, Shop
from tests.orders.till import Till

NUMBER = "T7010705000725"
TEA_HOUSE = Seller("茶舗 山の端", address="京都府京都市中京区1-2", phone="0751234567")


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def billed(till: Till, order_id: int, merchant_id: int | None = None) -> Invoice:
    owner = merchant_id or till.shop.merchant_id
    return till.db.read_now(lambda s: invoice(s, owner, order_id))


def say_terms(till: Till, new: Terms) -> None:
    till.db.write_now(lambda s: set_terms(s, till.shop.merchant_id, new))


def test_two_rates_and_a_coupon_are_billed_as_the_tax_office_counts(till: Till) -> None:
    cup = till.shop.article("CUP", 1100)
    tea = till.shop.article("TEA", 1080, tax_class="reduced")
    rule = CouponRule("OFF200", "fixed", amount_minor=200)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    say_terms(till, Terms(TEA_HOUSE, NUMBER))
    bought = till.bought((cup, 1), (tea, 1), codes=("OFF200",))
    assert billed(till, bought.id) == Invoice(
        number="1001",
        issuer=TEA_HOUSE,
        registration_number=NUMBER,
        dated_on=date(2026, 11, 20),
        recipient="山田花子",
        currency="JPY",
        lines=(
            InvoiceLine("item", "Article CUP", 1, 1100, 1100, 10, True, False),
            InvoiceLine("item", "Article TEA", 1, 1080, 1080, 8, True, True),
            InvoiceLine("shipping", "宅急便", 1, 550, 550, 10, True, False),
        ),
        discounts=(InvoiceDiscount("OFF200", 200, {10: 121, 8: 79}),),
        rates=(
            InvoiceRate(10, False, 1529, 1390, 139),
            InvoiceRate(8, True, 1001, 927, 74),
        ),
        total_minor=2530,
        revised=False,
    )


def test_the_tax_of_a_rate_is_rounded_once_not_per_line(till: Till) -> None:
    sweets = [till.shop.article(f"S{n}", 105, tax_class="reduced") for n in range(3)]
    bought = till.bought(*((one, 1) for one in sweets))
    reduced = billed(till, bought.id).rates[1]
    # A line alone would have 7, and three of them 21.
    assert reduced == InvoiceRate(8, True, 315, 292, 23)


def test_without_a_number_it_is_no_qualified_invoice(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    plain = billed(till, bought.id)
    assert (plain.qualified, plain.registration_number, plain.has_reduced) == (False, None, False)
    assert plain.issuer.name.startswith("Shop ")


def test_the_date_is_the_day_in_the_shop(till: Till) -> None:
    till.wait((datetime(2026, 11, 20, 16, 30, tzinfo=UTC) - NOW).total_seconds())
    bought = till.bought((till.shop.article("CUP"), 1))
    assert billed(till, bought.id).dated_on == date(2026, 11, 21)


def test_an_order_that_became_smaller_is_billed_as_it_is_now(till: Till) -> None:
    cup = till.shop.article("CUP", 1100)
    bought = till.bought((cup, 3))
    part = bought.lines[0].part
    fewer = ChangeOrder(bought.id, lines={part: 1})
    till.db.write_now(lambda s: change_order(s, till.shop.command(), fewer, till.announce))
    now = billed(till, bought.id)
    assert (now.revised, now.lines[0].quantity, now.total_minor) == (True, 1, 1650)
    assert now.rates == (InvoiceRate(10, False, 1650, 1500, 150),)


def test_a_cancelled_order_is_not_billed(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    gone = CancelOrder(bought.id)
    till.db.write_now(lambda s: cancel_order(s, till.shop.command(), gone, till.announce))
    with pytest.raises(Conflict, match="cancelled"):
        billed(till, bought.id)


def test_another_shop_cannot_bill_it(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1))
    with pytest.raises(NotFound):
        billed(till, bought.id, Shop(till.db).merchant_id)


@pytest.mark.parametrize(
    "written",
    ["T7010705000725", "t7010705000725", "Ｔ７０１０７０５０００７２５", "T7-0107-0500-0725"],
)
def test_a_number_is_kept_as_it_is_printed(written: str) -> None:
    assert checked_invoice_number(written) == NUMBER


@pytest.mark.parametrize("written", ["", "T", "7010705000725", "T701070500072", "T70107050007255"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Invalid, match="T and 13 digits"):
        checked_invoice_number(written)


def test_a_number_with_a_wrong_check_digit_changes_nothing(till: Till) -> None:
    say_terms(till, Terms(TEA_HOUSE, NUMBER))
    with pytest.raises(Invalid, match="check digit"):
        say_terms(till, Terms(TEA_HOUSE, "T8010705000725"))
    bought = till.bought((till.shop.article("CUP"), 1))
    assert billed(till, bought.id).registration_number == NUMBER


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 8))
def test_one_digit_typed_wrongly_is_seen(digits: str, place: int, more: int) -> None:
    wrong = (int(digits[place]) + more) % 10
    typed = digits[:place] + str(wrong) + digits[place + 1 :]
    # 0 and 9 are the same by 9: the only slip that the digit cannot see.
    seen = {int(digits[place]), wrong} != {0, 9}
    assert 1 <= check_digit(digits) <= 9
    assert (check_digit(typed) != check_digit(digits)) == seen
