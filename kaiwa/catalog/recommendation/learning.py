"""Keeps what was learned of every shop fresh in this process, and chooses methods by replay."""

import asyncio
from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from typing import Final

import structlog

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.recommendation.choosing import Choice, choice_of, keep_choice, replay
from kaiwa.catalog.recommendation.learned import Learned
from kaiwa.catalog.recommendation.recommend import For, Knowing, Recommendation, Wish, recommend
from kaiwa.catalog.recommendation.shopping_event import forget_events
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import Job, finish

log = structlog.get_logger()

SHOPS: Final = 64
_GROWN: Final = 1.1
_AGED: Final = timedelta(days=7)


class Learning:
    """What was learned, shop by shop; the least asked for is forgotten beyond 64 shops.

    Handles the jobs `learn` and `forget_events`.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._learned: OrderedDict[int, Learned] = OrderedDict()
        self._lock = Lock()
        self._busy = asyncio.Semaphore(1)

    def learned(self, merchant_id: int) -> Learned:
        """What is known of the shop so far; nothing at first, until it has caught up."""
        with self._lock:
            found = self._learned.setdefault(merchant_id, Learned(merchant_id))
            self._learned.move_to_end(merchant_id)
            while len(self._learned) > SHOPS:
                self._learned.popitem(last=False)
            return found

    async def catch_up(self, merchant_id: int) -> Learned:
        """Take over the shop's newest events, one shop at a time, beside everything else."""
        found = self.learned(merchant_id)
        async with self._busy:
            await self._db.read(found.catch_up)
        return found

    def recommend(
        self, session: Session, shelf: Shelf, wish: Wish, who: For, limit: int = 6
    ) -> list[Recommendation]:
        """`recommend` with what this process has learned of the shelf's shop."""
        knowing = Knowing(self.learned(shelf.merchant_id), shelf)
        return recommend(session, knowing, wish, who, limit)

    async def learn(self, job: Job) -> None:
        """Catch up, and choose the shop's method again after a week, or a tenth more events."""
        merchant_id = int(job.payload)
        found = await self.catch_up(merchant_id)
        before = await self._db.read(lambda s: choice_of(s, merchant_id))
        if before is not None and not self._due(before, found):
            await self._db.write(lambda s: finish(s, job))
            return
        async with self._busy:
            method, scores, questions = await asyncio.to_thread(replay, found.events)
        choice = Choice(method, scores, questions, len(found.events), self._clock.now())

        def keep(session: Session) -> None:
            keep_choice(session, merchant_id, choice)
            finish(session, job)

        await self._db.write(keep)
        found.method = method
        log.info("recommendation_method", merchant=merchant_id, method=method, asked=questions)

    def _due(self, before: Choice, found: Learned) -> bool:
        grown = len(found.events) >= before.events * _GROWN
        return grown or self._clock.now() - before.at >= _AGED

    async def forget_events(self, job: Job) -> None:
        """Drop events that are too old to teach anything."""

        def work(session: Session) -> None:
            forget_events(session, self._clock.now())
            finish(session, job)

        await self._db.write(work)
