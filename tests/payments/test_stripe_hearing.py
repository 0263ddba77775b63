"""Stripe's webhooks: nothing is read that Stripe did not sign, and its own SDK agrees."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.payments import Account, Heard, Outcome, provider
from kaiwa.vocabulary.errors import Invalid, NotAuthentic
from kaiwa.vocabulary.money import Money
from tests.fakes.stripe_http import signed

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SECRET = "whsec_right"
STRIPE = provider("stripe")
ACCOUNT = Account({"secret_key": "sk_1", "webhook_secret": SECRET})
INTENT = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "succeeded",
    "amount": 1650,
    "amount_received": 1650,
    "currency": "jpy",
    "metadata": {"kaiwa_key": "key-1"},
}
PAID = [Heard("key-1", "pi_1", Outcome("paid", "pi_1"), Money(1650, "JPY"))]


def event(kind: str = "payment_intent.succeeded", thing: object = INTENT) -> bytes:
    made = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": thing}}
    return json.dumps(made).encode()


def hear(body: bytes, header: str, now: datetime = NOW, account: Account = ACCOUNT):
    return STRIPE.hear(body, {"stripe-signature": header}, account, now)


def mac(body: bytes, at: str, secret: str = SECRET) -> str:
    return hmac.digest(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hex()


def test_what_stripes_sdk_signs_is_heard() -> None:
    body = event()
    at = int(NOW.timestamp())
    header = stripe.WebhookSignature.generate_signature_header(body.decode(), SECRET, at)
    assert hear(body, header) == PAID


def test_what_the_stand_in_signs_stripes_sdk_takes() -> None:
    body = event()
    header = signed(body, NOW.timestamp(), SECRET)
    assert stripe.WebhookSignature.verify_header(body, header, SECRET)


def test_one_right_signature_among_several_is_enough() -> None:
    body, at = event(), str(int(NOW.timestamp()))
    old, right = mac(body, at, "whsec_old"), mac(body, at)
    for header in (
        f"t={at},v1={old},v1={right}",
        f"t={at}, v1={right}, v1={old}",
        f"v1={right},t={at},v0={old}",
    ):
        assert hear(body, header) == PAID


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v1=",
        "nonsense",
        "t=1,t=2,v1=aa",
        "t=九,v1=aa",
        "t=-5,v1=aa",
        "t=" + "9" * 400 + ",v1=aa",
        f"t={int(NOW.timestamp())}",
        f"t={int(NOW.timestamp())},v1=é",
        f"t={int(NOW.timestamp())},v1=",
        f"t={int(NOW.timestamp())},v0={mac(event(), str(int(NOW.timestamp())))}",
        f"t={int(NOW.timestamp())},v1={mac(event(), str(int(NOW.timestamp())), 'whsec_old')}",
        f"t={int(NOW.timestamp()) + 1},v1={mac(event(), str(int(NOW.timestamp())))}",
    ],
)
def test_what_is_not_signed_is_not_heard(header: str) -> None:
    with pytest.raises(NotAuthentic):
        hear(event(), header)


def test_another_body_is_not_heard() -> None:
    header = signed(event(), NOW.timestamp(), SECRET)
    with pytest.raises(NotAuthentic):
        hear(event().replace(b"1650", b"1651"), header)


@pytest.mark.parametrize(("seconds", "taken"), [(300, True), (301, False), (-301, False)])
def test_an_old_signature_is_not_heard(seconds: int, taken: bool) -> None:
    header, now = signed(event(), NOW.timestamp(), SECRET), NOW + timedelta(seconds=seconds)
    if taken:
        assert hear(event(), header, now) == PAID
        return
    with pytest.raises(NotAuthentic, match="old"):
        hear(event(), header, now)


def test_without_a_secret_nothing_is_heard() -> None:
    header = signed(event(), NOW.timestamp(), "")
    with pytest.raises(NotAuthentic, match="webhook_secret"):
        hear(event(), header, account=Account({"secret_key": "sk_1"}))


@pytest.mark.parametrize(
    "kind", ["customer.created", "invoice.paid", "payment_intent.created", "something.new"]
)
def test_what_is_of_no_interest_tells_nothing(kind: str) -> None:
    body = event(kind, {"whatever": [1]})
    assert hear(body, signed(body, NOW.timestamp(), SECRET)) == []


@given(st.binary(max_size=300) | st.just(b"[" * 100_000))
def test_whatever_is_signed_is_heard_or_invalid(body: bytes) -> None:
    header = signed(body, NOW.timestamp(), SECRET)
    with pytest.raises(Invalid):
        hear(body, header)


@given(
    st.sampled_from(
        "payment_intent.succeeded checkout.session.completed refund.updated charge.refunded"
        " charge.dispute.created payment_intent.requires_action".split()
    ),
    st.dictionaries(
        st.sampled_from("id status amount currency metadata next_action payment_intent".split()),
        st.sampled_from([None, "", "x", "succeeded", "jpy", -1, 1650, {}, {"a": "b"}, {"a": 1}]),
    ),
)
def test_whatever_an_event_holds_is_heard_or_invalid(kind: str, thing: dict) -> None:
    body = event(kind, thing)
    try:
        assert isinstance(hear(body, signed(body, NOW.timestamp(), SECRET)), list)
    except Invalid:
        return
