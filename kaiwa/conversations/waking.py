"""Handles the `wake` job: the timer of a conversation that was put aside."""

from kaiwa.conversations.snooze import wake_by_timer
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, finish


class Waking:
    """The worker's side of snoozing."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def wake(self, job: Job) -> None:
        """Bring the conversation back to the list, unless it is there already."""
        merchant_id, conversation_id, until = map(int, job.payload.split())

        def bring_back(session: Session) -> None:
            wake_by_timer(session, merchant_id, (conversation_id, until), self._clock.now())
            finish(session, job)

        await self._db.write(bring_back)
