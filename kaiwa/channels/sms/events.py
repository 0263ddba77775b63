"""Events as every provider of short messages tells them: what was written, and what became of ours.

Receipts come late, twice and in any order: each status of a message is an event of its own, and
the message's state moves forward only.
"""

import hashlib
from typing import Final, Literal, TypeAlias

from kaiwa.channels.sms.numbers import PHONE, e164
from kaiwa.channels.sms.wishes import heard as as_wished
from kaiwa.vocabulary.content import Content
from kaiwa.vocabulary.event import (
    Delivered,
    Failed,
    Heard,
    Ignored,
    InboundEvent,
    Read,
    Sender,
    Unheard,
)

Outcome: TypeAlias = Literal["on its way", "delivered", "read", "failed"]
_LONGEST_ID: Final = 150


def unheard(raw: bytes, kind: str) -> InboundEvent:
    """Bytes that are no event we know, kept under an id made from themselves."""
    return InboundEvent(_digest(raw), Unheard(kind.replace("\0", "")[:_LONGEST_ID] or "empty"))


def fitting_id(given: str, raw: bytes) -> str:
    """The provider's id of a message, or one made from the bytes where it is none."""
    clean = given.replace("\0", "").strip()
    return clean if 0 < len(clean) <= _LONGEST_ID else _digest(raw)


def written(
    content: Content, external_id: str, number: str, *, confirmed: bool = False
) -> InboundEvent:
    """A message of a customer; `confirmed` when the provider answers STOP and its like itself."""
    return by(number, external_id, as_wished(content, external_id, number, confirmed=confirmed))


def by(number: str, own_id: str, hears: Heard) -> InboundEvent:
    """What the owner of `number` did."""
    sender = Sender(PHONE, number) if number else None
    language = "ja" if number.startswith("+81") else None
    return InboundEvent(own_id, hears, sender=sender, language=language)


def receipt(
    external_id: str, status: str, outcome: Outcome, to: str, failure: tuple[str, bool] = ("", True)
) -> InboundEvent:
    """What became of our message: `failure` is why, and whether it would fail again."""
    hears: Heard
    match outcome:
        case "on its way":
            hears = Ignored(status)
        case "delivered":
            hears = Delivered(external_id)
        case "read":
            hears = Read(external_id)
        case "failed":
            hears = Failed(external_id, failure[0] or status, permanent=failure[1])
    number = e164(to)
    # A recipient we cannot write to is nobody: the receipt finds its message by its id.
    sender = Sender(PHONE, number) if number.startswith("+") else None
    return InboundEvent(f"{external_id}:{status}", hears, sender=sender)


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()
