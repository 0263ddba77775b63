"""Vonage's calls to us: JSON with a token that holds the body's hash, or fields with a `sig`."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import jwt

from kaiwa.channels import RawRequest

Json = dict[str, Any]


class VonageWebhooks:
    """What an account sends to one address."""

    def __init__(self, secret: str, api_key: str, ours: str, now_s: Callable[[], float]) -> None:
        self.secret, self.api_key, self.ours, self.now_s = secret, api_key, ours, now_s
        self._last = 0

    def new_id(self) -> str:
        self._last += 1
        return str(uuid.UUID(int=self._last))

    def message(self, number: str, text: str, **more: Any) -> Json:
        return {
            "channel": "sms", "message_uuid": self.new_id(), "to": self.ours, "from": number,
            "timestamp": "2026-11-22T03:00:00Z", "text": text, "message_type": "text",
            "sms": {"num_messages": "1", "keyword": text.split(" ")[0].upper()},
            "usage": {"currency": "EUR", "price": "0.0"}, "context_status": "none", **more,
        }  # fmt: skip

    def status(self, message_uuid: str, status: str, number: str, **more: Any) -> Json:
        return {
            "message_uuid": message_uuid, "to": number, "from": self.ours, "status": status,
            "timestamp": "2026-11-22T03:00:00Z", "channel": "sms",
            "destination": {"network_code": "44020"}, "sms": {"count_total": "1"}, **more,
        }  # fmt: skip

    def call(self, told: Json, **claims: Any) -> RawRequest:
        body = json.dumps(told, ensure_ascii=False).encode()
        token = jwt.encode(
            {
                "iat": int(self.now_s()),
                "jti": self.new_id(),
                "iss": "Vonage",
                "payload_hash": hashlib.sha256(body).hexdigest(),
                "api_key": self.api_key,
                **claims,
            },
            self.secret,
            algorithm="HS256",
        )
        headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        return RawRequest(body, headers)

    def sms_call(self, method: str = "sha256", **fields: str) -> RawRequest:
        """The older SMS API, as a form."""
        text = "".join(
            f"&{name}={fields[name].replace('&', '_').replace('=', '_')}" for name in sorted(fields)
        )
        sig = hmac.new(self.secret.encode(), text.encode(), method).hexdigest()
        body = urlencode({**fields, "sig": sig.upper()}).encode()
        return RawRequest(body, {"content-type": "application/x-www-form-urlencoded"})
