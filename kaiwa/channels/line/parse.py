"""LINE's webhook to our words. Total: whatever the bytes are, nothing is raised or lost."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.channels.line.limits import most
from kaiwa.channels.line.webhook import Envelope, Event, Message, Skeleton, Source, Words
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import Heard, InboundEvent, ReplyHandle, Sender
from kaiwa.vocabulary.time import from_millis

_ENVELOPE: Final = msgspec.json.Decoder(Envelope)
_EVENT: Final = msgspec.json.Decoder(Event)
_SKELETON: Final = msgspec.json.Decoder(Skeleton)
_WORDS: Final = msgspec.json.Decoder(Words)
_MINUTE: Final = timedelta(seconds=most("reply_budget"))
_LAST: Final = timedelta(seconds=most("reply_budget_event"))
_MESSAGES: Final = most("messages_per_call")
_LONGEST_ID: Final = 200
_UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeError)

_WITHOUT_EFFECT: Final = frozenset(
    {
        "activated",
        "beacon",
        "botResumed",
        "botSuspended",
        "deactivated",
        "delivery",
        "join",
        "leave",
        "memberJoined",
        "memberLeft",
        "membership",
        "module",
        "things",
        "videoPlayComplete",
    }
)


def parse(body: bytes, received_at: datetime) -> list[tuple[bytes, InboundEvent]]:
    """Every event of the body with its own bytes; a body that is no envelope is one event."""
    return [(raw, parse_one(raw, received_at)) for raw in _events(body)]


def _events(body: bytes) -> list[bytes]:
    try:
        return [bytes(raw) for raw in _ENVELOPE.decode(body).events]
    except _UNREADABLE:
        pass
    try:
        return [bytes(raw) for raw in _ENVELOPE.decode(_mended(body)).events]
    except (*_UNREADABLE, ValueError):
        return [body]


def parse_one(raw: bytes, received_at: datetime) -> InboundEvent:
    """One event from its bytes."""
    try:
        return _read(_EVENT.decode(raw), raw, received_at)
    except _UNREADABLE:
        return _unfit(raw, received_at)


def _unfit(raw: bytes, received_at: datetime) -> InboundEvent:
    """An event with a broken character is mended; one of a wrong shape is kept as `Unheard`."""
    try:
        return _read(_EVENT.decode(_mended(raw)), raw, received_at)
    except (*_UNREADABLE, ValueError):
        return _kept(raw)


def _mended(raw: bytes) -> bytes:
    """The same JSON with half surrogates and bytes that are no UTF-8 replaced.

    One broken character must not cost the other events of a call, nor its own.
    """
    tree = json.loads(raw.decode("utf-8", "replace"))
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _kept(raw: bytes) -> InboundEvent:
    try:
        bones = _SKELETON.decode(raw)
    except _UNREADABLE:
        bones = Skeleton()
    named = isinstance(bones.type, str) and bones.type != ""
    own_id = bones.webhook_event_id if named else None
    return InboundEvent(
        external_id=_fitting(own_id) if isinstance(own_id, str) and own_id else _digest(raw),
        heard=heard.Unheard(bones.type if named else "malformed"),
        occurred_at=from_millis(bones.timestamp) if named else None,
        answerable=bones.mode != "standby",
    )


def _fitting(own_id: str) -> str:
    """The id, or what stands for one that is none of LINE's and that no index would hold."""
    fits = len(own_id) <= _LONGEST_ID and "\0" not in own_id
    return own_id if fits else _digest(own_id.encode())


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _read(event: Event, raw: bytes, received_at: datetime) -> InboundEvent:
    if not event.type:
        return _kept(raw)
    occurred_at = from_millis(event.timestamp)
    return InboundEvent(
        external_id=_fitting(event.webhook_event_id or _digest(raw)),
        heard=_heard(event, raw),
        sender=_sender(event.source),
        occurred_at=occurred_at,
        redelivered=_again(event),
        answerable=event.mode != "standby",
        reply_handle=_handle(event, occurred_at, received_at),
        mark_read_token=event.message.mark_as_read_token if event.message else None,
    )


