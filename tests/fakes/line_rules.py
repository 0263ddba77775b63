"""What LINE refuses in a list of messages, written from its documents and not from our adapter.

`check` gives errors (LINE answers 400) and warnings (LINE answers 200 and shows less).
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

MAX_MESSAGES = 5
MAX_TEXT = 5_000
MAX_ALT_TEXT = 400
MAX_QUICK_REPLIES = 13
MAX_LABEL = 20
MAX_ACTION_TEXT = 300
MAX_DATA = 300
MAX_URI = 1_000
MAX_CLIPBOARD = 1_000
MAX_MEDIA_URL = 2_000
MAX_BUBBLES = 12
MAX_BUBBLE_BYTES = 30 * 1024
MAX_CAROUSEL_BYTES = 50 * 1024
SCHEMES = ("http", "https", "line", "tel")
FLEX_SIZES = {"nano", "micro", "deca", "hecto", "kilo", "mega", "giga"}
TEXT_SIZES = {"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}


class Report:
    """Collects what is wrong and where."""

    def __init__(self) -> None:
        self.errors: list[dict[str, str]] = []
        self.warnings: list[str] = []

    def refuse(self, where: str, why: str) -> None:
        self.errors.append({"property": where, "message": why})

    def string(self, value: Any, where: str, limit: int) -> None:
        if not isinstance(value, str) or not value.strip():
            self.refuse(where, "May not be empty")
        elif utf16(value) > limit:
            self.refuse(where, f"Length must be between 0 and {limit}")

    def url(self, value: Any, where: str, schemes: tuple[str, ...], limit: int) -> None:
        self.string(value, where, limit)
        if not isinstance(value, str):
            return
        parts = urlsplit(value)
        bare = parts.scheme in ("http", "https") and not parts.hostname
        if parts.scheme not in schemes or bare or not value.isascii() or " " in value:
            self.refuse(where, "Must be a valid URI")

    def one_of(self, value: Any, where: str, allowed: set[str]) -> None:
        if value is not None and value not in allowed:
            self.refuse(where, f"{value!r} is not allowed")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check(messages: Any) -> Report:
    report = Report()
    if not isinstance(messages, list) or not 1 <= len(messages) <= MAX_MESSAGES:
        report.refuse("messages", f"Size must be between 1 and {MAX_MESSAGES}")
        return report
    for index, message in enumerate(messages):
        where = f"messages[{index}]"
        kind = message.get("type") if isinstance(message, dict) else None
        rule = _MESSAGES.get(str(kind))
        if rule is None:
            report.refuse(f"{where}/type", f"{kind!r} is not a message type")
            continue
        rule(message, where, report)
        if "quickReply" in message:
            _quick_reply(message["quickReply"], f"{where}.quickReply", report)
            if index < len(messages) - 1:
                report.warnings.append(f"{where}.quickReply is not on the last message: not shown")
    return report


def _text(message: dict[str, Any], where: str, report: Report) -> None:
    report.string(message.get("text"), f"{where}.text", MAX_TEXT)


def _sticker(message: dict[str, Any], where: str, report: Report) -> None:
    for name in ("packageId", "stickerId"):
        if not str(message.get(name, "")).isdigit():
            report.refuse(f"{where}.{name}", "Must be a number")


def _media(*urls: str) -> Callable[[dict[str, Any], str, Report], None]:
    def rule(message: dict[str, Any], where: str, report: Report) -> None:
        for name in urls:
            report.url(message.get(name), f"{where}.{name}", ("https",), MAX_MEDIA_URL)
        if message["type"] == "audio" and not _positive(message.get("duration")):
            report.refuse(f"{where}.duration", "Must be a positive number of milliseconds")

    return rule


def _positive(value: Any) -> bool:
    return isinstance(value, int) and value > 0


def _location(message: dict[str, Any], where: str, report: Report) -> None:
    for name in ("title", "address"):
        report.string(message.get(name), f"{where}.{name}", 100)
    for name in ("latitude", "longitude"):
        if not isinstance(message.get(name), int | float):
            report.refuse(f"{where}.{name}", "Must be a number")


def _flex(message: dict[str, Any], where: str, report: Report) -> None:
    report.string(message.get("altText"), f"{where}.altText", MAX_ALT_TEXT)
    contents = message.get("contents")
    kind = contents.get("type") if isinstance(contents, dict) else None
    if kind == "bubble":
        _bubble(contents, f"{where}.contents", report)
    elif kind == "carousel":
        _carousel(contents, f"{where}.contents", report)
    else:
        report.refuse(f"{where}.contents", "Must be a bubble or a carousel")


def _carousel(carousel: Any, where: str, report: Report) -> None:
    bubbles = carousel.get("contents")
    if not isinstance(bubbles, list) or not 1 <= len(bubbles) <= MAX_BUBBLES:
        report.refuse(f"{where}.contents", f"Size must be between 1 and {MAX_BUBBLES}")
        return
    if _size(carousel) > MAX_CAROUSEL_BYTES:
        report.refuse(where, f"Larger than {MAX_CAROUSEL_BYTES} bytes")
    for index, bubble in enumerate(bubbles):
        _bubble(bubble, f"{where}.contents[{index}]", report)
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        report.refuse(f"{where}.contents", "Bubbles of one carousel must be of one width")


def _bubble(bubble: Any, where: str, report: Report) -> None:
    if not isinstance(bubble, dict) or bubble.get("type") != "bubble":
        report.refuse(where, "Must be a bubble")
        return
    if _size(bubble) > MAX_BUBBLE_BYTES:
        report.refuse(where, f"Larger than {MAX_BUBBLE_BYTES} bytes")
    report.one_of(bubble.get("size"), f"{where}.size", FLEX_SIZES)
    blocks = [name for name in ("header", "hero", "body", "footer") if name in bubble]
    if not blocks:
        report.refuse(where, "A bubble needs a block")
    for name in blocks:
        component = bubble[name]
        if name != "hero" and component.get("type") != "box":
            report.refuse(f"{where}.{name}", "Must be a box")
        _component(component, f"{where}.{name}", report)


def _component(component: Any, where: str, report: Report) -> None:
    kind = component.get("type") if isinstance(component, dict) else None
    match kind:
        case "box":
            _box(component, where, report)
        case "text":
            report.string(component.get("text"), f"{where}.text", MAX_TEXT)
            report.one_of(component.get("size"), f"{where}.size", TEXT_SIZES)
            report.one_of(component.get("weight"), f"{where}.weight", {"regular", "bold"})
        case "image":
            report.url(component.get("url"), f"{where}.url", ("https",), MAX_MEDIA_URL)
        case "button":
            style = component.get("style")
            report.one_of(style, f"{where}.style", {"primary", "secondary", "link"})
            _action(component.get("action"), f"{where}.action", report, "flex")
        case "separator" | "filler" | "icon" | "video":
            pass
        case _:
            report.refuse(f"{where}.type", f"{kind!r} is not a component")
    if kind in ("box", "text", "image") and "action" in component:
        _action(component["action"], f"{where}.action", report, "flex")


def _box(box: dict[str, Any], where: str, report: Report) -> None:
    layout = box.get("layout")
    contents = box.get("contents")
    report.one_of(layout or "none", f"{where}.layout", {"horizontal", "vertical", "baseline"})
    if not isinstance(contents, list) or not contents:
        report.refuse(f"{where}.contents", "May not be empty")
        return
    for index, child in enumerate(contents):
        inside = {"icon", "text", "filler", "span"} if layout == "baseline" else None
        if inside and child.get("type") not in inside:
            report.refuse(f"{where}.contents[{index}]", "Not allowed in a baseline box")
        _component(child, f"{where}.contents[{index}]", report)


def _quick_reply(quick: Any, where: str, report: Report) -> None:
    items = quick.get("items") if isinstance(quick, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_QUICK_REPLIES:
        report.refuse(f"{where}.items", f"Size must be between 1 and {MAX_QUICK_REPLIES}")
        return
    for index, item in enumerate(items):
        if item.get("type") != "action":
            report.refuse(f"{where}.items[{index}].type", "Must be action")
        _action(item.get("action"), f"{where}.items[{index}].action", report, "quick")


def _action(action: Any, where: str, report: Report, place: str) -> None:
    if not isinstance(action, dict):
        report.refuse(where, "May not be empty")
        return
    report.string(action.get("label"), f"{where}.label", MAX_LABEL)
    match action.get("type"):
        case "postback":
            if not 0 < utf16(str(action.get("data") or "")) <= MAX_DATA:
                report.refuse(f"{where}.data", f"Length must be between 1 and {MAX_DATA}")
            if "displayText" in action or place == "quick":
                report.string(action.get("displayText"), f"{where}.displayText", MAX_ACTION_TEXT)
        case "message":
            report.string(action.get("text"), f"{where}.text", MAX_ACTION_TEXT)
        case "uri":
            report.url(action.get("uri"), f"{where}.uri", SCHEMES, MAX_URI)
        case "clipboard":
            report.string(action.get("clipboardText"), f"{where}.clipboardText", MAX_CLIPBOARD)
        case "location" | "camera" | "cameraRoll":
            if place != "quick":
                report.refuse(where, "Only in quick replies")
        case kind:
            report.refuse(f"{where}.type", f"{kind!r} is not an action")


def _size(container: Any) -> int:
    return len(json.dumps(container, ensure_ascii=False, separators=(",", ":")).encode())


_MESSAGES: dict[str, Callable[[dict[str, Any], str, Report], None]] = {
    "text": _text,
    "sticker": _sticker,
    "image": _media("originalContentUrl", "previewImageUrl"),
    "video": _media("originalContentUrl", "previewImageUrl"),
    "audio": _media("originalContentUrl"),
    "location": _location,
    "flex": _flex,
}
