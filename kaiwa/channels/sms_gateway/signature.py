"""The gateway, or the small relay before it, signs the raw bytes: hex or base64 of HMAC-SHA256."""

import base64
import hashlib
import hmac
from typing import Final

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.vocabulary.errors import NotAuthentic

HEADER: Final = "x-kaiwa-signature"


def signature(secret: str, body: bytes) -> str:
    """What the header holds for `body`: hex, which `sha256=` may stand before."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when one of the account's secrets signed the body; raise `NotAuthentic` otherwise."""
    header = (account.credentials.get("signature_header", "").strip() or HEADER).lower()
    given = request.headers.get(header, "").encode("utf-8", "replace")
    if not given:
        raise NotAuthentic(f"The call has no {header} header.")
    secrets = account.credentials.get("inbound_secret", "").split(",")
    known = [secret.strip() for secret in secrets if secret.strip()]
    spellings = [one for secret in known for one in _spellings(secret, request.body)]
    if not any(hmac.compare_digest(one, given) for one in spellings):
        raise NotAuthentic(f"The {header} header does not fit: is the inbound secret right?")
    return Verdict()


def _spellings(secret: str, body: bytes) -> list[bytes]:
    made = signature(secret, body)
    encoded = base64.b64encode(bytes.fromhex(made))
    return [made.encode(), b"sha256=" + made.encode(), encoded]