def _handle(
    event: Event, occurred_at: datetime | None, received_at: datetime
) -> ReplyHandle | None:
    """The right to answer for free, until we should not count on it any more.

    LINE guarantees a reply token for one minute after the webhook, and for none 20 minutes after
    the event. A redelivery repeats the token of the first attempt and gives it a minute of its
    own, if it was not used; so both deadlines hold and the earlier one counts. A redelivery that
    does not say when its event happened is not trusted.
    """
    token = event.reply_token or ""
    if not token or token != _fitting(token) or event.mode == "standby":
        return None
    if _again(event) and not occurred_at:
        return None
    try:
        minute = received_at + _MINUTE
        last = (occurred_at or received_at) + _LAST
    except OverflowError:
        return None
    if last <= received_at:
        return None
    # The platform made the token when it made the event; when our door took it says nothing of it.
    certain = occurred_at + _MINUTE if occurred_at and not _again(event) else None
    return ReplyHandle(token, min(minute, last), _MESSAGES, certain)


def _again(event: Event) -> bool:
    return bool(event.delivery_context and event.delivery_context.is_redelivery)


def _sender(source: Source | None) -> Sender | None:
    """The user; in a group that hides its users the group itself."""
    if source is None:
        return None
    place = _fitting(source.group_id or source.room_id or "") or None
    if source.user_id:
        return Sender("line_user", _fitting(source.user_id), place)
    if place:
        return Sender("line_group" if source.group_id else "line_room", place, place)
    return None


def _heard(event: Event, raw: bytes) -> Heard:
    match event:
        case Event(type="message", message=Message() as message):
            return heard.Said(
                _content(message, raw), _fitting(message.id), message.quoted_message_id
            )
        case Event(type="messageEdited", message=Message() as message):
            return heard.Edited(_fitting(message.id), _content(message, raw))
        case Event(type="unsend", unsend=unsend) if unsend:
            return heard.TakenBack(_fitting(unsend.message_id))
        case Event(type="follow", follow=follow):
            return heard.Followed(again=bool(follow and follow.is_unblocked))
        case Event(type="unfollow"):
            return heard.Unfollowed()
        case Event(type="postback"):
            return _pressed(event)
        case Event(type="accountLink", link=link) if link:
            return heard.Linked(link.nonce, ok=link.result == "ok")
        case Event(type=kind) if kind in _WITHOUT_EFFECT:
            return heard.Ignored(kind)
        case _:
            return heard.Unheard(event.type)


def _pressed(event: Event) -> Heard:
    """A pressed button is a message of the user; LINE gives it no id but the event's."""
    if event.postback is None:
        return heard.Unheard(event.type)
    params = {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in (event.postback.params or {}).items()
    }
    pressed = said.Postback(label="", payload=event.postback.data, params=params)
    return heard.Said(pressed, _fitting(event.webhook_event_id or ""))


def _content(message: Message, raw: bytes) -> said.Content:
    match message:
        case Message(type="text", text=str(text)):
            return said.Text(text)
        case Message(type="image" | "video" | "audio" | "file" as kind):
            return said.Media(kind, source=_source(message))
        case Message(type="location"):
            return said.Location(
                message.latitude, message.longitude, message.title or "", message.address or ""
            )
        case Message(type="sticker"):
            return said.Sticker(
                message.package_id, message.sticker_id, message.keywords or (), message.text or ""
            )
        case _:
            return said.Unknown(message.type, raw=_own_words(raw))


def _own_words(raw: bytes) -> str:
    """The message as the provider wrote it; the whole event when it cannot be taken out."""
    try:
        return bytes(_WORDS.decode(raw).message).decode("utf-8", "replace")
    except _UNREADABLE:
        return raw.decode("utf-8", "replace")


def _source(message: Message) -> said.MediaSource:
    provider = message.content_provider
    external = provider is not None and provider.type == "external"
    url = provider.original_content_url if provider and external else None
    return said.MediaSource(message.id, url=url, name=message.file_name)
