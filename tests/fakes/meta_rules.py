"""What Messenger and Instagram refuse in a message, written from their documents."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

HEADS = {"recipient", "messaging_type", "tag", "message"}
FILES = ("image", "video", "audio", "file")


def check(body: Any, kind: str) -> list[str]:
    """What is wrong with the body of a message, each with where; empty when it may go out."""
    if not isinstance(body, dict):
        return ["body: must be an object"]
    return [*_head(body), *_message(body.get("message"), kind)]


def _head(body: dict[str, Any]) -> Iterator[str]:
    yield from _stray(body, "body", HEADS)
    recipient = body.get("recipient")
    if not isinstance(recipient, dict) or set(recipient) != {"id"} or not recipient["id"]:
        yield "recipient: must be an id"
    match body.get("messaging_type"), body.get("tag"):
        case "RESPONSE", None:
            pass
        case "MESSAGE_TAG", "HUMAN_AGENT":
            pass
        case kind, tag:
            yield f"messaging_type: {kind!r} with tag {tag!r}"


def _message(message: Any, kind: str) -> Iterator[str]:
    if not isinstance(message, dict):
        yield "message: missing"
        return
    known = {"text", "attachment", "quick_replies"}
    yield from _stray(message, "message", known | ({"metadata"} if kind == "messenger" else set()))
    if ("text" in message) == ("attachment" in message):
        yield "message: one of text and attachment"
    if "text" in message:
        yield from _text(message["text"], kind)
    if "attachment" in message:
        yield from _attachment(message["attachment"], kind)
    if "metadata" in message:
        yield from _string(message["metadata"], "message.metadata", 1_000)
    if "quick_replies" in message:
        if kind == "instagram" and "text" not in message:
            yield "message.quick_replies: only under a text"
        yield from _quick(message["quick_replies"])


def _text(text: Any, kind: str) -> Iterator[str]:
    if kind == "messenger":
        yield from _string(text, "message.text", 2_000)
    elif not isinstance(text, str) or not text.strip() or len(text.encode()) > 1_000:
        yield "message.text: at most 1000 bytes"


def _quick(replies: Any) -> Iterator[str]:
    if not isinstance(replies, list) or not 1 <= len(replies) <= 13:
        yield "message.quick_replies: 1 to 13"
        return
    for reply in replies:
        yield from _stray(reply, "quick_reply", {"content_type", "title", "payload"})
        if reply.get("content_type") != "text":
            yield "quick_reply.content_type: must be text"
        yield from _string(reply.get("title"), "quick_reply.title", 20)
        yield from _string(reply.get("payload"), "quick_reply.payload", 1_000)


def _attachment(attachment: Any, kind: str) -> Iterator[str]:
    match attachment:
        case {"type": "like_heart"} if kind == "instagram" and len(attachment) == 1:
            return
        case {"type": str() as type_, "payload": dict() as payload} if type_ in FILES:
            yield from _stray(payload, type_, {"url"})
            yield from _url(payload.get("url"), f"{type_}.url")
        case {"type": "template", "payload": {"template_type": "button"} as payload}:
            yield from _stray(payload, "button", {"template_type", "text", "buttons"})
            yield from _string(payload.get("text"), "button.text", 640)
            if kind == "instagram" and len(str(payload.get("text")).encode()) > 640:
                yield "button.text: at most 640 bytes"
            yield from _buttons(payload.get("buttons"), kind)
        case {"type": "template", "payload": {"template_type": "generic"} as payload}:
            yield from _stray(payload, "generic", {"template_type", "elements"})
            yield from _elements(payload.get("elements"), kind)
        case _:
            yield "attachment: not known"


def _elements(elements: Any, kind: str) -> Iterator[str]:
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield "elements: 1 to 10"
        return
    for element in elements:
        known = {"title", "subtitle", "image_url", "default_action", "buttons"}
        yield from _stray(element, "element", known)
        yield from _string(element.get("title"), "element.title", 80)
        if set(element) == {"title"}:
            yield "element: a title alone"
        if "subtitle" in element:
            yield from _string(element["subtitle"], "element.subtitle", 80)
        if "image_url" in element:
            yield from _url(element["image_url"], "element.image_url")
        if "buttons" in element:
            yield from _buttons(element["buttons"], kind)
        if "default_action" in element:
            opens = element["default_action"]
            yield from _stray(opens, "default_action", {"type", "url"})
            yield from _url(opens.get("url"), "default_action.url")


def _buttons(buttons: Any, kind: str) -> Iterator[str]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        yield "buttons: 1 to 3"
        return
    for button in buttons:
        if button.get("type") == "account_link" and kind == "messenger":
            yield from _stray(button, "button", {"type", "url"})
            yield from _url(button.get("url"), "button.url")
            if not str(button.get("url")).startswith("https://"):
                yield "button.url: only https"
            continue
        yield from _string(button.get("title"), "button.title", 20)
        match button:
            case {"type": "web_url", "url": url}:
                yield from _url(url, "button.url")
                yield from _stray(button, "button", {"type", "title", "url"})
            case {"type": "postback", "payload": payload}:
                yield from _string(payload, "button.payload", 1_000)
                yield from _stray(button, "button", {"type", "title", "payload"})
            case {"type": "phone_number", "payload": str() as number} if kind == "messenger":
                if not (number.startswith("+") and number[1:].isdigit()):
                    yield "button.payload: no number"
            case _:
                yield f"button: {button.get('type')!r} is not known"


def _string(text: Any, where: str, limit: int) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"{where}: must not be empty"
    elif len(text) > limit:
        yield f"{where}: at most {limit} characters"


def _url(url: Any, where: str) -> Iterator[str]:
    if not isinstance(url, str) or len(url) > 2_000 or not url.isascii() or " " in url:
        yield f"{where}: no web address"
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield f"{where}: no web address"


def _stray(shown: dict[str, Any], where: str, known: set[str]) -> Iterator[str]:
    if stray := set(shown) - known:
        yield f"{where}: {sorted(stray)} not known"
