"""A strict Meta platform: an ASGI app for tests in the process or on a loopback port.

It authenticates the account and the app apart, knows its own Page and Instagram account only, holds
the limits of `meta_rules`, the day and the week of every customer by its own clock and the pace of
an account, lets signed addresses run out, asks a new webhook for its verify token, and keeps a
journal of what it accepted. `echo` tells it back.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from tests.fakes.meta_logins import Logins
from tests.fakes.meta_profile import PROFILE, check_profile
from tests.fakes.meta_rules import check
from tests.fakes.meta_webhooks import APP_ID, INSTAGRAM_ID, PAGE_ID, MetaWebhooks
from tests.fakes.whatsapp_platform import Answer, Challenge, respond

DAY_S = 86_400
WEEK_S = 604_800
PER_SECOND = 300


class Refusal(Exception):
    """The platform's no, in the shape of a Graph API error."""

    def __init__(self, status: int, code: int, words: str, subcode: int = 0) -> None:
        super().__init__(words)
        error: dict[str, Any] = {"message": f"(#{code}) {words}", "type": "OAuthException"}
        more = {"error_subcode": subcode} if subcode else {}
        self.answer = Answer(status, {"error": {**error, "code": code, **more, "fbtrace_id": "A1"}})


class MetaPlatform:
    """One Page, one Instagram account and everything the platform knows of them."""

    def __init__(self, kind: str, secret: str, token: str, *, now_s: float) -> None:
        self.kind, self.secret, self.token, self.time_s = kind, secret, token, now_s
        self.token_until: float | None = None
        self.journal: list[dict[str, Any]] = []
        self.acts: list[tuple[str, str]] = []
        self.faults: list[Refusal | Answer] = []
        self.loses_answers = False
        self.wrote_at: dict[str, float] = {}
        self.absent: set[str] = set()
        self.recent: list[float] = []
        self.people: dict[str, dict[str, str]] = {}
        self.files: dict[str, tuple[bytes, str, float]] = {}
        self.attachments: dict[str, list[dict[str, Any]]] = {}
        self.scopes = ["pages_messaging", "pages_manage_metadata", "instagram_manage_messages"]
        self.human_agent = True
        self.thread_owner_elsewhere: set[str] = set()
        self.subscribed: list[dict[str, Any]] = []
        self.hooks: dict[str, dict[str, Any]] = {}
        self.profile: dict[str, Any] = {}
        self.linked: str | None = INSTAGRAM_ID
        self.logins = Logins()
        self.challenge: Challenge | None = None

    def now_s(self) -> float:
        return self.time_s

    def webhooks(self) -> MetaWebhooks:
        """A sender whose clock and secret are this platform's; what it sends opens windows."""
        told = "page" if self.kind == "messenger" else "instagram"
        return MetaWebhooks(self.secret, told, now_s=self.now_s, wrote=self.wrote)

    def wrote(self, user: str) -> None:
        self.wrote_at[user] = self.time_s

    def echo(self, at: int = -1) -> dict[str, Any]:
        """What was accepted as number `at`, told back: on Instagram without our mark."""
        sent = self.journal[at]
        message = sent["message"]
        repeats = {"text": message["text"]} if "text" in message else {}
        if "metadata" in message:
            repeats["metadata"] = message["metadata"]
        if "attachment" in message:
            repeats["attachments"] = [{"type": message["attachment"]["type"], "payload": {}}]
        return self.webhooks().echo(
            sent["recipient"]["id"], sent["id"], app_id=int(APP_ID), **repeats
        )

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
        query = {key: one[0] for key, one in parse_qs(scope["query_string"].decode()).items()}
        try:
            said = await self._answer(scope, headers, query, body)
        except Refusal as refusal:
            said = refusal.answer
        await respond(send, said)

    async def _answer(
        self, scope: Any, headers: dict[str, str], query: dict[str, str], body: bytes
    ) -> Answer:
        method, path = scope["method"], scope["path"]
        if path.startswith("/cdn/"):
            return self._file(path, headers)
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, Refusal):
                raise fault
            return fault
        by_app = self._authenticate(headers)
        for known, pattern, handler, of_app in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and known == method:
                if of_app != by_app:
                    raise Refusal(403, 200, "This call needs another token")
                return await handler(self, _json(body), query, *found.groups())
        raise Refusal(400, 100, "Unsupported request")

    def _authenticate(self, headers: dict[str, str]) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme == "Bearer" and token == f"{APP_ID}|{self.secret}":
            return True
        late = self.token_until is not None and self.token_until <= self.time_s
        if scheme != "Bearer" or token != self.token or late:
            raise Refusal(401, 190, "Error validating access token: Session has expired", 463)
        return False

    def _file(self, path: str, headers: dict[str, str]) -> Answer:
        if "authorization" in headers:
            return Answer(400, b"the token went where it must not")
        body, kind, until = self.files.get(path, (b"", "", 0.0))
        if until <= self.time_s:
            return Answer(403, b"URL signature expired")
        return Answer(200, body, {"content-type": kind})

    def _own(self, node: str) -> None:
        if node not in (PAGE_ID, INSTAGRAM_ID):
            raise Refusal(400, 100, f"Object with ID '{node}' does not exist", 33)

    async def messages(self, body: Any, query: dict[str, str], node: str) -> Answer:
        self._own(node)
        to = str((body or {}).get("recipient", {}).get("id", ""))
        if "sender_action" in (body or {}):
            return self._act(body, to)
        self._pace()
        if wrong := check(body, self.kind):
            raise Refusal(400, 100, "; ".join(wrong))
        if to not in self.wrote_at:
            raise Refusal(400, 100, "No matching user found", 2018001)
        if to in self.absent:
            raise Refusal(400, 551, "This person isn't available right now.", 1545041)
        self._in_time(to, body.get("tag"))
        own_id = f"m_out{len(self.journal) + 1}"
        self.journal.append({"id": own_id, **body})
        return Answer(200, {"recipient_id": to, "message_id": own_id}, cut=self.loses_answers)

    def _in_time(self, to: str, tag: str | None) -> None:
        if to in self.thread_owner_elsewhere:
            raise Refusal(400, 10, "Another app is controlling this thread now.", 2018300)
        if tag and not self.human_agent:
            raise Refusal(400, 10, "The app has no permission for the human agent tag")
        late = self.time_s - self.wrote_at[to] >= (WEEK_S if tag else DAY_S)
        if late:
            subcode = 2018278 if self.kind == "messenger" else 2534022
            raise Refusal(400, 10, "This message is sent outside of allowed window.", subcode)

    def _pace(self) -> None:
        self.recent = [at for at in self.recent if at > self.time_s - 1]
        if len(self.recent) >= PER_SECOND:
            raise Refusal(400, 613, "Calls to this api have exceeded the rate limit.")
        self.recent.append(self.time_s)

    def _act(self, body: dict[str, Any], to: str) -> Answer:
        if set(body) != {"recipient", "sender_action"} or to not in self.wrote_at:
            raise Refusal(400, 100, "Cannot send both message and state at the same time")
        if body["sender_action"] not in ("mark_seen", "typing_on", "typing_off"):
            raise Refusal(400, 100, "Unknown sender action")
        self.acts.append((to, body["sender_action"]))
        return Answer(200, {"recipient_id": to})

    async def hook(self, body: Any, query: dict[str, str], app: str) -> Answer:
        if app != APP_ID or body["object"] not in ("page", "instagram"):
            raise Refusal(400, 100, "Invalid parameter")
        asked = {
            "hub.mode": "subscribe",
            "hub.verify_token": body["verify_token"],
            "hub.challenge": "1158201444",
        }
        heard = await self.challenge(body["callback_url"], asked) if self.challenge else b""
        if heard != b"1158201444":
            raise Refusal(400, 2200, "Callback verification failed: the challenge was not echoed")
        self.hooks[body["object"]] = {
            "object": body["object"], "callback_url": body["callback_url"], "active": True,
            "fields": [{"name": name} for name in body["fields"].split(",")],
        }  # fmt: skip
        return Answer(200, {"success": True})

    async def hooks_of(self, body: Any, query: dict[str, str], app: str) -> Answer:
        return Answer(200, {"data": list(self.hooks.values())})

    async def token_of(self, body: Any, query: dict[str, str]) -> Answer:
        valid = query.get("input_token") == self.token
        late = self.token_until is not None and self.token_until <= self.time_s
        found: dict[str, Any] = {
            "app_id": APP_ID, "is_valid": valid and not late, "scopes": self.scopes,
            "expires_at": int(self.token_until or 0),
        }  # fmt: skip
        if late or not valid:
            found["error"] = {"code": 190, "message": "The session has expired"}
        return Answer(200, {"data": found})

    async def subscribe(self, body: Any, query: dict[str, str], node: str) -> Answer:
        self._own(node)
        fields = body["subscribed_fields"].split(",")
        self.subscribed = [{"id": APP_ID, "name": "our app", "subscribed_fields": fields}]
        return Answer(200, {"success": True})

    async def subscriptions(self, body: Any, query: dict[str, str], node: str) -> Answer:
        self._own(node)
        return Answer(200, {"data": self.subscribed})

    async def set_profile(self, body: Any, query: dict[str, str], node: str) -> Answer:
        self._own(node)
        if wrong := check_profile(body, query, self.profile):
            raise Refusal(400, 100, "; ".join(wrong))
        self.profile.update(body)
        return Answer(200, {"result": "success"})

    async def take_profile(self, body: Any, query: dict[str, str], node: str) -> Answer:
        self._own(node)
        if set(body) != {"fields"} or not set(body["fields"]) <= PROFILE:
            raise Refusal(400, 100, "Invalid parameter")
        for name in body["fields"]:
            self.profile.pop(name, None)
        return Answer(200, {"result": "success"})

    async def me(self, body: Any, query: dict[str, str]) -> Answer:
        return Answer(200, {"user_id": self.linked, "id": "9"})

    async def thing(self, body: Any, query: dict[str, str], own_id: str) -> Answer:
        """The Page, a person, or a message with its attachments."""
        if own_id == PAGE_ID:
            linked = {"instagram_business_account": {"id": self.linked}} if self.linked else {}
            return Answer(200, {"id": PAGE_ID, **linked})
        if own_id in self.people:
            return Answer(200, {**self.people[own_id], "id": own_id})
        if own_id in self.attachments:
            return Answer(200, {"attachments": {"data": self.attachments[own_id]}, "id": own_id})
        raise Refusal(400, 100, f"Object with ID '{own_id}' does not exist", 33)


_ROUTES: list[tuple[str, str, Callable[..., Awaitable[Answer]], bool]] = [
    ("POST", r"/v26\.0/(\d+)/messages", MetaPlatform.messages, False),
    ("POST", r"/v26\.0/(\d+)/subscriptions", MetaPlatform.hook, True),
    ("GET", r"/v26\.0/(\d+)/subscriptions", MetaPlatform.hooks_of, True),
    ("GET", r"/v26\.0/debug_token", MetaPlatform.token_of, True),
    ("POST", r"/v26\.0/(\d+)/subscribed_apps", MetaPlatform.subscribe, False),
    ("GET", r"/v26\.0/(\d+)/subscribed_apps", MetaPlatform.subscriptions, False),
    ("POST", r"/v26\.0/(\d+)/messenger_profile", MetaPlatform.set_profile, False),
    ("DELETE", r"/v26\.0/(\d+)/messenger_profile", MetaPlatform.take_profile, False),
    ("GET", r"/v26\.0/me", MetaPlatform.me, False),
    ("GET", r"/v26\.0/([\w.]+)", MetaPlatform.thing, False),
]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError:
        raise Refusal(400, 100, "The body is no JSON") from None
