"""Handles `take_in` jobs: each accepted event gets its effect, once and in its sender's order."""

from kaiwa.channels import channel
from kaiwa.conversations.early_receipt import due_later
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.intake import Place, raw_event, set_taken_in, take_in
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.merchants.inbox import inbox
from kaiwa.merchants.merchant import merchant
from kaiwa.vocabulary.time import from_micros


class TakingIn:
    """The worker's side of `intake`."""

    def __init__(self, db: Database, clock: Clock, announce: Announce) -> None:
        self._db = db
        self._clock = clock
        self._announce = announce

    async def take_in(self, job: Job) -> None:
        """Event, effect and the job's end commit together."""
        await self._db.write(lambda session: self._take_in(session, job))

    def _take_in(self, session: Session, job: Job) -> None:
        waiting = raw_event(session, int(job.payload))
        if waiting is not None:
            merchant_id, inbox_id, raw, received_at = waiting
            box = inbox(session, merchant_id, inbox_id)
            place = Place(merchant(session, merchant_id), box)
            event = channel(box.channel).parse_one(raw, from_micros(received_at))
            now = self._clock.now()
            later = due_later(session, place, event, from_micros(received_at), now)
            if later is not None:
                # Out of its sender's lane: what they say meanwhile does not wait with it.
                finish(session, job)
                enqueue(session, NewJob(job.pool, job.kind, job.payload, due_at=later), now)
                return
            outcome = take_in(session, place, event, self._announce, now)
            set_taken_in(session, merchant_id, int(job.payload), outcome, now)
        finish(session, job)
