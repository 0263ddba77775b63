"""Meta's webhook to our words. Total: whatever the bytes are, nothing is raised or lost."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from kaiwa.channels.meta.batch import events, mended
from kaiwa.channels.meta.content import GET_STARTED, content_of, pressed
from kaiwa.channels.meta.marks import key_of
from kaiwa.channels.meta.webhook import (
    UNREADABLE,
    Came,
    Change,
    Delivery,
    Edit,
    Entry,
    Id,
    Item,
    Linking,
    Message,
    OptIn,
    Postback,
    Reaction,
    Reading,
)
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import Heard, InboundEvent, Referral, Sender
from kaiwa.vocabulary.time import from_millis

_ENTRY: Final = msgspec.json.Decoder(Entry)
_ITEM: Final = msgspec.json.Decoder(Item)
_CHANGE: Final = msgspec.json.Decoder(Change)
_FIELDS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LONGEST_ID: Final = 200
_Shape = TypeVar("_Shape")
_EMOJI: Final = {
    "love": "❤", "like": "👍", "dislike": "👎", "smile": "😆", "wow": "😮", "sad": "😢",
    "angry": "😠",
}  # fmt: skip
# Known, and nothing of ours: other apps' control of a thread, feeds, and what Meta tells of itself.
_WITHOUT_EFFECT: Final = frozenset(
    {
        *("pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"),
        *("policy_enforcement", "policy-enforcement", "response_feedback", "game_play"),
        *("messaging_handovers", "messaging_handover", "standby", "feed", "mention", "mentions"),
        *("comments", "live_comments", "story_insights", "message_context", "name", "picture"),
        *("send_cart", "messaging_customer_information", "messaging_in_thread_lead_form_submit"),
    }
)
_TELLS: Final = frozenset(
    {"message", "postback", "reaction", "read", "delivery", "message_edit", "account_linking"}
    | {"optin", "referral"}
)
_ENDS: Final = frozenset({"sender", "recipient", "timestamp"})


def parse(body: bytes, address_kind: str) -> list[tuple[bytes, InboundEvent]]:
    """Everything that happened, each with its own bytes."""
    return [(raw, parse_one(raw, address_kind)) for raw in events(body)]


def parse_one(raw: bytes, address_kind: str) -> InboundEvent:
    """One event from its bytes."""
    try:
        return _read(_decoded(_ENTRY, raw), raw, address_kind)
    except (*UNREADABLE, ValueError):
        return InboundEvent(_digest(raw), heard.Unheard("malformed"))


def _decoded(decoder: msgspec.json.Decoder[_Shape], raw: bytes) -> _Shape:
    """The shape of the bytes, with a broken character mended; raises what `mended` may."""
    try:
        return decoder.decode(raw)
    except UNREADABLE:
        return decoder.decode(mended(raw))


def _read(entry: Entry, raw: bytes, kind: str) -> InboundEvent:
    if entry.messaging:
        return _told(bytes(entry.messaging[0]), raw, kind, entry.part)
    if entry.standby:
        # Another app holds the thread: what is said is recorded, and not answered.
        found = _told(bytes(entry.standby[0]), raw, kind, entry.part)
        return msgspec.structs.replace(found, answerable=False)
    if entry.changes:
        return _changed(bytes(entry.changes[0]), raw, kind)
    return InboundEvent(_digest(raw), heard.Unheard("malformed"))


def _changed(change: bytes, raw: bytes, kind: str) -> InboundEvent:
    """A change; Meta tells a message as one where an app is tried out."""
    try:
        told = _CHANGE.decode(change)
    except UNREADABLE:
        return InboundEvent(_digest(raw), heard.Unheard("malformed"))
    if told.field in _WITHOUT_EFFECT:
        return InboundEvent(_digest(raw), heard.Ignored(told.field))
    if _TELLS.intersection(_names(bytes(told.value))):
        return _told(bytes(told.value), raw, kind, 0)
    return InboundEvent(_digest(raw), heard.Unheard(_short(told.field) or "malformed"))


def _told(item: bytes, raw: bytes, kind: str, part: int) -> InboundEvent:
    """A thing that happened; one whose fields do not fit is kept under its digest."""
    try:
        found = _decoded(_ITEM, item)
    except (*UNREADABLE, ValueError):
        return InboundEvent(_digest(raw), heard.Unheard(_what(item)))
    if found.message is not None and found.message.is_echo:
        return _echo(found, found.message, raw, kind)
    told = _event(found, item, raw, part)
    sender = _sender(kind, found.sender.id)
    spoken = isinstance(told.heard, heard.Said)
    return InboundEvent(
        told.own_id,
        told.heard,
        sender=sender,
        occurred_at=_at(found.timestamp),
        # One answer to a message is enough, however many pictures it has; a reaction needs none.
        answerable=part == 0 and found.reaction is None,
        mark_read_token=sender.value if sender and spoken else None,
        referral=told.referral,
    )


class _Told(NamedTuple):
    """What happened and its id; when and to whom is known by the caller."""

    own_id: str
    heard: Heard
    referral: Referral | None = None


def _event(item: Item, bare: bytes, raw: bytes, part: int) -> _Told:
    if item.message is not None:
        return _message(item.message, raw, part)
    for name, read in _READERS:
        value = getattr(item, name)
        if value is not None:
            told: _Told = read(value, raw)
            return told
    return _Told(_digest(raw), _other(bare))


def _message(message: Message, raw: bytes, part: int) -> _Told:
    mid = _fitting(message.mid)
    if message.is_deleted:
        gone = heard.TakenBack(mid) if mid else heard.Unheard("deleted")
        return _Told(_digest(f"deleted:{mid}".encode()) if mid else _digest(raw), gone)
    own_id = (mid if part == 0 else f"{mid}#{part + 1}") if mid else _digest(raw)
    answers = message.reply_to.mid if message.reply_to else ""
    said_it = heard.Said(content_of(message, part, raw), own_id, _fitting(answers) or None)
    return _Told(own_id, said_it, _referral(message.referral))


def _postback(postback: Postback, raw: bytes) -> _Told:
    own_id = _fitting(postback.mid) or _digest(raw)
    hears: Heard
    if postback.payload == GET_STARTED:
        hears = heard.Followed(opens=True)
    else:
        hears = heard.Said(pressed(postback), own_id)
    return _Told(own_id, hears, _referral(postback.referral))


def _reacted(reaction: Reaction, raw: bytes) -> _Told:
    own_id = _digest(raw)
    if reaction.action == "unreact":
        return _Told(own_id, heard.Ignored("reaction taken off"))
    emoji = reaction.emoji or _EMOJI.get(reaction.reaction, "❤")
    sticker = said.Sticker("reaction", emoji, text=emoji)
    return _Told(own_id, heard.Said(sticker, own_id, _fitting(reaction.mid) or None))


def _was_read(reading: Reading, raw: bytes) -> _Told:
    up_to, mid = _at(reading.watermark), _fitting(reading.mid)
    if up_to is not None:
        return _Told(_digest(raw), heard.Read(up_to_at=up_to))
    return _Told(_digest(raw), heard.Read(mid) if mid else heard.Unheard("read"))


def _has_arrived(delivery: Delivery, raw: bytes) -> _Told:
    up_to, mid = _at(delivery.watermark), _fitting(delivery.mids[0]) if delivery.mids else ""
    if up_to is not None:
        return _Told(_digest(raw), heard.Delivered(up_to_at=up_to))
    return _Told(_digest(raw), heard.Delivered(mid) if mid else heard.Unheard("delivery"))


def _edited(edit: Edit, raw: bytes) -> _Told:
    now = heard.Edited(_fitting(edit.mid), said.Text(edit.text))
    return _Told(_digest(raw), now if edit.mid else heard.Unheard("message_edit"))


def _linked(linking: Linking, raw: bytes) -> _Told:
    linked = heard.Linked(linking.authorization_code, linking.status == "linked")
    return _Told(_digest(raw), linked)


def _opted(optin: OptIn, raw: bytes) -> _Told:
    """Whoever stops a subscription wants no advertising; to begin one is no consent to all."""
    stops = optin.notification_messages_status.upper().startswith("STOP")
    hears = heard.Declined() if stops else heard.Ignored(f"optin {_short(optin.type)}".strip())
    return _Told(_digest(raw), hears, _referral(Came(ref=optin.ref)))


def _came(came: Came, raw: bytes) -> _Told:
    return _Told(_digest(raw), heard.Ignored("referral"), _referral(came))


_READERS: Final[tuple[tuple[str, Callable[[Any, bytes], _Told]], ...]] = (
    ("postback", _postback),
    ("read", _was_read),
    ("delivery", _has_arrived),
    ("reaction", _reacted),
    ("message_edit", _edited),
    ("referral", _came),
    ("optin", _opted),
    ("account_linking", _linked),
)


def _echo(item: Item, message: Message, raw: bytes, kind: str) -> InboundEvent:
    """What was written from the account, told back: by us, or by a person or app outside."""
    mid = _fitting(message.mid)
    if message.is_deleted or not mid:
        return InboundEvent(_digest(raw), heard.Ignored("echo"))
    answered = heard.Answered(content_of(message, 0, raw), mid, key_of(message.metadata))
    return InboundEvent(
        _digest(f"echo:{mid}".encode()),
        answered,
        sender=_sender(kind, item.recipient.id),
        occurred_at=_at(item.timestamp),
        answerable=False,
    )


def _other(item: bytes) -> Heard:
    """By its field: one that is known to have no effect, or one that nobody knows."""
    names = [name for name in _names(item) if name not in _ENDS]
    known = next((name for name in names if name in _WITHOUT_EFFECT), None)
    if known is not None and not _TELLS.intersection(names):
        return heard.Ignored(known)
    return heard.Unheard(_short(names[0]) if names else "empty")


def _names(item: bytes) -> list[str]:
    try:
        return list(_FIELDS.decode(item))
    except UNREADABLE:
        return []


def _what(item: bytes) -> str:
    names = [name for name in _names(item) if name not in _ENDS]
    return _short(names[0]) if names and names[0] else "malformed"


def _referral(came: Came | None) -> Referral | None:
    if came is None:
        return None
    product = str(came.product.id) if came.product else ""
    told = (came.ref, came.source, str(came.ad_id), product)
    ref, source, ad, about = (_short(each) for each in told)
    found = Referral(ref, source, ad, about)
    return found if found.ref or found.ad or found.product else None


def _sender(kind: str, own_id: Id) -> Sender | None:
    value = _fitting(str(own_id))
    return Sender(kind, value) if value else None


def _at(timestamp: str | int | None) -> datetime | None:
    """Meta tells milliseconds."""
    if isinstance(timestamp, int):
        return from_millis(timestamp)
    text = str(timestamp)
    fits = text.isascii() and text.isdigit() and 0 < len(text) <= 15
    return from_millis(int(text)) if fits else None


def _short(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST_ID]


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _fitting(own_id: str) -> str:
    """The id, or what stands for one that is none of Meta's and that no index would hold."""
    fits = len(own_id) <= _LONGEST_ID and "\0" not in own_id
    return own_id if fits else _digest(own_id.encode("utf-8", "replace"))
