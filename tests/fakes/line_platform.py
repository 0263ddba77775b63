"""A strict LINE platform: an ASGI app for tests in the process, and a server by uvicorn.

    python -m tests.fakes.line_platform --port 9100 --secret S --token T [--state FILE]

It authenticates, holds the limits of `line_rules`, spends reply tokens, remembers retry keys and
keeps a journal of everything it accepted. `/_fake/…` sets the scene (see `line_controls`).
"""

import argparse
import asyncio
import json
import os
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from tests.fakes.line_account_link import AccountLinks
from tests.fakes.line_controls import CONTROLS, Fault
from tests.fakes.line_rules import check
from tests.fakes.line_webhooks import LineWebhooks, read_token

REPLY_TOKEN_LIFE_S = 60
REPLY_TOKEN_LAST_S = 1_200
RETRY_KEY_LIFE_S = 86_400
QUOTA_SPENT = "You have reached your monthly limit."
RATE_EXCEEDED = "The API rate limit has been exceeded. Try again later."

__all__ = ["LinePlatform", "LineWebhooks"]


class Call(NamedTuple):
    """A call as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            raise Refusal(400, "The request body could not be parsed as JSON") from None


class Answer(NamedTuple):
    """What goes back; `cut` closes the connection in the middle."""

    status: int = 200
    body: Any = {}
    headers: dict[str, str] = {}
    cut: bool = False


class Refusal(Exception):
    """The platform's no."""

    def __init__(self, status: int, message: str, **body: Any) -> None:
        super().__init__(message)
        self.answer = Answer(status, {"message": message, **body})


