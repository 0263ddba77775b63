"""A shop behind the real server: a LINE inbox, its own chat, and a neighbour's chat."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kaiwa.app import Running
from kaiwa.catalog.finder.finder import Finder
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.engines.secrets import Secrets
from kaiwa.house import House
from kaiwa.merchants.inbox import InboxSettings, NewInbox, add_inbox
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.settings import Settings
from tests.fakes.line_webhooks import LineWebhooks
from tests.web.asgi import Answer, Socket, call

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
SHOP, NEIGHBOUR = "https://shop.example", "https://neighbour.example"
IDENTITY_SECRET = "a secret of thirty-two characters"
CHAT, OTHER_CHAT, LINE = "chat-key", "other-chat-key", "line-key"
SECRET = "line-secret"
TABLES = ("inbound_event", "job", "message", "conversation", "identity", "customer", "file")


class Doors:
    """The server's app on a database of its own, with the worker or without."""

    def __init__(self, db: Database, folder: Path, *, work: bool) -> None:
        self.db = db
        self.clock = SetClock(NOW)
        secrets = Secrets(bytes(range(32)))
        files = DirectoryStore(folder / "files")
        settings = Settings(folder, "", public_url="https://kaiwa.example")
        finder = Finder(db, None, self.clock)
        house = House(settings, db, secrets, self.clock, files, finder)
        db.write_now(lambda s: _furnish(s, secrets))
        self.running = Running(house, work=work)
        self.app = self.running.app
        self.line = LineWebhooks(SECRET, now_s=NOW.timestamp)

    def rows(self) -> dict[str, int]:
        """How many rows each table has: what happened, if anything."""
        return {table: self.count(table) for table in TABLES}

    def count(self, table: str, where: str = "1 = 1") -> int:
        row = self.db.read_now(lambda s: s.one(f"SELECT count(*) FROM {table} WHERE {where}"))
        assert row is not None
        return int(row[0])

    def all(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.read_now(lambda s: s.all(sql))]

    async def webhook(self, body: bytes, headers: dict[str, str], path: str = "") -> Answer:
        target = path or f"/webhooks/line/{LINE}"
        return await call(self.app, "POST", target, headers=headers, body=body)

    async def ask(self, method: str, what: str, token: str | None = None, **more: Any) -> Answer:
        """A call of the chat; a dict as `body` goes as JSON."""
        inbox = more.pop("inbox", CHAT)
        headers = more.pop("headers", {})
        if token is not None:
            headers = {**headers, "authorization": f"Bearer {token}"}
        body = more.pop("body", b"")
        if isinstance(body, dict):
            body = _json(body)
        target = f"/api/widget/{inbox}/{what}"
        return await call(self.app, method, target, headers=headers, body=body)

    async def session(self, token: str | None = None, **more: Any) -> Answer:
        """The launcher asks for a session from the shop's page."""
        origin = more.pop("origin", SHOP)
        headers = {} if origin is None else {"origin": origin}
        inbox = more.pop("inbox", CHAT)
        return await self.ask(
            "POST", "session", headers=headers, body={"token": token, **more}, inbox=inbox
        )

    async def visitor(self, **more: Any) -> str:
        """The token of somebody new."""
        answer = await self.session(**more)
        assert answer.status == 200, answer.body
        return str(answer.json["token"])

    async def say(self, token: str, client_id: str, text: str = "Hello", **more: Any) -> Answer:
        body = {"client_id": client_id, "text": text, **more}
        return await self.ask("POST", "messages", token, body=body)

    def socket(self, inbox: str = CHAT) -> Socket:
        return Socket(self.app, f"/api/widget/{inbox}/live")


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def _furnish(session: Session, secrets: Secrets) -> None:
    shop = create_merchant(session, NewMerchant("Shop", "shop", "en"), NOW)
    other = create_merchant(session, NewMerchant("Neighbour", "neighbour", "en"), NOW)
    line = {"channel_secret": SECRET, "channel_access_token": "t0ken"}
    for owner, new in (
        (shop, NewInbox("line", "LINE", line, "http://127.0.0.1:9", key=LINE)),
        (shop, _chat(CHAT, SHOP, {"identity_secret": IDENTITY_SECRET})),
        (other, _chat(OTHER_CHAT, NEIGHBOUR, {})),
    ):
        add_inbox(session, owner.id, new, secrets, NOW)


def _chat(key: str, origin: str, credentials: dict[str, str]) -> NewInbox:
    return NewInbox("web_chat", "Chat", credentials, settings=InboxSettings((origin,)), key=key)
