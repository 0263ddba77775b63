"""Bubbles that can be one become one: each is paid for by itself."""

from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.page import OTHERWISE, Json, Page
from kaiwa.vocabulary.cutting import units

_CAPTIONED = ("image", "video", "document")


def merge(page: Page) -> None:
    """Texts join texts, captions and what is to be pressed below them; declared once."""
    merged: list[Json] = []
    for message in page.messages:
        joined = _joined(merged[-1], message) if merged else None
        if joined is None:
            merged.append(message)
        else:
            merged[-1] = joined
    if len(merged) < len(page.messages):
        beside = len(page.messages) - len(merged)
        page.lose("text", "merged text", f"{beside} separate bubbles, each of which is billed")
    page.messages = merged


def _joined(first: Json, second: Json) -> Json | None:
    if second["type"] == "text" and first["type"] == "text":
        text = _together(first["text"]["body"], second["text"]["body"], "text")
        return {"type": "text", "text": {"body": text}} if text else None
    if second["type"] == "interactive" and first["type"] == "text":
        return _above(first["text"]["body"], second)
    if second["type"] == "text" and first["type"] in _CAPTIONED:
        kind = first["type"]
        caption = _together(first[kind].get("caption", ""), second["text"]["body"], "caption")
        return {**first, kind: {**first[kind], "caption": caption}} if caption else None
    return None


def _above(text: str, second: Json) -> Json | None:
    shown = second["interactive"]
    body = _together(text, shown["body"]["text"], "body")
    if not body:
        return None
    joined = {**second, "interactive": {**shown, "body": {"text": body}}}
    if OTHERWISE in second:
        joined[OTHERWISE] = _before(text, second[OTHERWISE])
    return joined


def _before(text: str, plainly: Page) -> Page:
    """The same page, beginning with the text."""
    made = Page()
    made.text(text)
    made.messages += plainly.messages
    made.losses += plainly.losses
    return made


def _together(first: str, second: str, limit: str) -> str | None:
    text = "\n\n".join(part for part in (first, second) if part and part != "…")
    return text if text and units(text) <= most(limit) else None
