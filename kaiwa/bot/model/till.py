"""Where the calls of a process are paid: taken before each, settled behind the turn's back."""

import asyncio
from typing import Final

import structlog

from kaiwa.bot.model.budget import Held, Outcome, hold, settle
from kaiwa.bot.model.kept import KeptModel
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Usage
from kaiwa.vocabulary.errors import KaiwaError

_LOG = structlog.get_logger()
_SETTLE_WITHIN_S: Final = 5.0


class Till:
    """One serves a process."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._settling: set[asyncio.Task[None]] = set()

    async def hold(self, kept: KeptModel, day: str, most: Usage) -> Held | None:
        """Take the most a call can use from the day; None when there is too little, or no till."""
        told = kept.told
        try:
            return await self._db.write(lambda s: hold(s, told.merchant_id, day, most, told.terms))
        except KaiwaError as error:
            _LOG.error("model_budget_unreachable", reason=error.message)
            return None

    def settle(
        self,
        kept: KeptModel,
        held: Held,
        usage: Usage | None,
        outcome: Outcome,
        failure: KaiwaError | None,
    ) -> None:
        """Write the end of a call down; the turn does not wait for it."""
        if failure is not None:
            kept.failed(failure, self._clock.now())
        elif outcome != "unreachable":
            kept.answered()
        task = asyncio.ensure_future(self._written(kept, held, usage, outcome))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)

    async def settled(self) -> None:
        """Wait until every call that has ended is written down, a few seconds at most."""
        if self._settling:
            await asyncio.wait(set(self._settling), timeout=_SETTLE_WITHIN_S)

    async def _written(
        self, kept: KeptModel, held: Held, usage: Usage | None, outcome: Outcome
    ) -> None:
        try:
            await self._db.write(lambda s: settle(s, held, usage, outcome, kept.told.terms))
        except KaiwaError as error:
            # What was held stays spent: too much rather than too little.
            _LOG.error("model_call_not_settled", reason=error.message)
