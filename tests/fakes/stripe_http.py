"""The stateful Stripe over HTTP: its API, the buyer's pages, webhooks, and trouble on demand.

`python -m tests.fakes.stripe_http --port 12111 --webhook URL` serves it; the webhook's secret is
`whsec_fake`, the API's key `sk_test_fake`. `POST /_/trouble?kind=lost&count=1` makes the next
POST of the API take effect and lose its answer; `drop` loses the request; `500`, `429`, `409`
answer that.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx
import uvicorn

from tests.fakes import stripe_pages as pages
from tests.fakes.stripe_platform import StripePlatform, Thing
from tests.fakes.stripe_rules import Keys, Refusal, bad, form, require_caller

SECRET_KEY, WEBHOOK_SECRET = "sk_test_fake", "whsec_fake"
_CREATE = {
    "/v1/payment_intents": "create_intent",
    "/v1/checkout/sessions": "create_session",
    "/v1/customers": "create_customer",
    "/v1/refunds": "create_refund",
}


def signed(body: bytes, at: float, secret: str = WEBHOOK_SECRET) -> str:
    """The Stripe-Signature of a body."""
    code = hmac.digest(secret.encode(), b"%d.%s" % (int(at), body), hashlib.sha256).hex()
    return f"t={int(at)},v1={code}"


class StripeHttp:
    """An ASGI app. `events` are all that were caused, as bodies, in order."""

    def __init__(self, now: Callable[[], float] = time.time, webhook: str | None = None) -> None:
        self.now = now
        self.platform = StripePlatform(now)
        self.platform.tell = self._caused
        self.keys = Keys()
        self.events: list[bytes] = []
        self.trouble: list[str] = []
        self.webhook = webhook
        self.posts = 0
        self._undelivered: list[bytes] = []
        self._delivering: set[asyncio.Task[None]] = set()

    def _caused(self, kind: str, thing: Thing) -> None:
        event = {
            "id": f"evt_{len(self.events) + 1:06d}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": int(self.now()),
            "livemode": False,
            "pending_webhooks": 1,
            "type": kind,
            "data": {"object": thing},
        }
        body = json.dumps(event).encode()
        self.events.append(body)
        self._undelivered.append(body)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if "host" in headers:
            self.platform.base = f"http://{headers['host']}"
        body = b""
        while (part := await receive())["type"] == "http.request":
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        if scope["path"].startswith("/v1/"):
            answer = self._api(scope, headers, body)
        else:
            answer = self._page(scope, body)
        if self.webhook:
            await self._deliver(self.webhook)
        if answer is None:
            # The server goes away in the middle of its answer.
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [(b"content-length", b"999")],
                }
            )
            return
        status, kind, content, where = answer
        out = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(content))]
        if where:
            out.append((b"location", where.encode()))
        await send({"type": "http.response.start", "status": status, "headers": out})
        await send({"type": "http.response.body", "body": content})

    # The API

    def _api(
        self, scope: Any, headers: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes, str] | None:
        trouble = self.trouble.pop(0) if self.trouble and scope["method"] == "POST" else ""
        if trouble == "drop":
            return None
        try:
            if trouble in ("429", "500", "409"):
                raise Refusal(int(trouble), "api_error", None, "Try again.")
            require_caller(headers, SECRET_KEY)
            if scope["method"] == "POST":
                status, content = self._post(scope["path"], headers, body)
            else:
                status, content = 200, self._get(scope["path"], scope["query_string"].decode())
        except Refusal as refusal:
            status, content = refusal.status, json.dumps(refusal.body).encode()
        return None if trouble == "lost" else (status, "application/json", content, "")

    def _post(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        given, key = form(body, headers), headers.get("idempotency-key", "")
        before = self.keys.before(key, path, given)
        if before is not None:
            return before
        if path not in _CREATE:
            raise Refusal(404, "invalid_request_error", None, f"Unrecognized request URL {path}")
        self.posts += 1
        try:
            made = getattr(self.platform, _CREATE[path])(given)
            answer = (200, json.dumps(made).encode())
        except Refusal as refusal:
            answer = (refusal.status, json.dumps(refusal.body).encode())
            if refusal.status == 400:
                # What was not understood is not kept: it may be mended and sent again.
                return answer
        self.keys.keep(key, path, given, answer)
        return answer

    def _get(self, path: str, query: str) -> bytes:
        if path == "/v1/payment_intents/search":
            found = self.platform.search(parse_qs(query)["query"][0])
            return json.dumps(found).encode()
        kind, _, known = path.removeprefix("/v1/").rpartition("/")
        things = {
            "payment_intents": self.platform.intents,
            "checkout/sessions": self.platform.sessions,
            "refunds": self.platform.refunds,
        }.get(kind, {})
        if known not in things:
            raise Refusal(404, "invalid_request_error", "resource_missing", f"No such {known}")
        return json.dumps(things[known]).encode()

    # The buyer's pages, and what stands for the machine in the shop

    def _page(self, scope: Any, body: bytes) -> tuple[int, str, bytes, str]:
        kind, _, known = unquote(scope["path"]).strip("/").partition("/")
        asked = parse_qs(scope["query_string"].decode())
        if kind == "_" and known == "trouble":
            self.trouble += [asked["kind"][0]] * int(asked.get("count", ["1"])[0])
            return 204, "text/plain", b"", ""
        try:
            done = parse_qs(body.decode()) if scope["method"] == "POST" else None
            where, html = self._shown(kind, known, done)
        except (KeyError, Refusal):
            return 404, "text/plain", b"There is nothing here.", ""
        return (303 if where else 200), "text/html; charset=utf-8", html.encode(), where

    def _shown(self, kind: str, known: str, done: dict[str, list[str]] | None) -> tuple[str, str]:
        platform = self.platform
        if kind == "pay":
            session = platform.sessions[known]
            if session["status"] != "open":
                return "", pages.over()
            if done is None:
                return "", pages.card(session, declined=False)
            paid = platform.pay_on_page(session, done["card"][0])
            return (session["success_url"], "") if paid else ("", pages.card(session, True))
        intent = platform.intents[known]
        if kind == "confirm":
            todo = intent["next_action"]
            if todo is None or done is None:
                return "", pages.confirm(intent) if todo else pages.over()
            if done["answer"][0] == "yes":
                platform.succeed(intent)
            else:
                platform.fail(intent, "payment_intent_authentication_failure")
            return todo["redirect_to_url"]["return_url"], ""
        if kind not in ("voucher", "transfer"):
            raise bad("There is no such page.")
        if done is not None:
            if done["answer"][0] == "paid":
                platform.succeed(intent)
            else:
                platform.fail(intent, "payment_intent_payment_attempt_expired")
        return "", pages.voucher(intent)

    async def _deliver(self, webhook: str) -> None:
        waiting, self._undelivered = self._undelivered, []
        if waiting:
            # Apart from the answer, as Stripe does it: they may overtake each other.
            task = asyncio.create_task(self._send(webhook, waiting))
            self._delivering.add(task)
            task.add_done_callback(self._delivering.discard)

    async def _send(self, webhook: str, bodies: list[bytes]) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            for body in bodies:
                for attempt in range(5):
                    headers = {"stripe-signature": signed(body, self.now())}
                    headers["content-type"] = "application/json; charset=utf-8"
                    try:
                        answer = await client.post(webhook, content=body, headers=headers)
                        if answer.status_code < 300:
                            break
                    except httpx.HTTPError:
                        pass
                    await asyncio.sleep(0.2 * 2**attempt)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=12111)
    options.add_argument("--webhook", help="where the events go")
    chosen = options.parse_args()
    app = StripeHttp(webhook=chosen.webhook)
    print(f"Stripe stands in on http://127.0.0.1:{chosen.port}", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=chosen.port, log_level="critical", lifespan="off")


if __name__ == "__main__":
    main()
