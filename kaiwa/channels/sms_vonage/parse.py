"""Vonage's calls to our words. Total: whatever the bytes are, nothing is raised or lost."""

from typing import Any, Final

from kaiwa.channels.sms.events import Outcome, fitting_id, receipt, unheard, written
from kaiwa.channels.sms.numbers import from_digits
from kaiwa.channels.sms_vonage.fields import said_by
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
    told = said_by(raw)
    if "message_uuid" in told:
        return _of_messages(told, raw)
    if "messageId" in told:
        return _of_sms(told, raw)
    return unheard(raw, "malformed")


def _of_messages(told: dict[str, Any], raw: bytes) -> InboundEvent:
    own_id, status = fitting_id(_word(told, "message_uuid"), raw), _word(told, "status")
    if status in _STATUSES:
        error = told.get("error")
        found: dict[str, Any] = error if isinstance(error, dict) else {}
        why = (sentence(found), lasting(code_of(found))) if error else ("", True)
        number = from_digits(_word(told, "to"))
        return receipt(own_id, status, _STATUSES[status], number, why)
    number = from_digits(_word(told, "from"))
    if status or not number:
        return unheard(raw, status or "message")
    if _word(told, "message_type") in ("text", "") and "text" in told:
        return written(said.Text(_word(told, "text")), own_id, number)
    kept = said.Unknown(_word(told, "message_type"), raw.decode("utf-8", "replace"))
    return written(kept, own_id, number)


def _of_sms(told: dict[str, Any], raw: bytes) -> InboundEvent:
    own_id, status = fitting_id(_word(told, "messageId"), raw), _word(told, "status")
    number = from_digits(_word(told, "msisdn"))
    if status in _STATUSES:
        code = code_of({"code": _word(told, "err-code")})
        why = (f"{status} ({code})" if code else status, lasting(code))
        return receipt(own_id, status, _STATUSES[status], number, why)
    if status or not number:
        return unheard(raw, status or "message")
    if "text" in told and _word(told, "type") in ("text", "unicode", ""):
        part = _word(told, "concat-part")
        return written(said.Text(_word(told, "text")), _part(part, own_id), number)
    kept = said.Unknown(_word(told, "type"), raw.decode("utf-8", "replace"))
    return written(kept, own_id, number)


def _word(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) else ""


def _part(part: str, own_id: str) -> str:
    """A long message comes in parts, whose ids may be the first one's."""
    return f"{own_id}:{part}" if part.isascii() and part.isdigit() and len(part) < 4 else own_id
