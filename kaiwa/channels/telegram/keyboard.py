"""Our actions as buttons under a Telegram message; what Telegram cannot do is declared or moved.

`callback_data` has 64 bytes. A payload that fits travels as it is; a button without one says its
text, which travels behind `SAY`.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from kaiwa.channels.telegram.limits import most
from kaiwa.channels.telegram.page import Json, Page
from kaiwa.vocabulary import content
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.reply import (
    Action,
    CallAction,
    LocationAction,
    ReplyAction,
    UrlAction,
)

SAY: Final = "say:"
_HOST: Final = re.compile(r"[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+", re.ASCII)
_NUMBERS: Final = re.compile(r"[0-9.]+")


def said_by(data: str, label: str) -> content.Content:
    """What a pressed button means, from its `callback_data`."""
    if data.startswith(SAY):
        return content.Text(data.removeprefix(SAY))
    return content.Postback(label, data)


def button(action: Action, page: Page, block: str) -> Json | None:
    """The action as an inline button; None when there is none and the page says so in words."""
    match action:
        case ReplyAction():
            return _say(action, page, block)
        case UrlAction(label=label, url=url):
            return link(label, url, page, block)
        case CallAction(label=label, phone=phone):
            page.after.append(f"{label.strip()} {phone}".strip())
            page.lose(block, "text", f"button that calls: {label}")
            return None
        case LocationAction(label=label):
            page.place = clip(label.strip() or "📍", most("label"))
            page.lose(block, "keyboard", f"button that asks for a place: {label}")
            return None


def link(label: str, url: str | None, page: Page, block: str) -> Json | None:
    """A button that opens `url`; an address Telegram has no buttons for is written out."""
    address = (url or "").strip()
    if not address:
        return None
    if not web_address(address):
        page.after.append(f"{label.strip()} {address}".strip())
        page.lose(block, "text", f"button with an address Telegram does not open: {label}")
        return None
    return {"text": _label(label or address, page, block), "url": address}


def web_address(url: str) -> bool:
    """Whether Telegram takes the address: http or https at a host with a name on the internet."""
    if not url.isascii() or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        # Asking for the port is what finds out that it is none.
        return (
            parts.scheme in ("http", "https")
            and (parts.port is None or parts.port > 0)
            and bool(_HOST.fullmatch(host))
            and not _NUMBERS.fullmatch(host)
        )
    except ValueError:
        return False


def copy(label: str, text: str) -> Json | None:
    """A button that copies `text`."""
    if not text or units(text) > most("copy_text"):
        return None
    return {"text": clip(label, most("label")), "copy_text": {"text": text}}


def rows(buttons: list[Json]) -> list[list[Json]]:
    """Short buttons two beside each other, long ones alone."""
    laid: list[list[Json]] = []
    for one in buttons:
        short = units(one["text"]) <= most("label") // 3
        if short and laid and len(laid[-1]) == 1 and units(laid[-1][0]["text"]) <= 13:
            laid[-1].append(one)
        else:
            laid.append([one])
    return laid


def _say(action: ReplyAction, page: Page, block: str) -> Json | None:
    label = _label(action.label.strip() or action.text.strip() or "…", page, block)
    data = action.payload or SAY + (action.text.strip() or action.label.strip() or label)
    if len(data.encode("utf-8", "replace")) > most("callback_data"):
        page.after.append(f"・{label}")
        page.lose(block, "text", f"button whose meaning is over 64 bytes: {label}")
        return None
    return {"text": label, "callback_data": data}


def _label(label: str, page: Page, block: str) -> str:
    return page.clipped(label.strip() or "…", "label", block, "label")
