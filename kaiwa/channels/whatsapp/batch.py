"""A webhook call taken apart: each message and each receipt becomes a change of its own.

Meta batches: entries, changes in each, messages and statuses in each. What is cut out keeps the
shape of a change, so that it is read by the same eyes when it comes back from the disk.
"""

import json
from typing import Final

import msgspec

from kaiwa.channels.whatsapp.webhook import Change, Contact, Entry, Envelope, Head, Value

UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeError)
_ENVELOPE: Final = msgspec.json.Decoder(Envelope)
_ENTRY: Final = msgspec.json.Decoder(Entry)
_CHANGE: Final = msgspec.json.Decoder(Change)
_CONTACT: Final = msgspec.json.Decoder(Contact)
_HEAD: Final = msgspec.json.Decoder(Head)


def events(body: bytes) -> list[bytes]:
    """The bytes of every event; what does not look as it should is one event as it is."""
    try:
        entries = _ENVELOPE.decode(body).entry
    except UNREADABLE:
        try:
            entries = _ENVELOPE.decode(mended(body)).entry
        except (*UNREADABLE, ValueError):
            return [body]
    return [event for entry in entries for event in _of_entry(bytes(entry))]


def mended(raw: bytes) -> bytes:
    """The same JSON with half surrogates and bytes that are no UTF-8 replaced.

    One broken character must not cost the other events of a call, nor its own.
    """
    tree = json.loads(raw.decode("utf-8", "replace"))
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _of_entry(entry: bytes) -> list[bytes]:
    try:
        changes = _ENTRY.decode(entry).changes
    except UNREADABLE:
        return [entry]
    return [event for change in changes for event in _of_change(bytes(change))]


def _of_change(raw: bytes) -> list[bytes]:
    try:
        change = _CHANGE.decode(raw)
    except UNREADABLE:
        return [raw]
    told = change.value
    parts = [
        *(_alone(change.field, "messages", each, told) for each in told.messages),
        *(_alone(change.field, "statuses", each) for each in told.statuses),
    ]
    if told.messages:
        # An error beside messages is about the account, not about one of them.
        parts += [_alone(change.field, "errors", each) for each in told.errors]
    return parts or [raw]


def _alone(field: str, name: str, one: msgspec.Raw, told: Value | None = None) -> bytes:
    contact = _writer(one, told) if told else None
    known = b'"contacts":[' + bytes(contact) + b"]," if contact else b""
    about = msgspec.json.encode(field)
    return b"".join(
        (b'{"field":', about, b',"value":{', known, f'"{name}":['.encode(), bytes(one), b"]}}")
    )


def _writer(message: msgspec.Raw, told: Value) -> msgspec.Raw | None:
    """The contact that wrote the message; the only one of a call is always meant."""
    if len(told.contacts) == 1:
        return told.contacts[0]
    try:
        head = _HEAD.decode(message)
    except UNREADABLE:
        return None
    return next((each for each in told.contacts if _is(each, head)), None)


def _is(raw: msgspec.Raw, head: Head) -> bool:
    try:
        contact = _CONTACT.decode(raw)
    except UNREADABLE:
        return False
    same_id = bool(contact.user_id) and contact.user_id == head.from_user_id
    return same_id or (bool(contact.wa_id) and contact.wa_id == head.sender)
