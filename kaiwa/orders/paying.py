"""Calls payment providers, between transactions; the queue sees through what a caller left."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar

import structlog

from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.checkout import expire_checkout
from kaiwa.orders.checkout_record import Checkout, checkout_row
from kaiwa.orders.command import Command, forget_commands
from kaiwa.orders.completing import LONGEST, CompleteCheckout, complete, conclude
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.payment import Payment, last_payment, payment
from kaiwa.orders.payment_method import Method, method
from kaiwa.orders.refund import refund, refund_settled
from kaiwa.orders.watching import look_later, next_look
from kaiwa.orders.word import take_word
from kaiwa.payments import Charge, GiveBack, GivenBack, Outcome, provider
from kaiwa.vocabulary.errors import Refused, Unreachable

T = TypeVar("T")
Story: TypeAlias = tuple[Payment, Method, Checkout]

PATIENCE_S: Final = 30.0

log = structlog.get_logger()


class Paying:
    """Completes checkouts, and handles the jobs `settle`, `give_back`, `expire_checkout`.

    `origin` is this server's address as buyers reach it: they come back to it from a provider.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        http: Http,
        secrets: Secrets,
        announce: AnnounceOrders,
        origin: str = "",
    ) -> None:
        self._db = db
        self._clock = clock
        self._http = http
        self._secrets = secrets
        self._announce = announce
        self._origin = origin

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
        """Ask what became of a payment that the buyer was sent away for.

        No answer, or none that decides, leaves everything as it is: the queue looks again.
        """

        def find(s: Session) -> Story | None:
            paid = last_payment(s, command.merchant_id, checkout_id)
            if paid is None or paid.state not in ("needs_buyer", "needs_auth"):
                return None
            return _story(s, command.merchant_id, paid.id)

        story = await self._db.read(find)
        if story is None:
            return
        paid = story[0]
        try:
            outcome = await self._look(*story)
        except Unreachable:
            return
        if outcome.state not in (paid.state, "not_seen"):
            by = self._by(command)
            await self._db.write(lambda s: conclude(s, by, paid.id, outcome, self._announce))

    async def hear(
        self, merchant_id: int, method_id: int, body: bytes, headers: Mapping[str, str]
    ) -> int:
        """Take a provider's webhook; how much of it is ours. `NotAuthentic`, `Invalid`.

        Returns after the effects are durable; the same again has none.
        """
        way = await self._db.read(lambda s: method(s, merchant_id, method_id))
        account, now = way.account(self._secrets), self._clock.now()
        told = provider(way.provider).hear(body, headers, account, now)
        if not told:
            return 0
        command = self._system(merchant_id)
        return await self._db.write(
            lambda s: sum(take_word(s, command, way.provider, one, self._announce) for one in told)
        )

    async def settle(self, job: Job) -> None:
        """Find out what became of a payment, until that is known for good.

        One that nobody had asked for is asked for. Without an answer for a day it has failed.
        """
        merchant_id, payment_id = map(int, job.payload.split())
        story = await self._db.read(lambda s: _story(s, merchant_id, payment_id))
        paid, now = story[0], self._clock.now()
        again = next_look(paid, story[1], now)
        if paid.state != "started" and again is None:
            await self._done(job, lambda s: None)
            return
        try:
            outcome = await (self._see(*story) if paid.state == "started" else self._look(*story))
        except Unreachable:
            if paid.state == "started" and now - paid.created_at > LONGEST:
                outcome = Outcome("failed", reason="no_answer")
            elif again is None:
                raise
            else:
                outcome = Outcome("not_seen")
        command = self._system(merchant_id)

        def record(s: Session) -> None:
            # First, so that the next look may have this one's key.
            finish(s, job)
            if outcome.state in (paid.state, "not_seen"):
                look_later(s, command, paid, again)
                return
            after = conclude(s, command, payment_id, outcome, self._announce)
            look_later(s, command, after, next_look(after, story[1], now))

        await self._db.write(record)

    async def give_back(self, job: Job) -> None:
        """Pay back what is owed. Without an answer for a day, or refused, a person has to look."""
        merchant_id, refund_id = map(int, job.payload.split())
        owed = await self._db.read(lambda s: refund(s, merchant_id, refund_id))
        if owed.state != "owed":
            await self._done(job, lambda s: None)
            return
        paid, way, _ = await self._db.read(lambda s: _story(s, merchant_id, owed.payment_id))
        back = GiveBack(owed.key, paid.reference or paid.key, owed.amount, owed.reason)
        account = way.account(self._secrets)
        try:
            done = await provider(way.provider).give_back(
                back, account, vouched(self._http, account.api_base)
            )
        except Refused as error:
            log.error("refund_refused", refund=refund_id, reason=error.message)
            done = GivenBack("by_hand", reason=error.message)
        except Unreachable:
            if self._clock.now() - owed.created_at <= LONGEST:
                raise
            done = GivenBack("by_hand", reason="no_answer")
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

    async def _see(self, paid: Payment, way: Method, found: Checkout) -> Outcome:
        """What became of it; asked for now when nobody had."""
        outcome = await self._look(paid, way, found)
        return outcome if outcome.state != "not_seen" else await self._ask(paid, way, found)

    async def _look(self, paid: Payment, way: Method, found: Checkout) -> Outcome:
        kind, account = provider(way.provider), way.account(self._secrets)
        try:
            http = vouched(self._http, account.api_base)
            return await kind.look_up(self._charge(paid, found), account, http)
        except Refused as error:
            # The money may be there all the same: only the key or the account is wrong.
            log.error("payment_not_shown", payment=paid.id, reason=error.message)
            raise Unreachable(error.message) from error

    async def _ask(self, paid: Payment, way: Method, found: Checkout) -> Outcome:
        kind, account = provider(way.provider), way.account(self._secrets)
        try:
            http = vouched(self._http, account.api_base)
            return await kind.pay(self._charge(paid, found), account, http)
        except Refused as error:
            log.error("payment_refused", payment=paid.id, reason=error.message)
            return Outcome("failed", reason=error.detail.get("reason", "unavailable"))

    def _charge(self, paid: Payment, found: Checkout) -> Charge:
        buyer, page = found.body.buyer, f"{self._origin}/checkout/{found.key}"
        address = found.body.address
        return Charge(
            paid.key,
            paid.amount,
            paid.instrument,
            buyer.email or None,
            buyer.name or (address.name if address else None) or None,
            f"{page}/return",
            paid.reference,
            page,
            buyer.language,
            paid.created_at,
        )

    async def _done(self, job: Job, effect: Callable[[Session], T]) -> None:
        def work(s: Session) -> None:
            effect(s)
            finish(s, job)

        await self._db.write(work)

    def _by(self, command: Command) -> Command:
        return Command(command.merchant_id, command.principal, command.channel, self._clock.now())

    def _system(self, merchant_id: int) -> Command:
        return Command(merchant_id, "system", "queue", self._clock.now())


def _story(session: Session, merchant_id: int, payment_id: int) -> Story:
    paid = payment(session, merchant_id, payment_id)
    way = method(session, merchant_id, paid.method_id)
    return paid, way, checkout_row(session, merchant_id, paid.checkout_id)
