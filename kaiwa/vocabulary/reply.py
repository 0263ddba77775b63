"""What the shop can say, without a channel in mind: a `Reply` is a row of blocks.

Every rich block carries `alt_text` (for channels and readers that cannot show it) and
`speech` (for voice); adapters render blocks natively and declare what was lost.
"""

from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.template import TemplateUse


class _Action(msgspec.Struct, frozen=True, tag_field="type"):
    label: str


class ReplyAction(_Action, frozen=True, tag="reply"):
    """Pressing it says `text`; with a `payload` it means exactly that.

    One that `adds_to_cart` puts the product of its card there, and does nothing else: some channels
    have a button of their own for that.
    """

    text: str = ""
    payload: str | None = None
    adds_to_cart: bool = False


class UrlAction(_Action, frozen=True, tag="url", kw_only=True):
    """Pressing it opens a page.

    With `links_account` the page is the one that links the account of the channel: some channels
    lead there by a button of their own.
    """

    url: str
    links_account: bool = False


class CallAction(_Action, frozen=True, tag="call", kw_only=True):
    """Pressing it calls a number (E.164)."""

    phone: str


class LocationAction(_Action, frozen=True, tag="location"):
    """Pressing it asks for the customer's place."""


Action: TypeAlias = ReplyAction | UrlAction | CallAction | LocationAction


