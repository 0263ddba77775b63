"""A strict WhatsApp platform: an ASGI app for tests in the process or on a loopback port.

It authenticates, knows its own number and account only, holds the limits of `whatsapp_rules`, the
24 hours of every customer by its own clock and the pace of a number, gives media for five minutes,
asks a new webhook for its verify token, and keeps a journal of what it accepted.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from tests.fakes.whatsapp_catalogue import Catalogue
from tests.fakes.whatsapp_rules import USER_ID, check
from tests.fakes.whatsapp_templates import Templates
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID, WhatsAppWebhooks

WINDOW_S = 86_400
MEDIA_URL_S = 300
PER_SECOND = 80
Challenge = Callable[[str, dict[str, str]], Awaitable[bytes]]


class Answer(NamedTuple):
    """What goes back; `cut` closes the connection in the middle."""

    status: int = 200
    body: Any = {}
    headers: dict[str, str] = {}
    cut: bool = False


class Refusal(Exception):
    """The platform's no, in the shape of a Graph API error."""

    def __init__(self, status: int, code: int, title: str, details: str = "") -> None:
        super().__init__(title)
        error = {"message": f"(#{code}) {title}", "type": "OAuthException", "code": code}
        data = {"messaging_product": "whatsapp", "details": details}
        more = {"error_data": data} if details else {}
        self.answer = Answer(status, {"error": {**error, **more, "fbtrace_id": "A1"}})


