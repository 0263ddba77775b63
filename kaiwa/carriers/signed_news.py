"""News of parcels as signed JSON, for every carrier alike.

The Japanese carriers have no webhooks of their own that are open to all; a shop's shipping software
or a tracking service sends theirs on. Body: `{"events": [{"tracking_number": …, "status": …,
"occurred_at": …}]}`, the status in the carrier's words or ours. Header `Kaiwa-Signature:
t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.
"""

import hashlib
import hmac
import re
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.vocabulary.errors import Invalid, NotAuthentic

HEADER: Final = "kaiwa-signature"
TOLERANCE_S: Final = 300
MOST_EVENTS: Final = 1_000
_SIGNATURE: Final = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})", re.ASCII)


class SignedNews(msgspec.Struct, frozen=True):
    """One parcel's news, as it was written."""

    tracking_number: str
    status: str
    occurred_at: str


class _Body(msgspec.Struct, frozen=True):
    events: list[msgspec.Raw]


def sign(body: bytes, secret: str, at: datetime) -> str:
    """The header's value for a body."""
    seconds = str(int(at.timestamp()))
    return f"t={seconds},v1={_code(body, secret, seconds)}"


def read_signed(body: bytes, header: str, secret: str, now: datetime) -> list[SignedNews | Invalid]:
    """The news in their order, an `Invalid` in the place of one that cannot be read.

    `NotAuthentic` unless the secret's holder signed it within 300 s; `Invalid` when it is no list.
    """
    found = _SIGNATURE.fullmatch(header.replace(" ", ""))
    if found is None or not hmac.compare_digest(found[2], _code(body, secret, found[1])):
        raise NotAuthentic("The signature is wrong.")
    if abs(now.timestamp() - int(found[1])) > TOLERANCE_S:
        raise NotAuthentic("The signature is too old.")
    try:
        events = msgspec.json.decode(body, type=_Body).events
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is no list of events: {error}") from error
    if len(events) > MOST_EVENTS:
        raise Invalid(f"At most {MOST_EVENTS} events at once.")
    return [_one(raw) for raw in events]


def _one(raw: msgspec.Raw) -> SignedNews | Invalid:
    try:
        return msgspec.json.decode(raw, type=SignedNews)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Invalid(f"This event cannot be read: {error}")


def _code(body: bytes, secret: str, seconds: str) -> str:
    return hmac.digest(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hex()
