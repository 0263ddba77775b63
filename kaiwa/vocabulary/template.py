"""A message template: words the provider has approved beforehand, with blanks for what varies.

Where a channel lets nothing else through (WhatsApp a day after the customer's last word), an
approved template still goes. Whether it is advertising is the provider's word, not ours.
"""

import re
from typing import Final, Literal, TypeAlias

import msgspec

Category: TypeAlias = Literal["marketing", "utility", "authentication"]
Status: TypeAlias = Literal["approved", "pending", "rejected", "paused", "disabled", "gone"]
BlankKind: TypeAlias = Literal["text", "url", "code", "image", "video", "document"]
_BLANK: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class TemplateButton(msgspec.Struct, frozen=True):
    """A button as it was approved; `url` may end in a blank."""

    kind: Literal["answer", "url", "phone", "code", "other"]
    text: str
    url: str = ""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template as the provider has it. `media` is what its header shows, if no words.

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
    buttons: tuple[TemplateButton, ...] = ()
    beyond: str = ""
    examples: dict[str, str] = {}


class Blank(msgspec.Struct, frozen=True):
    """What varies: `header.1`, `body.customer_name`, `button.0` (the button's place)."""

    key: str
    kind: BlankKind
    example: str = ""


class TemplateUse(msgspec.Struct, frozen=True, kw_only=True):
    """A template with its blanks filled; `text` is what the customer reads.

    It belongs to the inbox whose account it was approved for. `media` is what its header shows,
    `codes` are the places of the buttons that copy a code.
    """

    inbox_id: int
    name: str
    language: str
    category: Category
    values: dict[str, str]
    text: str
    media: str = ""
    codes: tuple[int, ...] = ()


def blanks(template: Template) -> list[Blank]:
    """Every blank, each once, in the order in which it is read."""
    found: list[Blank] = []
    if template.media:
        found.append(_blank(template, "header.media", template.media))
    for part, words in (("header", template.header), ("body", template.body)):
        for name in dict.fromkeys(_BLANK.findall(words)):
            found.append(_blank(template, f"{part}.{name}", "text"))
    for place, button in enumerate(template.buttons):
        if button.kind == "code":
            found.append(_blank(template, f"button.{place}", "code"))
        elif _BLANK.search(button.url):
            found.append(_blank(template, f"button.{place}", "url"))
    return found


def read_as(template: Template, values: dict[str, str]) -> str:
    """What the customer reads; a blank without a value stays as it is."""
    media = values.get("header.media", "")
    buttons = [
        _button(button, values.get(f"button.{n}")) for n, button in enumerate(template.buttons)
    ]
    parts = (
        media,
        _filled(template.header, "header", values),
        _filled(template.body, "body", values),
        template.footer,
        "\n".join(f"[{words}]" for words in buttons),
    )
    return "\n".join(part for part in parts if part)


def filled_part(template: Template, part: Literal["header", "body"], values: dict[str, str]) -> str:
    """The header's or the body's words with their values."""
    return _filled(template.header if part == "header" else template.body, part, values)


def filled_url(button: TemplateButton, value: str) -> str:
    """Where a button leads with its value."""
    return _BLANK.sub(lambda _: value, button.url)


def _button(button: TemplateButton, value: str | None) -> str:
    if button.kind == "url":
        return f"{button.text} {button.url if value is None else filled_url(button, value)}"
    return f"{button.text} {value or ''}".strip() if button.kind == "code" else button.text


def _filled(words: str, part: str, values: dict[str, str]) -> str:
    return _BLANK.sub(lambda found: values.get(f"{part}.{found[1]}") or found[0], words)


def _blank(template: Template, key: str, kind: BlankKind) -> Blank:
    return Blank(key, kind, template.examples.get(key, ""))
