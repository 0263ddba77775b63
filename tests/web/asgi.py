"""A browser and a platform without a network: they speak ASGI to the server's own app."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any
from urllib.parse import unquote

import msgspec

from kaiwa.web.asgi import App


class Answer(msgspec.Struct, frozen=True):
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str]:
        """Status and code of a refusal."""
        return self.status, self.json["error"]


async def call(
    app: App,
    method: str,
    target: str,
    *,
    headers: dict[str, str] | None = None,
    body: bytes | list[bytes] = b"",
    broken: bool = False,
) -> Answer:
    """One request; a body given in parts comes in parts; when `broken`, the end never does."""
    parts = [body] if isinstance(body, bytes) else body
    receives = [
        {"type": "http.request", "body": part, "more_body": broken or at + 1 < len(parts)}
        for at, part in enumerate(parts)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return receives.pop(0) if receives else {"type": "http.disconnect"}

    async def send(part: Any) -> None:
        sent.append(part)

    await app(_scope("http", target, headers or {}) | {"method": method}, receive, send)
    return Answer(
        sent[0]["status"],
        {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]},
        b"".join(part.get("body", b"") for part in sent[1:]),
    )


def _scope(kind: str, target: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = target.partition("?")
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": {"http": "https", "websocket": "wss"}[kind],
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in {"host": "kaiwa.example", **headers}.items()
        ],
        "client": ("203.0.113.5", 4711),
        "server": ("kaiwa.example", 443),
        "state": {},
        "subprotocols": [],
    }


class Socket:
    """One WebSocket of a browser. `frames` are all that came, `closed` the code of the end."""

    def __init__(self, app: App, target: str, headers: dict[str, str] | None = None) -> None:
        self._in: asyncio.Queue[Any] = asyncio.Queue()
        self._in.put_nowait({"type": "websocket.connect"})
        self._news = asyncio.Event()
        self.frames: list[Any] = []
        self.closed: int | None = None
        scope = _scope("websocket", target, headers or {})
        served: Coroutine[Any, Any, None] = app(scope, self._in.get, self._take)  # type: ignore[assignment]
        self._task = asyncio.create_task(served)

    async def _take(self, part: Any) -> None:
        if part["type"] == "websocket.send":
            self.frames.append(json.loads(part["text"]))
        elif part["type"] == "websocket.close":
            self.closed = part["code"]
        self._news.set()

    def say(self, frame: Any) -> None:
        """Send a frame; what is not a string is sent as JSON."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        self._in.put_nowait({"type": "websocket.receive", "text": text})

    async def until(self, seen: Any, within_s: float = 60.0) -> Any:
        """What `seen(self)` finds, once it finds something."""
        async with asyncio.timeout(within_s):
            while not (found := seen(self)):
                self._news.clear()
                await self._news.wait()
        return found

    async def hear(self, kind: str) -> Any:
        """The first frame of that type."""
        return await self.until(
            lambda s: next((frame for frame in s.frames if frame["type"] == kind), None)
        )

    async def end(self) -> int | None:
        """Wait until the server has closed; the code."""
        await asyncio.wait_for(self._task, 60)
        return self.closed

    async def leave(self) -> None:
        """The browser goes away."""
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._task, 60)

    @property
    def messages(self) -> list[Any]:
        """Every message that came as an event, in order."""
        return [
            event["message"]
            for frame in self.frames
            if frame["type"] == "events"
            for event in frame["events"]
            if event["kind"] == "message"
        ]

    @property
    def cursor(self) -> str:
        """Where to go on from."""
        return str(next(frame["cursor"] for frame in reversed(self.frames) if "cursor" in frame))
