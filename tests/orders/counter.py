"""A till whose ways to pay are Stripe's, at a stateful stand-in, with its webhooks."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from kaiwa.engines.db import Session
from kaiwa.engines.http import HttpAnswer
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.completing import CompleteCheckout
from kaiwa.orders.order import OrderEvent, events
from kaiwa.orders.paying import Paying
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.refund import Refund, refunds_of
from kaiwa.vocabulary.errors import Unreachable
from tests.fakes.line_http import InProcessHttp
from tests.fakes.stripe_http import SECRET_KEY, WEBHOOK_SECRET, StripeHttp, signed
from tests.orders.shop import Shop
from tests.orders.till import Till

KEYS = {"secret_key": SECRET_KEY, "webhook_secret": WEBHOOK_SECRET}


class Counter(Till):
    """Methods `page` (card), `konbini`, `transfer` beside those of every till."""

    def __init__(self, shop: Shop) -> None:
        super().__init__(shop)
        self.fake = StripeHttp(now=lambda: self.clock.now().timestamp())
        self.http = _Hasty(self.fake)
        secrets = Secrets(b"k" * 32)
        kinds = {"page": "card", "konbini": "konbini", "transfer": "bank_transfer"}

        def furnish(s: Session) -> dict[str, int]:
            there = (KEYS, "http://stripe.test")
            return {
                code: add_method(
                    s,
                    shop.merchant_id,
                    NewMethod(code, "stripe", "", 0, None, *there, {"kind": kind}),
                    secrets,
                )
                for code, kind in kinds.items()
            }

        self.methods |= self.db.write_now(furnish)
        self.paying = Paying(
            self.db, self.clock, self.http, secrets, self.announce, "https://kaiwa.example"
        )
        self.told = 0

    def pay(self, method: str = "page", card: str | None = None, stock: int = 5) -> Checkout:
        """A cup is bought as a door does it; `card` is a token the caller has."""
        cup = self.shop.article("CUP", stock=stock)
        return self.pay_for(self.ready(self.cart((cup, 1)).id, method).checkout.id, card)

    def pay_for(self, checkout_id: int, card: str | None = None) -> Checkout:
        request = CompleteCheckout(checkout_id, card)
        return asyncio.run(self.paying.complete(self.shop.command(), request))

    def hear(self, *bodies: bytes) -> int:
        """Webhooks arrive; how many are about something here."""
        return sum(asyncio.run(self.heard(body)) for body in bodies)

    async def heard(self, body: bytes) -> int:
        headers = {"stripe-signature": signed(body, self.clock.now().timestamp())}
        there = (self.shop.merchant_id, self.methods["page"])
        return await self.paying.hear(*there, body, headers)

    def news(self) -> list[bytes]:
        """The events that Stripe caused since the last look."""
        new = self.fake.events[self.told :]
        self.told = len(self.fake.events)
        return new

    def deliver(self) -> int:
        """All of them arrive."""
        return self.hear(*self.news())

    def session(self) -> dict[str, Any]:
        return list(self.fake.platform.sessions.values())[-1]

    def intent(self) -> dict[str, Any]:
        return list(self.fake.platform.intents.values())[-1]

    def paid_at_stripe(self) -> int:
        """How many payments there are that took money and kept it."""
        back = {one["payment_intent"] for one in self.fake.platform.refunds.values()}
        intents = self.fake.platform.intents.values()
        return sum(one["status"] == "succeeded" and one["id"] not in back for one in intents)

    def happened(self, order_id: int | None) -> list[OrderEvent]:
        assert order_id is not None
        return self.db.read_now(lambda s: events(s, self.shop.merchant_id, order_id))

    def refunds(self, order_id: int | None) -> list[Refund]:
        assert order_id is not None
        return [*self.db.read_now(lambda s: refunds_of(s, self.shop.merchant_id, order_id))]

    def drained(self) -> list[str]:
        """Run what is due until nothing is, or only what is put off."""
        done: list[str] = []
        while (now := self.work()) and not all(one.endswith("later") for one in now):
            done += now
        return done + now


class _Hasty(InProcessHttp):
    """Calls the stand-in; with `first`, its webhooks are taken before its answer is.

    While `silent`, nobody answers.
    """

    first: Any = None
    silent = False

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        if self.silent:
            raise Unreachable("Nobody answers.")
        answer = await super().call(method, url, headers=headers, body=body)
        if self.first is not None:
            await self.first()
        return answer


def changed(body: bytes, **fields: object) -> bytes:
    """An event about something with other facts."""
    event = json.loads(body)
    event["data"]["object"] |= fields
    return json.dumps(event).encode()
