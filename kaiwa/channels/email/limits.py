"""Limits of mail as data: value, unit, how sure we are of it and since when.

Marks: `rfc` the standard named beside it, `s` secondary source, `ours` chosen by us.
"""

from typing import Final

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """One number."""

    value: int
    unit: str
    mark: str
    as_of: str


LIMITS: Final = {
    # RFC 5321 4.5.3.1.3: a path of 256 octets with its angle brackets.
    "address": Limit(254, "characters", "rfc", "2026-11"),
    # RFC 5322 2.1.1.
    "line": Limit(998, "octets", "rfc", "2026-11"),
    # What large providers take of one mail, encoded (Gmail and Microsoft 365 both 25 MB or more).
    "mail_out": Limit(25_000_000, "bytes", "s", "2026-11"),
    "attached_out": Limit(15_000_000, "bytes", "ours", "2026-11"),
    "subject": Limit(160, "utf16", "ours", "2026-11"),
    "references": Limit(20, "ids", "ours", "2026-11"),
    "mail_in": Limit(30_000_000, "bytes", "ours", "2026-11"),
    # Of a mail that is larger, its beginning is taken: what is written stands first.
    "begin_of_too_large": Limit(1_000_000, "bytes", "ours", "2026-11"),
    "kept_whole": Limit(100_000, "bytes", "ours", "2026-11"),
    "text": Limit(50_000, "characters", "ours", "2026-11"),
    "original": Limit(100_000, "characters", "ours", "2026-11"),
    "html": Limit(400_000, "characters", "ours", "2026-11"),
    "header": Limit(10_000, "characters", "ours", "2026-11"),
    "message_id": Limit(200, "characters", "ours", "2026-11"),
    "parts": Limit(200, "parts", "ours", "2026-11"),
    "depth": Limit(20, "levels", "ours", "2026-11"),
    "files": Limit(10, "files", "ours", "2026-11"),
    "file": Limit(20_000_000, "bytes", "ours", "2026-11"),
    # Logos and spacers in signatures: they stay in the original.
    "least_inline": Limit(4_000, "bytes", "ours", "2026-11"),
    "batch": Limit(20, "mails", "ours", "2026-11"),
    "batch_bytes": Limit(40_000_000, "bytes", "ours", "2026-11"),
    "secret": Limit(16, "characters", "ours", "2026-11"),
    "webhook_age": Limit(300, "seconds", "ours", "2026-11"),
}


def most(name: str) -> int:
    """The limit called `name`."""
    return LIMITS[name].value