class WhatsAppPlatform:
    """One number of the platform and everything it knows."""

    def __init__(self, secret: str, token: str, *, now_s: float) -> None:
        self.secret = secret
        self.tokens: dict[str, float | None] = {token: None}
        self.time_s = now_s
        self.journal: list[dict[str, Any]] = []
        self.undelivered: list[dict[str, Any]] = []
        self.faults: list[Refusal | Answer] = []
        self.wrote_at: dict[str, float] = {}
        self.absent: set[str] = set()
        self.templates = Templates()
        self.catalogue = Catalogue()
        self.flows: dict[str, tuple[str, set[str]]] = {}
        self.recent: list[float] = []
        self.files: dict[str, tuple[bytes, str]] = {}
        self.media_urls: dict[str, tuple[str, float]] = {}
        self.media_host = "http://whatsapp.test"
        self.read: list[dict[str, Any]] = []
        self.subscribed: list[str] = []
        self.number: dict[str, Any] = {
            "status": "CONNECTED",
            "platform_type": "CLOUD_API",
            "quality_rating": "GREEN",
        }
        self.hooks: dict[str, str] = {"application": "https://app.example/hook"}
        self.challenge: Challenge | None = None
        self.asked: dict[str, str] = {}

    def now_s(self) -> float:
        return self.time_s

    def webhooks(self) -> WhatsAppWebhooks:
        """A sender whose clock and secret are this platform's; what it sends opens windows."""
        return WhatsAppWebhooks(self.secret, now_s=self.now_s, wrote=self.wrote)

    def wrote(self, user: str) -> None:
        self.wrote_at[user] = self.time_s

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (event := (await receive())["type"]) != "lifespan.shutdown":
                await send({"type": f"{event}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        headers = {key.decode().lower(): value.decode() for key, value in scope["headers"]}
        try:
            query = dict(parse_qsl(scope["query_string"].decode()))
            self.asked = query
            said = await self._answer(scope["method"], scope["path"], headers, body)
        except Refusal as refusal:
            said = refusal.answer
        await respond(send, said)

    async def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        self._authenticate(headers)
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, Refusal):
                raise fault
            return fault
        for known, pattern, handler in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and known == method:
                return await handler(self, _json(body), *found.groups())
        raise Refusal(400, 100, "Unsupported request", "Object does not exist")

    def _authenticate(self, headers: dict[str, str]) -> None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        expires_at = self.tokens.get(token, 0.0) if scheme == "Bearer" else 0.0
        if expires_at is not None and expires_at <= self.time_s:
            raise Refusal(401, 190, "Invalid OAuth access token", "The session has expired")

    async def messages(self, body: Any, number: str) -> Answer:
        if number != NUMBER_ID:
            raise Refusal(400, 100, "Invalid parameter", "Unknown phone number")
        if isinstance(body, dict) and "status" in body:
            return self._mark_read(body)
        self._pace()
        if wrong := check(body):
            raise Refusal(400, 131009, "Parameter value is not valid", "; ".join(wrong))
        to = str(body.get("to") or body["recipient"])
        if to in self.absent:
            raise Refusal(400, 131026, "Message undeliverable", "Not a WhatsApp user")
        if no := self.catalogue.refuses(body) or self._refuses_flow(body):
            raise Refusal(400, *no)
        template = body["type"] == "template"
        if template and (no := self.templates.refuses(body)):
            raise Refusal(400, *no)
        if not template and self.time_s - self.wrote_at.get(to, -WINDOW_S) >= WINDOW_S:
            raise Refusal(400, 131047, "Re-engagement message", "More than 24 hours have passed")
        own_id = f"wamid.out{len(self.journal) + len(self.undelivered) + 1}"
        # An id in the place of a number is taken and delivered to nobody.
        lost = "to" in body and bool(USER_ID.fullmatch(to))
        (self.undelivered if lost else self.journal).append({"id": own_id, **body})
        contact = {"input": to, "wa_id": to}
        return Answer(
            200,
            {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": own_id}]},
        )

    def _refuses_flow(self, body: dict[str, Any]) -> tuple[int, str, str] | None:
        """A flow has to be published, and to have the screen."""
        given = body.get("interactive", {}).get("action", {}).get("parameters", {})
        if "flow_id" not in given:
            return None
        status, screens = self.flows.get(given["flow_id"], ("", set()))
        if status == "PUBLISHED" and given["flow_action_payload"]["screen"] in screens:
            return None
        return 131009, "Parameter value is not valid", "Flow is not published or has no such screen"

    def _pace(self) -> None:
        self.recent = [at for at in self.recent if at > self.time_s - 1]
        if len(self.recent) >= PER_SECOND:
            raise Refusal(429, 130429, "Rate limit hit", "Too many messages from this number")
        self.recent.append(self.time_s)

    def _mark_read(self, body: dict[str, Any]) -> Answer:
        known = {"messaging_product", "status", "message_id", "typing_indicator"}
        typing = body.get("typing_indicator", {"type": "text"})
        if set(body) - known or body["status"] != "read" or typing != {"type": "text"}:
            raise Refusal(400, 131009, "Parameter value is not valid", "status")
        if not str(body.get("message_id", "")).startswith("wamid.in"):
            raise Refusal(400, 131009, "Parameter value is not valid", "message_id")
        self.read.append(body)
        return Answer(200, {"success": True})

    async def subscribe(self, body: Any, account: str) -> Answer:
        self._own(account)
        self.subscribed.append("our app")
        return Answer(200, {"success": True})

    async def subscriptions(self, body: Any, account: str) -> Answer:
        self._own(account)
        apps = [{"whatsapp_business_api_data": {"name": app}} for app in self.subscribed]
        return Answer(200, {"data": apps})

    def _own(self, account: str) -> None:
        if account != ACCOUNT_ID:
            raise Refusal(400, 100, "Unsupported request", "Object does not exist")

    async def listed(self, body: Any, account: str) -> Answer:
        self._own(account)
        return Answer(200, self.templates.page(self.asked))

    async def catalogues(self, body: Any, account: str) -> Answer:
        self._own(account)
        return Answer(200, self.catalogue.listed())

    async def commerce(self, body: Any, number: str) -> Answer:
        if number != NUMBER_ID:
            raise Refusal(400, 100, "Invalid parameter", "Unknown phone number")
        return Answer(200, self.catalogue.settings())

    async def configure(self, body: Any, number: str) -> Answer:
        if number != NUMBER_ID or set(body) != {"webhook_configuration"}:
            raise Refusal(400, 100, "Invalid parameter")
        wanted = body["webhook_configuration"]
        url, token = wanted["override_callback_uri"], wanted["verify_token"]
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}
        heard = await self.challenge(url, query) if self.challenge else b""
        if heard != b"1158201444":
            raise Refusal(400, 2200, "Callback verification failed", "The challenge was not echoed")
        self.hooks["phone_number"] = url
        return Answer(200, {"success": True})

    async def thing(self, body: Any, own_id: str) -> Answer:
        """A number, or media by its id."""
        if own_id == NUMBER_ID:
            return Answer(200, {**self.number, "webhook_configuration": self.hooks, "id": own_id})
        if own_id in self.flows:
            return Answer(200, {"status": self.flows[own_id][0], "id": own_id})
        if own_id not in self.files:
            raise Refusal(400, 100, "Unsupported get request", "Object does not exist")
        key = f"k{len(self.media_urls)}"
        self.media_urls[key] = (own_id, self.time_s + MEDIA_URL_S)
        kind = self.files[own_id][1]
        return Answer(
            200, {"url": f"{self.media_host}/files/{key}", "mime_type": kind, "id": own_id}
        )

    async def file(self, body: Any, key: str) -> Answer:
        own_id, until = self.media_urls[key]
        if until <= self.time_s:
            return Answer(404, b"")
        return Answer(200, self.files[own_id][0], {"content-type": "application/octet-stream"})


_ROUTES: list[tuple[str, str, Callable[..., Awaitable[Answer]]]] = [
    ("POST", r"/v26\.0/(\d+)/messages", WhatsAppPlatform.messages),
    ("POST", r"/v26\.0/(\d+)/subscribed_apps", WhatsAppPlatform.subscribe),
    ("GET", r"/v26\.0/(\d+)/subscribed_apps", WhatsAppPlatform.subscriptions),
    ("GET", r"/v26\.0/(\d+)/message_templates", WhatsAppPlatform.listed),
    ("GET", r"/v26\.0/(\d+)/product_catalogs", WhatsAppPlatform.catalogues),
    ("GET", r"/v26\.0/(\d+)/whatsapp_commerce_settings", WhatsAppPlatform.commerce),
    ("POST", r"/v26\.0/(\d+)", WhatsAppPlatform.configure),
    ("GET", r"/v26\.0/(\d+)", WhatsAppPlatform.thing),
    ("GET", r"/files/(k\d+)", WhatsAppPlatform.file),
]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError:
        raise Refusal(400, 100, "Invalid parameter", "The body is no JSON") from None


async def respond(send: Callable[[Any], Awaitable[None]], answer: Answer) -> None:
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
