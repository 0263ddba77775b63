"""The limits of short messages as data: value, unit, how sure we are of it and since when.

Marks: `v` a specification or a vendor's document, `s` secondary source, `ours` chosen by us inside
theirs.
"""

from typing import Final

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """One number of the trade."""

    value: int
    unit: str
    mark: str
    as_of: str


LIMITS: Final = {
    # 3GPP TS 23.040: 140 bytes, of which 6 are the header of a part (UDH).
    "gsm7_alone": Limit(160, "septets", "v", "2026-11"),
    "gsm7_part": Limit(153, "septets", "v", "2026-11"),
    "ucs2_alone": Limit(70, "utf16", "v", "2026-11"),
    "ucs2_part": Limit(67, "utf16", "v", "2026-11"),
    # What Japan's carriers put together again: ten parts, about 660 characters.
    "segments": Limit(10, "segments", "s", "2026-01"),
    "twilio_body": Limit(1_600, "characters", "v", "2026-11"),
    "vonage_text": Limit(3_200, "characters", "v", "2026-11"),
    # Ours. Each segment of each message is paid for.
    "messages": Limit(3, "messages", "ours", "2026-11"),
    "cards": Limit(3, "cards", "ours", "2026-11"),
    "rows": Limit(10, "rows", "ours", "2026-11"),
    "field": Limit(60, "utf16", "ours", "2026-11"),
}


def most(name: str) -> int:
    """The limit called `name`."""
    return LIMITS[name].value
