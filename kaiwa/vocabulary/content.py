"""What a customer can send: one frozen type per kind, tagged `type` in JSON.

Unknown things are kept as `Unknown`, never dropped.
"""

from typing import Final, TypeAlias

import msgspec


class File(msgspec.Struct, frozen=True):
    """A file we keep: `key` in the file store, with what was verified about it."""

    key: str
    name: str
    type: str
    size_bytes: int


class MediaSource(msgspec.Struct, frozen=True):
    """Where a provider lets us fetch bytes from, until it forgets them."""

    reference: str
    url: str | None = None
    name: str | None = None


class _Content(msgspec.Struct, frozen=True, tag_field="type"):
    pass


class Letter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a mail is besides its words: `original` is all it said, when `text` is less.

    `references` are the ids of the mails before it, oldest first.
    """

    subject: str = ""
    original: str = ""
    references: tuple[str, ...] = ()


class Text(_Content, frozen=True, tag="text", omit_defaults=True):
    """Written words, as they were typed; of a mail, those its sender wrote this time."""

    text: str
    letter: Letter | None = None


class Media(_Content, frozen=True, tag="media"):
    """Picture, video, sound or document; `file` is None until its bytes are here.

    `lost` says why they never will be.
    """

    kind: str
    file: File | None = None
    source: MediaSource | None = None
    text: str = ""
    lost: str | None = None


class Sticker(_Content, frozen=True, tag="sticker"):
    """A channel's sticker with the words it stands for."""

    package: str
    sticker: str
    keywords: tuple[str, ...] = ()
    text: str = ""


class Location(_Content, frozen=True, tag="location"):
    """A place on the map."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""


# The payload of a cart that was filled in the channel's own shop and sent: SKUs and how many.
CART_SENT: Final = "cart"


# The beginning of the payload of a form that was filled in at the provider: the asking follows.
FORM_FILLED: Final = "form:"


class Postback(_Content, frozen=True, tag="postback"):
    """A pressed button: what it said and what it meant."""

    label: str
    payload: str
    params: dict[str, str] = {}


class Filled(msgspec.Struct, frozen=True):
    """One answered question of a form; no values: it was left open."""

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Question and answer in one line; a mark stands for an agreement."""
        told = "✓" if self.kind == "consent" else " / ".join(self.values)
        return f"{self.label}: {told}"


class FormAnswer(_Content, frozen=True, tag="form_answer"):
    """A filled form; `asked` is the number of the asking it answers."""

    asked: int
    title: str
    filled: tuple[Filled, ...]


class Unsent(_Content, frozen=True, tag="unsent", omit_defaults=True):
    """What stays of a message its sender took back; `parted` where it went to another conversation.

    That happens when two customers who were taken for one are two again.
    """

    parted: bool = False


class Unknown(_Content, frozen=True, tag="unknown"):
    """A kind we do not know yet, kept as the provider said it."""

    kind: str
    raw: str = ""


Content: TypeAlias = Text | Media | Sticker | Location | Postback | FormAnswer | Unsent | Unknown


def plain(content: Content) -> str:
    """The words of `content` for previews, search and the bot; empty when it has none."""
    match content:
        case Text(text=text) | Media(text=text):
            return text
        case Sticker(text=text, keywords=keywords):
            return text or " ".join(keywords)
        case Postback(label=label):
            return label
        case Location(title=title, address=address):
            return " ".join(part for part in (title, address) if part)
        case FormAnswer(title=title, filled=filled):
            return "\n".join([title, *(one.line for one in filled if one.values)])
        case _:
            return ""
