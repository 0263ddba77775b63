"""One-time codes of the clock (RFC 6238, over RFC 4226): what an authenticator app shows.

The defaults are what every app understands: SHA-1, six digits, steps of thirty seconds.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

STEP_S: Final = 30
DIGITS: Final = 6
# RFC 4226, section 4: at least 128 bits, 160 recommended.
SECRET_BYTES: Final = 20
# RFC 6238, section 5.2: one step of delay is what a network and a slow hand need.
_DRIFT: Final = 1


def new_secret() -> bytes:
    """A secret for one authenticator."""
    return secrets.token_bytes(SECRET_BYTES)


def step_of(at: datetime) -> int:
    """The number of the step that a time is in."""
    return int(at.timestamp()) // STEP_S


def code_at(secret: bytes, step: int, digits: int = DIGITS, digest: str = "sha1") -> str:
    """The code of one step (RFC 4226, section 5.3)."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), digest)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def step_fitting(secret: bytes, code: str, at: datetime) -> int | None:
    """The step whose code this is, of the one now and its neighbours; None when it is none's."""
    now, given = step_of(at), code.encode("utf-8", "replace")
    fitting = None
    for step in range(max(0, now - _DRIFT), now + _DRIFT + 1):
        # Every one is compared, so that the time it takes tells nothing.
        if hmac.compare_digest(code_at(secret, step).encode(), given):
            fitting = step
    return fitting


def written(secret: bytes) -> str:
    """The secret as people type it into an app: base 32, without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def address_of(secret: bytes, issuer: str, account: str) -> str:
    """What an app reads from the QR code (the Key URI format of authenticator apps)."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='@')}"
    facts = {"secret": written(secret), "issuer": issuer, "algorithm": "SHA1"}
    return f"otpauth://totp/{label}?{urlencode(facts | _SHAPE, quote_via=quote)}"


_SHAPE: Final = {"digits": str(DIGITS), "period": str(STEP_S)}


def keyed_hash(key: bytes, text: str) -> str:
    """A hash that says nothing to who lacks the key, for short secrets."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
