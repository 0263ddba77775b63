"""A webhook call taken apart: each thing that happened becomes an entry of its own.

Meta batches: entries, and in each what happened to the account. What is cut out keeps the shape of
an entry, so that it is read by the same eyes when it comes back from the disk; the time of the
call is left out, because it is another one when the same thing is told again. A message with
several pictures, or one that answers a story, becomes several events, told apart by `part`.
"""

import json
from typing import Final

import msgspec

from kaiwa.channels.meta.webhook import UNREADABLE, Entry, Envelope, Whole

_ENVELOPE: Final = msgspec.json.Decoder(Envelope)
_ENTRY: Final = msgspec.json.Decoder(Entry)
_WHOLE: Final = msgspec.json.Decoder(Whole)
_MOST_PARTS: Final = 100


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


def _of_entry(raw: bytes) -> list[bytes]:
    try:
        entry = _ENTRY.decode(raw)
    except UNREADABLE:
        return [raw]
    head = b'{"id":' + msgspec.json.encode(entry.id) + b',"'
    found = [
        *(one for item in entry.messaging for one in _parts(head + b'messaging":[', bytes(item))),
        *(one for item in entry.standby for one in _parts(head + b'standby":[', bytes(item))),
        *(head + b'changes":[' + bytes(change) + b"]}" for change in entry.changes),
    ]
    return found or [raw]


def _parts(head: bytes, item: bytes) -> list[bytes]:
    found = [head + item + b"]}"]
    for part in range(1, _count(item)):
        found.append(head + item + b'],"part":%d}' % part)
    return found


def _count(item: bytes) -> int:
    """How many events an item is: one for each attachment, and one for the story it answers."""
    if b'"attachments"' not in item and b'"story"' not in item:
        return 1
    try:
        message = _WHOLE.decode(item).message
    except UNREADABLE:
        return 1
    if message is None or message.is_echo or message.is_deleted:
        return 1
    story = message.reply_to is not None and message.reply_to.story is not None
    return min(max(1, len(message.attachments)) + story, _MOST_PARTS)
