"""What the FAQ says is what the shop's settings do."""

import re

from kaiwa.commands.demo import demo_folder
from kaiwa.demo.trade import (
    AT_THE_DOOR,
    FIRST_OFF_FROM,
    FREE_FROM,
    RETURN_DAYS,
    SHIPPING,
    TERMS,
    TO_OKINAWA,
    WRAPPING,
    coupons,
    open_for_trade,
)
from kaiwa.engines.db import Database, Session
from kaiwa.knowledge.importing import read_faq
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.orders.address import PREFECTURES
from kaiwa.orders.payment_method import methods
from kaiwa.orders.shipping import Parcel, price_of, rates_for
from kaiwa.orders.terms import terms
from tests.demo.shop import NOW

REPORT = read_faq((demo_folder() / "faq.csv").read_bytes())
SHARPENING = 1_650
KNOWN = {
    SHIPPING, TO_OKINAWA, FREE_FROM, AT_THE_DOOR, WRAPPING, FIRST_OFF_FROM, SHARPENING
}  # fmt: skip


def _answer(question: str) -> str:
    return next(entry.answer for entry in REPORT.taken if entry.question == question)


def test_both_languages_have_as_many_entries_and_none_is_refused() -> None:
    assert REPORT.refused == ()
    count = {
        language: sum(entry.language == language for entry in REPORT.taken)
        for language in ("ja", "en")
    }
    assert count["ja"] == count["en"] >= 40


def test_every_amount_of_money_is_one_of_the_shops() -> None:
    amounts = {
        int(found.replace(",", ""))
        for entry in REPORT.taken
        for pair in re.findall(r"¥([\d,]*\d)|([\d,]*\d)円", entry.answer)
        for found in pair
        if found
    }
    assert amounts == KNOWN


def test_both_languages_name_the_same_facts() -> None:
    for japanese, english, facts in (
        ("送料はいくらですか", "How much is shipping?", (SHIPPING, TO_OKINAWA, FREE_FROM)),
        ("返品や交換はできますか", "Can I return or exchange an item?", (RETURN_DAYS,)),
        ("支払い方法は何がありますか", "Which payment methods do you accept?", (AT_THE_DOOR,)),
        ("ギフト包装はできますか", "Do you offer gift wrapping?", (WRAPPING,)),
    ):
        for fact in facts:
            for question in (japanese, english):
                plain = _answer(question).replace(",", "")
                assert re.search(rf"(?<!\d){fact}(?!\d)", plain), (question, fact)
    number = TERMS.invoice_number or ""
    assert number in _answer("適格請求書の登録番号を教えてください")
    assert number in _answer("What is your invoice registration number?")
    assert coupons(NOW)[0].code in _answer("Is there a coupon for a first order?")


def test_the_settings_do_what_is_said(database: Database) -> None:
    def story(s: Session) -> None:
        shop = create_merchant(s, NewMerchant("木立道具店"), NOW).id
        open_for_trade(s, shop, NOW)
        for region in PREFECTURES:
            for goods, wanted in (
                (FREE_FROM - 1, TO_OKINAWA if region == "沖縄県" else SHIPPING),
                (FREE_FROM, 0),
            ):
                parcel = Parcel("JP", region, 900, goods)
                (rate,) = rates_for(s, shop, parcel)
                assert price_of(rate, parcel) == wanted
        assert {one.code: one.fee_minor for one in methods(s, shop)} == {
            "card": 0,
            "konbini": 0,
            "cod": AT_THE_DOOR,
            "bank": 0,
        }
        assert terms(s, shop).return_days == RETURN_DAYS
        assert terms(s, shop).wrap("washi").amount_minor == WRAPPING

    database.write_now(story)


def test_the_invoice_number_passes_its_check() -> None:
    check, *rest = (int(digit) for digit in (TERMS.invoice_number or "")[1:])
    weighed = sum(digit * (2 if place % 2 else 1) for place, digit in enumerate(reversed(rest)))
    assert check == 9 - weighed % 9
