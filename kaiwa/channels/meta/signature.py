"""Only Meta knows the app secret: its signature over the raw bytes proves the sender.

When a webhook is set, Meta first asks with a GET whether we know the verify token; that call is
unsigned, and its challenge is all it gets.
"""

import hashlib
import hmac
from typing import Final

import msgspec

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.channels.meta.surface import Surface, credential, secrets_of
from kaiwa.channels.meta.webhook import UNREADABLE
from kaiwa.vocabulary.errors import NotAuthentic

HEADER: Final = "x-hub-signature-256"
_LONGEST_CHALLENGE: Final = 200


class _Head(msgspec.Struct, frozen=True):
    """Whose entry it is: all that is read of it before it is believed to be ours."""

    id: str | int = ""


class _Call(msgspec.Struct, frozen=True):
    object: str
    entry: tuple[msgspec.Raw, ...]


_CALL: Final = msgspec.json.Decoder(_Call)
_HEAD: Final = msgspec.json.Decoder(_Head)


def signature(secret: str, body: bytes) -> str:
    """What Meta puts into `x-hub-signature-256` for `body`."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(request: RawRequest, account: Account, surface: Surface) -> Verdict:
    """Pass when one of the account's secrets signed the body; raise `NotAuthentic` otherwise.

    An app has one webhook for all its accounts: what a call tells of others is not taken here.
    """
    if request.method == "GET":
        return _challenged(request, account)
    given = request.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given:
        raise NotAuthentic(f"The call has no {HEADER} header.")
    expected = [signature(secret, request.body) for secret in secrets_of(account, "app_secret")]
    if not any(hmac.compare_digest(each.encode(), given) for each in expected):
        raise NotAuthentic(f"The {HEADER} header does not fit: is the app secret right?")
    return _ours(request.body, surface, credential(account, surface.own))


def _challenged(request: RawRequest, account: Account) -> Verdict:
    given = request.query.get("hub.verify_token", "").encode("utf-8", "replace")
    known = [token.encode() for token in secrets_of(account, "verify_token")]
    if request.query.get("hub.mode") != "subscribe" or not given:
        raise NotAuthentic("This address takes Meta's calls only.")
    if not any(hmac.compare_digest(token, given) for token in known):
        raise NotAuthentic("The verify token does not fit: is it the one given to Kaiwa?")
    challenge = request.query.get("hub.challenge", "")[:_LONGEST_CHALLENGE]
    return Verdict(challenge.encode("utf-8", "replace"))


def _ours(body: bytes, surface: Surface, own: str) -> Verdict:
    """All of the call, the part of it that is about our account, or nothing but an answer."""
    try:
        call = _CALL.decode(body)
        whose = [str(_HEAD.decode(entry).id) for entry in call.entry]
    except UNREADABLE:
        # Signed, and yet odd: it is kept as it is.
        return Verdict()
    if call.object != surface.told:
        return Verdict(b"")
    if not own or all(each in (own, "") for each in whose):
        return Verdict()
    if own not in whose:
        return Verdict(b"")
    kept = [bytes(entry) for entry, each in zip(call.entry, whose, strict=True) if each == own]
    head = msgspec.json.encode(call.object)
    return Verdict(body=b'{"object":' + head + b',"entry":[' + b",".join(kept) + b"]}")
