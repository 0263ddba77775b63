"""Only LINE knows the channel secret: its signature over the raw bytes proves the sender."""

import base64
import hashlib
import hmac

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.vocabulary.errors import NotAuthentic

HEADER = "x-line-signature"


def signature(secret: str, body: bytes) -> str:
    """What LINE puts into `x-line-signature` for `body`."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when one of the account's secrets signed the body; raise `NotAuthentic` otherwise."""
    given = request.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given:
        raise NotAuthentic("The call has no x-line-signature header.")
    secrets = account.credentials.get("channel_secret", "").split(",")
    expected = [signature(secret.strip(), request.body) for secret in secrets if secret.strip()]
    if not any(hmac.compare_digest(each.encode(), given) for each in expected):
        raise NotAuthentic("The x-line-signature header does not fit: is the channel secret right?")
    return Verdict()
