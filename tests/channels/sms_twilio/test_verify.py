"""Twilio signs the public address and the fields; whatever else was changed is refused."""

from urllib.parse import parse_qsl

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Account, RawRequest, Verdict
from kaiwa.channels.sms_twilio import CHANNEL
from kaiwa.vocabulary.errors import NotAuthentic
from tests.channels.sms_twilio.conftest import OURS, SID, TOKEN, USER
from tests.fakes.twilio_webhooks import HOOK, TwilioWebhooks, signed

ACCOUNT = Account(1, {"auth_token": TOKEN})
TWILIO = TwilioWebhooks(TOKEN, SID, OURS)
CALL = TWILIO.call(TWILIO.message(USER, "青いマグは？ + & = 100%"))


def refused(request: RawRequest, account: Account = ACCOUNT) -> str:
    with pytest.raises(NotAuthentic) as caught:
        CHANNEL.verify(request, account)
    return caught.value.message


def test_the_vector_of_twilios_own_documents() -> None:
    body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309"
    request = RawRequest(
        body + b"&To=%2B18005551212",
        {"x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
        url="https://mycompany.com/myapp.php?foo=1&bar=2",
    )
    assert CHANNEL.verify(request, Account(1, {"auth_token": "12345"})) == Verdict()


def test_any_of_the_tokens_of_an_exchange_passes() -> None:
    assert CHANNEL.verify(CALL, Account(1, {"auth_token": f"new-one, {TOKEN}"})) == Verdict()
    assert "auth token" in refused(CALL, Account(1, {"auth_token": "new-one"}))


@pytest.mark.parametrize(
    ("signed_for", "called"),
    [
        ("https://shop.example/hook", "https://shop.example:443/hook"),
        ("https://shop.example:443/hook", "https://shop.example/hook"),
        ("http://shop.example:80/hook?a=1", "http://shop.example/hook?a=1"),
        ("https://shop.example:8443/hook", "https://shop.example:8443/hook"),
        ("https://shop.example/hook", "https://shop.example:8443/hook"),
    ],
)
def test_the_port_may_stand_or_not(signed_for: str, called: str) -> None:
    fields = {"MessageSid": "SM1"}
    headers = {"x-twilio-signature": signed(TOKEN, signed_for, fields)}
    assert CHANNEL.verify(RawRequest(b"MessageSid=SM1", headers, url=called), ACCOUNT) == Verdict()


def test_another_address_another_method_and_no_address_are_refused() -> None:
    for url in (HOOK + "x", HOOK.replace("https", "http"), HOOK + "?a=1", "", "https://[half"):
        assert "KAIWA_PUBLIC_URL" in refused(msgspec.structs.replace(CALL, url=url))
    assert "POST" in refused(msgspec.structs.replace(CALL, method="GET"))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_changed_body_passes_only_when_it_says_exactly_the_same(data: st.DataObject) -> None:
    bit = data.draw(st.integers(0, len(CALL.body) * 8 - 1))
    changed = bytearray(CALL.body)
    changed[bit // 8] ^= 1 << bit % 8
    body = bytes(changed)
    try:
        CHANNEL.verify(msgspec.structs.replace(CALL, body=body), ACCOUNT)
    except NotAuthentic:
        return
    same = parse_qsl(CALL.body.decode(), keep_blank_values=True)
    assert parse_qsl(body.decode(), keep_blank_values=True) == same


def test_values_given_twice_are_signed_in_order_and_once() -> None:
    made = signed(TOKEN, HOOK + "", {"A": "1A2", "B": ""})
    request = RawRequest(b"B=&A=2&A=1&A=2", {"x-twilio-signature": made}, url=HOOK)
    assert CHANNEL.verify(request, ACCOUNT) == Verdict()


def test_a_json_body_is_covered_by_its_hash_in_the_address() -> None:
    call = TWILIO.json_call(TWILIO.status("SM1", "delivered", USER))
    assert CHANNEL.verify(call, ACCOUNT) == Verdict()
    assert "bodySHA256" in refused(msgspec.structs.replace(call, body=call.body + b" "))
    assert refused(msgspec.structs.replace(call, url=HOOK))
    other = call.url.replace("bodySHA256", "bodySHA255")
    assert refused(msgspec.structs.replace(call, url=other))


def test_a_shared_key_signs_with_its_own_secret_and_sha256() -> None:
    fields = {"MessageSid": "SM1"}
    headers = {
        "x-twilio-signature": signed("shared", HOOK, fields, "sha256"),
        "x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
    }
    call = RawRequest(b"MessageSid=SM1", headers, url=HOOK)
    known = Account(1, {"auth_token": TOKEN, "shared_key_secret": "shared"})
    assert CHANNEL.verify(call, known) == Verdict()
    refused(call)
    # The auth token does not sign that way, nor the shared key the old way.
    with_token = headers | {"x-twilio-signature": signed(TOKEN, HOOK, fields, "sha256")}
    refused(msgspec.structs.replace(call, headers=with_token), known)
    old = {"x-twilio-signature": signed("shared", HOOK, fields)}
    refused(msgspec.structs.replace(call, headers=old), known)
    odd = headers | {"x-twilio-webhooks-signature-settings": "algorithm=MD5"}
    assert "MD5" in refused(msgspec.structs.replace(call, headers=odd), known)
