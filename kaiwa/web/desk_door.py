"""What every door of the desk shares: who asks, their merchant's rows, and how records look."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, Self, TypeAlias, TypedDict, TypeVar

import msgspec
from litestar.params import PathParameter

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.conversation import conversation as conversation_of
from kaiwa.conversations.links import FileLinks
from kaiwa.conversations.message import Message
from kaiwa.engines.db import Session
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.role import Permission, require
from kaiwa.vocabulary.errors import Conflict
from kaiwa.web.auth import context_of, signed_in
from kaiwa.web.context import Context
from kaiwa.web.message_shape import DeskMessageShape
from kaiwa.web.reader import Connection
from kaiwa.web.relay import View
from kaiwa.web.row_shape import MovedShape, RowShape

T = TypeVar("T")

_MOST: Final = 2**53
Id: TypeAlias = Annotated[int, PathParameter(ge=1, le=_MOST)]
BodyId: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=_MOST)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
# No database keeps a NUL in a text.
Words: TypeAlias = Annotated[str, msgspec.Meta(max_length=20_000, pattern=r"^[^\x00]*$")]
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
ClientId: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
FileKey: TypeAlias = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[a-z0-9/-]+$")]


class MessageSaid(TypedDict):
    """What was said, and the conversation as it is after it."""

    message: DeskMessageShape
    conversation: RowShape


class Desk:
    """One agent's request: everything it reads and writes is their merchant's."""

    def __init__(self, context: Context, agent: Agent) -> None:
        self.context = context
        self.agent = agent
        self.merchant_id = agent.merchant_id

    @classmethod
    async def of(cls, connection: Connection, permission: Permission = "answer") -> Self:
        """The desk of whoever asks; `NotAllowed` when their role lacks the permission."""
        signed = await signed_in(connection)
        require(signed.agent.role, permission)
        return cls(context_of(connection), signed.agent)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.context.clock.now()

    def view(self, session: Session) -> View:
        """Shapes rows of the merchant."""
        return View(session, self.merchant_id, self.context, FileLinks(self.context.secrets))

    def row(self, session: Session, conversation_id: int) -> RowShape:
        """A row of the list, as it stands."""
        conv = conversation_of(session, self.merchant_id, conversation_id)
        return self.view(session).row(conv)

    def message(self, session: Session, found: Message) -> DeskMessageShape:
        """A message as agents see it."""
        view = self.view(session)
        customer_id = view.conversation(found.conversation_id).customer_id
        return view.shaper(customer_id).desk_message(found, view.channel(found.inbox_id))

    async def read(self, work: Callable[[Session], T]) -> T:
        """Read what stands."""
        return await self.context.db.read(work)

    async def act(self, conversation_id: int, work: Callable[[Session], T]) -> T:
        """Write; a `Conflict` brings the conversation as it is now in its detail."""
        try:
            return await self.context.db.write(work)
        except Conflict as error:
            row = await self.read(lambda s: self.row(s, conversation_id))
            raise Conflict(error.message, **(error.detail | {"conversation": row})) from error

    async def moved(
        self, conversation_id: int, work: Callable[[Session], Conversation]
    ) -> MovedShape:
        """Do something to a conversation; answers with its row."""

        def move(session: Session) -> RowShape:
            work(session)
            return self.row(session, conversation_id)

        return {"conversation": await self.act(conversation_id, move)}
