"""A template with its blanks filled: what WhatsApp takes, and the message it is sent as."""

from collections.abc import Mapping
from datetime import datetime

from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Json
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.template import (
    Blank,
    Template,
    TemplateUse,
    blanks,
    button_of,
    filled_parts,
    filled_url,
    read_as,
)


def fill(template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
    """The template with these values; `Invalid` names the blanks that are wrong.

    WhatsApp takes neither line breaks nor tabs in a value: they become spaces.
    """
    if template.beyond:
        raise Invalid(f"Kaiwa cannot fill this template: {template.beyond}.", reason="beyond")
    wanted = blanks(template)
    known = {blank.key: " ".join(values.get(blank.key, "").split()) for blank in wanted}
    if missing := [one.key for one in wanted if not known[one.key] and not one.optional]:
        raise Invalid(f"Fill in: {', '.join(missing)}.", reason="unfilled", blanks=missing)
    known = {key: value for key, value in known.items() if value}
    given = [blank for blank in wanted if blank.key in known]
    wrong = [blank.key for blank in given if not _fits(template, blank, known[blank.key])]
    for part, text in filled_parts(template, known).items():
        limit = "template_card" if part.startswith("card.") else f"template_{part}"
        if units(text) > most(limit):
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
        cards=tuple(card.media for card in template.cards),
        shelves={
            str(n): button.text
            for n, button in enumerate(template.buttons)
            if button.kind in ("catalogue", "products")
        },
        products=any(button.kind == "products" for button in template.buttons),
        otp=next((n for n, button in enumerate(template.buttons) if button.kind == "otp"), None),
        text=read_as(template, known),
    )


def message(use: TemplateUse) -> Json:
    """The message that sends it; its blanks are named or numbered as in the template."""
    codes = frozenset(use.codes)
    plain = {key: each for key, each in use.values.items() if not _of_shelf(key, use)}
    parts = _components(plain, ("header", "media"), use.media, codes)
    parts += _offer_and_products(use)
    if use.otp is not None:
        parts.append(_button(str(use.otp), _text("1", next(iter(use.values.values()), ""))))
    if use.cards:
        cards = [_card(use, place, media) for place, media in enumerate(use.cards)]
        parts.append({"type": "carousel", "cards": cards})
    told: Json = {"name": use.name, "language": {"code": use.language}}
    return {"type": "template", "template": told | ({"components": parts} if parts else {})}


def _of_shelf(key: str, use: TemplateUse) -> bool:
    part, _, place = key.partition(".")
    return part == "button" and place in use.shelves


def _offer_and_products(use: TemplateUse) -> list[Json]:
    """When the offer ends, and which products a button opens on."""
    found: list[Json] = []
    if ends := use.values.get("offer.ends"):
        told = {"expiration_time_ms": int(datetime.fromisoformat(ends).timestamp() * 1_000)}
        offer = {"type": "limited_time_offer", "limited_time_offer": told}
        found.append({"type": "limited_time_offer", "parameters": [offer]})
    for place, words in use.shelves.items():
        skus = _skus(use.values.get(f"button.{place}", ""))
        if not skus:
            continue
        action: Json = {"thumbnail_product_retailer_id": skus[0]}
        if use.products:
            items = [{"product_retailer_id": sku} for sku in skus]
            title = clip(words, most("section_title"))
            action["sections"] = [{"title": title, "product_items": items}]
        kind = "mpm" if use.products else "catalog"
        found.append(_button(place, {"type": "action", "action": action}, kind))
    return found


def _skus(value: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in value.split(",") if one.strip()))


def _moment(value: str) -> bool:
    """A time of which everybody knows when it is."""
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (ValueError, OverflowError):
        return False


def _card(use: TemplateUse, place: int, media: str) -> Json:
    own = _below(use.values, f"card.{place}")
    return {"card_index": place, "components": _components(own, ("media",), media)}


def _fits(template: Template, blank: Blank, value: str) -> bool:
    match blank.kind:
        case "image" | "video" | "document":
            return web_address(value) is not None and value.startswith("https://")
        case "url":
            button = button_of(template, blank.key)
            return web_address(filled_url(button, value)) is not None and value.isascii()
        case "code":
            return units(value) <= most("coupon_code") and value.isascii()
        case "moment":
            return _moment(value)
        case "product" | "products":
            skus = _skus(value)
            many = most("products") if blank.kind == "products" else 1
            short = all(units(sku) <= most("retailer_id") for sku in skus)
            return 1 <= len(skus) <= many and short
        case _ if template.category == "authentication":
            return units(value) <= most("one_time_code")
        case _:
            return True


def _components(
    values: Mapping[str, str],
    medium: tuple[str, ...],
    media: str,
    codes: frozenset[int] = frozenset(),
) -> list[Json]:
    """Header, words and buttons of a message or a card; `medium` is the key of what is shown."""
    found: list[Json] = []
    shown = values.get(".".join(medium))
    header = {} if shown else _below(values, "header")
    if shown:
        found.append({"type": "header", "parameters": [{"type": media, media: {"link": shown}}]})
    for name, own in (("header", header), ("body", _below(values, "body"))):
        if own:
            found.append(
                {"type": name, "parameters": [_text(key, own[key]) for key in _in_order(own)]}
            )
    buttons = _below(values, "button")
    for place in sorted(buttons, key=int):
        if int(place) in codes:
            code = {"type": "coupon_code", "coupon_code": buttons[place]}
            found.append(_button(place, code, "copy_code"))
        else:
            found.append(_button(place, _text("1", buttons[place])))
    return found


def _below(values: Mapping[str, str], name: str) -> dict[str, str]:
    """The values whose keys begin with a name, by the rest of their keys."""
    head = f"{name}."
    return {key.removeprefix(head): each for key, each in values.items() if key.startswith(head)}


def _in_order(own: Mapping[str, str]) -> list[str]:
    numbered = all(key.isdigit() for key in own)
    return sorted(own, key=int) if numbered else list(own)


def _text(name: str, value: str) -> Json:
    named = {} if name.isdigit() else {"parameter_name": name}
    return {"type": "text", **named, "text": value}


def _button(place: str, parameter: Json, sub_type: str = "url") -> Json:
    return {"type": "button", "sub_type": sub_type, "index": place, "parameters": [parameter]}
