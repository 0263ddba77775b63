"""As the worker thinks: on what may only be read, and with what was heard where it must write."""

from collections.abc import Callable

from kaiwa.bot.hearing import Heard, ToBeWritten
from kaiwa.bot.turn import Answer
from kaiwa.engines.db import Database, Session

Answering = Callable[[Session, bool, Heard | None], Answer]


def thought(db: Database, answering: Answering) -> Answer:
    """The answer; `answering` is given the session, whether it writes, and what was heard."""
    try:
        return db.read_now(lambda s: answering(s, False, None))
    except ToBeWritten as wanted:
        told = wanted.heard
        return db.write_now(lambda s: answering(s, True, told))
