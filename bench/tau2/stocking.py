"""Fills our tables with the benchmark's shop: articles, customers, wallets, orders."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from bench.tau2.retail import Data, name_of, variants
from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.cancellation import cancel_now
from kaiwa.orders.checkout_record import Body, Buyer
from kaiwa.orders.command import Command
from kaiwa.orders.default_address import SetDefaultAddress, set_default_address
from kaiwa.orders.fact import OrdersFact
from kaiwa.orders.gift_card import IssueGiftCard, issue_gift_card, spend
from kaiwa.orders.order import OrderBody
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.placing import NewLine, NewOrder, insert_order
from kaiwa.orders.refund import refund_settled, refunds_of
from kaiwa.orders.saved_method import SaveMethod, save_method
from kaiwa.orders.shipment import ParcelNews, insert_shipment, record_news
from kaiwa.orders.terms import Terms, set_terms
from kaiwa.orders.totals import Bill, Part, total_up
from kaiwa.payments import GivenBack, Outcome
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import to_micros

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
SOURCES = ("credit_card", "paypal", "gift_card")
PLENTY = 1_000


class Stocked(msgspec.Struct):
    """Where everything is: our ids by the benchmark's."""

    merchant_id: int
    methods: dict[str, int] = {}
    variants: dict[str, int] = {}
    customers: dict[str, int] = {}
    saved: dict[str, int] = {}
    cards: dict[str, int] = {}
    orders: dict[str, int] = {}
    sources: dict[str, str] = {}

    def command(self, principal: str = "bench", key: str | None = None) -> Command:
        """An envelope for somebody."""
        return Command(self.merchant_id, principal, "bench", NOW, key)


def announce(session: Session, fact: OrdersFact) -> None:
    """Nobody listens."""


def stock(session: Session, data: Data) -> Stocked:
    """A new merchant with all of it."""
    shop = create_merchant(session, NewMerchant("Retail", currency="USD", language="en"), NOW)
    it = Stocked(shop.id)
    reasons = ("no longer needed", "ordered by mistake")
    set_terms(session, shop.id, Terms(cancel_reasons=reasons, return_delivered_only=True))
    for source in SOURCES:
        provider = "gift_card" if source == "gift_card" else "test_provider"
        it.methods[source] = add_method(session, shop.id, NewMethod(source, provider))
    _articles(session, it, data)
    spent = _spent(data)
    for user in data["users"].values():
        _customer(session, it, user, spent)
    for order in data["orders"].values():
        _order(session, it, data, order)
    _shelves(session, it, data)
    return it


def address_of(told: Data, name: str) -> PostalAddress:
    """The benchmark's address as ours."""
    return PostalAddress(
        name, told["zip"], told["state"], told["city"], told["address1"], told["address2"],
        "US" if told["country"] == "USA" else told["country"],
    )  # fmt: skip


def _articles(session: Session, it: Stocked, data: Data) -> None:
    change = next_change(session, it.merchant_id)
    for product in data["products"].values():
        text = ProductText(product["product_id"], product["name"])
        product_id = put_product(session, it.merchant_id, text, NOW, change)
        told = [
            VariantText(Money(one["price"], "USD"), sku=item_id, options=one["options"],
                        tax_class="exempt")
            for item_id, one in product["variants"].items()
        ]  # fmt: skip
        ids = put_variants(session, it.merchant_id, product_id, told, NOW)
        it.variants |= dict(zip(product["variants"], ids, strict=True))
    _shelves(session, it, data)


def _shelves(session: Session, it: Stocked, data: Data) -> None:
    """What is there is there in plenty: the benchmark has a flag where we count."""
    change = next_change(session, it.merchant_id)
    for item_id, one in variants(data).items():
        level = Level(PLENTY if one["available"] else 0)
        set_stock(session, it.merchant_id, it.variants[item_id], level, change)


def _spent(data: Data) -> dict[str, int]:
    """What was paid with each gift card for orders that stand."""
    found: dict[str, int] = {}
    for order in data["orders"].values():
        if order["status"] != "cancelled":
            paid = order["payment_history"][0]
            place = paid["payment_method_id"]
            found[place] = found.get(place, 0) + paid["amount"]
    return found


def _customer(session: Session, it: Stocked, user: Data, spent: dict[str, int]) -> None:
    row = session.one(
        """INSERT INTO customer (merchant_id, name, created_at) VALUES (:m, :name, :now)
        RETURNING id""",
        m=it.merchant_id,
        name=name_of(user),
        now=NOW,
    )
    assert row is not None
    who = it.customers[user["user_id"]] = int(row[0])
    address = address_of(user["address"], name_of(user))
    set_default_address(session, it.command(), SetDefaultAddress(who, address))
    for code, way in user["payment_methods"].items():
        source = it.sources[code] = way["source"]
        card_id = None
        if source == "gift_card":
            worth = Money(way["balance"] + spent.get(code, 0), "USD")
            card_id = issue_gift_card(session, it.command(), IssueGiftCard(worth, who, code)).id
            it.cards[code] = card_id
        request = SaveMethod(who, it.methods[source], code, None if card_id else code, card_id)
        it.saved[code] = save_method(session, it.command(), request).id


