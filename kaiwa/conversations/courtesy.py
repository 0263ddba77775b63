"""Handles what is kind but not vital: names, typing signs, read marks, quotas. Failing is fine."""

from collections.abc import Awaitable
from datetime import datetime

import structlog

from kaiwa.channels import Ability, Account, channel
from kaiwa.conversations.conversation import changed, conversation, open_of
from kaiwa.customers.customer import learn_name
from kaiwa.customers.identity import Identity, identity, set_label
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, all_inboxes, inbox, note_quota, note_trouble
from kaiwa.vocabulary.errors import NotFound, Refused, Unreachable

log = structlog.get_logger()


class Courtesy:
    """Handlers of the `courtesy` pool."""

    def __init__(self, db: Database, http: Http, secrets: Secrets, clock: Clock) -> None:
        self._db = db
        self._http = http
        self._secrets = secrets
        self._clock = clock

    def _way(self, box: Inbox) -> tuple[Account, Http]:
        return box.account(self._secrets), vouched(self._http, box.api_base)

    async def learn_profile(self, job: Job) -> None:
        """Ask the channel for the person's name."""
        merchant_id, identity_id = map(int, job.payload.split())
        where, box = await self._db.read(lambda s: _place(s, merchant_id, identity_id))
        try:
            profile = await channel(where.channel).profile(where.value, *self._way(box))
        except (Refused, Unreachable) as error:
            await self._let_go(job, error)
            return

        def learn(session: Session) -> None:
            if profile.name:
                set_label(session, where, profile.name)
                learn_name(session, merchant_id, where.customer_id, profile.name)
                conv = open_of(session, merchant_id, where.customer_id)
                if conv is not None:
                    changed(session, conv)
            finish(session, job)

        await self._db.write(learn)

    async def tell_read(self, job: Job) -> None:
        """Tell the customer that the message was read."""
        merchant_text, identity_text, token = job.payload.split(" ", 2)
        merchant_id, identity_id = int(merchant_text), int(identity_text)
        where, box = await self._db.read(lambda s: _place(s, merchant_id, identity_id))
        kind = channel(where.channel)
        await self._try(job, kind.mark_read(token, *self._way(box)))

    async def show_typing(self, job: Job) -> None:
        """Show the customer that an answer is being written."""
        merchant_id, conversation_id = map(int, job.payload.split())
        try:
            where, box = await self._db.read(lambda s: _spoken_on(s, merchant_id, conversation_id))
        except NotFound as error:
            await self._let_go(job, error)
            return
        kind = channel(where.channel)
        if Ability.TYPING not in kind.abilities or where.blocked_at is not None:
            await self._db.write(lambda s: finish(s, job))
            return
        await self._try(job, kind.typing(where.value, *self._way(box)))

    async def plan_quotas(self, job: Job) -> None:
        """Plan a look at every inbox that has a quota."""

        def plan(session: Session) -> None:
            for box in all_inboxes(session):
                if Ability.QUOTA in channel(box.channel).abilities:
                    _plan_quota(session, box, self._clock.now())
            finish(session, job)

        await self._db.write(plan)

    async def learn_quota(self, job: Job) -> None:
        """Ask how many metered messages are left."""
        merchant_id, inbox_id = map(int, job.payload.split())
        box = await self._db.read(lambda s: inbox(s, merchant_id, inbox_id))
        try:
            left = await channel(box.channel).quota_left(*self._way(box))
        except Refused as error:
            await self._record(job, box, error.message)
            return
        except Unreachable as error:
            await self._let_go(job, error)
            return
        await self._record(job, box, left)

    async def _record(self, job: Job, box: Inbox, heard: int | str | None) -> None:
        def record(session: Session) -> None:
            if isinstance(heard, str):
                note_trouble(session, box, heard)
            else:
                note_quota(session, box, heard)
            finish(session, job)

        await self._db.write(record)

    async def _try(self, job: Job, call: Awaitable[None]) -> None:
        try:
            await call
        except (Refused, Unreachable) as error:
            await self._let_go(job, error)
            return
        await self._db.write(lambda s: finish(s, job))

    async def _let_go(self, job: Job, error: Exception) -> None:
        log.info("courtesy_failed", kind=job.kind, reason=str(error))
        await self._db.write(lambda s: finish(s, job))


def _plan_quota(session: Session, box: Inbox, now: datetime) -> None:
    job = NewJob(
        "courtesy", "learn_quota", payload=f"{box.merchant_id} {box.id}", key=f"quota:{box.id}"
    )
    enqueue(session, job, now)


def _place(session: Session, merchant_id: int, identity_id: int) -> tuple[Identity, Inbox]:
    where = identity(session, merchant_id, identity_id)
    return where, inbox(session, merchant_id, where.inbox_id)


def _spoken_on(session: Session, merchant_id: int, conversation_id: int) -> tuple[Identity, Inbox]:
    conv = conversation(session, merchant_id, conversation_id)
    if conv.identity_id is None:
        raise NotFound("The customer has no address.")
    return _place(session, merchant_id, conv.identity_id)
