"""The worker's side of routing: jobs and timers that look at a shop's queue and its people."""

from kaiwa.conversations.conversation import held
from kaiwa.conversations.reply_clock import note_late
from kaiwa.desk.routing import arrive, release, route
from kaiwa.desk.untouched import pass_on_untouched
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.merchants.attendance import EXPIRY, attendance, tell, watch
from kaiwa.merchants.routing import routing


class Router:
    """Handles `route`, `release`, `expire`, `untouched` and `breach` of the desk's pool."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def route(self, job: Job) -> None:
        """Give those who wait to those who have room."""
        merchant_id, conversation_id = map(int, job.payload.split())

        def look(session: Session) -> None:
            now = self._clock.now()
            if conversation_id:
                arrive(session, merchant_id, conversation_id, now)
            route(session, merchant_id, now)
            finish(session, job)

        await self._db.write(look)

    async def release(self, job: Job) -> None:
        """Whoever is gone for too long loses what waits for their answer."""
        merchant_id, agent_id = map(int, job.payload.split())

        def let_go(session: Session) -> None:
            release(session, merchant_id, agent_id, self._clock.now())
            finish(session, job)

        await self._db.write(let_go)

    async def expire(self, job: Job) -> None:
        """An agent's browser has not been heard from for long, or has and is watched on."""
        merchant_id, agent_id = map(int, job.payload.split())
        await self._db.write(lambda s: self._expire(s, job, (merchant_id, agent_id)))

    def _expire(self, session: Session, job: Job, who: tuple[int, int]) -> None:
        now = self._clock.now()
        # The key is free again before the next one is planned.
        finish(session, job)
        known = attendance(session, *who)
        if known is None:
            return
        if known.seen_at + EXPIRY > now:
            watch(session, who[0], (who[1], known.seen_at))
            return
        tell(session, *who)
        settings = routing(session, who[0])
        if settings.on:
            due = known.seen_at + EXPIRY + settings.grace
            enqueue(session, NewJob("desk", "release", f"{who[0]} {who[1]}", due_at=due), now)

    async def untouched(self, job: Job) -> None:
        """The time has come in which an agent was to look at what they were given."""
        merchant_id, conversation_id, epoch = map(int, job.payload.split())

        def pass_on(session: Session) -> None:
            lease = (conversation_id, epoch)
            pass_on_untouched(session, merchant_id, lease, self._clock.now())
            finish(session, job)

        await self._db.write(pass_on)

    async def breach(self, job: Job) -> None:
        """The time of one of a conversation's clocks has come."""
        merchant_id, conversation_id, clock_id, due = map(int, job.payload.split())

        def note(session: Session) -> None:
            conv = held(session, merchant_id, conversation_id)
            note_late(session, conv, (clock_id, due), self._clock.now())
            finish(session, job)

        await self._db.write(note)
