"""Calls payment providers, between transactions; the queue sees through what a caller left."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import structlog

from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.checkout import expire_checkout
from kaiwa.orders.checkout_record import Checkout, checkout_row
from kaiwa.orders.command import Command, forget_commands
from kaiwa.orders.completing import LONGEST, CompleteCheckout, complete, conclude
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.payment import Payment, last_payment, payment, payment_called
from kaiwa.orders.payment_method import Method, method
from kaiwa.orders.refund import refund, refund_settled
from kaiwa.payments import Charge, GiveBack, Outcome, provider
from kaiwa.vocabulary.errors import Refused, Unreachable

T = TypeVar("T")

PATIENCE_S: Final = 30.0

log = structlog.get_logger()


class Paying:
    """Completes checkouts, and handles the jobs `settle`, `give_back`, `expire_checkout`."""

    def __init__(
        self, db: Database, clock: Clock, http: Http, secrets: Secrets, announce: AnnounceOrders
    ) -> None:
        self._db = db
        self._clock = clock
        self._http = http
        self._secrets = secrets
        self._announce = announce

    async def complete(self, command: Command, request: CompleteCheckout) -> Checkout:
        """Begin the payment and wait for the provider's answer; the checkout after it.

        Without an answer it is still `completing`, and the queue goes on asking.
        """
        request = CompleteCheckout(request.checkout_id, request.instrument, PATIENCE_S)

        def begin(s: Session) -> tuple[Checkout, Payment | None, Method | None]:
            found = complete(s, command, request, self._announce).checkout
            paid = last_payment(s, command.merchant_id, found.id)
            if found.state != "completing" or paid is None:
                return found, None, None
            return found, paid, method(s, command.merchant_id, paid.method_id)

        found, paid, way = await self._db.write(begin)
        if paid is None or way is None or paid.state != "started":
            return await self._db.read(
                lambda s: checkout_row(s, command.merchant_id, request.checkout_id)
            )
        try:
            outcome = await self._ask(paid, way, found)
        except Unreachable:
            return found

        def record(s: Session) -> Checkout:
            conclude(s, self._by(command), paid.id, outcome, self._announce)
            return checkout_row(s, command.merchant_id, found.id)

        return await self._db.write(record)

    async def look_again(self, command: Command, checkout_id: int) -> None:
        """Ask the provider what became of a payment the buyer was sent away for.

        No answer, or none that decides, leaves everything as it is: the provider's own word, or
        the end of the checkout's time, will.
        """

        def find(s: Session) -> tuple[Payment, Method, Checkout] | None:
            paid = last_payment(s, command.merchant_id, checkout_id)
            if paid is None or paid.state not in ("needs_buyer", "needs_auth"):
                return None
            return _story(s, command.merchant_id, paid.id)

        story = await self._db.read(find)
        if story is None:
            return
        paid, way, found = story
        try:
            outcome = await provider(way.provider).look_up(
                _charge(paid, found), way.account(self._secrets), self._http
            )
        except (Unreachable, Refused):
            return
        by = self._by(command)
        await self._db.write(lambda s: conclude(s, by, paid.id, outcome, self._announce))

    async def hear(
        self, merchant_id: int, method_id: int, body: bytes, headers: Mapping[str, str]
    ) -> int:
        """Take a provider's webhook; how many of its payments are ours. `NotAuthentic`.

        An amount other than the one asked for is not taken for a payment: it is logged.
        """
        way = await self._db.read(lambda s: method(s, merchant_id, method_id))
        told = provider(way.provider).hear(body, headers, way.account(self._secrets))
        command = self._system(merchant_id)

        def record(s: Session) -> int:
            known = 0
            for one in told:
                payment_id = payment_called(s, merchant_id, one.key, one.reference)
                if payment_id is None:
                    continue
                known += 1
                asked = payment(s, merchant_id, payment_id).amount
                if one.amount in (None, asked):
                    conclude(s, command, payment_id, one.outcome, self._announce)
                else:
                    log.error("other_amount", payment=payment_id, told=one.amount, asked=asked)
            return known

        return await self._db.write(record)

    async def settle(self, job: Job) -> None:
        """Find out what became of a payment; ask for it if nobody had. Gives up after a day."""
        merchant_id, payment_id = map(int, job.payload.split())
        paid, way, found = await self._db.read(lambda s: _story(s, merchant_id, payment_id))
        if paid.state != "started":
            await self._done(job, lambda s: None)
            return
        late = self._clock.now() - paid.created_at > LONGEST
        try:
            outcome = await self._look(paid, way, found)
        except Unreachable:
            if not late:
                raise
            outcome = Outcome("failed", reason="no_answer")
        command = self._system(merchant_id)
        await self._done(job, lambda s: conclude(s, command, payment_id, outcome, self._announce))

    async def give_back(self, job: Job) -> None:
        """Pay back what is owed."""
        merchant_id, refund_id = map(int, job.payload.split())
        owed = await self._db.read(lambda s: refund(s, merchant_id, refund_id))
        if owed.state != "owed":
            await self._done(job, lambda s: None)
            return
        paid, way, _ = await self._db.read(lambda s: _story(s, merchant_id, owed.payment_id))
        back = GiveBack(owed.key, paid.reference or paid.key, owed.amount, owed.reason)
        account = way.account(self._secrets)
        done = await provider(way.provider).give_back(back, account, self._http)
        command = self._system(merchant_id)
        await self._done(job, lambda s: refund_settled(s, command, refund_id, done, self._announce))

    async def expire_checkout(self, job: Job) -> None:
        """End a checkout whose time has run out."""
        merchant_id, checkout_id = map(int, job.payload.split())
        command = self._system(merchant_id)
        await self._done(job, lambda s: expire_checkout(s, command, checkout_id))

    async def forget_commands(self, job: Job) -> None:
        """Drop old idempotency records."""
        now = self._clock.now()
        await self._done(job, lambda s: forget_commands(s, now))

    async def _look(self, paid: Payment, way: Method, found: Checkout) -> Outcome:
        kind, account = provider(way.provider), way.account(self._secrets)
        outcome = await kind.look_up(_charge(paid, found), account, self._http)
        return outcome if outcome.state != "not_seen" else await self._ask(paid, way, found)

    async def _ask(self, paid: Payment, way: Method, found: Checkout) -> Outcome:
        account = way.account(self._secrets)
        try:
            return await provider(way.provider).pay(_charge(paid, found), account, self._http)
        except Refused as error:
            return Outcome("failed", reason=error.message)

    async def _done(self, job: Job, effect: Callable[[Session], T]) -> None:
        def work(s: Session) -> None:
            effect(s)
            finish(s, job)

        await self._db.write(work)

    def _by(self, command: Command) -> Command:
        return Command(command.merchant_id, command.principal, command.channel, self._clock.now())

    def _system(self, merchant_id: int) -> Command:
        return Command(merchant_id, "system", "queue", self._clock.now())


def _story(session: Session, merchant_id: int, payment_id: int) -> tuple[Payment, Method, Checkout]:
    paid = payment(session, merchant_id, payment_id)
    way = method(session, merchant_id, paid.method_id)
    return paid, way, checkout_row(session, merchant_id, paid.checkout_id)


def _charge(paid: Payment, found: Checkout) -> Charge:
    buyer = found.body.buyer
    return Charge(
        paid.key,
        paid.amount,
        paid.instrument,
        buyer.email or None,
        buyer.name or None,
        f"/checkout/{found.key}",
        paid.reference,
    )
