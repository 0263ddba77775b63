"""Buying in tests: carts, checkouts and payments of a `Shop`, and a provider that can be told."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Session
from kaiwa.engines.http import AiohttpHttp, Http
from kaiwa.engines.queue import Claim, Job, claim
from kaiwa.engines.secrets import Secrets
from kaiwa.orders import cart as c
from kaiwa.orders import checkout as co
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.checkout_record import Buyer, Checkout
from kaiwa.orders.completing import CompleteCheckout, complete, conclude
from kaiwa.orders.fact import OrdersFact
from kaiwa.orders.order import Order, order
from kaiwa.orders.paying import Paying
from kaiwa.orders.payment import Payment, last_payment
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.payments import (
    Account,
    Charge,
    GiveBack,
    GivenBack,
    Heard,
    Outcome,
)
from kaiwa.payments.registry import providers
from kaiwa.vocabulary.errors import NotAuthentic, Unreachable
from tests.orders.shop import Shop

TOKYO = PostalAddress("山田花子", "150-0001", "東京都", "渋谷区", "神宮前1-2-3", phone="0312345678")
HANAKO = Buyer("山田花子", "hanako@example.com")


class Moody:
    """A provider that does what `mood` says, and remembers what it was asked for."""

    kind = "moody"
    name = "Moody"
    abilities: frozenset = frozenset()
    credential_names: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.mood: Any = "paid"
        self.charged: dict[str, int] = {}
        self.given_back: dict[str, int] = {}
        self.calls = 0

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        self.calls += 1
        if self.mood == "away":
            raise Unreachable("It does not answer.")
        if self.mood in ("paid", "lost"):
            self.charged.setdefault(charge.key, charge.amount.amount_minor)
        if self.mood == "lost":
            raise Unreachable("The answer was lost.", maybe_done=True)
        if self.mood == "paid":
            return Outcome("paid", f"ref-{charge.key}")
        return Outcome(self.mood, f"ref-{charge.key}", url="https://pay.example/", reason="no")

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        if self.mood == "away":
            raise Unreachable("It does not answer.")
        paid = charge.key in self.charged
        return Outcome("paid" if paid else "not_seen", f"ref-{charge.key}")

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        self.given_back.setdefault(back.key, back.amount.amount_minor)
        return GivenBack("completed", f"back-{back.key}")

    def hear(self, body: bytes, headers: Mapping[str, str], account: Account) -> list[Heard]:
        if headers.get("signature") != "right":
            raise NotAuthentic("The signature is wrong.")
        return msgspec.json.decode(body, type=list[Heard])


class Till:
    """Buys in a shop that has one rate (550 yen, free from 10,000) and ways to pay."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.db = shop.db
        self.facts: list[OrdersFact] = []
        self.moody = Moody()
        providers()["moody"] = self.moody

        def furnish(s: Session) -> dict[str, int]:
            add_rate(
                s,
                shop.merchant_id,
                Rate("宅急便", "yamato", amount_minor=550, free_from_minor=10_000),
            )
            codes = {
                "card": NewMethod("card", "moody"),
                "cod": NewMethod("cod", "cash_on_delivery", fee_minor=330, most_minor=300_000),
                "bank": NewMethod("bank", "bank_transfer", settings={"bank": "みずほ"}),
            }
            return {code: add_method(s, shop.merchant_id, new) for code, new in codes.items()}

        self.methods = self.db.write_now(furnish)
        self.clock = SetClock(shop.now)
        self.paying = Paying(self.db, self.clock, AiohttpHttp(), Secrets(b"k" * 32), self.announce)

    def announce(self, session: Session, fact: OrdersFact) -> None:
        self.facts.append(fact)

    def wait(self, seconds: float) -> None:
        self.clock.move(seconds)
        self.shop.now = self.clock.now()

    def cart(self, *wanted: tuple[int, int], customer_id: int | None = None) -> c.Cart:
        def work(s: Session) -> c.Cart:
            cart = c.create_cart(s, self.shop.command(), c.CreateCart(customer_id))
            for variant_id, quantity in wanted:
                request = c.AddToCart(cart.id, variant_id, quantity)
                cart = c.add_to_cart(s, self.shop.command(), request)
            return cart

        return self.db.write_now(work)

    def open(self, cart_id: int, **given) -> co.CheckoutView:
        request = co.OpenCheckout(cart_id)
        return self.db.write_now(lambda s: co.open_checkout(s, self.shop.command(**given), request))

    def update(self, checkout_id: int, **said) -> co.CheckoutView:
        request = co.UpdateCheckout(checkout_id, **said)
        return self.db.write_now(lambda s: co.update_checkout(s, self.shop.command(), request))

    def ready(self, cart_id: int, method: str = "card", **said) -> co.CheckoutView:
        """A checkout with everything said."""
        opened = self.open(cart_id)
        said = {"buyer": HANAKO, "address": TOKYO, "method_id": self.methods[method]} | said
        return self.update(opened.checkout.id, **said)

    def complete(self, checkout_id: int, **given) -> Checkout:
        """As a door does it: begin, call the provider, record."""
        request = CompleteCheckout(checkout_id)
        return asyncio.run(self.paying.complete(self.shop.command(**given), request))

    def begin(self, checkout_id: int, **given) -> co.CheckoutView:
        """As the bot does it: begin, the queue does the rest."""
        request = CompleteCheckout(checkout_id)
        return self.db.write_now(
            lambda s: complete(s, self.shop.command(**given), request, self.announce)
        )

    def answer(self, payment_id: int, outcome: Outcome) -> Payment:
        return self.db.write_now(
            lambda s: conclude(s, self.shop.command(), payment_id, outcome, self.announce)
        )

    def payment(self, checkout_id: int) -> Payment:
        found = self.db.read_now(lambda s: last_payment(s, self.shop.merchant_id, checkout_id))
        assert found is not None
        return found

    def show(self, checkout_id: int) -> Checkout:
        command = self.shop.command()
        return self.db.read_now(lambda s: co.show_checkout(s, command, checkout_id))

    def order(self, order_id: int | None) -> Order:
        assert order_id is not None
        return self.db.read_now(lambda s: order(s, self.shop.merchant_id, order_id))

    def bought(self, *wanted: tuple[int, int], method: str = "card", **said) -> Order:
        """An order of these, paid if the method pays at once."""
        ready = self.ready(self.cart(*wanted).id, method, **said)
        return self.order(self.complete(ready.checkout.id).order_id)

    def work(self) -> list[str]:
        """Run the jobs that are due once; their kinds and what became of them."""
        jobs = self.db.write_now(lambda s: claim(s, Claim("orders", "test", 64), self.shop.now))
        return [asyncio.run(self._run(job)) for job in jobs]

    async def _run(self, job: Job) -> str:
        handlers = {
            "settle": self.paying.settle,
            "give_back": self.paying.give_back,
            "expire_checkout": self.paying.expire_checkout,
        }
        try:
            await handlers[job.kind](job)
        except Unreachable:
            self.db.write_now(lambda s: s.run("UPDATE job SET state = 0 WHERE id = :i", i=job.id))
            return f"{job.kind}: later"
        return job.kind
