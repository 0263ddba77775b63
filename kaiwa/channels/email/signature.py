"""Who may post mail to the webhook: three ways, each by the webhook secret of the account.

`X-Kaiwa-Signature: sha256=<hex HMAC-SHA256 of the body>` (ours); `Authorization: Basic` with the
secret as password (services that take a user and password in the address, such as Postmark and
SendGrid); or Mailgun's `timestamp`, `token` and `signature` in the form.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.channels.email.envelope import Envelope, form_of, mail_of, sealed
from kaiwa.vocabulary.errors import NotAuthentic

HEADER = "x-kaiwa-signature"


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass, with the mail as `parse` wants it; raise `NotAuthentic` otherwise."""
    given = account.credentials.get("webhook_secret", "").split(",")
    secrets = [secret.strip().encode() for secret in given if secret.strip()]
    if not any(_proved(request)(secret) for secret in secrets):
        raise NotAuthentic(f"The call is not signed with the webhook secret ({HEADER}).")
    host = account.credentials.get("receiving_host", "").strip()
    return Verdict(body=sealed(Envelope(host=host), mail_of(request)))


def _proved(request: RawRequest) -> Callable[[bytes], bool]:
    """The check that the call asks for."""
    signed = request.headers.get(HEADER)
    if signed is not None:
        return lambda secret: hmac.compare_digest(_sign(secret, request.body), _raw(signed))
    password = _password(request.headers.get("authorization", ""))
    if password is not None:
        return lambda secret: hmac.compare_digest(secret, password)
    form = form_of(request)
    stamp, token, told = (form.get(name, b"") for name in ("timestamp", "token", "signature"))
    if not (stamp and token and told):
        return lambda _: False
    return lambda secret: hmac.compare_digest(
        hmac.new(secret, stamp + token, hashlib.sha256).hexdigest().encode(), told
    )


def _sign(secret: bytes, body: bytes) -> bytes:
    return b"sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest().encode()


def _password(header: str) -> bytes | None:
    scheme, _, told = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(told, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""


def _raw(header: str) -> bytes:
    return header.encode("utf-8", "replace")
