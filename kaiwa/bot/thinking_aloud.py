"""A model's answer shown to its shopper while it is being made, as long as it would still be said.

Nothing of it is stored. When the shopper has spoken again or a person has taken over, what was
shown disappears and the model is hung up on, in whatever process that happened.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

import msgspec
import structlog

from kaiwa.bot.model.aloud import Shown
from kaiwa.conversations.conversation import Conversation, conversation
from kaiwa.conversations.so_far import SoFar, so_far_nudge
from kaiwa.customers.identity import identity
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.vocabulary.errors import KaiwaError

T = TypeVar("T")
log = structlog.get_logger()
# Of a conversation these tell that the answer may no longer be wanted.
_MOVING: Final = ("conversation", "message")


class Thought(msgspec.Struct, frozen=True):
    """Where an answer goes, and the conversation as it was when it was begun."""

    conversation: Conversation
    identity_id: int

    def stands(self, now: Conversation) -> bool:
        """Whether an answer to what was seen would still be said."""
        seen = self.conversation
        return is_the_bots(now) and now.epoch == seen.epoch and now.last_in_seq == seen.last_in_seq

    def so_far(self, session: Session, texts: tuple[str, ...]) -> Nudge | None:
        """What is to be seen of it now, told where the message will be."""
        seen = self.conversation
        where = identity(session, seen.merchant_id, self.identity_id)
        theirs = where.customer_id == seen.customer_id and where.permits("carry")
        customer = seen.customer_id if theirs else None
        told = SoFar(seen.id, where.id, customer, seen.last_seq, texts)
        return so_far_nudge(seen.merchant_id, told)

    def forget(self, session: Session) -> None:
        """Nothing of it is to be seen any more, once this transaction has committed."""
        if nudge := self.so_far(session, ()):
            session.nudge(nudge)


class ThinkingAloud:
    """One serves a process. `hear` is called on the event loop with what was committed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._moved: dict[int, asyncio.Event] = {}

    def hear(self, nudges: Iterable[Nudge]) -> None:
        """Look at the conversations again that somebody is thinking about."""
        for one in nudges if self._moved else ():
            if one.kind in _MOVING and one.conversation_id in self._moved:
                self._moved[one.conversation_id].set()

    async def while_it_stands(
        self, thought: Thought, think: Callable[[Shown], Awaitable[T]]
    ) -> T | None:
        """What was thought, its words shown as they come; None when it would not be said now."""

        async def shown(texts: tuple[str, ...]) -> None:
            await self._tell(lambda s: _show(s, thought, texts))

        moved = self._moved.setdefault(thought.conversation.id, asyncio.Event())
        thinking = asyncio.ensure_future(think(shown))
        watching = asyncio.ensure_future(self._until_it_moves(thought, moved))
        try:
            await asyncio.wait((thinking, watching), return_when=asyncio.FIRST_COMPLETED)
            if thinking.done():
                return thinking.result()
            await _ended(thinking)
            await self._tell(thought.forget)
            return None
        finally:
            self._moved.pop(thought.conversation.id, None)
            await asyncio.gather(_ended(thinking), _ended(watching))

    async def _until_it_moves(self, thought: Thought, moved: asyncio.Event) -> None:
        # Looked at once before anything is heard: it may have moved before we listened.
        while await self._stands(thought):
            await moved.wait()
            moved.clear()

    async def _stands(self, thought: Thought) -> bool:
        seen = thought.conversation
        try:
            now = await self._db.read(lambda s: conversation(s, seen.merchant_id, seen.id))
        except KaiwaError:
            return True
        return thought.stands(now)

    async def _tell(self, work: Callable[[Session], None]) -> None:
        try:
            await self._db.write(work)
        except KaiwaError as error:
            # Nobody sees it being made, then; the answer comes all the same.
            log.warning("so_far_not_shown", reason=error.message)


def is_the_bots(conv: Conversation) -> bool:
    """Whether the bot is to answer there."""
    return conv.answered_by == "bot" and conv.status == "open"


def _show(session: Session, thought: Thought, texts: tuple[str, ...]) -> None:
    seen = thought.conversation
    if not thought.stands(conversation(session, seen.merchant_id, seen.id)):
        return
    if not texts:
        session.nudge(Nudge("typing", seen.merchant_id, seen.id, note="bot "))
    elif nudge := thought.so_far(session, texts):
        session.nudge(nudge)


async def _ended(task: "asyncio.Future[T]") -> None:
    """Cancelled, and what it held is let go."""
    task.cancel()
    await asyncio.wait((task,))
