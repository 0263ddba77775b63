"""Who is let in with a mail, and whose word on its sender counts."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest

from kaiwa.channels import Account, RawRequest
from kaiwa.channels.email import CHANNEL
from kaiwa.vocabulary.errors import NotAuthentic
from kaiwa.vocabulary.event import Proof
from tests.channels.email.conftest import NOW, mail, text_of, with_credentials

SECRET = "a-secret-of-our-own"
HELLO = mail("Hello", subject="")
BASIC = "Basic " + base64.b64encode(f"kaiwa:{SECRET}".encode()).decode()
HOST = "mx.shop.example"
WRITTEN = "an address that anybody can write on a mail"


def form(boundary: str, fields: dict[str, bytes]) -> bytes:
    made = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, value in fields.items()
    )
    return made + f"--{boundary}--\r\n".encode()


def mailgun(secret: str = SECRET) -> dict[str, bytes]:
    stamp, token = b"1795230000", b"c0ffee"
    signed = hmac.new(secret.encode(), stamp + token, hashlib.sha256).hexdigest().encode()
    return {"timestamp": stamp, "token": token, "signature": signed, "body-mime": HELLO}


MULTIPART = "multipart/form-data; boundary=xx"
URLENCODED = "application/x-www-form-urlencoded"
CALLS = {
    "mailgun": RawRequest(form("xx", mailgun()), {"content-type": MULTIPART}),
    "mailgun, urlencoded": RawRequest(urlencode(mailgun()).encode(), {"content-type": URLENCODED}),
    "postmark": RawRequest(
        json.dumps({"From": "x", "RawEmail": HELLO.decode()}).encode(),
        {"content-type": "application/json", "authorization": BASIC},
    ),
    "sendgrid": RawRequest(
        form("xx", {"from": b"x", "email": HELLO}),
        {"content-type": MULTIPART, "authorization": BASIC},
    ),
    "json": RawRequest(
        json.dumps({"raw": base64.b64encode(HELLO).decode()}).encode(),
        {"content-type": "application/json", "authorization": BASIC},
    ),
}


@pytest.fixture
def hooked(account: Account) -> Account:
    return with_credentials(account, webhook_secret=f"{SECRET},an-older-secret-of-ours")


@pytest.mark.parametrize("service", CALLS)
def test_services_that_pass_mail_on_are_understood(service: str, hooked: Account) -> None:
    body = CHANNEL.verify(CALLS[service], hooked).body
    assert body is not None
    assert text_of(CHANNEL.parse(body, NOW)[0][1]) == "Hello"


@pytest.mark.parametrize("service", CALLS)
def test_with_another_secret_they_are_refused(service: str, account: Account) -> None:
    for secret in ("", "another-secret-than-theirs"):
        with pytest.raises(NotAuthentic):
            CHANNEL.verify(CALLS[service], with_credentials(account, webhook_secret=secret))


RESULTS = {
    f"{HOST}; dkim=pass header.d=example.jp; dmarc=pass header.from=example.jp": (
        Proof(True, f"{HOST}: dkim=pass for example.jp")
    ),
    f"{HOST}; spf=pass smtp.mailfrom=x@example.jp; dmarc=pass (p=REJECT) header.from=example.jp": (
        Proof(True, f"{HOST}: dmarc=pass for example.jp")
    ),
    f"{HOST}; dkim=pass header.i=@jp.evil.example": Proof(False, f"{HOST}: dkim=pass"),
    f"{HOST}; dkim=fail header.d=example.jp; dmarc=fail header.from=example.jp": (
        Proof(False, f"{HOST}: dkim=fail, dmarc=fail")
    ),
    f"{HOST}; spf=pass smtp.mailfrom=example.jp": Proof(False, f"{HOST}: no result"),
    "mx.evil.example; dkim=pass header.d=example.jp": (
        Proof(False, f"{HOST} says nothing of the sender")
    ),
}


def proof(account: Account, head: str, host: str = HOST) -> Proof | None:
    given = with_credentials(account, webhook_secret=SECRET, receiving_host=host)
    raw = mail("Hello", head)
    signed = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    body = CHANNEL.verify(RawRequest(raw, {"x-kaiwa-signature": f"sha256={signed}"}), given).body
    assert body is not None
    return CHANNEL.parse(body, NOW)[0][1].proof


@pytest.mark.parametrize("result", RESULTS)
def test_the_receiving_hosts_word_on_the_sender_counts(result: str, account: Account) -> None:
    assert proof(account, f"Authentication-Results: {result}") == RESULTS[result]


def test_only_its_topmost_word_counts_and_only_when_it_is_named(account: Account) -> None:
    good = f"Authentication-Results: {HOST}; dmarc=pass header.from=example.jp"
    bad = f"Authentication-Results: {HOST}; dmarc=fail header.from=example.jp"
    forged = proof(account, f"{bad}\n{good}")
    assert forged == Proof(False, f"{HOST}: dmarc=fail")
    assert proof(account, good, host="") == Proof(False, WRITTEN)


def test_who_asks_for_answers_elsewhere_is_not_proven_by_who_signed(account: Account) -> None:
    head = (
        "From: forms@example.com\nReply-To: hana@example.jp\n"
        f"Authentication-Results: {HOST}; dmarc=pass header.from=example.com"
    )
    assert proof(account, head) == Proof(False, f"{HOST} vouches for another address")
