"""What WhatsApp refuses in a message, written from its documents and not from our adapter."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

KINDS = ("text", "image", "video", "audio", "document", "sticker", "interactive", "template")
HEADS = {"messaging_product", "recipient_type", "to", "recipient", "type"}
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def check(body: Any) -> list[str]:
    """What is wrong with the body of a message, each with where; empty when it may go out."""
    if not isinstance(body, dict):
        return ["body: must be an object"]
    return [*_head(body), *_content(body)]


def _head(body: dict[str, Any]) -> Iterator[str]:
    kind = body.get("type")
    if body.get("messaging_product") != "whatsapp":
        yield "messaging_product: must be whatsapp"
    if body.get("recipient_type", "individual") != "individual":
        yield "recipient_type: must be individual"
    if not body.get("to") and not body.get("recipient"):
        yield "to: missing"
    if "recipient" in body and not USER_ID.fullmatch(str(body["recipient"])):
        yield "recipient: is no business-scoped user id"
    if kind not in KINDS:
        yield f"type: {kind!r} is not known"
    if stray := set(body) - HEADS - {kind}:
        yield f"{sorted(stray)}: not known"


def _content(body: dict[str, Any]) -> Iterator[str]:
    match body.get("type"), body.get(str(body.get("type"))):
        case "text", dict() as spoken:
            yield from _string(spoken.get("body"), "text.body", 4_096)
            yield from _stray(spoken, "text", {"body", "preview_url"})
        case "interactive", dict() as shown:
            yield from _interactive(shown)
        case "template", dict() as used:
            yield from _string(used.get("name"), "template.name", 512)
            yield from _string(used.get("language", {}).get("code"), "template.language", 20)
            yield from _stray(used, "template", {"name", "language", "components"})
        case ("image" | "video" | "audio" | "document" | "sticker") as kind, dict() as media:
            yield from _media(kind, media)
        case kind, _:
            yield f"{kind}: missing"


def _media(kind: str, media: dict[str, Any]) -> Iterator[str]:
    allowed = {"link", "id"}
    if kind in ("image", "video", "document"):
        allowed.add("caption")
    if kind == "document":
        allowed.add("filename")
    yield from _stray(media, kind, allowed)
    if ("link" in media) == ("id" in media):
        yield f"{kind}: one of link and id"
    if "link" in media:
        yield from _url(media["link"], f"{kind}.link")
    if "caption" in media:
        yield from _string(media["caption"], f"{kind}.caption", 1_024)


def _interactive(shown: dict[str, Any]) -> Iterator[str]:
    kind, action = shown.get("type"), shown.get("action")
    if kind != "product" or "body" in shown:
        yield from _string(shown.get("body", {}).get("text"), "interactive.body", 1_024)
    headed = kind in ("button", "cta_url", "product_list")
    yield from _stray(
        shown, "interactive", {"type", "body", "action"} | ({"header"} if headed else set())
    )
    if kind == "product_list":
        header = shown.get("header", {})
        if header.get("type") != "text" or set(header) != {"type", "text"}:
            yield "interactive.header: must be a text"
        yield from _string(header.get("text"), "interactive.header.text", 60)
    elif "header" in shown:
        yield from _header(shown["header"], "interactive.header")
    match kind, action:
        case "button", {"buttons": list() as buttons}:
            yield from _replies(buttons, "reply", "interactive.action.buttons", 3)
        case "list", {"button": label, "sections": list() as sections}:
            yield from _string(label, "interactive.action.button", 20)
            yield from _rows(sections)
        case "cta_url", dict():
            yield from _link(action, "interactive.action")
        case "carousel", {"cards": list() as cards}:
            yield from _cards(cards)
        case "product", {"catalog_id": str(), "product_retailer_id": sku} if len(action or ()) == 2:
            yield from _string(sku, "action.product_retailer_id", 100)
        case "product_list", {"catalog_id": str(), "sections": list() as sections}:
            yield from _products(sections)
        case "flow", {"name": "flow", "parameters": dict() as given}:
            yield from _flow(given)
        case "location_request_message", {"name": "send_location"}:
            pass
        case _:
            yield f"interactive: {kind!r} without what belongs to it"


def _header(header: dict[str, Any], where: str) -> Iterator[str]:
    if header.get("type") != "image" or set(header) != {"type", "image"}:
        yield f"{where}: not an image"
        return
    yield from _media("sticker", header["image"])


def _replies(buttons: list[Any], name: str, where: str, limit: int) -> Iterator[str]:
    if not 1 <= len(buttons) <= limit:
        yield f"{where}: 1 to {limit}"
    for button in buttons:
        if button.get("type") != name or set(button) != {"type", name}:
            yield f"{where}: type must be {name}"
            return
        yield from _string(button[name].get("title"), f"{where}.title", 20)
        yield from _string(button[name].get("id"), f"{where}.id", 256)
    for part in ("id", "title"):
        given = [button[name][part] for button in buttons]
        if len(set(given)) < len(given):
            yield f"{where}: {part} twice"


def _rows(sections: list[Any]) -> Iterator[str]:
    rows = [row for section in sections for row in section["rows"]]
    if not 1 <= len(rows) <= 10 or not 1 <= len(sections) <= 10:
        yield "interactive.action.sections: 1 to 10 rows"
    if len({row.get("id") for row in rows}) < len(rows):
        yield "interactive.action.sections: id twice"
    for section in sections:
        yield from _stray(section, "section", {"title", "rows"})
        if len(sections) > 1 or section.get("title"):
            yield from _string(section.get("title"), "section.title", 24)
        if not section["rows"]:
            yield "section.rows: none"
    for row in rows:
        yield from _stray(row, "row", {"id", "title", "description"})
        yield from _string(row.get("title"), "row.title", 24)
        yield from _string(row.get("id"), "row.id", 200)
        if "description" in row:
            yield from _string(row["description"], "row.description", 72)


def _flow(given: dict[str, Any]) -> Iterator[str]:
    known = {"mode", "flow_message_version", "flow_token", "flow_id", "flow_cta", "flow_action"}
    yield from _stray(given, "flow", known | {"flow_action_payload"})
    yield from _string(given.get("flow_token"), "flow.flow_token", 1_000)
    yield from _string(given.get("flow_cta"), "flow.flow_cta", 20)
    if given.get("flow_message_version") != "3" or given.get("mode") != "published":
        yield "flow: version 3, published"
    if not str(given.get("flow_id", "")).isdigit():
        yield "flow.flow_id: no id"
    if given.get("flow_action") != "navigate":
        yield "flow.flow_action: navigate"
    yield from _string(given.get("flow_action_payload", {}).get("screen"), "flow.screen", 80)


def _products(sections: list[Any]) -> Iterator[str]:
    skus = [one.get("product_retailer_id") for each in sections for one in each["product_items"]]
    if not 1 <= len(sections) <= 10 or not 1 <= len(skus) <= 30:
        yield "interactive.action.sections: 1 to 10 sections, 1 to 30 products"
    if len(set(skus)) < len(skus):
        yield "interactive.action.sections: product twice"
    for section in sections:
        yield from _stray(section, "section", {"title", "product_items"})
        if len(sections) > 1 or "title" in section:
            yield from _string(section.get("title"), "section.title", 24)
        if not section["product_items"]:
            yield "section.product_items: empty"
    for sku in skus:
        yield from _string(sku, "product_retailer_id", 100)


def _link(action: dict[str, Any], where: str) -> Iterator[str]:
    given = action.get("parameters", {})
    if action.get("name") != "cta_url" or set(given) != {"display_text", "url"}:
        yield f"{where}: no cta_url"
        return
    yield from _string(given["display_text"], f"{where}.display_text", 20)
    yield from _url(given["url"], f"{where}.url")


def _cards(cards: list[Any]) -> Iterator[str]:
    if not 2 <= len(cards) <= 10:
        yield "cards: 2 to 10"
    if [card.get("card_index") for card in cards] != list(range(len(cards))):
        yield "cards: card_index must count from 0"
    if len({_shape(card) for card in cards}) > 1:
        yield "cards: all must have the same buttons"
    for card in cards:
        yield from _stray(card, "card", {"card_index", "type", "header", "body", "action"})
        yield from _header(card.get("header", {}), "card.header")
        words = card.get("body", {}).get("text", "")
        yield from _string(words, "card.body", 160)
        if words.count("\n") > 2:
            yield "card.body: at most 2 line breaks"
        if "buttons" in card["action"]:
            yield from _replies(card["action"]["buttons"], "quick_reply", "card.buttons", 2)
        else:
            yield from _link(card["action"], "card.action")


def _shape(card: dict[str, Any]) -> int:
    return len(card["action"].get("buttons", ()))


def _string(value: Any, where: str, limit: int) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{where}: must not be empty"
    elif len(value) > limit:
        yield f"{where}: at most {limit} characters"


def _url(value: Any, where: str) -> Iterator[str]:
    yield from _string(value, where, 2_000)
    parts = urlsplit(str(value))
    if parts.scheme not in ("http", "https") or not parts.hostname or not str(value).isascii():
        yield f"{where}: not a web address"


def _stray(given: dict[str, Any], where: str, allowed: set[str]) -> Iterator[str]:
    if stray := set(given) - allowed:
        yield f"{where}.{sorted(stray)[0]}: not known"
