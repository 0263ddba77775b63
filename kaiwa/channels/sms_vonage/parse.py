"""Vonage's calls to our words. Total: whatever the bytes are, nothing is raised or lost."""

from typing import Any, Final

from kaiwa.channels.sms.events import Outcome, fitting_id, receipt, unheard, written
from kaiwa.channels.sms.numbers import e164
from kaiwa.channels.sms_vonage.fields import fields_of, tree_of
from kaiwa.channels.sms_vonage.meanings import code_of, lasting, sentence
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary.event import InboundEvent

_STATUSES: Final[dict[str, Outcome]] = {
    "submitted": "on its way", "accepted": "on its way", "buffered": "on its way",
    "delivered": "delivered", "read": "read", "rejected": "failed", "undeliverable": "failed",
    "failed": "failed", "expired": "failed",
}  # fmt: skip


def parse_one(raw: bytes) -> InboundEvent:
    """One message or receipt of either API; anything else is kept as it is."""
    fields = fields_of(raw)
    if "message_uuid" in fields:
        return _of_messages(fields, tree_of(raw), raw)
    if "messageId" in fields:
        return _of_sms(fields, raw)
    return unheard(raw, "malformed")


def _of_messages(fields: dict[str, str], tree: dict[str, Any], raw: bytes) -> InboundEvent:
    own_id = fitting_id(fields["message_uuid"], raw)
    status = fields.get("status", "")
    if status in _STATUSES:
        error = tree.get("error")
        told: dict[str, Any] = error if isinstance(error, dict) else {}
        why = (sentence(told), lasting(code_of(told)))
        return receipt(own_id, status, _STATUSES[status], fields.get("to", ""), why)
    if status or "from" not in fields:
        return unheard(raw, status or "message")
    if fields.get("message_type", "text") == "text" and "text" in fields:
        return written(said.Text(fields["text"]), own_id, e164(fields["from"]))
    kept = said.Unknown(fields.get("message_type", ""), raw.decode("utf-8", "replace"))
    return written(kept, own_id, e164(fields["from"]))


def _of_sms(fields: dict[str, str], raw: bytes) -> InboundEvent:
    own_id = fitting_id(fields["messageId"], raw)
    number = e164(fields.get("msisdn", ""))
    status = fields.get("status", "")
    if status in _STATUSES:
        code = code_of({"code": fields.get("err-code", "")})
        why = (f"{status} ({code})" if code else status, lasting(code))
        return receipt(own_id, status, _STATUSES[status], number, why)
    if status or not number:
        return unheard(raw, status or "message")
    if "text" in fields and fields.get("type", "text") in ("text", "unicode"):
        return written(said.Text(fields["text"]), _part(fields, own_id), number)
    kept = said.Unknown(fields.get("type", ""), raw.decode("utf-8", "replace"))
    return written(kept, own_id, number)


def _part(fields: dict[str, str], own_id: str) -> str:
    """A long message comes in parts, whose ids may be the first one's."""
    part = fields.get("concat-part", "")
    return f"{own_id}:{part}" if part.isascii() and part.isdigit() and len(part) < 4 else own_id
