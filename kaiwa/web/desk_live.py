"""The desk's WebSocket: rows of the merchant, and everything of the conversations on the screen."""

import asyncio
import contextlib
from typing import Annotated, Any, TypeAlias

import msgspec
import structlog
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from kaiwa.conversations.conversation import which_of
from kaiwa.desk.being_there import come
from kaiwa.engines.live import Follower, LiveEvent
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.agent_session import signed_in as signed_in_by
from kaiwa.merchants.role import allows
from kaiwa.vocabulary.errors import NotAuthentic, Unreachable
from kaiwa.web.asgi import text_of
from kaiwa.web.auth import COOKIE, context_of, signed_in
from kaiwa.web.boards import topic_of_board
from kaiwa.web.context import Context
from kaiwa.web.live_desks import live_desks, own_topics, topic_of
from kaiwa.web.origin import from_own_page

log = structlog.get_logger()

MOST_FOLLOWED = 50
LARGEST_FRAME = 16_384
FRAMES_PER_S, FRAMES_SAVED = 5.0, 40.0
HELLO_WITHIN_S = 10.0
ASKED_AGAIN_S = 30.0
GONE, FOREIGN, NOT_LET_IN, TOO_FAST, AGAIN, TOO_LARGE = 1000, 4403, 4401, 4429, 1012, 1009

Socket: TypeAlias = WebSocket[Any, Any, Any]
_Ids: TypeAlias = Annotated[
    list[Annotated[int, msgspec.Meta(ge=1, le=2**53)]], msgspec.Meta(max_length=MOST_FOLLOWED)
]


class _Frame(msgspec.Struct, frozen=True, tag_field="type"):
    pass


class Hello(_Frame, frozen=True, tag="hello"):
    """The first frame: where the browser stopped and what it shows."""

    cursor: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    conversations: _Ids = []
    board: bool = False


class Follow(_Frame, frozen=True, tag="follow"):
    """What the browser shows from now on."""

    conversations: _Ids
    board: bool = False


class Ping(_Frame, frozen=True, tag="ping"):
    """Is somebody there?"""


_FRAMES = msgspec.json.Decoder(Hello | Follow | Ping)


@websocket("/api/desk/live")
async def desk_live(socket: Socket) -> None:
    """Lets agents in from our own pages and follows with them until one side leaves."""
    context = context_of(socket)
    if not from_own_page(socket, context.public_url):
        await socket.close(FOREIGN)
        return
    await socket.accept()
    try:
        signed = await signed_in(socket)
    except (NotAuthentic, Unreachable) as error:
        await socket.close(NOT_LET_IN if isinstance(error, NotAuthentic) else AGAIN)
        return
    if signed.lacks_factor:
        await socket.close(NOT_LET_IN)
        return
    desks = live_desks(context)
    if not desks.connect(signed.agent):
        await socket.close(TOO_FAST)
        return
    try:
        await _Line(socket, context, signed.agent).run()
    finally:
        desks.disconnect(signed.agent)


ROUTES = [desk_live]


