"""WhatsApp's webhook to our words. Total: whatever the bytes are, nothing is raised or lost."""

import hashlib
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from kaiwa.channels.whatsapp.batch import TEMPLATE_NEWS, UNREADABLE, events, mended
from kaiwa.channels.whatsapp.content import content_of
from kaiwa.channels.whatsapp.meanings import lasting, meaning, sentence
from kaiwa.channels.whatsapp.routes import NUMBER
from kaiwa.channels.whatsapp.template_news import template_told
from kaiwa.channels.whatsapp.webhook import (
    Anything,
    Change,
    Contact,
    Edit,
    Message,
    Preference,
    Reaction,
    Status,
    Value,
)
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import Heard, InboundEvent, Sender
from kaiwa.vocabulary.time import from_millis

_CHANGE: Final = msgspec.json.Decoder(Change)
_MESSAGE: Final = msgspec.json.Decoder(Message)
_STATUS: Final = msgspec.json.Decoder(Status)
_CONTACT: Final = msgspec.json.Decoder(Contact)
_PREFERENCE: Final = msgspec.json.Decoder(Preference)
_ANYTHING: Final = msgspec.json.Decoder(Anything)
_LONGEST_ID: Final = 200
_Shape = TypeVar("_Shape")
USER: Final = "whatsapp_user"

_WITHOUT_EFFECT: Final = frozenset(
    {
        *("account_alerts", "account_review_update", "account_settings_update", "account_update"),
        *("automatic_events", "business_capability_update", "business_status_update", "calls"),
        *("consumer_profile", "flows", "group_lifecycle_update", "group_participants_update"),
        *("group_settings_update", "group_status_update", "history", "message_echoes"),
        *("messaging_handovers", "partner_solutions"),
        *("payment_configuration_update", "phone_number_name_update"),
        *("phone_number_quality_update", "security", "smb_app_state_sync", "smb_message_echoes"),
        *("template_correct_category_detection", "tracking_events", "user_id_update"),
    }
)


def parse(body: bytes) -> list[tuple[bytes, InboundEvent]]:
    """Every message and receipt of the call with its own bytes."""
    return [(raw, _event(raw, change)) for raw, change in events(body)]


def parse_one(raw: bytes) -> InboundEvent:
    """One event from its bytes."""
    return _event(raw, None)


def _event(raw: bytes, change: Change | None) -> InboundEvent:
    try:
        return _read(change or _decoded(_CHANGE, raw), raw)
    except (*UNREADABLE, ValueError):
        return InboundEvent(_digest(raw), heard.Unheard(_kind(raw, "field") or "malformed"))


def _decoded(decoder: msgspec.json.Decoder[_Shape], raw: bytes) -> _Shape:
    """The shape of the bytes, with a broken character mended; raises what `mended` may."""
    try:
        return decoder.decode(raw)
    except UNREADABLE:
        return decoder.decode(mended(raw))


def _read(change: Change, raw: bytes) -> InboundEvent:
    told = change.value
    if change.field == "messages" and told.messages:
        return _told(bytes(told.messages[0]), _writer(told))
    if change.field == "messages" and told.statuses:
        return _receipt(bytes(told.statuses[0]))
    if change.field == "user_preferences" and told.user_preferences:
        return _wish(bytes(told.user_preferences[0]), _writer(told), raw)
    if change.field in TEMPLATE_NEWS:
        return InboundEvent(
            _digest(raw), template_told(change.field, raw), occurred_at=_at(change.time)
        )
    if change.field in _WITHOUT_EFFECT or (change.field == "messages" and told.errors):
        return InboundEvent(_digest(raw), heard.Ignored(change.field))
    return InboundEvent(_digest(raw), heard.Unheard(change.field or "malformed"))


def _wish(told: bytes, contact: Contact, raw: bytes) -> InboundEvent:
    """Whether somebody wants advertising, by the switch that WhatsApp gives them."""
    wish = _decoded(_PREFERENCE, told)
    user, number = wish.user_id or contact.user_id, wish.wa_id or contact.wa_id
    sender = Sender(USER, _fitting(user)) if user else Sender(NUMBER, _fitting(number))
    words = wish.detail.replace("\0", "")[:_LONGEST_ID] or wish.value
    hears: Heard = heard.Ignored(f"preference {wish.value}".strip()[:_LONGEST_ID])
    if wish.category == "marketing_messages" and (user or number):
        if wish.value == "stop":
            hears = heard.Declined(words)
        elif wish.value in ("resume", "signup"):
            hears = heard.Agreed(words)
    known = sender if user or number else None
    return InboundEvent(_digest(raw), hears, known, _at(wish.timestamp), answerable=False)


def _writer(told: Value) -> Contact:
    try:
        return _decoded(_CONTACT, bytes(told.contacts[0])) if told.contacts else Contact()
    except (*UNREADABLE, ValueError):
        return Contact()


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _fitting(own_id: str) -> str:
    """The id, or what stands for one that is none of Meta's and that no index would hold."""
    fits = len(own_id) <= _LONGEST_ID and "\0" not in own_id
    return own_id if fits else _digest(own_id.encode("utf-8", "replace"))


