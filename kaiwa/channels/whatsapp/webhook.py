"""The shapes of WhatsApp's webhook, as far as we read them. Every field may be missing."""

from typing import Any

import msgspec


class Profile(msgspec.Struct, frozen=True):
    """How somebody calls themselves."""

    name: str = ""


class Contact(msgspec.Struct, frozen=True):
    """Somebody of whom the call tells: a number, an id of the business's own, or both."""

    profile: Profile = Profile()
    wa_id: str = ""
    user_id: str = ""


class Context(msgspec.Struct, frozen=True):
    """What the message refers to."""

    id: str | None = None


class Words(msgspec.Struct, frozen=True):
    """Typed text."""

    body: str = ""


class Stored(msgspec.Struct, frozen=True):
    """Bytes that Meta holds: a picture, film, sound, document or sticker."""

    id: str = ""
    caption: str = ""
    filename: str | None = None


class Place(msgspec.Struct, frozen=True):
    """A point on the map."""

    latitude: float = 0.0
    longitude: float = 0.0
    name: str | None = None
    address: str | None = None


class CardName(msgspec.Struct, frozen=True):
    """The name on a shared contact card."""

    formatted_name: str = ""


class CardPhone(msgspec.Struct, frozen=True):
    """A number on a shared contact card."""

    phone: str = ""


class Card(msgspec.Struct, frozen=True):
    """A contact card somebody shared."""

    name: CardName = CardName()
    phones: tuple[CardPhone, ...] = ()


class Chosen(msgspec.Struct, frozen=True):
    """A pressed button or a chosen row."""

    id: str = ""
    title: str = ""


class Filled(msgspec.Struct, frozen=True):
    """A completed flow: its answers are JSON inside a string."""

    name: str = ""
    body: str = ""
    response_json: str = ""


class Interactive(msgspec.Struct, frozen=True):
    """The answer to something interactive; `type` says which field is there."""

    type: str = ""
    button_reply: Chosen | None = None
    list_reply: Chosen | None = None
    nfm_reply: Filled | None = None


class Button(msgspec.Struct, frozen=True):
    """A pressed button of a template."""

    payload: str = ""
    text: str = ""


class Reaction(msgspec.Struct, frozen=True):
    """An emoji put on a message, or taken off it."""

    message_id: str = ""
    emoji: str = ""


class Item(msgspec.Struct, frozen=True):
    """One line of a cart."""

    product_retailer_id: str = ""
    quantity: int = 1


class Order(msgspec.Struct, frozen=True):
    """A cart that was sent; its prices are the phone's claim and are not read."""

    text: str = ""
    product_items: tuple[Item, ...] = ()


class Revoke(msgspec.Struct, frozen=True):
    """Which message was taken back."""

    original_message_id: str = ""


class Edit(msgspec.Struct, frozen=True):
    """Which message was changed, and what it says now."""

    original_message_id: str = ""
    message: msgspec.Raw = msgspec.Raw()


class System(msgspec.Struct, frozen=True):
    """Something that happened to the customer's account."""

    type: str = ""


class Head(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """Who wrote a message: all that is read of it while a call is taken apart."""

    sender: str = ""
    from_user_id: str = ""


class Message(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """What the customer sent; which fields are there depends on `type`."""

    id: str = ""
    type: str = ""
    timestamp: str | int = ""
    sender: str = ""
    from_user_id: str = ""
    group_id: str = ""
    context: Context | None = None
    text: Words | None = None
    image: Stored | None = None
    video: Stored | None = None
    audio: Stored | None = None
    document: Stored | None = None
    sticker: Stored | None = None
    location: Place | None = None
    contacts: tuple[Card, ...] | None = None
    interactive: Interactive | None = None
    button: Button | None = None
    reaction: Reaction | None = None
    order: Order | None = None
    revoke: Revoke | None = None
    edit: Edit | None = None
    system: System | None = None


class ErrorData(msgspec.Struct, frozen=True):
    """What exactly went wrong."""

    details: str = ""


class Error(msgspec.Struct, frozen=True):
    """Why something failed."""

    code: int = -1
    title: str = ""
    message: str = ""
    error_data: ErrorData | None = None


class Status(msgspec.Struct, frozen=True):
    """What became of one of our messages."""

    id: str = ""
    status: str = ""
    timestamp: str | int = ""
    errors: tuple[Error, ...] = ()


class Preference(msgspec.Struct, frozen=True):
    """What a customer told WhatsApp about advertising: stop, resume or signup."""

    wa_id: str = ""
    user_id: str = ""
    detail: str = ""
    category: str = ""
    value: str = ""
    timestamp: str | int = ""


class TemplateNews(msgspec.Struct, frozen=True):
    """What became of a template; which fields are there depends on the change."""

    message_template_id: str | int = ""
    message_template_name: str = ""
    message_template_language: str = ""
    event: str = ""
    reason: str | None = None
    new_quality_score: str = ""
    previous_category: str = ""
    new_category: str = ""
    correct_category: str = ""


class Value(msgspec.Struct, frozen=True):
    """What a change tells, each thing still as its own bytes."""

    contacts: tuple[msgspec.Raw, ...] = ()
    messages: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()
    user_preferences: tuple[msgspec.Raw, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """One change: the subject it is about, and what is told.

    `time` is when Meta told it, which we keep with what is no message.
    """

    field: str
    value: Value
    time: str | int = ""


class News(msgspec.Struct, frozen=True):
    """A change about a template."""

    value: TemplateNews


class Subject(msgspec.Struct, frozen=True):
    """What a change is about, and all that it tells as it is."""

    field: str
    value: msgspec.Raw


class Entry(msgspec.Struct, frozen=True):
    """The changes of one account, and when Meta told them."""

    changes: tuple[msgspec.Raw, ...]
    time: Any = None


class Envelope(msgspec.Struct, frozen=True):
    """The body of one call."""

    entry: tuple[msgspec.Raw, ...]


class Plain(msgspec.Struct, frozen=True):
    """An entry whose changes are all of the usual shape."""

    changes: tuple[Change, ...]


class Call(msgspec.Struct, frozen=True):
    """The body of a call whose entries are."""

    entry: tuple[Plain, ...]


class Anything(msgspec.Struct, frozen=True):
    """What is looked for in a thing whose other fields do not fit."""

    id: Any = None
    type: Any = None
    status: Any = None
    field: Any = None
