"""A message template: words the provider has approved beforehand, with blanks for what varies.

Where a channel lets nothing else through (WhatsApp a day after the customer's last word), an
approved template still goes. Whether it is advertising is the provider's word, not ours.
"""

import re
from typing import Final, Literal, TypeAlias

import msgspec

Category: TypeAlias = Literal["marketing", "utility", "authentication"]
Status: TypeAlias = Literal["approved", "pending", "rejected", "paused", "disabled", "gone"]
BlankKind: TypeAlias = Literal[
    "text", "url", "code", "image", "video", "document", "moment", "product", "products"
]
_BLANK: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class TemplateButton(msgspec.Struct, frozen=True):
    """A button as it was approved; `url` may end in a blank.

    One that is `otp` copies the one-time code which the words say. One that is `catalogue` opens
    the shop's products at the provider, one that is `products` some of them.
    """

    kind: Literal["answer", "url", "phone", "code", "otp", "catalogue", "products", "other"]
    text: str
    url: str = ""


class TemplateCard(msgspec.Struct, frozen=True):
    """One card of a carousel: a picture or film, words below it, and buttons."""

    media: Literal["", "image", "video"] = ""
    body: str = ""
    buttons: tuple[TemplateButton, ...] = ()


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template as the provider has it. `media` is what its header shows, if no words.

    `offer` is what an offer is called that ends at a moment, if `ends`.

    `beyond` names a part of it that we cannot fill; such a template is not offered. `examples` are
    what the merchant gave for the blanks, by their keys.
    """

    name: str
    language: str
    category: Category
    status: Status
    external_id: str = ""
    quality: str = ""
    reason: str = ""
    header: str = ""
    media: Literal["", "image", "video", "document"] = ""
    body: str = ""
    footer: str = ""
    offer: str = ""
    ends: bool = False
    buttons: tuple[TemplateButton, ...] = ()
    cards: tuple[TemplateCard, ...] = ()
    beyond: str = ""
    examples: dict[str, str] = {}


class Blank(msgspec.Struct, frozen=True):
    """What varies: `header.1`, `body.customer_name`, `button.0` (the button's place), `offer.ends`.

    A moment is written in ISO 8601 with its offset, products as their SKUs with commas between
    them. One that is `optional` may stay empty.

    Of a carousel's card its place goes before: `card.0.media`, `card.0.body.1`, `card.0.button.1`.
    """

    key: str
    kind: BlankKind
    example: str = ""
    optional: bool = False


class TemplateUse(msgspec.Struct, frozen=True, kw_only=True):
    """A template with its blanks filled; `text` is what the customer reads.

    It belongs to the inbox whose account it was approved for. `media` is what its header shows,
    `cards` what each card shows above its words. `codes` are the places of the buttons that copy a
    code, `otp` is the one that copies the one-time code. `shelves` are those that open the shop's
    products, with what stands on each; if `products`, those that are chosen.
    """

    inbox_id: int
    name: str
    language: str
    category: Category
    values: dict[str, str]
    text: str
    media: str = ""
    codes: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    otp: int | None = None
    shelves: dict[str, str] = {}
    products: bool = False


def blanks(template: Template) -> list[Blank]:
    """Every blank, each once, in the order in which it is read."""
    found: list[Blank] = []
    if template.media:
        found.append(_blank(template, "header.media", template.media))
    found += _in_words(template, "header", template.header)
    if template.ends:
        found.append(_blank(template, "offer.ends", "moment"))
    found += _in_words(template, "body", template.body)
    found += _in_buttons(template, "button", template.buttons)
    for place, card in enumerate(template.cards):
        if card.media:
            found.append(_blank(template, f"card.{place}.media", card.media))
        found += _in_words(template, f"card.{place}.body", card.body)
        found += _in_buttons(template, f"card.{place}.button", card.buttons)
    return found


def _in_words(template: Template, part: str, words: str) -> list[Blank]:
    names = dict.fromkeys(_BLANK.findall(words))
    return [_blank(template, f"{part}.{name}", "text") for name in names]


def _in_buttons(template: Template, part: str, buttons: tuple[TemplateButton, ...]) -> list[Blank]:
    found = []
    for place, button in enumerate(buttons):
        if button.kind == "code":
            found.append(_blank(template, f"{part}.{place}", "code"))
        elif button.kind == "products":
            found.append(_blank(template, f"{part}.{place}", "products"))
        elif button.kind == "catalogue":
            found.append(Blank(f"{part}.{place}", "product", optional=True))
        elif button.kind == "url" and _BLANK.search(button.url):
            found.append(_blank(template, f"{part}.{place}", "url"))
    return found


def button_of(template: Template, key: str) -> TemplateButton:
    """The button whose blank is called `key`."""
    *card, _, place = key.split(".")
    buttons = template.cards[int(card[1])].buttons if card else template.buttons
    return buttons[int(place)]


def read_as(template: Template, values: dict[str, str]) -> str:
    """What the customer reads; a blank without a value stays as it is."""
    parts = [
        values.get("header.media", ""),
        _filled(template.header, "header", values),
        _offer(template, values),
        _filled(template.body, "body", values),
        template.footer,
        _buttons(template.buttons, "button", values),
    ]
    for place, card in enumerate(template.cards):
        part = f"card.{place}"
        parts += [
            values.get(f"{part}.media", ""),
            _filled(card.body, f"{part}.body", values),
            _buttons(card.buttons, f"{part}.button", values),
        ]
    return "\n".join(part for part in parts if part)


def filled_parts(template: Template, values: dict[str, str]) -> dict[str, str]:
    """The words of each part with their values: of `header`, `body`, each card."""
    words = {"header": template.header, "body": template.body}
    words |= {f"card.{n}.body": card.body for n, card in enumerate(template.cards)}
    return {part: _filled(text, part, values) for part, text in words.items()}


def filled_url(button: TemplateButton, value: str) -> str:
    """Where a button leads with its value."""
    return _BLANK.sub(lambda _: value, button.url)


def _buttons(buttons: tuple[TemplateButton, ...], part: str, values: dict[str, str]) -> str:
    shown = (_button(one, values.get(f"{part}.{place}")) for place, one in enumerate(buttons))
    return "\n".join(f"[{words}]" for words in shown)


def _button(button: TemplateButton, value: str | None) -> str:
    if button.kind == "url":
        return f"{button.text} {button.url if value is None else filled_url(button, value)}"
    return f"{button.text} {value or ''}".strip() if button.kind == "code" else button.text


def _offer(template: Template, values: dict[str, str]) -> str:
    """The offer and until when it lasts, in its own offset."""
    ends = values.get("offer.ends", "").replace("T", " ")
    return f"{template.offer} ⏳ {ends}".strip() if ends else template.offer


def _filled(words: str, part: str, values: dict[str, str]) -> str:
    return _BLANK.sub(lambda found: values.get(f"{part}.{found[1]}") or found[0], words)


def _blank(template: Template, key: str, kind: BlankKind) -> Blank:
    return Blank(key, kind, template.examples.get(key, ""))
