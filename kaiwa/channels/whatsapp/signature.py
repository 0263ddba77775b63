"""Only Meta knows the app secret: its signature over the raw bytes proves the sender.

When a webhook is set, Meta first asks with a GET whether we know the verify token; that call is
unsigned, and its challenge is all it gets.
"""

import hashlib
import hmac
import re
from typing import Final

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.vocabulary.errors import NotAuthentic

HEADER: Final = "x-hub-signature-256"
_LONGEST_CHALLENGE: Final = 200
_NUMBER_ID: Final = re.compile(rb'"phone_number_id"\s*:\s*"([^"\\]{1,64})"')


def signature(secret: str, body: bytes) -> str:
    """What Meta puts into `x-hub-signature-256` for `body`."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when one of the account's secrets signed the body; raise `NotAuthentic` otherwise.

    An app has one webhook for all its numbers. A call about other numbers only is answered, and
    nothing of it is taken: it belongs to another inbox.
    """
    if request.method == "GET":
        return _challenged(request, account)
    given = request.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given:
        raise NotAuthentic(f"The call has no {HEADER} header.")
    expected = [signature(secret, request.body) for secret in _secrets(account, "app_secret")]
    if not any(hmac.compare_digest(each.encode(), given) for each in expected):
        raise NotAuthentic(f"The {HEADER} header does not fit: is the app secret right?")
    return Verdict(b"") if _for_others(request.body, account) else Verdict()


def _challenged(request: RawRequest, account: Account) -> Verdict:
    given = request.query.get("hub.verify_token", "").encode("utf-8", "replace")
    known = [token.encode() for token in _secrets(account, "verify_token")]
    if request.query.get("hub.mode") != "subscribe" or not given:
        raise NotAuthentic("This address takes Meta's calls only.")
    if not any(hmac.compare_digest(token, given) for token in known):
        raise NotAuthentic("The verify token does not fit: is it the one given to Kaiwa?")
    challenge = request.query.get("hub.challenge", "")[:_LONGEST_CHALLENGE]
    return Verdict(challenge.encode("utf-8", "replace"))


def _secrets(account: Account, name: str) -> list[str]:
    """Several may be valid while one is exchanged for another; a comma stands between them."""
    given = account.credentials.get(name, "").split(",")
    return [secret.strip() for secret in given if secret.strip()]


def _for_others(body: bytes, account: Account) -> bool:
    ours = account.credentials.get("phone_number_id", "").strip().encode()
    meant = set(_NUMBER_ID.findall(body))
    return bool(ours and meant) and ours not in meant
