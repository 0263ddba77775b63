"""Telegram's limits as data, by API version: value, unit, how sure we are of it and since when.

Marks: `v` the Bot API's own documentation, `s` secondary source, `ours` chosen by us inside theirs.
"""

from typing import Final

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """One number of the platform."""

    value: int
    unit: str
    mark: str
    as_of: str


# The version of the Bot API that we call; another may have other numbers.
VERSION: Final = "10.1"
LIMITS: Final = {
    VERSION: {
        "text": Limit(4_096, "utf16", "v", "2026-11"),
        "caption": Limit(1_024, "utf16", "v", "2026-11"),
        "callback_data": Limit(64, "bytes", "v", "2026-11"),
        "copy_text": Limit(256, "utf16", "v", "2026-11"),
        "buttons": Limit(100, "buttons", "s", "2026-11"),
        "download": Limit(20_000_000, "bytes", "v", "2026-11"),
        "photo_by_url": Limit(5_000_000, "bytes", "v", "2026-11"),
        "file_by_url": Limit(20_000_000, "bytes", "v", "2026-11"),
        "secret": Limit(256, "characters", "v", "2026-11"),
        "start_parameter": Limit(64, "characters", "v", "2026-11"),
        # Ours, inside Telegram's.
        "label": Limit(40, "utf16", "ours", "2026-11"),
        "field": Limit(600, "utf16", "ours", "2026-11"),
        "cards_apart": Limit(3, "messages", "ours", "2026-11"),
        "cards_in_a_list": Limit(10, "cards", "ours", "2026-11"),
    }
}


def most(name: str) -> int:
    """The limit called `name`, in the version we call."""
    return LIMITS[VERSION][name].value
