"""Only Twilio and the merchant know the auth token: it signs the address and the form's fields.

Twilio's "Webhooks security": base64 of HMAC-SHA1 over the full public URL and, for each name in
order, each of its values in order, name and value. A JSON body is covered by its SHA-256 in the
URL. With a shared key the header says so, and it is that key's secret and SHA-256.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, urlsplit, urlunsplit

from kaiwa.channels.contract import Account, RawRequest, Verdict
from kaiwa.channels.sms_twilio.form import pairs
from kaiwa.vocabulary.errors import NotAuthentic

HEADER: Final = "x-twilio-signature"
SETTINGS: Final = "x-twilio-webhooks-signature-settings"
BODY_HASH: Final = "bodySHA256"


def signature(secret: str, url: str, fields: list[tuple[str, str]], digest: str = "sha1") -> str:
    """What Twilio puts into its header for a form with these fields, sent to `url`."""
    text = url + "".join(name + value for name, value in sorted(set(fields)))
    made = hmac.digest(secret.encode(), text.encode("utf-8", "surrogatepass"), digest)
    return base64.b64encode(made).decode()


def verify(request: RawRequest, account: Account) -> Verdict:
    """Pass when one of the account's secrets signed the call; raise `NotAuthentic` otherwise."""
    given = request.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given or request.method != "POST":
        raise NotAuthentic(f"Twilio calls with POST and a {HEADER} header.")
    name, digest = _algorithm(request.headers.get(SETTINGS, ""))
    fields = _fields(request)
    secrets = _secrets(account, name)
    expected = (
        signature(secret, url, fields, digest)
        for url in _spellings(request.url)
        for secret in secrets
    )
    if not any(hmac.compare_digest(each.encode(), given) for each in expected):
        raise NotAuthentic(
            f"The {HEADER} header does not fit: is the auth token right, and is the server's public"
            " address (KAIWA_PUBLIC_URL) the one Twilio calls?"
        )
    return Verdict()


def _algorithm(told: str) -> tuple[str, str]:
    """The credential that signs and the digest, by the settings header; the old way without it."""
    settings = dict(part.strip().partition("=")[::2] for part in told.split(",") if part.strip())
    algorithm = settings.get("algorithm", "HMAC_SHA1").upper()
    if algorithm == "HMAC_SHA1":
        return "auth_token", "sha1"
    if algorithm == "HMAC_SHA256":
        return "shared_key_secret", "sha256"
    raise NotAuthentic(f"Twilio signs by a way we do not know: {algorithm[:40]}.")


def _secrets(account: Account, name: str) -> list[str]:
    given = account.credentials.get(name, "").split(",")
    return [secret.strip() for secret in given if secret.strip()]


def _fields(request: RawRequest) -> list[tuple[str, str]]:
    """The signed fields of the body; none where its hash stands in the address."""
    told = _told_hash(request.url) if BODY_HASH in request.url else None
    if told is not None:
        made = hashlib.sha256(request.body).hexdigest()
        if not hmac.compare_digest(made.encode(), told.encode("utf-8", "replace")):
            raise NotAuthentic(f"The body is not the one that {BODY_HASH} tells of.")
        return []
    try:
        request.body.decode("utf-8")
    except ValueError as error:
        raise NotAuthentic("The body is neither a form nor signed by its hash.") from error
    return pairs(request.body)


def _told_hash(url: str) -> str | None:
    try:
        query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return None
    return query[BODY_HASH][0] if BODY_HASH in query else None


@lru_cache(maxsize=1_000)
def _spellings(url: str) -> list[str]:
    """The address as it is, and with and without its scheme's port: Twilio's habits differ."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [url]
    usual = 443 if parts.scheme == "https" else 80
    bare = f"[{host}]" if ":" in host else parts.netloc.rpartition("@")[2].partition(":")[0]
    named = [bare, f"{bare}:{port or usual}"]
    others = [urlunsplit(parts._replace(netloc=netloc)) for netloc in named]
    return [url, *(other for other in others if other != url)]
