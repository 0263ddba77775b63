"""What a gateway sends us: an object, or a list of them, with names most gateways use.

A message has a sender and a text, a receipt a status. Total: nothing is raised or lost.
"""

from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from kaiwa.channels.sms.events import Outcome, fitting_id, receipt, unheard, written
from kaiwa.channels.sms.numbers import e164
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary.event import InboundEvent

_IDS: Final = ("id", "message_id", "messageId", "messageid", "uuid", "reference", "client_ref")
_FROM: Final = ("from", "sender", "source", "msisdn", "mobile", "phone")
_TO: Final = ("to", "recipient", "destination", "msisdn", "mobile", "phone")
_TEXT: Final = ("text", "message", "body", "content")
_STATUS: Final = ("status", "state", "delivery_status")
_WHY: Final = ("error", "reason", "error_code", "detail")
_WORDS: Final[dict[Outcome, str]] = {
    "on its way": "accepted queued sending sent submitted buffered pending acceptd enroute",
    "delivered": "delivered delivrd success succeeded",
    "read": "read",
    "failed": "failed undelivered undeliverable undeliv rejected rejectd expired error",
}
_STATUSES: Final = {word: outcome for outcome, words in _WORDS.items() for word in words.split()}
# What may pass when it is sent again later: the phone was off for too long.
_PASSING: Final = frozenset({"expired"})


class _Listed(msgspec.Struct, frozen=True):
    messages: list[msgspec.Raw] = []
    results: list[msgspec.Raw] = []
    events: list[msgspec.Raw] = []


_CALL: Final = msgspec.json.Decoder(_Listed | list[msgspec.Raw])
_TREE: Final = msgspec.json.Decoder(dict[str, Any])


def parse(body: bytes) -> list[tuple[bytes, InboundEvent]]:
    """Every event of the body; a body that is no list is one event."""
    return [(raw, parse_one(raw)) for raw in _items(body)]


def parse_one(raw: bytes) -> InboundEvent:
    """One event from its bytes."""
    fields = _fields(raw)
    named = _first(fields, _IDS)
    own_id, status = fitting_id(named, raw), _first(fields, _STATUS).strip().lower()
    if status in _STATUSES and named:
        why = (_first(fields, _WHY) or status, status not in _PASSING)
        return receipt(own_id, status, _STATUSES[status], _first(fields, _TO), why)
    text = next((fields[name] for name in _TEXT if name in fields), None)
    sender = e164(_first(fields, _FROM))
    if text is not None and sender and status in ("", "received"):
        return written(said.Text(text), own_id, sender)
    return unheard(raw, status or "malformed")


def _items(body: bytes) -> list[bytes]:
    try:
        listed = _CALL.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return [body]
    if isinstance(listed, _Listed):
        listed = [*listed.messages, *listed.results, *listed.events]
    return [bytes(item) for item in listed] or [body]


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if value := fields.get(name):
            return value
    return ""


def _fields(raw: bytes) -> dict[str, str]:
    if not raw.lstrip().startswith(b"{"):
        text = raw.decode("utf-8", "replace")
        try:
            return dict(reversed(parse_qsl(text, keep_blank_values=True, errors="replace")))
        except ValueError:
            return {}
    try:
        tree: dict[str, Any] = _TREE.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return {}
    plain = (str, int)
    return {name: str(value) for name, value in tree.items() if isinstance(value, plain)}
