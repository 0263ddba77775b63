"""The shapes of Meta's webhook, as far as we read them. Every field may be missing."""

from typing import Final, TypeAlias

import msgspec

UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeError)
Id: TypeAlias = str | int


class Person(msgspec.Struct, frozen=True):
    """One end of a message: a customer by an id of this account's own, or the account."""

    id: Id = ""


class Point(msgspec.Struct, frozen=True):
    """A point on the map."""

    lat: float = 0.0
    long: float = 0.0


class Product(msgspec.Struct, frozen=True):
    """A product of the shop's catalogue at Meta; its words are not read as facts."""

    title: str = ""
    retailer_id: str = ""


class Products(msgspec.Struct, frozen=True):
    """The products somebody wrote about."""

    elements: tuple[Product, ...] = ()


class Payload(msgspec.Struct, frozen=True):
    """What an attachment holds."""

    url: str = ""
    title: str = ""
    sticker_id: Id | None = None
    coordinates: Point | None = None
    product: Products | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A picture, film, sound, file, sticker, share …; `type` says which."""

    type: str = ""
    title: str | None = None
    url: str | None = None
    payload: Payload | None = None


class QuickReply(msgspec.Struct, frozen=True):
    """Which quick reply was pressed."""

    payload: str = ""


class Story(msgspec.Struct, frozen=True):
    """The story that somebody answers."""

    url: str = ""
    id: Id = ""


class ReplyTo(msgspec.Struct, frozen=True):
    """What a message answers: another message, or a story."""

    mid: str = ""
    story: Story | None = None


class AdProduct(msgspec.Struct, frozen=True):
    """The product somebody looked at before they wrote."""

    id: Id = ""


class Came(msgspec.Struct, frozen=True):
    """By which link or advert somebody came."""

    ref: str = ""
    source: str = ""
    type: str = ""
    ad_id: Id = ""
    product: AdProduct | None = None


class Message(msgspec.Struct, frozen=True):
    """What somebody wrote; with `is_echo`, what was written to them."""

    mid: str = ""
    text: str = ""
    is_echo: bool = False
    is_deleted: bool = False
    is_unsupported: bool = False
    metadata: str = ""
    attachments: tuple[Attachment, ...] = ()
    quick_reply: QuickReply | None = None
    reply_to: ReplyTo | None = None
    referral: Came | None = None


class Postback(msgspec.Struct, frozen=True):
    """A pressed button."""

    mid: str = ""
    title: str = ""
    payload: str = ""
    referral: Came | None = None


class Reaction(msgspec.Struct, frozen=True):
    """An emoji put on a message, or taken off it."""

    mid: str = ""
    action: str = ""
    emoji: str = ""
    reaction: str = ""


class Reading(msgspec.Struct, frozen=True):
    """What was read: everything up to a time (milliseconds), or one message."""

    watermark: int | None = None
    mid: str = ""


class Delivery(msgspec.Struct, frozen=True):
    """What arrived: everything up to a time (milliseconds), or these messages."""

    watermark: int | None = None
    mids: tuple[str, ...] = ()


class Edit(msgspec.Struct, frozen=True):
    """Which message was changed, and what it says now."""

    mid: str = ""
    text: str = ""


class Linking(msgspec.Struct, frozen=True):
    """Somebody linked their account of the shop, or took the link back."""

    status: str = ""
    authorization_code: str = ""


class OptIn(msgspec.Struct, frozen=True):
    """Somebody agreed to something, or took it back."""

    type: str = ""
    ref: str = ""
    notification_messages_status: str = ""


class Item(msgspec.Struct, frozen=True):
    """One thing that happened; which field is there says what."""

    sender: Person = Person()
    recipient: Person = Person()
    timestamp: str | int = ""
    message: Message | None = None
    postback: Postback | None = None
    reaction: Reaction | None = None
    read: Reading | None = None
    delivery: Delivery | None = None
    message_edit: Edit | None = None
    account_linking: Linking | None = None
    optin: OptIn | None = None
    referral: Came | None = None


class Change(msgspec.Struct, frozen=True):
    """A change as other subjects are told; a message may come as one, too."""

    field: str = ""
    value: msgspec.Raw = msgspec.Raw()


class Entry(msgspec.Struct, frozen=True):
    """What happened on one account. `part` is ours: which part of a message an event is."""

    id: Id = ""
    messaging: tuple[msgspec.Raw, ...] = ()
    standby: tuple[msgspec.Raw, ...] = ()
    changes: tuple[msgspec.Raw, ...] = ()
    part: int = 0


class Envelope(msgspec.Struct, frozen=True):
    """The body of one call."""

    entry: tuple[msgspec.Raw, ...]


class Counted(msgspec.Struct, frozen=True):
    """As much of a message as tells of how many parts it is."""

    attachments: tuple[msgspec.Raw, ...] = ()
    reply_to: ReplyTo | None = None
    is_echo: bool = False
    is_deleted: bool = False


class Whole(msgspec.Struct, frozen=True):
    """An item of which only the parts are counted."""

    message: Counted | None = None
