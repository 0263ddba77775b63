"""What a message is on the wire: its content, its blocks and its files."""

from typing import Any, Final, Literal, NotRequired, TypeAlias, TypedDict

from kaiwa.conversations.message import Sender, State
from kaiwa.vocabulary.content import FormAnswer, Location
from kaiwa.vocabulary.reply import (
    Buttons,
    Carousel,
    ChoiceList,
    CouponBlock,
    Degradation,
    Form,
    OrderStatusBlock,
    PaymentRequest,
    ProductCard,
    QuickReplies,
    Receipt,
    StickerBlock,
    TextBlock,
)

FileKind: TypeAlias = Literal["image", "video", "audio", "file"]
# A kind we have no picture for is a file.
FILE_KINDS: Final[dict[str, FileKind]] = {"image": "image", "video": "video", "audio": "audio"}


class FileShape(TypedDict):
    """A file with a link to it."""

    url: str | None
    name: str
    type: str
    size_bytes: int


class TextShape(TypedDict):
    """Written words."""

    type: Literal["text"]
    text: str


class MediaShape(TypedDict):
    """A picture, film, recording or document; no `file` before it is here, `lost` when never."""

    type: FileKind
    file: FileShape | None
    text: str
    lost: str | None


class StickerShape(TypedDict):
    """A sticker; `sticker` names one of ours."""

    type: Literal["sticker"]
    keywords: list[str]
    text: str
    sticker: NotRequired[str]


class PostbackShape(TypedDict):
    """A pressed button."""

    type: Literal["postback"]
    label: str


class UnsentShape(TypedDict):
    """What its sender took back, or what went to the conversation of whom it was (`parted`)."""

    type: Literal["unsent"]
    parted: bool


class UnknownShape(TypedDict):
    """What we do not know how to show."""

    type: Literal["unknown"]


ContentShape: TypeAlias = (
    TextShape
    | MediaShape
    | StickerShape
    | Location
    | PostbackShape
    | FormAnswer
    | UnsentShape
    | UnknownShape
)


class FileBlockShape(TypedDict):
    """A document."""

    type: Literal["file"]
    alt_text: str
    speech: str
    url: str | None
    file: FileShape


class PictureShape(TypedDict):
    """A picture or a film."""

    type: Literal["image", "video"]
    alt_text: str
    speech: str
    url: str | None
    file: FileShape
    preview_url: str | None


class RecordingShape(TypedDict):
    """A recording."""

    type: Literal["audio"]
    alt_text: str
    speech: str
    url: str | None
    file: FileShape
    duration_ms: int


BlockShape: TypeAlias = (
    TextBlock
    | FileBlockShape
    | PictureShape
    | RecordingShape
    | ProductCard
    | Carousel
    | ChoiceList
    | Buttons
    | QuickReplies
    | Form
    | CouponBlock
    | Receipt
    | OrderStatusBlock
    | PaymentRequest
    | StickerBlock
)


class MessageShape(TypedDict):
    """A message as its shopper may see it."""

    id: int
    conversation: int
    seq: int
    direction: Literal["in", "out"]
    sender: Sender
    name: str | None
    agent: int | None
    channel: str
    state: State
    error: str | None
    content: ContentShape | None
    blocks: list[BlockShape]
    client_id: str | None
    degradations: tuple[Degradation, ...]
    occurred_at: str
    recorded_at: str
    edited_at: str | None
    unsent_at: str | None


class LetterShape(TypedDict):
    """What a mail was besides its words; `original` is all it said, when the message is less."""

    subject: str
    original: str


class DeskMessageShape(MessageShape):
    """A message as agents see it: `sent_as` is how it left where a channel took less than all."""

    attempts: int
    permanent: bool
    identity: int
    letter: LetterShape | None
    sent_as: list[Any] | None
