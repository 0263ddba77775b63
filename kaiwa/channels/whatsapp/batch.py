"""A webhook call taken apart: each message and each receipt becomes a change of its own.

Meta batches: entries, changes in each, messages and statuses in each. What is cut out keeps the
shape of a change, so that it is read by the same eyes when it comes back from the disk.
"""

import json
from typing import Final, TypeAlias

import msgspec

from kaiwa.channels.whatsapp.webhook import (
    Call,
    Change,
    Contact,
    Entry,
    Envelope,
    Head,
    Preference,
    Subject,
    Value,
)

# The bytes of one event, and the change that is read from them, where it is known already.
Piece: TypeAlias = tuple[bytes, Change | None]
UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeError)
_CALL: Final = msgspec.json.Decoder(Call)
_ENVELOPE: Final = msgspec.json.Decoder(Envelope)
_ENTRY: Final = msgspec.json.Decoder(Entry)
_CHANGE: Final = msgspec.json.Decoder(Change)
_CONTACT: Final = msgspec.json.Decoder(Contact)
_HEAD: Final = msgspec.json.Decoder(Head)
_PREFERENCE: Final = msgspec.json.Decoder(Preference)
_SUBJECT: Final = msgspec.json.Decoder(Subject)
# What may happen to a template twice with the same words: when it was told makes two of them.
TEMPLATE_NEWS: Final = frozenset(
    {
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update",
    }
)


def events(body: bytes) -> list[Piece]:
    """Every event; what does not look as it should is one event as it is."""
    found = _of_plain(body)
    if found is not None:
        return found
    try:
        entries = _ENVELOPE.decode(body).entry
    except UNREADABLE:
        try:
            entries = _ENVELOPE.decode(mended(body)).entry
        except (*UNREADABLE, ValueError):
            return [(body, None)]
    return [event for entry in entries for event in _of_entry(bytes(entry))]


def _of_plain(body: bytes) -> list[Piece] | None:
    """The same at one go, for a call of nothing but messages and receipts of the usual shape."""
    try:
        entries = _CALL.decode(body).entry
    except UNREADABLE:
        return None
    changes = [change for entry in entries for change in entry.changes]
    if not all(map(_is_plain, changes)):
        return None
    return [event for change in changes for event in _parts(change)]


def _is_plain(change: Change) -> bool:
    told = change.value
    talk = bool(told.messages or told.statuses)
    return talk and not told.user_preferences and change.field == "messages"


def mended(raw: bytes) -> bytes:
    """The same JSON with half surrogates and bytes that are no UTF-8 replaced.

    One broken character must not cost the other events of a call, nor its own.
    """
    tree = json.loads(raw.decode("utf-8", "replace"))
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _of_entry(entry: bytes) -> list[Piece]:
    try:
        told = _ENTRY.decode(entry)
    except UNREADABLE:
        return [(entry, None)]
    return [event for one in told.changes for event in _of_change(bytes(one), told.time)]


def _of_change(raw: bytes, time: object) -> list[Piece]:
    try:
        change = _CHANGE.decode(raw)
    except UNREADABLE:
        return [(raw, None)]
    if change.field in TEMPLATE_NEWS:
        return [(_timed(raw, time), None)]
    return _parts(change) or [(raw, None)]


def _parts(change: Change) -> list[Piece]:
    told = change.value
    about = msgspec.json.encode(change.field)
    parts = [_message(change.field, about, each, told) for each in told.messages]
    for one in told.statuses:
        parts.append(
            (_alone(about, b"statuses", one), Change(change.field, Value(statuses=(one,))))
        )
    parts += [(_preferred(each, told), None) for each in told.user_preferences]
    if told.messages:
        # An error beside messages is about the account, not about one of them.
        parts += [(_alone(about, b"errors", each), None) for each in told.errors]
    return parts


def _message(field: str, about: bytes, one: msgspec.Raw, told: Value) -> Piece:
    contact = _writer(one, told)
    if contact is None:
        return _alone(about, b"messages", one), Change(field, Value(messages=(one,)))
    known = b'"contacts":[' + bytes(contact) + b"],"
    value = Value(contacts=(contact,), messages=(one,))
    return _alone(about, b"messages", one, known), Change(field, value)


def _alone(about: bytes, name: bytes, one: msgspec.Raw, known: bytes = b"") -> bytes:
    head = (b'{"field":', about, b',"value":{', known, b'"', name, b'":[')
    return b"".join((*head, bytes(one), b"]}}"))


def _timed(raw: bytes, time: object) -> bytes:
    one = _SUBJECT.decode(raw)
    at = time if isinstance(time, int) else 0
    about = msgspec.json.encode(one.field)
    return b"".join((b'{"field":', about, b',"time":%d,"value":' % at, bytes(one.value), b"}"))


def _preferred(one: msgspec.Raw, told: Value) -> bytes:
    """A wish with the contact of the same number, whose own id is better than the number."""
    about = next((each for each in told.contacts if _same_number(each, one)), None)
    known = b'"contacts":[' + bytes(about) + b"]," if about else b""
    return (
        b"".join(
            (b'{"field":"user_preferences","value":{', known, b'"user_preferences":[', bytes(one))
        )
        + b"]}}"
    )


def _same_number(contact: msgspec.Raw, one: msgspec.Raw) -> bool:
    try:
        wished = _PREFERENCE.decode(one)
        return bool(wished.wa_id) and _CONTACT.decode(contact).wa_id == wished.wa_id
    except UNREADABLE:
        return False


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