class LinePlatform:
    """One channel of the platform and everything it knows."""

    def __init__(self, secret: str, token: str, *, state: Path | None = None) -> None:
        self.secret = secret
        self.tokens: dict[str, float | None] = {token: None}
        self.state = state
        self.clock_offset_s = 0.0
        self.fixed_now_s: float | None = None
        self.journal: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.spent: set[str] = set()
        self.registered: dict[str, tuple[str, int]] = {}
        self.retry_keys: dict[str, tuple[float, str, list[dict[str, str]]]] = {}
        self.links = AccountLinks()
        self.quota: int | None = None
        self.used = 0
        self.rate_per_s = 2_000
        self.recent: list[float] = []
        self.blocked: set[str] = set()
        self.content: dict[str, dict[str, Any]] = {}
        self.profiles: dict[str, dict[str, str]] = {}
        self.read_tokens: list[str] = []
        self.loading: list[dict[str, Any]] = []
        self.webhook = {"endpoint": "https://shop.example/webhooks/line/1", "active": True}
        self._ids = 500_000_000_000_000_000

    def now_s(self) -> float:
        base = self.fixed_now_s if self.fixed_now_s is not None else time.time()
        return base + self.clock_offset_s

    def webhooks(self) -> LineWebhooks:
        """A sender whose clock and secret are this platform's."""
        return LineWebhooks(self.secret, now_s=self.now_s, renew=self.renew)

    def renew(self, token: str) -> None:
        """A redelivery gives an unspent token a new minute, until its event is 20 minutes old."""
        known = read_token(self.secret, token)
        if known and self.now_s() - known[1] / 1000 < REPLY_TOKEN_LAST_S:
            self.registered[token] = (known[0], int(self.now_s() * 1000))

    # -- ASGI ---------------------------------------------------------------

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        headers = {key.decode().lower(): value.decode() for key, value in scope["headers"]}
        call = Call(scope["method"], scope["path"], headers, body)
        await _respond(send, await self.answer(call))

    async def answer(self, call: Call) -> Answer:
        """What the platform says to `call`."""
        try:
            if call.path.startswith("/_fake/"):
                return Answer(body=CONTROLS[f"{call.method} {call.path}"](self, call.json()))
            return await self._guarded(call)
        except KeyError as error:
            return Answer(404, {"message": f"Not found: {error}"})
        except Refusal as refusal:
            said = refusal.answer
            self.refused.append({"path": call.path, "status": said.status, **said.body})
            request_id = {"x-line-request-id": str(uuid.uuid4())}
            return said._replace(headers={**request_id, **said.headers})

    async def _guarded(self, call: Call) -> Answer:
        self._authenticate(call)
        fault = self.faults.pop(0) if self.faults else None
        if fault is None:
            self._rate()
            return self._route(call)
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        # What LINE turns away with a 429 it has never accepted.
        accepts = fault.accept and fault.kind not in ("rate", "quota")
        done = self._route(call) if accepts or fault.kind == "slow" else None
        return _faulty(fault, done)

    def _authenticate(self, call: Call) -> None:
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        expires_at = self.tokens.get(token, 0.0) if scheme == "Bearer" else 0.0
        if expires_at is not None and expires_at <= self.now_s():
            raise Refusal(
                401,
                "Authentication failed. Confirm that the access token in the authorization "
                "header is valid.",
            )

    def _rate(self) -> None:
        now = self.now_s()
        self.recent = [at for at in self.recent if at > now - 1]
        if len(self.recent) >= self.rate_per_s:
            raise Refusal(429, RATE_EXCEEDED)
        self.recent.append(now)

    def _route(self, call: Call) -> Answer:
        for method, pattern, handler in _ROUTES:
            found = re.fullmatch(pattern, call.path)
            if found and method == call.method:
                return handler(self, call, *found.groups())
        raise Refusal(404, "Not found")

    # -- messages -----------------------------------------------------------

    def reply(self, call: Call) -> Answer:
        if "x-line-retry-key" in call.headers:
            raise Refusal(400, "The retry key is not supported by this API")
        body = call.json()
        messages = self._checked(body, {"replyToken", "messages", "notificationDisabled"})
        token = str(body.get("replyToken", ""))
        known = self.registered.get(token) or read_token(self.secret, token)
        if known is None or token in self.spent or self._old(known[1]):
            raise Refusal(400, "Invalid reply token")
        self.spent.add(token)
        return self._accept("reply", known[0], messages, token=token)

    def _old(self, issued_ms: int) -> bool:
        return not -1 <= self.now_s() - issued_ms / 1000 <= REPLY_TOKEN_LIFE_S

    def push(self, call: Call) -> Answer:
        body = call.json()
        known = {"to", "messages", "notificationDisabled", "customAggregationUnits"}
        messages = self._checked(body, known)
        if not re.fullmatch(r"[UCR][0-9a-f]{32}", str(body.get("to", ""))):
            raise Refusal(400, "The property, 'to', in the request body is invalid")
        key = self._retry_key(call)
        if self.quota is not None and self.used >= self.quota:
            raise Refusal(429, QUOTA_SPENT)
        self.used += 1
        done = self._accept("push", body["to"], messages, retry_key=key)
        if key:
            request_id = done.headers["x-line-request-id"]
            self.retry_keys[key] = (self.now_s(), request_id, done.body["sentMessages"])
        return done

    def _retry_key(self, call: Call) -> str | None:
        key = call.headers.get("x-line-retry-key")
        if key is None:
            return None
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", key):
            raise Refusal(400, "The retry key is not a UUID")
        earlier = self.retry_keys.get(key.lower())
        if earlier and self.now_s() - earlier[0] < RETRY_KEY_LIFE_S:
            no = Refusal(409, "The retry key is already accepted", sentMessages=earlier[2])
            accepted = {"x-line-accepted-request-id": earlier[1]}
            no.answer = no.answer._replace(headers=accepted)
            raise no
        return key.lower()

    def _checked(self, body: Any, known: set[str]) -> list[dict[str, Any]]:
        if not isinstance(body, dict) or set(body) - known:
            raise Refusal(400, "The request body has an unknown property")
        report = check(body.get("messages"))
        if report.errors:
            count = len(report.errors)
            raise Refusal(400, f"The request body has {count} error(s)", details=report.errors)
        messages: list[dict[str, Any]] = body["messages"]
        return messages

    def _accept(
        self, operation: str, to: str, messages: list[dict[str, Any]], **keys: str | None
    ) -> Answer:
        entry = {
            "operation": operation,
            "to": to,
            "token": keys.get("token"),
            "retry_key": keys.get("retry_key"),
            "messages": messages,
            "at": self.now_s(),
            "delivered": to not in self.blocked,
            "warnings": check(messages).warnings,
        }
        self._record(entry)
        sent = [{"id": self._next_id(), "quoteToken": "q"} for _ in messages]
        return Answer(200, {"sentMessages": sent}, {"x-line-request-id": str(uuid.uuid4())})

    def _next_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    def _record(self, entry: dict[str, Any]) -> None:
        self.journal.append(entry)
        if self.state:
            with self.state.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())

    # -- everything else ----------------------------------------------------

    def get_content(self, call: Call, message_id: str) -> Answer:
        kept = self.content.get(message_id)
        if kept is None or kept.get("expires_at", float("inf")) <= self.now_s():
            raise Refusal(404, "Not found")
        if kept.get("status", "succeeded") != "succeeded":
            return Answer(202)
        return Answer(200, kept["data"], {"content-type": kept["type"]})

    def transcoding(self, call: Call, message_id: str) -> Answer:
        return Answer(200, {"status": self.content[message_id].get("status", "succeeded")})

    def profile(self, call: Call, user: str) -> Answer:
        if user not in self.profiles or user in self.blocked:
            raise Refusal(404, "Not found")
        return Answer(200, {"userId": user, **self.profiles[user]})

    def loading_start(self, call: Call) -> Answer:
        body = call.json()
        seconds = body.get("loadingSeconds", 20)
        if not str(body.get("chatId", "")).startswith("U") or seconds not in range(5, 61, 5):
            raise Refusal(400, "The request body has 1 error(s)")
        self.loading.append(body)
        return Answer(202)

    def mark_as_read(self, call: Call) -> Answer:
        token = call.json().get("markAsReadToken")
        if not isinstance(token, str) or not token:
            raise Refusal(400, "Invalid markAsReadToken")
        self.read_tokens.append(token)
        return Answer(200)

    def get_quota(self, call: Call) -> Answer:
        limited = {"type": "limited", "value": self.quota}
        return Answer(200, {"type": "none"} if self.quota is None else limited)

    def consumption(self, call: Call) -> Answer:
        return Answer(200, {"totalUsage": self.used})

    def info(self, call: Call) -> Answer:
        names = {"userId": "U" + "d" * 32, "basicId": "@shop", "displayName": "Shop"}
        return Answer(200, {**names, "chatMode": "chat", "markAsReadMode": "manual"})

    def link_token(self, call: Call, user: str) -> Answer:
        return Answer(200, {"linkToken": self.links.issue(user, self.now_s())})

    def endpoint(self, call: Call) -> Answer:
        if not self.webhook.get("endpoint"):
            raise Refusal(404, "Webhook endpoint not found")
        return Answer(200, self.webhook)


