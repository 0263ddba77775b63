"""What came of a job is recorded as soon as the database takes it, however often it is cut off."""

import asyncio
from typing import TypeVar

from kaiwa.engines.db import Database, Work
from kaiwa.vocabulary.errors import Unreachable

T = TypeVar("T")

WITHIN_S = 600.0
SHORTEST_WAIT_S = 0.05
LONGEST_WAIT_S = 1.0


async def recorded(db: Database, work: Work[T]) -> T:
    """Like `db.write`, but tried again for ten minutes while the database is away.

    For what nobody can find out anew: that a provider took a message, how a job ended. `work` must
    be fenced by its job: when the answer to the first try was lost, the second finds the job gone
    and raises `LostLease`.
    """
    end = asyncio.get_running_loop().time() + WITHIN_S
    wait_s = SHORTEST_WAIT_S
    while True:
        try:
            return await db.write(work)
        except Unreachable:
            if asyncio.get_running_loop().time() + wait_s > end:
                raise
        await asyncio.sleep(wait_s)
        wait_s = min(LONGEST_WAIT_S, wait_s * 2)
