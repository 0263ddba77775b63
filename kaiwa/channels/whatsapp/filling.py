"""A template with its blanks filled: what WhatsApp takes, and the message it is sent as."""

from collections.abc import Iterator, Mapping
from typing import Final

from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Json
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.template import (
    Blank,
    Template,
    TemplateUse,
    blanks,
    filled_part,
    filled_url,
    read_as,
)

_PARTS: Final = ("header", "body", "button")


def fill(template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
    """The template with these values; `Invalid` names the blanks that are wrong.

    WhatsApp takes neither line breaks nor tabs in a value: they become spaces.
    """
    if template.beyond:
        raise Invalid(f"Kaiwa cannot fill this template: {template.beyond}.", reason="beyond")
    wanted = blanks(template)
    known = {blank.key: " ".join(values.get(blank.key, "").split()) for blank in wanted}
    if missing := [key for key, value in known.items() if not value]:
        raise Invalid(f"Fill in: {', '.join(missing)}.", reason="unfilled", blanks=missing)
    wrong = [blank.key for blank in wanted if not _fits(template, blank, known[blank.key])]
    for part in ("header", "body"):
        if units(filled_part(template, part, known)) > most(f"template_{part}"):
            wrong += [blank.key for blank in wanted if blank.key.startswith(f"{part}.")]
    if wrong:
        words = f"WhatsApp does not take these values: {', '.join(wrong)}."
        raise Invalid(words, reason="unfit", blanks=wrong)
    return TemplateUse(
        inbox_id=inbox_id,
        name=template.name,
        language=template.language,
        category=template.category,
        values=known,
        media=template.media,
        codes=tuple(n for n, button in enumerate(template.buttons) if button.kind == "code"),
        text=read_as(template, known),
    )


def message(use: TemplateUse) -> Json:
    """The message that sends it; its blanks are named or numbered as in the template."""
    parts = [part for name in _PARTS for part in _components(use, name)]
    told: Json = {"name": use.name, "language": {"code": use.language}}
    return {"type": "template", "template": told | ({"components": parts} if parts else {})}


def _fits(template: Template, blank: Blank, value: str) -> bool:
    match blank.kind:
        case "image" | "video" | "document":
            return web_address(value) is not None
        case "url":
            button = template.buttons[int(blank.key.partition(".")[2])]
            return web_address(filled_url(button, value)) is not None and value.isascii()
        case "code":
            return units(value) <= most("coupon_code") and value.isascii()
        case _:
            return True


def _components(use: TemplateUse, name: str) -> Iterator[Json]:
    own = {
        key.partition(".")[2]: value
        for key, value in use.values.items()
        if key.startswith(f"{name}.")
    }
    if name == "button":
        for place in sorted(own, key=int):
            yield _button(place, own[place], use)
    elif "media" in own:
        kind = use.media
        yield {"type": name, "parameters": [{"type": kind, kind: {"link": own["media"]}}]}
    elif own:
        yield {"type": name, "parameters": [_text(key, own[key]) for key in _in_order(own)]}


def _in_order(own: Mapping[str, str]) -> list[str]:
    numbered = all(key.isdigit() for key in own)
    return sorted(own, key=int) if numbered else list(own)


def _text(name: str, value: str) -> Json:
    named = {} if name.isdigit() else {"parameter_name": name}
    return {"type": "text", **named, "text": value}


def _button(place: str, value: str, use: TemplateUse) -> Json:
    code = int(place) in use.codes
    parameter = {"type": "coupon_code", "coupon_code": value} if code else _text("1", value)
    sub_type = "copy_code" if code else "url"
    return {"type": "button", "sub_type": sub_type, "index": place, "parameters": [parameter]}