def _found(raw: bytes) -> Anything:
    try:
        return _ANYTHING.decode(raw)
    except UNREADABLE:
        return Anything()


def _kind(raw: bytes, name: str) -> str:
    value: Any = getattr(_found(raw), name)
    return value if isinstance(value, str) else ""


def _told(raw: bytes, contact: Contact) -> InboundEvent:
    """A message; one whose fields do not fit is kept under its id."""
    try:
        message = _decoded(_MESSAGE, raw)
    except (*UNREADABLE, ValueError):
        own_id = _kind(raw, "id")
        kept = heard.Unheard(_kind(raw, "type") or "malformed")
        return InboundEvent(_fitting(own_id) if own_id else _digest(raw), kept)
    return InboundEvent(
        _fitting(message.id) if message.id else _digest(raw),
        _heard(message, raw),
        sender=_sender(message, contact),
        occurred_at=_at(message.timestamp),
        # A reaction asks for no answer, and in a group we are not the one who is spoken to.
        answerable=message.type != "reaction" and not message.group_id,
        name=contact.profile.name.replace("\0", "")[:_LONGEST_ID] or None,
        mark_read_token=_token(message),
    )


def _sender(message: Message, contact: Contact) -> Sender | None:
    """By the id that stays when the number is hidden; by the number when there is no other."""
    place = _fitting(message.group_id) or None
    user = message.from_user_id or contact.user_id
    if user:
        return Sender(USER, _fitting(user), place)
    number = message.sender or contact.wa_id
    return Sender(NUMBER, _fitting(number), place) if number else None


def _at(timestamp: str | int) -> datetime | None:
    """Meta tells seconds, as digits."""
    text = str(timestamp)
    fits = text.isascii() and text.isdigit() and len(text) <= 12
    return from_millis(int(text) * 1_000) if fits else None


def _token(message: Message) -> str | None:
    fits = message.id and _fitting(message.id) == message.id and message.type != "system"
    return message.id if fits else None


def _heard(message: Message, raw: bytes) -> Heard:
    match message.type:
        case "edit" if message.edit:
            edit = message.edit
            return heard.Edited(_fitting(edit.original_message_id), _edited(edit, raw))
        case "revoke" if message.revoke:
            return heard.TakenBack(_fitting(message.revoke.original_message_id))
        case "reaction" if message.reaction:
            return _reacted(message, message.reaction)
        case "system":
            about = message.system.type if message.system else ""
            return heard.Ignored(f"system {about}".strip())
        case "request_welcome":
            return heard.Ignored("request_welcome")
        case "interactive" if (
            message.interactive and message.interactive.type == "call_permission_reply"
        ):
            return heard.Ignored("call_permission_reply")
        case _:
            quoted = message.context.id if message.context else None
            content = content_of(message, raw)
            return heard.Said(content, _fitting(message.id), _fitting(quoted) if quoted else None)


def _reacted(message: Message, reaction: Reaction) -> Heard:
    if not reaction.emoji:
        return heard.Ignored("reaction taken off")
    emoji = said.Sticker("reaction", reaction.emoji, text=reaction.emoji)
    return heard.Said(emoji, _fitting(message.id), _fitting(reaction.message_id) or None)


def _edited(edit: Edit, raw: bytes) -> said.Content:
    """What the message says now."""
    now = bytes(edit.message)
    try:
        return content_of(_decoded(_MESSAGE, now), now)
    except (*UNREADABLE, ValueError):
        return said.Unknown("edit", raw=raw.decode("utf-8", "replace"))


def _receipt(raw: bytes) -> InboundEvent:
    """What became of our message. Its id says whose it was; receipts make nobody known."""
    try:
        status = _decoded(_STATUS, raw)
    except (*UNREADABLE, ValueError):
        status = Status()
    if not status.id or not status.status:
        return InboundEvent(_digest(raw), heard.Unheard(_kind(raw, "status") or "malformed"))
    own_id = _fitting(f"{status.status}:{status.id}")
    return InboundEvent(own_id, _became(status), occurred_at=_at(status.timestamp))


def _became(status: Status) -> Heard:
    own_id = _fitting(status.id)
    match status.status:
        case "delivered":
            return heard.Delivered(own_id)
        case "read" | "played":
            return heard.Read(own_id)
        case "failed":
            return _failed(own_id, status)
        case "sent" | "deleted" | "warning":
            # Sent is what we know since the call; no later state is undone by these.
            return heard.Ignored(status.status)
        case other:
            return heard.Unheard(other)


def _failed(own_id: str, status: Status) -> heard.Failed:
    if not status.errors:
        return heard.Failed(own_id, "WhatsApp does not say why.")
    error = status.errors[0]
    detail = error.error_data.details if error.error_data else ""
    why = sentence(error.code, detail or error.message or error.title)
    declined = meaning(error.code) == "no_consent"
    return heard.Failed(own_id, why, permanent=lasting(error.code), declined=declined)
