"""Only Vonage and the merchant know the signature secret.

The Messages API sends a JWT (HS256) whose `payload_hash` is the SHA-256 of the body: the signature
alone would let any body through. The SMS API puts a `sig` among the fields: HMAC over `&name=value`
of each, in order; of its methods those by SHA-256 and SHA-512 are taken, the MD5 ones are not.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Any, Final

import jwt

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.channels.sms_vonage.fields import fields_of
from kaiwa.vocabulary.errors import NotAuthentic

HEADER: Final = "authorization"
_BEARER: Final = "Bearer "
_METHODS: Final = ("sha256", "sha512")
_OPTIONS: Final[Any] = {
    "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False,
    "verify_iss": False, "verify_sub": False, "verify_jti": False,
}  # fmt: skip


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when one of the account's secrets signed the call; raise `NotAuthentic` otherwise.

    How old a call is does not matter: the same one again changes nothing.
    """
    secrets = _secrets(account)
    given = request.headers.get(HEADER, "")
    if given:
        _check_token(given, request.body, secrets, account)
        return Verdict()
    fields = fields_of(request.body)
    sig = fields.pop("sig", "").lower()
    if not sig:
        raise NotAuthentic("The call has neither a bearer token nor a sig: sign webhooks.")
    expected = [sig_of(secret, fields, method) for secret in secrets for method in _METHODS]
    if not any(hmac.compare_digest(each, sig.encode("utf-8", "replace")) for each in expected):
        raise NotAuthentic(
            "The sig does not fit: is the signature secret right, and its method SHA-256 or"
            " SHA-512 HMAC?"
        )
    return Verdict()


def sig_of(secret: str, fields: dict[str, str], method: str) -> bytes:
    """What the SMS API puts into `sig` for these fields."""
    text = "".join(
        f"&{name}={value.replace('&', '_').replace('=', '_')}"
        for name, value in sorted(fields.items())
    )
    return hmac.new(secret.encode(), text.encode("utf-8", "replace"), method).hexdigest().encode()


def _check_token(given: str, body: bytes, secrets: list[str], account: Account) -> None:
    token = given.removeprefix(_BEARER)
    if token == given or not all(_canonical(part) for part in token.split(".")):
        raise NotAuthentic("The authorization header holds no bearer token.")
    for secret in secrets:
        claims = _claims(token, secret)
        if claims is None:
            continue
        made = hashlib.sha256(body).hexdigest().encode()
        told = str(claims.get("payload_hash", "")).encode("utf-8", "replace")
        if not hmac.compare_digest(made, told):
            raise NotAuthentic("The body is not the one that the token tells of (payload_hash).")
        if claims.get("api_key", account.credentials.get("api_key")) != account.credentials.get(
            "api_key"
        ):
            raise NotAuthentic("The token is another account's (api_key).")
        return
    raise NotAuthentic("The token does not fit: is the signature secret right?")


def _claims(token: str, secret: str) -> dict[str, Any] | None:
    try:
        claims: dict[str, Any] = jwt.decode(token, secret, algorithms=["HS256"], options=_OPTIONS)
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return claims


def _canonical(part: str) -> bool:
    """Whether the part is spelled the only right way: a token must not have a twin."""
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return False
    return base64.urlsafe_b64encode(decoded).decode().rstrip("=") == part


def _secrets(account: Account) -> list[str]:
    given = account.credentials.get("signature_secret", "").split(",")
    return [secret.strip() for secret in given if secret.strip()]
