"""WhatsApp's limits as data, by API version: value, unit, how sure we are of it and since when.

Marks: `v` Meta's specification or documentation, `s` secondary source, `?` not confirmed (kept on
the careful side), `ours` chosen by us inside theirs. Meta counts characters; UTF-16 units are
never fewer, so they are safe.
"""

from typing import Final

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """One number of the platform."""

    value: int
    unit: str
    mark: str
    as_of: str


# The version of the Graph API that we call; another may have other numbers.
VERSION: Final = "v26.0"
LIMITS: Final = {
    VERSION: {
        "text": Limit(4_096, "utf16", "v", "2026-11"),
        "caption": Limit(1_024, "utf16", "v", "2026-11"),
        "body": Limit(1_024, "utf16", "v", "2026-11"),
        "buttons": Limit(3, "buttons", "v", "2026-11"),
        "button_title": Limit(20, "utf16", "v", "2026-11"),
        "button_id": Limit(256, "utf16", "v", "2026-11"),
        "list_button": Limit(20, "utf16", "v", "2026-11"),
        "rows": Limit(10, "rows", "v", "2026-11"),
        "row_title": Limit(24, "utf16", "v", "2026-11"),
        "row_description": Limit(72, "utf16", "v", "2026-11"),
        "row_id": Limit(200, "utf16", "v", "2026-11"),
        "link_title": Limit(20, "utf16", "s", "2026-11"),
        "url": Limit(2_000, "utf16", "?", "2026-11"),
        "cards_min": Limit(2, "cards", "s", "2026-11"),
        "cards": Limit(10, "cards", "s", "2026-11"),
        "card_body": Limit(160, "utf16", "s", "2026-11"),
        "card_lines": Limit(3, "lines", "s", "2026-11"),
        "card_buttons": Limit(2, "buttons", "s", "2026-11"),
        "header": Limit(60, "utf16", "v", "2026-11"),
        "products": Limit(30, "products", "v", "2026-11"),
        "sections": Limit(10, "sections", "v", "2026-11"),
        "section_title": Limit(24, "utf16", "v", "2026-11"),
        "retailer_id": Limit(100, "utf16", "?", "2026-11"),
        "flow_label": Limit(20, "utf16", "v", "2026-11"),
        "flow_hint": Limit(80, "utf16", "v", "2026-11"),
        "flow_choice": Limit(30, "utf16", "v", "2026-11"),
        "flow_consent": Limit(120, "utf16", "v", "2026-11"),
        "flow_consents": Limit(5, "fields", "v", "2026-11"),
        "flow_parts": Limit(50, "parts", "v", "2026-11"),
        "image": Limit(5_000_000, "bytes", "?", "2026-11"),
        "audio": Limit(16_000_000, "bytes", "?", "2026-11"),
        "video": Limit(16_000_000, "bytes", "?", "2026-11"),
        "document": Limit(100_000_000, "bytes", "?", "2026-11"),
        "template_header": Limit(60, "utf16", "v", "2026-11"),
        "template_body": Limit(1_024, "utf16", "v", "2026-11"),
        "template_card": Limit(160, "utf16", "v", "2026-11"),
        "template_cards": Limit(10, "cards", "v", "2026-11"),
        "one_time_code": Limit(15, "utf16", "v", "2026-11"),
        "coupon_code": Limit(15, "utf16", "v", "2026-11"),
        "window": Limit(86_400, "s", "v", "2026-11"),
        # Ours: how much of the window we count on, and how much of a field a card shows.
        "window_budget": Limit(86_340, "s", "ours", "2026-11"),
        "field": Limit(600, "utf16", "ours", "2026-11"),
        "file_name": Limit(100, "utf16", "ours", "2026-11"),
    }
}


def most(name: str) -> int:
    """The limit called `name`, in the version we call."""
    return LIMITS[VERSION][name].value
