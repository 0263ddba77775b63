"""Only Meta's calls get in, and of those only what is about our Page leaves something behind."""

import json

import msgspec
import pytest

from kaiwa.channels import Account, RawRequest, Verdict
from kaiwa.channels.messenger import CHANNEL
from kaiwa.channels.meta.signature import signature
from kaiwa.vocabulary.errors import NotAuthentic
from tests.channels.messenger.conftest import NOW
from tests.fakes.meta_samples import USER
from tests.fakes.meta_webhooks import PAGE_ID, MetaWebhooks

META = MetaWebhooks("s3cret", now_s=NOW.timestamp)
CHALLENGE = {
    "hub.mode": "subscribe",
    "hub.verify_token": "a-token-of-our-own",
    "hub.challenge": "1158201444",
}


def refused(request: RawRequest, account: Account) -> str:
    with pytest.raises(NotAuthentic) as caught:
        CHANNEL.verify(request, account)
    return caught.value.message


def test_the_signature_is_metas() -> None:
    assert signature("s", b'{"a":1}') == (
        "sha256=37beaf650f70b40ec9706929c2e9d835cbd63729988f48781e6383a147215f07"
    )


def test_any_of_the_secrets_lets_in(account: Account) -> None:
    both = msgspec.structs.replace(
        account, credentials={**account.credentials, "app_secret": "old, s3cret"}
    )
    for secret in ("old", "s3cret"):
        sender = MetaWebhooks(secret, now_s=NOW.timestamp)
        body, headers = sender.deliver(META.text("hi", USER))
        assert CHANNEL.verify(RawRequest(body, headers), both) == Verdict()
    body, headers = MetaWebhooks("other", now_s=NOW.timestamp).deliver(META.text("hi", USER))
    assert "is the app secret right?" in refused(RawRequest(body, headers), both)
    assert "has no x-hub-signature-256" in refused(RawRequest(body, {}), both)


def test_the_challenge_is_echoed_to_who_knows_the_token(account: Account) -> None:
    asked = RawRequest(b"", {}, "GET", CHALLENGE)
    assert CHANNEL.verify(asked, account) == Verdict(b"1158201444", "text/plain")
    for odd in ({"hub.verify_token": "guessed"}, {"hub.verify_token": ""}, {"hub.mode": "x"}):
        refused(RawRequest(b"", {}, "GET", CHALLENGE | odd), account)
    body, headers = META.deliver(META.text("hi", USER))
    refused(RawRequest(body, headers, "GET"), account)
    refused(RawRequest(body, {}, "POST", CHALLENGE), account)


def test_what_is_about_another_page_is_answered_and_left_alone(account: Account) -> None:
    body, headers = META.deliver(META.text("hi", USER), own="999")
    assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict(b"")
    insta = MetaWebhooks("s3cret", "instagram", now_s=NOW.timestamp)
    body, headers = insta.deliver(insta.text("hi", USER), own=PAGE_ID)
    assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict(b"")


def test_of_a_call_about_two_pages_ours_is_taken(account: Account) -> None:
    mine = {"id": PAGE_ID, "time": 1, "messaging": [META.text("うち", USER)]}
    body, headers = META.call({"id": "999", "messaging": [META.text("よそ", "8")]}, mine)
    verdict = CHANNEL.verify(RawRequest(body, headers), account)
    assert verdict.answer is None
    assert verdict.body is not None
    assert json.loads(verdict.body) == {"object": "page", "entry": [mine]}
    ((_, event),) = CHANNEL.parse(verdict.body, NOW)
    assert event.sender is not None
    assert event.sender.value == USER


def test_what_is_signed_and_odd_is_kept(account: Account) -> None:
    for body in (b"[]", b'{"entry":[5]}', b"\xff"):
        signed = RawRequest(body, {"x-hub-signature-256": signature("s3cret", body)})
        assert CHANNEL.verify(signed, account) == Verdict()
