"""Telegram's updates to our words. Total: whatever the bytes are, nothing is raised or lost.

A webhook call is one update (Bot API, `Update`). Messages have ids within their chat only, so ours
begin with the chat's.
"""

import hashlib
import json
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.channels.telegram.keyboard import said_by
from kaiwa.channels.telegram.webhook import (
    Chat,
    Membership,
    Message,
    Pressed,
    Skeleton,
    Stored,
    Update,
    User,
)
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import Heard, InboundEvent, Referral, Sender
from kaiwa.vocabulary.time import from_millis

_UPDATE: Final = msgspec.json.Decoder(Update)
_SKELETON: Final = msgspec.json.Decoder(Skeleton)
_UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeError)
_LARGEST_ID: Final = 2**63
_LONGEST_ID: Final = 200
USER: Final = "telegram_user"


def parse(body: bytes) -> list[tuple[bytes, InboundEvent]]:
    """The update of the body; a body that is none is kept as one."""
    return [(body, parse_one(body))]


def parse_one(raw: bytes) -> InboundEvent:
    """One update from its bytes."""
    try:
        return _read(_UPDATE.decode(raw), raw)
    except _UNREADABLE:
        pass
    try:
        return _read(_UPDATE.decode(_mended(raw)), raw)
    except (*_UNREADABLE, ValueError):
        return InboundEvent(_own_id(raw), heard.Unheard("malformed"))


def _mended(raw: bytes) -> bytes:
    """The same JSON with half surrogates and bytes that are no UTF-8 replaced."""
    tree = json.loads(raw.decode("utf-8", "replace"))
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _own_id(raw: bytes) -> str:
    try:
        update_id = _SKELETON.decode(raw).update_id
    except _UNREADABLE:
        update_id = None
    # A bool is an int to Python, and no id.
    if isinstance(update_id, int) and not isinstance(update_id, bool) and _fits(update_id):
        return str(update_id)
    return _digest(raw)


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _fits(number: int) -> bool:
    return abs(number) < _LARGEST_ID


def _read(update: Update, raw: bytes) -> InboundEvent:
    own_id = str(update.update_id) if _fits(update.update_id) else _digest(raw)
    match update:
        case Update(message=Message() as message):
            return _message(own_id, message, raw, edited=False)
        case Update(edited_message=Message() as message):
            return _message(own_id, message, raw, edited=True)
        case Update(callback_query=Pressed() as pressed):
            return _pressed(own_id, pressed)
        case Update(my_chat_member=Membership() as membership):
            return _membership(own_id, membership)
        case _:
            return InboundEvent(own_id, heard.Unheard(_kind(raw)))


def _kind(raw: bytes) -> str:
    """The name of the field that says what happened; Telegram has no `type`."""
    tree = json.loads(raw.decode("utf-8", "replace"))
    return next((name[:_LONGEST_ID] for name in tree if name != "update_id"), "empty")


def _message(own_id: str, message: Message, raw: bytes, *, edited: bool) -> InboundEvent:
    if message.sender is not None and message.sender.is_bot:
        return InboundEvent(own_id, heard.Ignored("bot"), occurred_at=_at(message.date))
    content = _content(message, raw)
    message_id = _message_id(message.chat, message.message_id)
    quoted = message.reply_to_message
    hears: Heard
    if edited:
        hears = heard.Edited(message_id, content)
    elif message.text is not None and message.text.split()[:1] == ["/start"]:
        # Telegram's button "Start", or one pressed again after a block; a link adds its parameter.
        hears = heard.Followed()
        ref = message.text.split()[1][:_LONGEST_ID] if len(message.text.split()) == 2 else ""
        followed = _event(own_id, hears, (message.sender, message.chat), message.date)
        return msgspec.structs.replace(followed, referral=Referral(ref) if ref else None)
    else:
        quoted_id = _message_id(message.chat, quoted.message_id) if quoted else None
        hears = heard.Said(content, message_id, quoted_id)
    return _event(own_id, hears, (message.sender, message.chat), message.edit_date or message.date)


