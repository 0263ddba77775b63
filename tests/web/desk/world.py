"""Two shops with agents and customers, and a real server with the desk's doors in front of them."""

import asyncio
import contextlib
import itertools
import json
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import websockets

from kaiwa.catalog.finder.finder import Finder
from kaiwa.conversations.conversation import Conversation, held, newest_of
from kaiwa.conversations.handoff import request_handoff
from kaiwa.conversations.intake import Place, take_in
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.customers.identity import resolve
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Nudge, Session
from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.live import Hub
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import Agent, NewAgent, add_agent
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from kaiwa.merchants.merchant import Merchant, NewMerchant, create_merchant
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import InboundEvent, Said, Sender
from kaiwa.vocabulary.reply import Reply, TextBlock
from kaiwa.web.context import Context
from kaiwa.web.relay import Relay
from tests.waiting import until
from tests.web.desk.answers import Answers, answers_of
from tests.web.desk_doors import doors_on

PASSWORD = "correct horse battery"
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


class Shop:
    """One merchant: its agents and what its customers say."""

    def __init__(self, db: Database, clock: SetClock, slug: str) -> None:
        self.db, self.clock, self.slug = db, clock, slug
        self._numbers = itertools.count(1)
        self.merchant, self.inbox = db.write_now(self._open)
        self.hana = self.hire("hana", "owner")
        self.ken = self.hire("ken", "agent")

    @property
    def id(self) -> int:
        return self.merchant.id

    def _open(self, session: Session) -> tuple[Merchant, Inbox]:
        new = NewMerchant(f"Shop {self.slug}", slug=self.slug)
        shop = create_merchant(session, new, self.clock.now())
        box = add_inbox(
            session, shop.id, NewInbox("web_chat"), Secrets(b"0" * 32), self.clock.now()
        )
        return shop, box

    def hire(self, name: str, role: Any, language: Any = "en") -> Agent:
        email = f"{name}@{self.slug}.example"
        new = NewAgent(email, name.title(), role, PASSWORD, language)
        return self.db.write_now(lambda s: add_agent(s, self.id, new, self.clock.now()))

    def hears(self, visitor: str, text: str, name: str | None = None) -> Conversation:
        """A customer writes; the conversation it went to."""
        number = next(self._numbers)
        event = InboundEvent(
            f"e{number}",
            Said(Text(text), f"{visitor}/c{number}"),
            Sender("visitor", visitor),
            occurred_at=self.clock.now(),
            name=name,
        )

        def take(session: Session) -> Conversation:
            now = self.clock.now()
            take_in(session, Place(self.merchant, self.inbox), event, lambda s, fact: None, now)
            where = resolve(
                session, self.id, Address(self.inbox.id, "visitor", visitor), self.clock.now()
            )
            found = newest_of(session, self.id, where.customer_id)
            assert found is not None
            return found

        return self.db.write_now(take)

    def bot_says(self, conversation_id: int, text: str) -> None:
        number = next(self._numbers)
        out = Outgoing(Reply((TextBlock(text=text),)), "bot", f"bot:{number}")

        def speak(session: Session) -> None:
            say(session, held(session, self.id, conversation_id), out, self.clock.now())

        self.db.write_now(speak)

    def bot_hands_off(self, conversation_id: int) -> None:
        def let_go(session: Session) -> None:
            conv = held(session, self.id, conversation_id)
            request_handoff(session, conv, "asked", lambda s, fact: None, self.clock.now())

        self.db.write_now(let_go)


# Given to every client, since reading the machine's certificates takes longer than most tests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Browser:
    """An agent's browser; every good answer it gets is held against the description."""

    def __init__(self, base: str, answers: Answers | None = None) -> None:
        hooks = {"response": [] if answers is None else [answers.hold]}
        self.http = httpx.AsyncClient(
            base_url=base, trust_env=False, timeout=60, verify=NO_TLS, event_hooks=hooks
        )
        self.base = base
        self.csrf = ""

    async def log_in(self, agent: Agent, password: str = PASSWORD) -> httpx.Response:
        answer = await self.http.post(
            "/api/auth/login", json={"email": agent.email, "password": password}
        )
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf"]
        return answer

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, params=params)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        headers = {"X-CSRF-Token": self.csrf} | more.pop("headers", {})
        return await self.http.post(path, json=body or {}, headers=headers, **more)

    async def put(self, path: str, body: Any) -> httpx.Response:
        return await self.http.put(path, json=body, headers={"X-CSRF-Token": self.csrf})

    async def page(self, conversation_id: int) -> Any:
        answer = await self.get(f"/api/conversations/{conversation_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    @contextlib.asynccontextmanager
    async def live(self, *, origin: str | None = "own") -> AsyncIterator["Live"]:
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.http.cookies.jar)
        async with websockets.connect(
            self.base.replace("http", "ws") + "/api/desk/live",
            origin=self.base if origin == "own" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookies},
            proxy=None,
        ) as socket:
            yield Live(socket)