_ROUTES: list[tuple[str, str, Callable[..., Answer]]] = [
    ("POST", "/v2/bot/message/reply", LinePlatform.reply),
    ("POST", "/v2/bot/message/push", LinePlatform.push),
    ("GET", "/v2/bot/message/quota", LinePlatform.get_quota),
    ("GET", "/v2/bot/message/quota/consumption", LinePlatform.consumption),
    ("GET", "/v2/bot/message/([^/]+)/content", LinePlatform.get_content),
    ("GET", "/v2/bot/message/([^/]+)/content/transcoding", LinePlatform.transcoding),
    ("GET", "/v2/bot/profile/([^/]+)", LinePlatform.profile),
    ("POST", "/v2/bot/chat/loading/start", LinePlatform.loading_start),
    ("POST", "/v2/bot/chat/markAsRead", LinePlatform.mark_as_read),
    ("POST", "/v2/bot/user/(U[0-9a-f]{32})/linkToken", LinePlatform.link_token),
    ("GET", "/v2/bot/info", LinePlatform.info),
    ("GET", "/v2/bot/channel/webhook/endpoint", LinePlatform.endpoint),
]


def _faulty(fault: Fault, done: Answer | None) -> Answer:
    match fault.kind:
        case "slow" if done:
            return done
        case "drop":
            return Answer(200, {}, cut=True)
        case "rate":
            raise Refusal(429, RATE_EXCEEDED)
        case "quota":
            raise Refusal(429, QUOTA_SPENT)
        case kind:
            raise Refusal(int(kind), "Internal server error")


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


async def _respond(send: Callable[[Any], Awaitable[None]], answer: Answer) -> None:
    raw = isinstance(answer.body, bytes)
    body = answer.body if raw else json.dumps(answer.body).encode()
    kind = {} if raw else {"content-type": "application/json"}
    length = {"content-length": str(len(body) + (100 if answer.cut else 0))}
    headers = [
        (key.encode(), value.encode())
        for key, value in {**kind, **answer.headers, **length}.items()
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": answer.cut})


def main() -> None:
    parser = argparse.ArgumentParser(description="A strict LINE platform for tests.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--state", type=Path)
    given = parser.parse_args()
    platform = LinePlatform(given.secret, given.token, state=given.state)
    uvicorn.run(platform, host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