class _Line:
    """One open socket of an agent."""

    def __init__(self, socket: Socket, context: Context, agent: Agent) -> None:
        self._socket = socket
        self._context = context
        self._agent = agent
        self._desks = live_desks(context)
        self._sending = asyncio.Lock()
        self._follower: Follower | None = None
        self._shown: frozenset[int] = frozenset()
        self._over: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._frames_left = FRAMES_SAVED
        self._counted_at = asyncio.get_running_loop().time()

    async def run(self) -> None:
        """Until the browser leaves, breaks the rules, is cut off or no longer let in."""
        with contextlib.suppress(Unreachable):
            await self._beat()
        tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._watch())]
        try:
            code = await self._over
        finally:
            for task in tasks:
                task.cancel()
            self._leave()
        if code != GONE:
            # A browser that does not read would not read this either.
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.close(code), 5)

    async def _listen(self) -> None:
        try:
            async with asyncio.timeout(HELLO_WITHIN_S):
                await self._take(await self._socket.receive_data("text"))
            while True:
                await self._take(await self._socket.receive_data("text"))
        except WebSocketDisconnect:
            self._end(GONE)
        except (Unreachable, TimeoutError):
            self._end(AGAIN)
        except Exception as error:  # whatever it was, the browser comes back and goes on
            log.warning("desk_live_failed", kind=type(error).__name__)
            self._end(AGAIN)

    async def _watch(self) -> None:
        token = self._socket.cookies[COOKIE]
        while True:
            await asyncio.sleep(ASKED_AGAIN_S)
            now = self._context.clock.now()
            try:
                await self._context.db.read(lambda s, t=now: signed_in_by(s, token, t))  # type: ignore[misc]
                await self._beat()
            except NotAuthentic:
                self._end(NOT_LET_IN)
            except Unreachable:
                continue

    async def _beat(self) -> None:
        """The agent's desk is open: they can be given conversations."""
        agent, now = self._agent, self._context.clock.now()
        await self._context.db.write(lambda s: come(s, agent.merchant_id, agent.id, now))

    async def _take(self, text: str | bytes) -> None:
        if len(text) > LARGEST_FRAME:
            self._end(TOO_LARGE)
            return
        if not self._in_time():
            self._end(TOO_FAST)
            return
        try:
            frame = _FRAMES.decode(text)
        except (msgspec.DecodeError, UnicodeError):
            return
        match frame:
            case Ping():
                await self._send(b'{"type":"pong"}')
            case Hello() if self._follower is None:
                await self._hello(frame)
            case Hello() | Follow():
                await self._follow(frame)

    async def _hello(self, hello: Hello) -> None:
        shown = await self._own(hello.conversations)
        topics = self._topics(shown, hello.board)
        async with self._sending:
            hub = self._context.hub
            self._follower, kept = hub.join(topics, hello.cursor, self._send)
            self._follower.cut = lambda: self._end(AGAIN)
            # The missed events follow and bring the newer cursor themselves.
            cursor = hello.cursor if kept and hello.cursor else hub.cursor
            await self._write({"type": "welcome" if kept else "refetch", "cursor": cursor})
        if kept:
            self._catch_up(shown, bool(hello.cursor))
        self._show(shown)

    async def _follow(self, wanted: Hello | Follow) -> None:
        if self._follower is None:
            return
        shown = await self._own(wanted.conversations)
        fresh = shown - self._shown
        self._follower.follow(self._topics(shown, wanted.board))
        self._catch_up(fresh, False)
        self._show(shown)

    def _catch_up(self, fresh: frozenset[int], resumed: bool) -> None:
        # What happened between loading a conversation and following it.
        for one in fresh:
            cursor = self._desks.loaded_at(self._agent, one)
            if cursor is None or resumed or self._follower is None:
                continue
            missed = self._context.hub.since(frozenset({topic_of(one)}), cursor)
            if missed is None:
                again = {"type": "refetch", "cursor": self._context.hub.cursor}
                self._follower.push(msgspec.json.encode(again))
            elif missed:
                self._follower.push(_replay(cursor, missed))

    def _show(self, shown: frozenset[int]) -> None:
        before, self._shown = self._shown, shown
        for one in before - shown:
            self._desks.left(self._agent, one)
        for one in shown - before:
            self._desks.opened(self._agent, one)

    def _leave(self) -> None:
        if self._follower is not None:
            self._context.hub.leave(self._follower)
        self._show(frozenset())

    def _topics(self, shown: frozenset[int], board: bool) -> frozenset[str]:
        topics = own_topics(self._agent) | {topic_of(one) for one in shown}
        if board and allows(self._agent.role, "supervise"):
            topics |= {topic_of_board(self._agent.merchant_id)}
        return topics

    async def _own(self, ids: list[int]) -> frozenset[int]:
        merchant_id = self._agent.merchant_id
        return frozenset(await self._context.db.read(lambda s: which_of(s, merchant_id, ids)))

    async def _send(self, frame: bytes) -> None:
        async with self._sending:
            await self._socket.send_data(text_of(frame), mode="text")

    async def _write(self, frame: dict[str, str]) -> None:
        await self._socket.send_data(msgspec.json.encode(frame).decode(), mode="text")

    def _in_time(self) -> bool:
        now = asyncio.get_running_loop().time()
        saved = self._frames_left + (now - self._counted_at) * FRAMES_PER_S
        self._counted_at = now
        self._frames_left = min(FRAMES_SAVED, saved) - 1
        return self._frames_left >= 0

    def _end(self, code: int) -> None:
        if not self._over.done():
            self._over.set_result(code)


def _replay(cursor: str, events: list[LiveEvent]) -> bytes:
    # Under its old cursor: newer events of other topics may still be on their way.
    lasting = [event.body for event in events if not (event.key or "").startswith("typing")]
    return b'{"type":"events","cursor":"%s","events":[%s]}' % (cursor.encode(), b",".join(lasting))