def _order(session: Session, it: Stocked, data: Data, told: Data) -> None:
    user = data["users"][told["user_id"]]
    who, number = it.customers[told["user_id"]], told["order_id"].removeprefix("#")
    checkout_id = _checkout(session, it, who, number, user)
    parts = tuple(
        Part(f"i{place}", "item", one["price"], 1, "exempt", True, one["name"])
        for place, one in enumerate(told["items"], 1)
    )
    bill = Bill("USD", parts)
    totals = total_up(bill)
    address = address_of(told["address"], name_of(user))
    new = NewOrder(
        number, name_of(user), user["email"].casefold(), None, OrderBody(address), bill,
        msgspec.json.encode(totals).decode(), totals.total_minor, "before", to_micros(NOW),
        checkout_id, who, totals.total_minor, to_micros(NOW),
    )  # fmt: skip
    lines = [
        NewLine(f"i{place}", one["item_id"], it.variants.get(one["item_id"]))
        for place, one in enumerate(told["items"], 1)
    ]
    order_id = it.orders[told["order_id"]] = insert_order(session, it.command(), new, lines)
    _paid(session, it, told, (order_id, checkout_id, number))
    _further(session, it, told, order_id)


def _checkout(session: Session, it: Stocked, who: int, number: str, user: Data) -> int:
    place: dict[str, Any] = {"m": it.merchant_id, "key": number, "who": who, "now": NOW}
    row = session.one(
        """INSERT INTO cart (merchant_id, key, customer_id, channel, currency, state, version,
        codes, created_at, updated_at) VALUES (:m, :key, :who, 'bench', 'USD', 'converted', 1,
        '[]', :now, :now) RETURNING id""",
        **place,
    )
    assert row is not None
    body = Body(Bill("USD", ()), (), buyer=Buyer(name_of(user), user["email"]))
    made = session.one(
        """INSERT INTO checkout (merchant_id, key, cart_id, customer_id, channel, principal, state,
        version, body, expires_at, created_at, updated_at) VALUES (:m, :key, :cart, :who, 'bench',
        'bench', 'completed', 1, :body, :now, :now, :now) RETURNING id""",
        cart=row[0],
        body=msgspec.json.encode(body).decode(),
        **place,
    )
    assert made is not None
    return int(made[0])


def _paid(session: Session, it: Stocked, told: Data, ids: tuple[int, int, str]) -> None:
    order_id, checkout_id, number = ids
    paid = told["payment_history"][0]
    code = paid["payment_method_id"]
    outcome = Outcome("paid", f"was-{number}")
    row = session.one(
        """INSERT INTO payment (merchant_id, checkout_id, payment_method_id, order_id, attempt,
        key, amount_minor, currency, state, reference, detail, created_at, updated_at,
        saved_method_id) VALUES (:m, :checkout, :method, :order, 1, :key, :amount, 'USD', 'paid',
        :reference, :detail, :now, :now, :saved) RETURNING id""",
        m=it.merchant_id,
        checkout=checkout_id,
        method=it.methods[it.sources[code]],
        order=order_id,
        key=f"{number}-1",
        amount=paid["amount"],
        reference=outcome.reference,
        detail=msgspec.json.encode(outcome).decode(),
        now=NOW,
        saved=it.saved[code],
    )
    assert row is not None
    if it.sources[code] == "gift_card" and told["status"] != "cancelled":
        amount = Money(paid["amount"], "USD")
        spend(session, it.command(), it.cards[code], amount, f"payment:{row[0]}")


def _further(session: Session, it: Stocked, told: Data, order_id: int) -> None:
    if told["status"] == "cancelled":
        cancel_now(session, it.command(), order_id, "", announce)
        for one in refunds_of(session, it.merchant_id, order_id):
            done = GivenBack("completed", "before")
            refund_settled(session, it.command(), one.id, done, announce)
    for parcel in told["fulfillments"]:
        lines = {f"i{place}": 1 for place, _ in enumerate(told["items"], 1)}
        what = ("generic", parcel["tracking_id"][0])
        shipment_id = insert_shipment(session, it.command(), order_id, what, lines)
        if told["status"] == "delivered":
            news = ParcelNews(shipment_id, "delivered", NOW)
            record_news(session, it.command(), news, announce)
