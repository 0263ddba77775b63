"""Twilio's calls to our words. Total: whatever the bytes are, nothing is raised or lost.

A call is a form (or the same fields as JSON): a message with up to ten pictures, or a receipt. A
message with several pictures is several of ours: the bytes of each name its `PART`.
"""

from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

import msgspec

from kaiwa.channels.sms.events import Outcome, by, fitting_id, receipt, unheard, written
from kaiwa.channels.sms.numbers import e164
from kaiwa.channels.sms.wishes import NORTH_AMERICAN, WORDS, Wish, wished
from kaiwa.channels.sms_twilio.form import unquoted
from kaiwa.channels.sms_twilio.meanings import lasting, reason
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary.event import InboundEvent

# The fields of a call by name: a form's as the bytes that stand in it.
_Fields: TypeAlias = dict[bytes, bytes | str]
PART: Final = b"KaiwaPart"
_MOST_MEDIA: Final = 10
_STATUSES: Final[dict[str, Outcome]] = {
    "accepted": "on its way", "scheduled": "on its way", "queued": "on its way",
    "sending": "on its way", "sent": "on its way", "delivered": "delivered",
    "partially_delivered": "delivered", "read": "read", "undelivered": "failed",
    "failed": "failed", "canceled": "failed",
}  # fmt: skip
_OPT_OUT_TYPES: Final[dict[str, Wish]] = {"STOP": "stop", "START": "start", "HELP": "help"}
# The words that Twilio answers by itself, on every number.
_ANSWERED: Final = frozenset(
    word
    for words in (WORDS, NORTH_AMERICAN)
    for meant in words.values()
    for word in meant
    if word.isascii()
)
_KINDS: Final = ("image", "video", "audio")
_TREE: Final = msgspec.json.Decoder(dict[str, Any])


def parse(body: bytes) -> list[tuple[bytes, InboundEvent]]:
    """The message, its further pictures, or the receipt; anything else is kept as one event."""
    fields = _fields(body)
    further = 0 if PART in fields else _media_count(fields) - 1
    found = [(body, _event(fields, body))]
    for part in range(1, further + 1):
        raw = _with_part(body, fields, part)
        found.append((raw, _event({**fields, PART: str(part)}, raw)))
    return found


def parse_one(raw: bytes) -> InboundEvent:
    """One event from its bytes."""
    return _event(_fields(raw), raw)


def _event(fields: _Fields, raw: bytes) -> InboundEvent:
    sid = _text(fields, b"MessageSid") or _text(fields, b"SmsSid")
    status = _text(fields, b"MessageStatus") or _text(fields, b"SmsStatus") or "received"
    if not sid.strip():
        return unheard(raw, "malformed")
    if status in ("received", "receiving") and b"From" in fields:
        return _message(fields, fitting_id(sid, raw))
    if status in _STATUSES:
        return _receipt(fields, fitting_id(sid, raw), status)
    return unheard(raw, status)


def _message(fields: _Fields, sid: str) -> InboundEvent:
    number = e164(_text(fields, b"From"))
    part = _number(_text(fields, PART))
    own_id = sid if part == 0 else f"{sid}:{part}"
    told = _OPT_OUT_TYPES.get(_text(fields, b"OptOutType"))
    words = _text(fields, b"Body")
    if told is not None:
        return by(number, own_id, wished(told, words or told, confirmed=True))
    media = _medium(fields, part)
    if media is not None:
        return written(media, own_id, number)
    confirmed = words.strip().lower() in _ANSWERED
    return written(said.Text(words), own_id, number, confirmed=confirmed)


def _receipt(fields: _Fields, sid: str, status: str) -> InboundEvent:
    code = _number(_text(fields, b"ErrorCode"))
    why = (reason(code, _text(fields, b"ErrorMessage") or status), lasting(code))
    return receipt(sid, status, _STATUSES[status], _text(fields, b"To"), why)


def _medium(fields: _Fields, part: int) -> said.Media | None:
    """The picture of that number; the words stand with the first."""
    if part >= _media_count(fields):
        return None
    url = _text(fields, b"MediaUrl%d" % part)
    if not url:
        return None
    top = _text(fields, b"MediaContentType%d" % part).partition("/")[0]
    kind = top if top in _KINDS else "file"
    text = _text(fields, b"Body") if part == 0 else ""
    # What is behind the account is all that is kept of the address: the host is known.
    reference = url.partition("/Accounts/")[2].partition("/")[2] or url
    return said.Media(kind, source=said.MediaSource(reference), text=text)


def _media_count(fields: _Fields) -> int:
    return min(_number(_text(fields, b"NumMedia")), _MOST_MEDIA)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _with_part(raw: bytes, fields: _Fields, part: int) -> bytes:
    form = urlencode(fields, errors="replace").encode() if _is_json(raw) else raw
    return form + b"&%b=%d" % (PART, part)


def _is_json(raw: bytes) -> bool:
    return raw.lstrip().startswith(b"{")


def _text(fields: _Fields, name: bytes) -> str:
    """A field's text, empty when it is not there; a form's is decoded when it is asked for."""
    value = fields.get(name, "")
    if isinstance(value, str):
        return value
    # Most values are letters and digits: only the others need decoding.
    return value.decode() if value.isalnum() else unquoted(value).decode("utf-8", "replace")


def _fields(raw: bytes) -> _Fields:
    """The fields of a form as they are, the first of each name, or of a JSON object."""
    if _is_json(raw):
        return _json_fields(raw)
    fields: _Fields = {}
    for pair in reversed(raw.split(b"&")):
        name, _, value = pair.partition(b"=")
        fields[name] = value
    return fields


def _json_fields(raw: bytes) -> _Fields:
    try:
        tree: dict[str, Any] = _TREE.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return {}
    plain = (str, int)
    return {name.encode(): str(value) for name, value in tree.items() if isinstance(value, plain)}
