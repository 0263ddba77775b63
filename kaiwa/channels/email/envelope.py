"""What is known of a mail besides its bytes, written before them; the raw form of every event.

`kaiwa-mail/1 {…}` on one line, then the mail, or the bytes of one file of it. So each event can be
read alone, and a large file is kept once.
"""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Final, Literal
from urllib.parse import parse_qsl

import msgspec

from kaiwa.channels.contract import RawRequest
from kaiwa.channels.email.headers import Mail
from kaiwa.channels.email.mime import leaves
from kaiwa.channels.email.opening import ODD, opened
from kaiwa.vocabulary.event import Proof

_FIRST: Final = b"kaiwa-mail/1 "
_LONGEST_LINE: Final = 20_000


class Enclosure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of a mail; `lost` says why its bytes are not here."""

    name: str
    type: str
    lost: str = ""


class From(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who sent the mail, as the events beside its first one know it."""

    address: str
    name: str = ""
    proof: Proof | None = None
    at: datetime | None = None


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event: the mail itself, its n-th file, or what it asks besides.

    `id` is the mail's; `host` is the receiving host whose word on senders counts.
    """

    id: str = ""
    host: str = ""
    kind: Literal["mail", "file", "opt_out", "lost"] = "mail"
    number: int = 0
    sender: From | None = None
    enclosure: Enclosure | None = None
    answerable: bool = False
    why: str = ""


_ENVELOPE: Final = msgspec.json.Decoder(Envelope)


def sealed(envelope: Envelope, body: bytes) -> bytes:
    """The raw form."""
    return _FIRST + msgspec.json.encode(envelope) + b"\n" + body


def unsealed(raw: bytes) -> tuple[Envelope, bytes]:
    """What `sealed` was given; bytes that were never sealed are a mail nothing is known of."""
    if raw.startswith(_FIRST):
        line, _, body = raw[len(_FIRST) :].partition(b"\n")
        try:
            if len(line) <= _LONGEST_LINE:
                return _ENVELOPE.decode(line), body
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass
    return Envelope(), raw


def digest(raw: bytes) -> str:
    """An id for bytes that have none of their own."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


class _Posted(msgspec.Struct, frozen=True):
    """The JSON of a provider: Postmark's `RawEmail`, or `raw` in base64."""

    raw_email: str = msgspec.field(name="RawEmail", default="")
    raw: str = ""


_POSTED: Final = msgspec.json.Decoder(_Posted)


def mail_of(request: RawRequest) -> bytes:
    """The mail that a webhook call carries, whichever of the known shapes it has."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(request.body)
    fields = form_of(request)
    for name in ("email", "body-mime", "message"):
        if fields.get(name):
            return fields[name]
    return request.body


def form_of(request: RawRequest) -> dict[str, bytes]:
    """The fields of a form, however it was posted; empty when it is none."""
    told = request.headers.get("content-type", "")
    kind = told.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(request.body.decode("latin-1"), max_num_fields=200)
        except ValueError:
            return {}
        return {name: value.encode("utf-8", "replace") for name, value in pairs}
    if kind != "multipart/form-data":
        return {}
    form = opened(
        b"Content-Type: " + told.encode("latin-1", "replace") + b"\r\n\r\n" + request.body
    )
    return {name: body for name, body in (_field(part) for part in _parts(form)) if name}


def _parts(form: Mail) -> list[Mail]:
    held = form.get_payload()
    return [one for one in held if isinstance(one, Mail)][:200] if isinstance(held, list) else []


def _field(part: Mail) -> tuple[str, bytes]:
    try:
        name = part.get_param("name", header="content-disposition")
    except ODD:
        return "", b""
    leaf = next(iter(leaves(part)), None)
    return (str(name or ""), leaf.body if leaf else b"")


def _from_json(body: bytes) -> bytes:
    try:
        posted = _POSTED.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return body
    if posted.raw_email:
        return posted.raw_email.encode("utf-8", "replace")
    try:
        return base64.b64decode(posted.raw, validate=True) or body
    except (binascii.Error, ValueError):
        return body
