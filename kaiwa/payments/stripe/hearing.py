"""Stripe's webhooks: the signature first, then what they tell.

Source: Stripe's page on webhook signatures (`Stripe-Signature: t=…,v1=…`, HMAC-SHA256 of
"t.body", 300 s of tolerance, several v1 while a secret is renewed).
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias, TypeVar

import msgspec

from kaiwa.payments.contract import Heard, HeardDispute, HeardRefund, HeardRefunded, Told
from kaiwa.payments.stripe.amounts import from_stripe
from kaiwa.payments.stripe.outcomes import of_intent, of_refund, of_session
from kaiwa.payments.stripe.shapes import Charge, Dispute, Event, Intent, Refund, Session
from kaiwa.vocabulary.errors import Invalid, NotAuthentic

T = TypeVar("T")
Reader: TypeAlias = Callable[[msgspec.Raw], list[Told]]

TOLERANCE_S: Final = 300
KEY: Final = "kaiwa_key"
REFUND_KEY: Final = "kaiwa_refund"
PAGE: Final = "kaiwa_page"


def verify(body: bytes, header: str, secret: str, now: datetime) -> None:
    """`NotAuthentic` unless the holder of the secret signed this body within the tolerance."""
    if not secret:
        raise NotAuthentic("This way to pay has no webhook_secret yet.")
    said: list[tuple[str, str]] = []
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        said.append((name, value))
    times = [value for name, value in said if name == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdecimal()) or len(times[0]) > 15:
        raise NotAuthentic("The signature has no time.")
    right = hmac.digest(secret.encode(), times[0].encode() + b"." + body, hashlib.sha256).hex()
    # All of them are compared, each in constant time.
    matches = [hmac.compare_digest(right.encode(), v.encode()) for n, v in said if n == "v1"]
    if not any(matches):
        raise NotAuthentic("The signature is wrong.")
    if abs(now.timestamp() - int(times[0])) > TOLERANCE_S:
        raise NotAuthentic("The signature is too old.")


def told_by(body: bytes) -> list[Told]:
    """What an event says. Kinds that are not ours say nothing; `Invalid` when it is no event."""
    event = _decoded(body, Event)
    reader = _READERS.get(event.type)
    return reader(event.data.object) if reader else []


def _intent_moved(raw: msgspec.Raw) -> list[Told]:
    intent = _decoded(raw, Intent)
    if PAGE in intent.metadata and intent.status not in ("succeeded", "processing"):
        # On Stripe's page the buyer tries another card: the session tells how that ends.
        return []
    received = intent.amount_received or intent.amount
    paid = from_stripe(received, intent.currency) if intent.status == "succeeded" else None
    return [Heard(intent.metadata.get(KEY), intent.id, of_intent(intent), paid)]


def _session_moved(raw: msgspec.Raw) -> list[Told]:
    session = _decoded(raw, Session)
    outcome = of_session(session)
    amount = None
    if outcome.state == "paid" and session.amount_total is not None:
        amount = from_stripe(session.amount_total, session.currency or "")
    return [Heard((session.metadata or {}).get(KEY), session.id, outcome, amount)]


def _session_failed(raw: msgspec.Raw) -> list[Told]:
    session = _decoded(raw, Session)
    outcome = msgspec.structs.replace(of_session(session), state="failed", reason="declined")
    return [Heard((session.metadata or {}).get(KEY), session.id, outcome)]


def _refund_moved(raw: msgspec.Raw) -> list[Told]:
    refund = _decoded(raw, Refund)
    key = (refund.metadata or {}).get(REFUND_KEY)
    return [HeardRefund(key, of_refund(refund))] if key else []


def _charge_refunded(raw: msgspec.Raw) -> list[Told]:
    charge = _decoded(raw, Charge)
    if charge.payment_intent is None:
        return []
    total = from_stripe(charge.amount_refunded, charge.currency)
    return [HeardRefunded(charge.payment_intent, total)]


def _disputed(raw: msgspec.Raw) -> list[Told]:
    found = _decoded(raw, Dispute)
    if found.payment_intent is None:
        return []
    amount = from_stripe(found.amount, found.currency)
    return [HeardDispute(found.payment_intent, found.id, amount, found.reason)]


_READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys(
        (
            "payment_intent.succeeded",
            "payment_intent.processing",
            "payment_intent.payment_failed",
            "payment_intent.canceled",
            "payment_intent.requires_action",
        ),
        _intent_moved,
    ),
    **dict.fromkeys(
        (
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.expired",
        ),
        _session_moved,
    ),
    "checkout.session.async_payment_failed": _session_failed,
    **dict.fromkeys(
        ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated"),
        _refund_moved,
    ),
    "charge.refunded": _charge_refunded,
    "charge.dispute.created": _disputed,
}


def _decoded(body: bytes | msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is no event of Stripe: {error}") from error
