"""LINE's limits as data, by API version: value, unit, how sure we are of it and since when.

Marks: `v` vendor document or spec, `s` secondary source, `?` not confirmed (kept on the careful
side). "utf16" counts UTF-16 code units as LINE does for text. LINE counts labels and the text of
actions in grapheme clusters; a cluster never has fewer units than one, so units are safe there.
"""

from typing import Final

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """One number of the platform."""

    value: int
    unit: str
    mark: str
    as_of: str


# The version of the Messaging API that we call; another may have other numbers.
VERSION: Final = "v2"
LIMITS: Final = {
    VERSION: {
        "messages_per_call": Limit(5, "messages", "v", "2026-11"),
        "text": Limit(5_000, "utf16", "v", "2026-11"),
        "quick_replies": Limit(13, "items", "v", "2026-11"),
        "label": Limit(20, "utf16", "s", "2026-11"),
        "action_text": Limit(300, "utf16", "s", "2026-11"),
        "postback_data": Limit(300, "utf16", "v", "2026-11"),
        "uri": Limit(1_000, "utf16", "v", "2026-11"),
        "clipboard": Limit(1_000, "utf16", "v", "2026-11"),
        "alt_text": Limit(400, "utf16", "?", "2026-11"),
        "flex_bubbles": Limit(12, "bubbles", "v", "2026-11"),
        "flex_bubble": Limit(30_000, "bytes", "?", "2026-11"),
        "flex_carousel": Limit(50_000, "bytes", "?", "2026-11"),
        "flex_image_url": Limit(2_000, "utf16", "v", "2026-11"),
        "media_url": Limit(2_000, "utf16", "?", "2026-11"),
        "image": Limit(10_000_000, "bytes", "s", "2026-11"),
        "video": Limit(200_000_000, "bytes", "s", "2026-11"),
        "audio": Limit(200_000_000, "bytes", "?", "2026-11"),
        "loading_min": Limit(5, "s", "v", "2026-11"),
        "loading_max": Limit(60, "s", "v", "2026-11"),
        "reply_token": Limit(60, "s", "v", "2026-11"),
        "reply_token_event": Limit(1_200, "s", "s", "2026-11"),
        "retry_key": Limit(86_400, "s", "v", "2026-11"),
        # Ours, inside LINE's: how much of a field a card shows before it is clipped.
        "card_title": Limit(120, "utf16", "ours", "2026-11"),
        "card_text": Limit(600, "utf16", "ours", "2026-11"),
        "bubble_text": Limit(1_000, "utf16", "ours", "2026-11"),
        "bubble_rows": Limit(10, "rows", "ours", "2026-11"),
        "order_steps": Limit(20, "steps", "ours", "2026-11"),
        # Ours: of the 60 s after a webhook, and the 20 minutes after its event, what we count on.
        "reply_budget": Limit(50, "s", "ours", "2026-11"),
        "reply_budget_event": Limit(1_190, "s", "ours", "2026-11"),
    }
}


def most(name: str) -> int:
    """The limit called `name`, in the version we call."""
    return LIMITS[VERSION][name].value
