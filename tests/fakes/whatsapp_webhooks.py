"""WhatsApp's side of a webhook: batches, receipts and their signature, from the documents."""

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from typing import Any

NUMBER_ID = "106540352242922"
ACCOUNT_ID = "102290129340398"


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class WhatsAppWebhooks:
    """Builds what customers do and delivers it signed; `wrote` hears who wrote and when."""

    def __init__(
        self,
        secret: str,
        *,
        now_s: Callable[[], float],
        wrote: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._secret = secret
        self._now_s = now_s
        self._wrote = wrote
        self._ids = itertools.count(1)

    def message(self, kind: str, user: str = "", number: str = "", **fields: Any) -> dict[str, Any]:
        """The value of a change with one message, of somebody with an id, a number or both."""
        for one in (user, number):
            self._wrote(one)
        head = {"from": number, "from_user_id": user, "id": f"wamid.in{next(self._ids)}"}
        told = {name: value for name, value in head.items() if value}
        person = {"wa_id": number, "user_id": user}
        contact = {name: value for name, value in person.items() if value}
        return {
            "contacts": [{"profile": {"name": "はな"}, **contact}],
            "messages": [{**told, "timestamp": str(int(self._now_s())), "type": kind, **fields}],
        }

    def text(self, words: str, user: str = "", number: str = "", **fields: Any) -> dict[str, Any]:
        return self.message("text", user, number, text={"body": words}, **fields)

    def status(self, message_id: str, kind: str, **fields: Any) -> dict[str, Any]:
        """The value of a change with one receipt."""
        told = {"id": message_id, "status": kind, "timestamp": str(int(self._now_s()))}
        return {"statuses": [{**told, "recipient_id": "819012345678", **fields}]}

    def wish(self, value: str, user: str = "", number: str = "") -> dict[str, Any]:
        """The value of a change that tells what somebody wants of advertising."""
        told = {
            "wa_id": number,
            "user_id": user,
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": int(self._now_s()),
        }
        return {"user_preferences": [{name: each for name, each in told.items() if each}]}

    def deliver(
        self, *values: dict[str, Any], field: str = "messages", number_id: str = NUMBER_ID
    ) -> tuple[bytes, dict[str, str]]:
        """The body and headers of one call with a change for each value."""
        metadata = {"display_phone_number": "81312345678", "phone_number_id": number_id}
        about = {"messaging_product": "whatsapp", "metadata": metadata}
        changes = [{"value": {**about, **value}, "field": field} for value in values]
        entry = {"id": ACCOUNT_ID, "time": int(self._now_s()), "changes": changes}
        told = {"object": "whatsapp_business_account", "entry": [entry]}
        body = json.dumps(told, ensure_ascii=False).encode()
        return body, {"x-hub-signature-256": sign(self._secret, body)}
