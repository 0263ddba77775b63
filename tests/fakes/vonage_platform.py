"""Vonage as far as an account that sends SMS sees it: an ASGI app as strict as its documents.

Errors have the shape of RFC 7807 and the numbers of Vonage's list; receipts fall due on the test's
clock.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

from kaiwa.channels import RawRequest
from tests.fakes.vonage_webhooks import Json, VonageWebhooks

DIGITS: Final = re.compile(r"[1-9]\d{6,14}")
FIELDS: Final = {
    "message_type", "channel", "to", "from", "text", "client_ref", "webhook_url",
    "webhook_version", "sms", "ttl",
}  # fmt: skip
PER_SECOND: Final = 30
SENT_AFTER_S, ARRIVED_AFTER_S = 0.5, 2.0


class Refusal(Exception):
    """Vonage's no: the HTTP status and the number of the error."""

    def __init__(self, status: int, code: int | str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


class VonagePlatform:
    """One account."""

    def __init__(self, webhooks: VonageWebhooks, api_secret: str) -> None:
        self.webhooks, self.api_secret = webhooks, api_secret
        self.now_s: Callable[[], float] = webhooks.now_s
        self.journal: list[Json] = []
        self.refuses: dict[str, int] = {}
        self.fates: dict[str, tuple[str, int]] = {}
        self.balance = 10.0
        self.number: Json = {"country": "JP", "features": ["SMS", "VOICE"]}
        self.fails: list[int] = []
        self._due: list[tuple[float, int, RawRequest]] = []
        self._sent_at: list[float] = []

    def receipts(self) -> list[RawRequest]:
        """The status webhooks that are due by now, in order of time."""
        due = sorted((each for each in self._due if each[0] <= self.now_s()), key=lambda d: d[:2])
        self._due = [each for each in self._due if each[0] > self.now_s()]
        return [call for _, _, call in due]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        asked = dict(parse_qsl(scope["query_string"].decode()))
        status, content = self._answer((scope["method"], scope["path"]), asked, headers, body)
        listed = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": listed})
        await send({"type": "http.response.body", "body": content})

    def _answer(
        self, target: tuple[str, str], asked: Json, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes]:
        verb, path = target
        if self.fails:
            return self.fails.pop(0), b"<html>Oops</html>"
        try:
            self._known(headers)
            if (verb, path) == ("GET", "/account/get-balance"):
                return 200, json.dumps({"value": self.balance, "autoReload": False}).encode()
            if (verb, path) == ("GET", "/account/numbers"):
                return 200, json.dumps(self._numbers(asked)).encode()
            if (verb, path) != ("POST", "/v1/messages"):
                raise Refusal(404, "not-found", "There is nothing here.")
            if headers.get("content-type") != "application/json":
                raise Refusal(415, "unsupported", "JSON is expected.")
            return 202, json.dumps(self._message(json.loads(body))).encode()
        except Refusal as no:
            told = {
                "type": f"https://developer.vonage.com/api-errors/messages#{no.code}",
                "title": no.code,
                "detail": no.detail,
                "instance": "bf0ca0bf927b3b52e3cb03217e1a1ddf",
            }
            return no.status, json.dumps(told).encode()

    def _known(self, headers: dict[str, str]) -> None:
        pair = f"{self.webhooks.api_key}:{self.api_secret}".encode()
        if headers.get("authorization") != "Basic " + base64.b64encode(pair).decode():
            raise Refusal(401, "unauthorized", "You did not provide correct credentials.")

    def _numbers(self, asked: Json) -> Json:
        """The account's only number, if it begins as was asked; Vonage leaves out what is none."""
        if asked.get("search_pattern") != "0" or not DIGITS.fullmatch(asked.get("pattern", "")):
            raise Refusal(420, 420, "Numbers from this country can be requested by a pattern.")
        if not self.webhooks.ours.startswith(asked["pattern"]):
            return {}
        return {"count": 1, "numbers": [self.number | {"msisdn": self.webhooks.ours}]}

    def _message(self, told: Json) -> Json:
        self._check(told)
        now = self.now_s()
        self._sent_at = [at for at in self._sent_at if at > now - 1]
        if len(self._sent_at) >= PER_SECOND:
            raise Refusal(429, 1000, "Throttled - You have exceeded the submission capacity.")
        self._sent_at.append(now)
        own_id = self.webhooks.new_id()
        self.journal.append(told)
        status, code = self.fates.get(told["to"], ("delivered", 0))
        error = {"type": "https://developer.vonage.com/api-errors/messages", "title": code}
        failed: Json = {"error": {**error, "detail": f"Error {code}"}} if code else {}
        ref = {"client_ref": told["client_ref"]} if "client_ref" in told else {}
        for at, word, more in ((SENT_AFTER_S, "submitted", {}), (ARRIVED_AFTER_S, status, failed)):
            call = self.webhooks.call(self.webhooks.status(own_id, word, told["to"], **ref, **more))
            self._due.append((now + at, len(self._due), call))
        return {"message_uuid": own_id}

    def _check(self, told: Json) -> None:
        if strange := set(told) - FIELDS:
            raise Refusal(422, 1020, f"Invalid params: {strange}")
        if (told.get("message_type"), told.get("channel")) != ("text", "sms"):
            raise Refusal(422, 1020, "Invalid params: message_type, channel")
        if not DIGITS.fullmatch(str(told.get("to", ""))):
            raise Refusal(422, 1170, "Invalid or Missing Msisdn Param")
        if told.get("from") not in (self.webhooks.ours, "Kaiwa"):
            raise Refusal(422, 1120, "Illegal Sender Address - rejected")
        text = told.get("text")
        if not isinstance(text, str) or not 0 < len(text) <= 3_200:
            raise Refusal(422, 1020, "Invalid params: text")
        if len(told.get("client_ref", "")) > 100:
            raise Refusal(422, 1020, "Invalid params: client_ref")
        if code := self.refuses.get(told["to"]):
            raise Refusal(402 if code == 1070 else 422, code, f"Error {code}")
