"""Only Meta's calls get in, and only those about our number leave something behind."""

import pytest

from kaiwa.channels import Account, RawRequest, Verdict
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.channels.whatsapp.signature import signature
from kaiwa.vocabulary.errors import NotAuthentic
from tests.channels.whatsapp.conftest import NOW, USER
from tests.fakes.whatsapp_webhooks import WhatsAppWebhooks

META = WhatsAppWebhooks("s3cret", now_s=NOW.timestamp)
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
    for secret in ("old", "s3cret"):
        body, headers = WhatsAppWebhooks(secret, now_s=NOW.timestamp).deliver(META.text("hi", USER))
        assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict()
    body, headers = WhatsAppWebhooks("other", now_s=NOW.timestamp).deliver(META.text("hi", USER))
    assert "is the app secret right?" in refused(RawRequest(body, headers), account)
    assert "has no x-hub-signature-256" in refused(RawRequest(body, {}), account)


def test_the_challenge_is_echoed_to_who_knows_the_token(account: Account) -> None:
    asked = RawRequest(b"", {}, "GET", CHALLENGE)
    assert CHANNEL.verify(asked, account) == Verdict(b"1158201444", "text/plain")


@pytest.mark.parametrize(
    "odd",
    [
        {"hub.verify_token": "guessed"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "トークン"},
        {"hub.mode": "unsubscribe"},
    ],
)
def test_who_does_not_know_the_token_gets_nothing(account: Account, odd: dict[str, str]) -> None:
    refused(RawRequest(b"", {}, "GET", CHALLENGE | odd), account)


def test_a_get_is_no_way_round_the_signature(account: Account) -> None:
    body, headers = META.deliver(META.text("hi", USER))
    refused(RawRequest(body, headers, "GET"), account)
    refused(RawRequest(body, {}, "POST", CHALLENGE), account)


def test_a_call_about_another_number_is_answered_and_left_to_its_inbox(account: Account) -> None:
    body, headers = META.deliver(META.text("hi", USER), number_id="999")
    assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict(b"")
    odd = '"phone_number_id":"999"'
    body, headers = META.deliver(META.text(odd, USER))
    assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict()
