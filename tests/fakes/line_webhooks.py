"""LINE's side of the webhook: signed deliveries, batches, redeliveries, shuffles.

Reply tokens carry who they answer and when they were issued under a key made from the channel
secret, so a fake platform in another process knows them without being told.
"""

import base64
import hashlib
import hmac
import itertools
import json
import random
import secrets as entropy
import time
from collections.abc import Callable
from typing import Any

NOBODY = "U" + "0" * 32


def sign(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _seal(secret: str, text: str) -> str:
    return hmac.new(b"reply-token:" + secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def issue_token(secret: str, to: str, at_ms: int) -> str:
    known = to if len(to) == 33 else NOBODY
    open_part = f"{known}{at_ms:012x}{entropy.token_hex(6)}"
    return open_part + _seal(secret, open_part)[:16]


def read_token(secret: str, token: str) -> tuple[str, int] | None:
    """Whom the token answers and when it was issued; None when LINE did not make it."""
    open_part, seal = token[:-16], token[-16:]
    if len(open_part) != 57 or not hmac.compare_digest(_seal(secret, open_part)[:16], seal):
        return None
    return open_part[:33], int(open_part[33:45], 16)


class LineWebhooks:
    """Makes events and signed bodies.

    `now_s` is the platform's clock; `renew` tells the platform of a redelivered token, as
    `POST /_fake/redelivered` does from another process.
    """

    def __init__(
        self,
        secret: str,
        *,
        destination: str = "U" + "d" * 32,
        now_s: Callable[[], float] = time.time,
        renew: Callable[[str], None] | None = None,
    ) -> None:
        self.secret = secret
        self.destination = destination
        self.now_s = now_s
        self.renew = renew
        self._numbers = itertools.count(1)
        self._seed = entropy.token_hex(4).upper()

    def event(self, kind: str, user: str | None, **fields: Any) -> dict[str, Any]:
        """Any event; `source`, `mode` and the like may be overridden."""
        at_ms = int(self.now_s() * 1000)
        made: dict[str, Any] = {
            "type": kind,
            "mode": "active",
            "timestamp": at_ms,
            "source": {"type": "user", "userId": user},
            "webhookEventId": f"01TEST{self._seed}{next(self._numbers):012d}",
            "deliveryContext": {"isRedelivery": False},
        }
        if kind not in ("unsend", "unfollow", "leave", "memberLeft") and user:
            made["replyToken"] = issue_token(self.secret, user, at_ms)
        return {**made, **fields}

    def text(self, user: str, text: str, **fields: Any) -> dict[str, Any]:
        message = {"type": "text", "id": self.message_id(), "text": text, "quoteToken": "q"}
        return self.event("message", user, message=message, **fields)

    def postback(self, user: str, data: str, params: Any = None) -> dict[str, Any]:
        body = {"data": data, **({"params": params} if params else {})}
        return self.event("postback", user, postback=body)

    def message_id(self) -> str:
        return f"{int(self._seed, 16)}{next(self._numbers):08d}"

    def deliver(self, *events: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """One call with these events: its body and headers."""
        envelope = {"destination": self.destination, "events": list(events)}
        body = json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
        return body, self.headers(body)

    def headers(self, body: bytes) -> dict[str, str]:
        signed = {"x-line-signature": sign(self.secret, body), "user-agent": "LineBotWebhook/2.0"}
        return {"content-type": "application/json; charset=utf-8", **signed}

    def redeliver(self, *events: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """The same events again: same ids and tokens, marked as redelivered."""
        for event in events:
            if self.renew and "replyToken" in event:
                self.renew(event["replyToken"])
        return self.deliver(
            *({**event, "deliveryContext": {"isRedelivery": True}} for event in events)
        )

    def shuffle(
        self, events: list[dict[str, Any]], seed: int, *, twice: float = 0.3
    ) -> list[tuple[bytes, dict[str, str]]]:
        """Deliveries of all events out of order, in batches, some of them redelivered."""
        dice = random.Random(seed)
        rest = dice.sample(events, len(events))
        calls = []
        while rest:
            size = dice.randint(1, 5)
            batch, rest = rest[:size], rest[size:]
            calls.append(self.deliver(*batch))
            again = [event for event in batch if dice.random() < twice]
            if again:
                calls.insert(dice.randint(0, len(calls)), self.redeliver(*again))
        return calls