class _Block(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    pass


class _RichBlock(_Block, frozen=True, kw_only=True):
    alt_text: str
    speech: str = ""


class TextBlock(_Block, frozen=True, tag="text"):
    """Plain sentences; `source` names the record or article they come from."""

    text: str
    source: str | None = None


class ImageBlock(_RichBlock, frozen=True, tag="image"):
    """A picture by public https URL or kept file."""

    url: str | None = None
    file: File | None = None
    preview_url: str | None = None


class VideoBlock(_RichBlock, frozen=True, tag="video"):
    """A film with its still picture."""

    url: str | None = None
    file: File | None = None
    preview_url: str | None = None


class AudioBlock(_RichBlock, frozen=True, tag="audio"):
    """A recording."""

    url: str | None = None
    file: File | None = None
    duration_ms: int = 60_000


class FileBlock(_RichBlock, frozen=True, tag="file"):
    """A document to keep."""

    url: str | None = None
    file: File | None = None


class ProductCard(_RichBlock, frozen=True, tag="product_card"):
    """One variant as its record has it. Prices and stock come from records only (P4)."""

    title: str
    price: Money | None = None
    compare_at: Money | None = None
    facts: str = ""
    image_url: str | None = None
    stock: str = ""
    handle: str = ""
    sku: str = ""
    number: int | None = None
    actions: tuple[Action, ...] = ()


class Carousel(_RichBlock, frozen=True, tag="carousel"):
    """Numbered cards side by side."""

    cards: tuple[ProductCard, ...]


class ListItem(msgspec.Struct, frozen=True):
    """One row of a list."""

    title: str
    description: str = ""
    action: Action | None = None


class ChoiceList(_RichBlock, frozen=True, tag="choice_list"):
    """Rows to choose from."""

    title: str
    items: tuple[ListItem, ...]


class Buttons(_RichBlock, frozen=True, tag="buttons"):
    """A sentence with things to press that stay."""

    text: str
    actions: tuple[Action, ...]


class QuickReplies(_Block, frozen=True, tag="quick_replies"):
    """Suggestions under the newest message; they leave once one is pressed or typed over."""

    actions: tuple[Action, ...]


FIELD_KINDS: Final = (
    "text", "long_text", "choice", "choices", "number", "date", "email", "phone", "consent",
)  # fmt: skip


class FormField(msgspec.Struct, frozen=True):
    """One question of a form. `kind` is one of `FIELD_KINDS`; what else it may be is a text."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    options: tuple[str, ...] = ()
    hint: str = ""


class Flow(msgspec.Struct, frozen=True):
    """The same form as the provider of an inbox has it, for the customer to fill in there."""

    inbox_id: int
    id: str
    screen: str


class Form(_RichBlock, frozen=True, tag="form"):
    """Questions answered together; `url` is the same form as a page.

    `asked` is our number of this asking, by which the shop's own chat answers it, and a `flow`;
    `thanks` is said once it is answered.
    """

    title: str
    fields: tuple[FormField, ...]
    submit_label: str
    url: str | None = None
    intro: str = ""
    thanks: str = ""
    asked: int = 0
    flow: Flow | None = None


class CouponBlock(_RichBlock, frozen=True, tag="coupon"):
    """A code and what it is worth."""

    title: str
    code: str
    description: str = ""
    expires_at: datetime | None = None
    url: str | None = None


class ReceiptLine(msgspec.Struct, frozen=True):
    """One line of a receipt."""

    title: str
    quantity: int
    total: Money


class Receipt(_RichBlock, frozen=True, tag="receipt", kw_only=True):
    """What was bought; lines and entries sum to `total`. `taxes` say in words what is in it."""

    number: str
    lines: tuple[ReceiptLine, ...]
    entries: tuple[ReceiptLine, ...] = ()
    total: Money
    taxes: tuple[str, ...] = ()
    url: str | None = None


class OrderStatusBlock(_RichBlock, frozen=True, tag="order_status"):
    """Where an order is, from its records."""

    number: str
    status: str
    steps: tuple[str, ...] = ()
    step_index: int = 0
    carrier: str = ""
    tracking_number: str = ""
    url: str | None = None


class PaymentRequest(_RichBlock, frozen=True, tag="payment_request"):
    """A page where the shopper can pay `total`."""

    title: str
    total: Money
    url: str


class StickerBlock(_RichBlock, frozen=True, tag="sticker"):
    """A sticker of the channel's own, `alt_text` elsewhere."""

    package: str
    sticker: str


Block: TypeAlias = (
    TextBlock
    | ImageBlock
    | VideoBlock
    | AudioBlock
    | FileBlock
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


class Reply(msgspec.Struct, frozen=True):
    """What to say in one go; `native` is a channel's own payload for those who need it.

    With a `template` it leaves as that where the template is known; elsewhere the blocks say it.
    """

    blocks: tuple[Block, ...]
    native: dict[str, list[dict[str, object]]] = {}
    template: TemplateUse | None = None


class Degradation(msgspec.Struct, frozen=True):
    """What a channel could not show as it was meant: previews and the desk show it."""

    block: str
    became: str
    lost: str


def plain(blocks: tuple[Block, ...]) -> str:
    """The words of `blocks` for previews, search and exports, one block a line."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case TextBlock(text=text):
                lines.append(text)
            case QuickReplies():
                pass
            case _:
                lines.append(block.alt_text)
    return "\n".join(lines)


def visible(blocks: tuple[Block, ...]) -> list[str]:
    """Everything a reader of `blocks` reads, cards and buttons included."""
    texts: list[str] = []
    for block in blocks:
        match block:
            case TextBlock(text=text):
                texts.append(text)
            case QuickReplies(actions=actions):
                texts.extend(action.label for action in actions)
            case Buttons(text=text, actions=actions):
                texts.extend([text, *(action.label for action in actions)])
            case ChoiceList(title=title, items=items):
                rows = (part for item in items for part in (item.title, item.description))
                texts.extend(part for part in (title, *rows) if part)
            case ProductCard():
                texts.extend(_card(block))
            case Carousel(cards=cards):
                for card in cards:
                    texts.extend(_card(card))
            case _:
                texts.append(block.alt_text)
    return texts


def _card(card: ProductCard) -> list[str]:
    price = card.price.label() if card.price else ""
    parts = [card.title, price, card.facts, card.stock, *(action.label for action in card.actions)]
    return [part for part in parts if part]