class Live:
    """One open socket."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.cursor: str | None = None
        self.events: list[Any] = []
        self.before: list[Any] = []

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def frame(self, within_s: float = 60) -> Any:
        frame = json.loads(await asyncio.wait_for(self.socket.recv(), within_s))
        self.cursor = frame.get("cursor", self.cursor)
        self.events += frame.get("events", [])
        return frame

    async def hello(self, *conversations: int, cursor: str | None = None) -> Any:
        await self.send(type="hello", cursor=cursor, conversations=list(conversations))
        return await self.frame()

    async def heard(self, kind: str, within_s: float = 60) -> Any:
        """The next event of a kind; those before it stay in `events`."""
        async with asyncio.timeout(within_s):
            while True:
                for at, event in enumerate(self.events):
                    if event["kind"] == kind:
                        return self.events.pop(at)
                await self.frame()

    async def until_now(self, shop: Shop) -> list[Any]:
        """Everything heard of what has happened so far, a last message to mark the end left out."""
        end = f"The end {shop.clock.at} {id(self)} {len(self.events)}"
        last = shop.hears("last", end)
        while True:
            event = await self.heard("row")
            if event["conversation"]["preview"] == end:
                break
            self.before.append(event)
        # Who comes to the desk is heard of whenever it is; stories that mean it ask for it.
        some = [e for e in self.before + self.events if e["kind"] != "attendance"]
        heard = [e for e in some if _about(e) != last.id]
        self.before, self.events = [], []
        return heard


def _about(event: Any) -> int:
    about = event["message"] if event["kind"] == "message" else event
    found = about["conversation"]
    return int(found["id"] if isinstance(found, dict) else found)


class World:
    """The server, two shops, and a clock that stands."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.clock = SetClock(NOON)
        self.shop = Shop(db, self.clock, "mori")
        self.other = Shop(db, self.clock, "umi")
        self.context = Context(
            db=db,
            clock=self.clock,
            secrets=Secrets(b"0" * 32),
            files=DirectoryStore(folder / "files"),
            http=AiohttpHttp(),
            hub=Hub(),
            announce=lambda session, fact: None,
            announce_orders=lambda session, fact: None,
            finder=Finder(db, None, self.clock),
            static=folder,
        )
        self.app = doors_on(self.context)
        self.base = ""
        self._browsers: list[Browser] = []

    async def browser(self, agent: Agent | None = None) -> Browser:
        """A fresh browser, logged in as that agent."""
        made = Browser(self.base, answers_of(self.app))
        self._browsers.append(made)
        if agent is not None:
            assert (await made.log_in(agent)).status_code == 200
        return made

    def rows(self, sql: str) -> list[Any]:
        return self.db.read_now(lambda s: s.all(sql))

    def counted(self) -> dict[str, int]:
        """How much there is of everything that an agent could change."""
        tables = (
            *("message", "note", "happening", "job", "file", "agent_session", "conversation"),
            *("form", "form_asking"),
        )
        found = {name: self.rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables}
        found["epochs"] = self.rows("SELECT COALESCE(sum(epoch), 0) FROM conversation")[0][0]
        found["unread"] = self.rows("SELECT COALESCE(sum(unread), 0) FROM conversation")[0][0]
        return found

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator["World"]:
        relay = Relay(self.context)
        loop = asyncio.get_running_loop()

        def heard(nudges: list[Nudge]) -> None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(relay.take, nudges)

        self.db.listen(heard, lambda: None)
        config = uvicorn.Config(
            self.app, port=0, log_level="error", ws="websockets-sansio", lifespan="off"
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        port = server.servers[0].sockets[0].getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            for one in self._browsers:
                await one.http.aclose()
            # Not by its own loop, which looks ten times a second whether it should end.
            for door in server.servers:
                door.close()
            for open_one in list(server.server_state.connections):
                open_one.shutdown()
            await until(lambda: not server.server_state.tasks)
            await self.context.http.close()  # type: ignore[attr-defined]
