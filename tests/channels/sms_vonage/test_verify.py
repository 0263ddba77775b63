"""Vonage signs a token with the body's hash, or the fields; nothing else is let in."""

import base64
import hashlib
import json
from typing import Any

import jwt
import msgspec
import pytest

from kaiwa.channels import Account, RawRequest, Verdict
from kaiwa.channels.sms_vonage import CHANNEL
from kaiwa.vocabulary.errors import NotAuthentic
from tests.channels.sms_vonage.conftest import KEY, OURS, SIGNED_BY, USER
from tests.fakes.vonage_webhooks import VonageWebhooks

VONAGE = VonageWebhooks(SIGNED_BY, KEY, OURS, lambda: 1_795_230_000)
ACCOUNT = Account(1, {"api_key": KEY, "signature_secret": SIGNED_BY})
FIELDS = {"msisdn": "819012345678", "to": OURS, "messageId": "0A1", "text": "a&b=c マグ"}


def refused(request: RawRequest, account: Account = ACCOUNT) -> str:
    with pytest.raises(NotAuthentic) as caught:
        CHANNEL.verify(request, account)
    return caught.value.message


def with_token(body: bytes, token: str) -> RawRequest:
    return RawRequest(body, {"authorization": f"Bearer {token}"})


def token(body: bytes, key: str = SIGNED_BY, algorithm: str = "HS256", **claims: Any) -> str:
    told = {"iss": "Vonage", "payload_hash": hashlib.sha256(body).hexdigest(), **claims}
    return jwt.encode(told, key, algorithm=algorithm)


def test_a_signed_call_passes_with_any_secret_of_an_exchange() -> None:
    call = VONAGE.call(VONAGE.message(USER[1:], "hi"))
    assert CHANNEL.verify(call, ACCOUNT) == Verdict()
    two = Account(
        1, {"api_key": KEY, "signature_secret": f"a-new-secret-of-thirty-two-letters, {SIGNED_BY}"}
    )
    assert CHANNEL.verify(call, two) == Verdict()
    assert "signature secret" in refused(
        call, Account(1, {"signature_secret": "another-secret-of-thirty-two-letters"})
    )


def test_the_token_must_tell_of_this_body_and_this_account() -> None:
    body = b'{"message_uuid":"1"}'
    assert CHANNEL.verify(with_token(body, token(body)), ACCOUNT) == Verdict()
    assert "payload_hash" in refused(with_token(body + b" ", token(body)))
    bare = jwt.encode({"iss": "Vonage"}, SIGNED_BY, algorithm="HS256")
    assert "payload_hash" in refused(with_token(body, bare))
    assert "api_key" in refused(with_token(body, token(body, api_key="other123")))


@pytest.mark.filterwarnings("ignore:The HMAC key is 32 bytes long")
def test_other_ways_to_sign_and_other_spellings_are_refused() -> None:
    body = b"{}"
    refused(with_token(body, token(body, algorithm="HS512")))
    nobody = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    refused(with_token(body, f"{nobody}.{token(body).split('.')[1]}."))
    good = token(body)
    for odd in (good + "=", good + "\n", f" {good}", good.replace(".", "..", 1), "", "a.b.c"):
        refused(with_token(body, odd))
    refused(RawRequest(body, {"authorization": good}))


@pytest.mark.parametrize("method", ["sha256", "sha512"])
def test_a_sig_among_the_fields_passes(method: str) -> None:
    call = VONAGE.sms_call(method, **FIELDS)
    assert CHANNEL.verify(call, ACCOUNT) == Verdict()
    changed = call.body.replace(b"0A1", b"0A2")
    assert "SHA-256" in refused(msgspec.structs.replace(call, body=changed))
    assert refused(call, Account(1, {"signature_secret": "another-secret-of-thirty-two-letters"}))


def test_a_weak_sig_and_none_are_refused() -> None:
    refused(VONAGE.sms_call("md5", **FIELDS))
    for body in (b"", b"{}", b"sig=", b'{"sig":7}', b"msisdn=1"):
        refused(RawRequest(body, {}))
