"""Meta's side of a webhook for Messenger and Instagram, written from its documents."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from typing import Any

PAGE_ID = "104412345678901"
INSTAGRAM_ID = "17841405822304914"
APP_ID = "250123456789012"


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class MetaWebhooks:
    """Builds what customers do and delivers it signed; `wrote` hears who wrote."""

    def __init__(
        self,
        secret: str,
        told: str = "page",
        *,
        now_s: Callable[[], float],
        wrote: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._secret, self._told, self._now_s, self._wrote = secret, told, now_s, wrote
        self.own = PAGE_ID if told == "page" else INSTAGRAM_ID
        self._ids = itertools.count(1)

    def item(self, user: str, **fields: Any) -> dict[str, Any]:
        """One thing a customer did."""
        head = {"sender": {"id": user}, "recipient": {"id": self.own}}
        return {**head, "timestamp": int(self._now_s() * 1_000), **fields}

    def message(self, user: str, **fields: Any) -> dict[str, Any]:
        """A message with an id of its own; it opens the customer's window."""
        self._wrote(user)
        return self.item(user, message={"mid": f"m_in{next(self._ids)}", **fields})

    def text(self, words: str, user: str, **fields: Any) -> dict[str, Any]:
        return self.message(user, text=words, **fields)

    def postback(self, user: str, title: str, payload: str, **fields: Any) -> dict[str, Any]:
        self._wrote(user)
        pressed = {"mid": f"m_in{next(self._ids)}", "title": title, "payload": payload, **fields}
        return self.item(user, postback=pressed)

    def echo(self, user: str, mid: str, **fields: Any) -> dict[str, Any]:
        """A message from the account, told back."""
        said = {"mid": mid, "is_echo": True, **fields}
        made = self.item(user, message=said)
        return {**made, "sender": {"id": self.own}, "recipient": {"id": user}}

    def read(self, user: str, mid: str = "") -> dict[str, Any]:
        """Messenger tells until when, Instagram which message."""
        watermark = int(self._now_s() * 1_000)
        return self.item(user, read={"watermark": watermark} if not mid else {"mid": mid})

    def delivered(self, user: str, *mids: str) -> dict[str, Any]:
        watermark = int(self._now_s() * 1_000)
        return self.item(user, delivery={"mids": list(mids), "watermark": watermark})

    def deliver(
        self, *items: dict[str, Any], name: str = "messaging", own: str = ""
    ) -> tuple[bytes, dict[str, str]]:
        """The body and headers of one call with one entry."""
        now_ms = int(self._now_s() * 1_000)
        return self.call({"id": own or self.own, "time": now_ms, name: list(items)})

    def call(self, *entries: Any) -> tuple[bytes, dict[str, str]]:
        """The body and headers of one call with these entries."""
        told = {"object": self._told, "entry": list(entries)}
        body = json.dumps(told, ensure_ascii=False).encode()
        return body, {"x-hub-signature-256": sign(self._secret, body)}
