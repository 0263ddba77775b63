"""Fetches what providers do not bring: the jobs `plan_inboxes` and `pull_inbox`.

What was fetched and where to go on commit together, before the provider is told that it is kept.
So a process may die anywhere: what it had not kept is fetched again, what it had is known.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog

from kaiwa.channels import Ability, Channel, Pulled, channel
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, all_inboxes, inbox, note_trouble
from kaiwa.vocabulary.errors import Refused, Unreachable

log = structlog.get_logger()


class Pulling:
    """Handlers of the `pulling` pool."""

    def __init__(self, db: Database, secrets: Secrets, clock: Clock) -> None:
        self._db = db
        self._secrets = secrets
        self._clock = clock

    async def plan_inboxes(self, job: Job) -> None:
        """Plan a look at every inbox that is pulled."""

        def plan(session: Session) -> None:
            for box in all_inboxes(session):
                if Ability.PULL in channel(box.channel).abilities:
                    _plan(session, box, self._clock.now())
            finish(session, job)

        await self._db.write(plan)

    async def pull_inbox(self, job: Job) -> None:
        """One batch; the next one at once when there is more."""
        merchant_id, inbox_id = map(int, job.payload.split())
        box, mark = await self._db.read(lambda s: _found(s, merchant_id, inbox_id))
        kind, account = channel(box.channel), box.account(self._secrets)
        now = self._clock.now()
        try:
            pulled = await kind.pull(mark, account, now)
        except (Refused, Unreachable) as error:
            log.warning("pull_failed", inbox=box.id, reason=error.message)
            why = error.message
            await self._db.write(lambda s: _failed(s, job, box, (mark, why), now))
            return
        # Mails are large, and may be made to be hard to read: nobody else waits for them.
        arrivals = await asyncio.to_thread(_read, kind, pulled.bodies, now)
        await self._db.write(lambda s: _keep(s, job, box, (pulled, arrivals), now))
        if not pulled.bodies:
            return
        try:
            await kind.kept(pulled.receipt, account)
        except (Refused, Unreachable) as error:
            # It is here; that it does not look read there is a pity, and no more.
            log.warning("kept_not_told", inbox=box.id, reason=error.message)


def _read(kind: Channel, bodies: Sequence[bytes], now: datetime) -> list[Arrival]:
    return [Arrival(raw, event) for body in bodies for raw, event in kind.parse(body, now)]


def _mark(session: Session, merchant_id: int, inbox_id: int) -> str:
    """Where the inbox's next pull goes on; empty before its first."""
    row = session.one(
        "SELECT mark FROM inbox_pull WHERE inbox_id = :inbox AND merchant_id = :merchant_id",
        inbox=inbox_id,
        merchant_id=merchant_id,
    )
    return "" if row is None else str(row[0])


def _plan(session: Session, box: Inbox, now: datetime) -> None:
    job = NewJob(
        "pulling", "pull_inbox", payload=f"{box.merchant_id} {box.id}", key=f"pull:{box.id}"
    )
    enqueue(session, job, now)


def _found(session: Session, merchant_id: int, inbox_id: int) -> tuple[Inbox, str]:
    return inbox(session, merchant_id, inbox_id), _mark(session, merchant_id, inbox_id)


def _keep(
    session: Session,
    job: Job,
    box: Inbox,
    what: tuple[Pulled, list[Arrival]],
    now: datetime,
) -> None:
    pulled, arrivals = what
    # First: whoever lost the job must not set the mark back.
    finish(session, job)
    if arrivals:
        accept(session, box, arrivals, now)
    if _note(session, box, pulled.mark, None, now):
        note_trouble(session, box, None)
    if pulled.more:
        _plan(session, box, now)


def _failed(session: Session, job: Job, box: Inbox, what: tuple[str, str], now: datetime) -> None:
    finish(session, job)
    _note(session, box, what[0], what[1], now)
    note_trouble(session, box, what[1])


def _note(session: Session, box: Inbox, mark: str, trouble: str | None, now: datetime) -> bool:
    """Remember how the pull went; whether the one before it had failed."""
    row = session.one(
        "SELECT trouble FROM inbox_pull WHERE inbox_id = :inbox AND merchant_id = :merchant_id",
        inbox=box.id,
        merchant_id=box.merchant_id,
    )
    session.run(
        """INSERT INTO inbox_pull (inbox_id, merchant_id, mark, trouble, pulled_at)
        VALUES (:inbox, :merchant_id, :mark, :trouble, :now)
        ON CONFLICT (inbox_id) DO UPDATE SET mark = excluded.mark, trouble = excluded.trouble,
        pulled_at = excluded.pulled_at""",
        inbox=box.id,
        merchant_id=box.merchant_id,
        mark=mark,
        trouble=trouble,
        now=now,
    )
    return row is not None and row[0] is not None
