"""The shapes of Telegram's updates, as far as we read them. Every field may be missing."""

from typing import Any

import msgspec


class User(msgspec.Struct, frozen=True):
    """Who wrote."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    language_code: str | None = None


class Chat(msgspec.Struct, frozen=True):
    """Where it was written; a private chat has its user's id."""

    id: int
    type: str = "private"


class Stored(msgspec.Struct, frozen=True):
    """Bytes that Telegram holds: a picture, film, sound, document or sticker."""

    file_id: str = ""
    file_name: str | None = None
    emoji: str = ""
    set_name: str = ""
    file_size: int = 0


class Place(msgspec.Struct, frozen=True):
    """A point on the map."""

    latitude: float = 0.0
    longitude: float = 0.0


class Venue(msgspec.Struct, frozen=True):
    """A place with a name."""

    location: Place = Place()
    title: str = ""
    address: str = ""


class Contact(msgspec.Struct, frozen=True):
    """A card of somebody's phone number."""

    phone_number: str = ""
    first_name: str = ""


class Button(msgspec.Struct, frozen=True):
    """A button of ours as it stands under our message."""

    text: str = ""
    callback_data: str | None = None


class Keyboard(msgspec.Struct, frozen=True):
    """The rows of buttons under our message."""

    inline_keyboard: tuple[tuple[Button, ...], ...] = ()


class Quoted(msgspec.Struct, frozen=True):
    """The message that was answered to."""

    message_id: int = 0


class Message(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """What was sent; which fields are there says its kind."""

    message_id: int
    chat: Chat
    date: int = 0
    sender: User | None = None
    text: str | None = None
    caption: str = ""
    photo: tuple[Stored, ...] = ()
    video: Stored | None = None
    animation: Stored | None = None
    video_note: Stored | None = None
    audio: Stored | None = None
    voice: Stored | None = None
    document: Stored | None = None
    sticker: Stored | None = None
    location: Place | None = None
    venue: Venue | None = None
    contact: Contact | None = None
    reply_to_message: Quoted | None = None
    reply_markup: Keyboard | None = None
    edit_date: int = 0


class Pressed(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A pressed button under one of our messages."""

    id: str
    sender: User
    message: Message | None = None
    data: str | None = None


class Member(msgspec.Struct, frozen=True):
    """How somebody stands to a chat."""

    status: str = ""


class Membership(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """The bot was blocked, unblocked, added or removed."""

    chat: Chat
    date: int = 0
    sender: User | None = None
    old_chat_member: Member = Member()
    new_chat_member: Member = Member()


class Update(msgspec.Struct, frozen=True):
    """One update: an id and one thing that happened."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Pressed | None = None
    my_chat_member: Membership | None = None


class Skeleton(msgspec.Struct, frozen=True):
    """What is looked for in an update whose other fields do not fit."""

    update_id: Any = None
