"""What Telegram refuses, by its Bot API: the words are those it answers with."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

Body = Mapping[str, Any]
MEDIA = {
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendDocument": "document",
    "sendSticker": "sticker",
}
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
FETCHED = {"sendDocument": (".pdf", ".zip"), "sendAudio": (".mp3", ".m4a"), "sendVideo": (".mp4",)}


def refusal(method: str, body: Body) -> str | None:
    """Why the message cannot be sent as it is; None when it can."""
    if method == "sendMessage":
        return _text(body.get("text"), 4_096) or _markup(body.get("reply_markup"))
    media = body.get(MEDIA[method])
    if not isinstance(media, str) or not media:
        return f"there is no {MEDIA[method]} in the request"
    if method != "sendSticker" and not _web(media):
        return "wrong file identifier/HTTP URL specified"
    path = urlsplit(media).path.lower()
    if method in FETCHED and not path.endswith(FETCHED[method]):
        return "wrong type of the web page content"
    caption = body.get("caption")
    if caption is not None and _units(caption) > 1_024:
        return "message caption is too long"
    return _markup(body.get("reply_markup"))


def _text(text: object, most: int) -> str | None:
    if not isinstance(text, str) or not text.strip():
        return "message text is empty"
    return "message is too long" if _units(text) > most else None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _markup(markup: Any) -> str | None:
    if markup is None:
        return None
    if "keyboard" in markup:
        named = all(row and all(one["text"] for one in row) for row in markup["keyboard"])
        return None if named else "keyboard button text is empty"
    rows = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if not buttons or not all(rows):
        return "inline keyboard expected"
    if len(buttons) > 100:
        return "reply markup is too long"
    return next((why for why in map(_button, buttons) if why), None)


def _button(button: Body) -> str | None:
    if not str(button.get("text", "")).strip():
        return "text buttons are empty"
    meant = [name for name in ("callback_data", "url", "copy_text") if name in button]
    if len(meant) != 1 or set(button) != {"text", *meant}:
        return "inline keyboard button has to have exactly one optional field"
    if meant == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= 64:
        return "BUTTON_DATA_INVALID"
    if meant == ["url"] and not _web(button["url"]):
        return f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
    if meant == ["copy_text"] and not 1 <= _units(button["copy_text"]["text"]) <= 256:
        return "BUTTON_COPY_TEXT_INVALID"
    return None


def _web(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    named = "." in host and not host.replace(".", "").isdigit() and host != "localhost"
    return parts.scheme in ("http", "https") and named and " " not in url
