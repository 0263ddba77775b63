"""Limits by API version and face: value, unit, how sure we are of it and since when.

Marks: `v` Meta's documentation, `s` secondary source, `?` not confirmed (kept on the careful side),
`ours` chosen by us inside theirs. Where Meta counts characters UTF-16 units are never fewer, so
they are safe; Instagram counts the bytes of UTF-8.
"""

from typing import Final

import msgspec

from kaiwa.vocabulary.cutting import clip, split, units


class Limit(msgspec.Struct, frozen=True):
    """One number of the platform."""

    value: int
    unit: str
    mark: str
    as_of: str


VERSION: Final = "v26.0"
_SHARED: Final = {
    "quick_replies": Limit(13, "quick replies", "v", "2026-11"),
    "quick_title": Limit(20, "utf16", "v", "2026-11"),
    "buttons": Limit(3, "buttons", "v", "2026-11"),
    "button_title": Limit(20, "utf16", "?", "2026-11"),
    "payload": Limit(1_000, "utf16", "?", "2026-11"),
    "elements": Limit(10, "cards", "v", "2026-11"),
    "element_title": Limit(80, "utf16", "v", "2026-11"),
    "element_subtitle": Limit(80, "utf16", "v", "2026-11"),
    # The menu beside the text field, and the questions people may begin with.
    "menu": Limit(20, "entries", "v", "2026-11"),
    "menu_title": Limit(30, "utf16", "v", "2026-11"),
    "questions": Limit(4, "questions", "v", "2026-11"),
    "question": Limit(80, "utf16", "?", "2026-11"),
    "url": Limit(2_000, "utf16", "?", "2026-11"),
    "image": Limit(8_000_000, "bytes", "v", "2026-11"),
    "video": Limit(25_000_000, "bytes", "v", "2026-11"),
    "audio": Limit(25_000_000, "bytes", "v", "2026-11"),
    "file": Limit(25_000_000, "bytes", "v", "2026-11"),
    "metadata": Limit(1_000, "utf16", "?", "2026-11"),
    "ref": Limit(250, "utf16", "?", "2026-11"),
    "texts_per_second": Limit(300, "messages/s", "v", "2026-11"),
    "window": Limit(86_400, "s", "v", "2026-11"),
    "human_window": Limit(604_800, "s", "v", "2026-11"),
    # Ours: how much of a window we count on, and how much of a field a text shows.
    "margin": Limit(60, "s", "ours", "2026-11"),
    "field": Limit(600, "utf16", "ours", "2026-11"),
}
LIMITS: Final[dict[str, dict[str, dict[str, Limit]]]] = {
    "v26.0": {
        "messenger": {
            **_SHARED,
            "text": Limit(2_000, "utf16", "v", "2026-11"),
            "button_text": Limit(640, "utf16", "v", "2026-11"),
        },
        "instagram": {
            **_SHARED,
            "text": Limit(1_000, "bytes", "s", "2026-11"),
            "button_text": Limit(640, "bytes", "?", "2026-11"),
        },
    }
}


def limit(kind: str, name: str) -> Limit:
    """The limit called `name` on that face, in the version we call."""
    return LIMITS[VERSION][kind][name]


def most(kind: str, name: str) -> int:
    """Its number."""
    return limit(kind, name).value


def fits(text: str, most_of: Limit) -> bool:
    """Whether the text is short enough, in the unit of the limit."""
    size = _bytes(text) if most_of.unit == "bytes" else units(text)
    return size <= most_of.value


def clipped(text: str, most_of: Limit) -> str:
    """The text, or its beginning and an ellipsis. For limits in UTF-16 units only."""
    return clip(text, most_of.value)


def parts(text: str, most_of: Limit) -> list[str]:
    """The text in parts that fit, cut after a line or sentence where there is one."""
    if most_of.unit != "bytes":
        return split(text, most_of.value)
    text = text.strip()
    size = _bytes(text)
    if size <= most_of.value:
        return [text] if text else []
    # As many units as hold that many bytes, if they are like the rest of the text.
    allowed = max(units(text) * most_of.value // size, most_of.value // 4)
    return [part for head in split(text, allowed) for part in parts(head, most_of)]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
