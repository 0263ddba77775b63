"""The shapes of LINE's webhook, as far as we read them. Every field may be missing."""

from typing import Any

import msgspec


class _Shape(msgspec.Struct, frozen=True, rename="camel"):
    pass


class ContentProvider(_Shape, frozen=True):
    """Who holds the bytes: LINE, or another server that also tells where."""

    type: str = "line"
    original_content_url: str | None = None


class Message(_Shape, frozen=True):
    """What the user sent; which fields are there depends on `type`."""

    type: str = ""
    id: str = ""
    text: str | None = None
    quoted_message_id: str | None = None
    mark_as_read_token: str | None = None
    content_provider: ContentProvider | None = None
    file_name: str | None = None
    title: str | None = None
    address: str | None = None
    latitude: float = 0.0
    longitude: float = 0.0
    package_id: str = ""
    sticker_id: str = ""
    keywords: tuple[str, ...] | None = None


class Source(_Shape, frozen=True):
    """Where it happened."""

    type: str = ""
    user_id: str | None = None
    group_id: str | None = None
    room_id: str | None = None


class DeliveryContext(_Shape, frozen=True):
    """How it came."""

    is_redelivery: bool = False


class Follow(_Shape, frozen=True):
    """Whether the user had blocked us before."""

    is_unblocked: bool = False


class Unsend(_Shape, frozen=True):
    """Which message was taken back."""

    message_id: str = ""


class PostbackBody(_Shape, frozen=True):
    """The data of the pressed button and what a picker added."""

    data: str = ""
    params: dict[str, Any] | None = None


class Link(_Shape, frozen=True):
    """How an account link ended."""

    result: str = ""
    nonce: str = ""


class Event(_Shape, frozen=True):
    """One webhook event."""

    type: str
    webhook_event_id: str | None = None
    timestamp: int | float | None = None
    mode: str = "active"
    source: Source | None = None
    reply_token: str | None = None
    delivery_context: DeliveryContext | None = None
    message: Message | None = None
    follow: Follow | None = None
    unsend: Unsend | None = None
    postback: PostbackBody | None = None
    link: Link | None = None


class Envelope(msgspec.Struct, frozen=True):
    """The body of one call: the events, each still as its own bytes."""

    events: list[msgspec.Raw]


class Skeleton(msgspec.Struct, frozen=True, rename="camel"):
    """What is looked for in an event whose other fields do not fit."""

    type: Any = None
    webhook_event_id: Any = None
    timestamp: Any = None
    mode: Any = None


class Words(msgspec.Struct, frozen=True):
    """The message of an event as its own bytes."""

    message: msgspec.Raw
