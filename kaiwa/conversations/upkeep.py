"""Handles the `tidy_up` job: what has served its purpose is let go of, once a day."""

from datetime import timedelta
from typing import Final

from kaiwa.conversations.short_link import forget_clicks
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, finish
from kaiwa.engines.queue.rate import forget_unused
from kaiwa.merchants.agent_session import forget_ended

RAW_KEPT: Final = timedelta(days=30)
HANDLES_KEPT: Final = timedelta(days=2)
CLICKS_KEPT: Final = timedelta(days=120)
LIMITS_KEPT: Final = timedelta(days=40)


class Upkeep:
    """The worker's side of retention."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def tidy_up(self, job: Job) -> None:
        """Ended log-ins, reply tokens long dead, raw events long taken in, limits long unused."""
        await self._db.write(lambda session: self._tidy_up(session, job))

    def _tidy_up(self, session: Session, job: Job) -> None:
        now = self._clock.now()
        forget_ended(session, now)
        session.run(
            "DELETE FROM reply_handle WHERE expires_at < :before",  # every merchant: upkeep
            before=now - HANDLES_KEPT,
        )
        # The id stays, so that a replay after weeks is still known; only the bytes go.
        session.run(
            """UPDATE inbound_event SET body = :nothing
            WHERE taken_in_at < :before AND body <> :nothing""",  # every merchant: upkeep
            nothing=b"",
            before=now - RAW_KEPT,
        )
        forget_clicks(session, now - CLICKS_KEPT)
        forget_unused(session, now - LIMITS_KEPT)
        finish(session, job)