def _event(
    own_id: str,
    hears: Heard,
    where: tuple[User | None, Chat],
    date_s: int,
    mark_read_token: str | None = None,
) -> InboundEvent:
    user, chat = where
    name = " ".join(part for part in (user.first_name, user.last_name) if part) if user else ""
    return InboundEvent(
        own_id,
        hears,
        sender=_sender(user, chat),
        occurred_at=_at(date_s),
        language=user.language_code if user else None,
        name=name.replace("\0", "")[:_LONGEST_ID] or None,
        mark_read_token=mark_read_token,
    )


def _sender(user: User | None, chat: Chat) -> Sender | None:
    if chat.type == "private" and _fits(chat.id):
        return Sender(USER, str(chat.id))
    if user is None or not (_fits(user.id) and _fits(chat.id)):
        return None
    return Sender(USER, str(user.id), str(chat.id))


def _at(date_s: int) -> datetime | None:
    return from_millis(date_s * 1_000) if date_s else None


def _message_id(chat: Chat, message_id: int) -> str:
    return f"{chat.id}:{message_id}"[:_LONGEST_ID]


def _pressed(own_id: str, pressed: Pressed) -> InboundEvent:
    """A pressed button is a message of the user; its own id is the press's."""
    shown = pressed.message
    chat = shown.chat if shown else Chat(pressed.sender.id)
    hears: Heard = heard.Unheard("callback_query")
    if pressed.data is not None:
        labels = shown.reply_markup.inline_keyboard if shown and shown.reply_markup else ()
        buttons = [button for row in labels for button in row]
        label = next((one.text for one in buttons if one.callback_data == pressed.data), "")
        hears = heard.Said(said_by(pressed.data, label), _press_id(pressed.id))
    return _event(own_id, hears, (pressed.sender, chat), 0, mark_read_token=_press_id(pressed.id))


def _press_id(own_id: str) -> str:
    clean = own_id.replace("\0", "")
    return clean if 0 < len(clean) <= _LONGEST_ID else _digest(own_id.encode("utf-8", "replace"))


def _membership(own_id: str, membership: Membership) -> InboundEvent:
    """In a private chat `kicked` is a block and `member` after it is its end."""
    private = membership.chat.type == "private"
    hears: Heard = heard.Ignored("my_chat_member")
    if private and membership.new_chat_member.status == "kicked":
        hears = heard.Unfollowed()
    elif private and membership.new_chat_member.status == "member":
        hears = heard.Followed(again=membership.old_chat_member.status == "kicked")
    return _event(own_id, hears, (membership.sender, membership.chat), membership.date)


def _content(message: Message, raw: bytes) -> said.Content:
    if message.text is not None:
        return said.Text(message.text)
    if message.photo:
        # The last is the largest.
        return _media("image", message.photo[-1], message.caption)
    kinds = {
        "video": message.video or message.animation or message.video_note,
        "audio": message.voice or message.audio,
        "file": message.document,
    }
    for kind, stored in kinds.items():
        if stored is not None:
            return _media(kind, stored, message.caption)
    if message.sticker is not None:
        sticker = message.sticker
        return said.Sticker(sticker.set_name, sticker.file_id, text=sticker.emoji)
    if message.venue is not None:
        venue = message.venue
        place = venue.location
        return said.Location(place.latitude, place.longitude, venue.title, venue.address)
    if message.location is not None:
        return said.Location(message.location.latitude, message.location.longitude)
    if message.contact is not None:
        contact = message.contact
        return said.Text(f"{contact.first_name} {contact.phone_number}".strip())
    return said.Unknown("message", raw=raw.decode("utf-8", "replace"))


def _media(kind: str, stored: Stored, caption: str) -> said.Media:
    return said.Media(
        kind, source=said.MediaSource(stored.file_id, name=stored.file_name), text=caption
    )
