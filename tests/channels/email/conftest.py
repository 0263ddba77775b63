"""Mails of people and programs, and an account."""

import base64
from datetime import UTC, datetime

import msgspec
import pytest

from kaiwa.channels import Account
from kaiwa.channels.email import CHANNEL
from kaiwa.vocabulary.content import Letter, Text
from kaiwa.vocabulary.event import InboundEvent, Said

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
KEY = "5f7cbd6a-3d0c-4cf4-9e3e-4f1f1b8f7c11"
OURS = f"<kaiwa.{KEY}@shop.example>"
FROM = "From: Hana <hana@example.jp>\nTo: shop@shop.example\n"


def mail(
    body: str, head: str = "", *, subject: str = "Mug", own_id: str = "<1@example.jp>"
) -> bytes:
    """A plain mail in UTF-8."""
    kind = "" if "content-type" in head.lower() else "Content-Type: text/plain; charset=utf-8\n"
    own = f"Message-ID: {own_id}\n" if own_id else ""
    sender = "" if "from:" in head.lower() else FROM
    return f"{sender}Subject: {subject}\n{own}{kind}{head}\n{body}".encode()


def heard(raw: bytes) -> list[InboundEvent]:
    """Every event of a mail."""
    found = CHANNEL.parse(raw, NOW)
    assert all(CHANNEL.parse_one(each, NOW) == event for each, event in found)
    return [event for _, event in found]


def one(raw: bytes) -> InboundEvent:
    """The only event of a mail."""
    found = heard(raw)
    assert len(found) == 1, found
    return found[0]


def text_of(event: InboundEvent) -> str:
    """What was written this time."""
    assert isinstance(event.heard, Said)
    assert isinstance(event.heard.content, Text)
    return event.heard.content.text


def letter_of(event: InboundEvent) -> Letter:
    """What the mail was besides."""
    assert isinstance(event.heard, Said)
    assert isinstance(event.heard.content, Text)
    assert event.heard.content.letter is not None
    return event.heard.content.letter


def multipart(*parts: str, kind: str = "mixed", head: str = "") -> bytes:
    """A mail of these parts."""
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return mail(body, f"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n{head}")


def attached(
    name: str, kind: str, body: bytes, head: str = "Content-Disposition: attachment"
) -> str:
    """A part that is a file."""
    coded = base64.encodebytes(body).decode()
    return (
        f'{head}; filename="{name}"\nContent-Type: {kind}; name="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{coded}"
    )


@pytest.fixture
def account() -> Account:
    return Account(
        1,
        {
            "address": "shop@shop.example",
            "smtp_server": "smtp://127.0.0.1:9",
            "password": "s3cret",
            "sender_name": "青い店",
        },
    )


def with_credentials(account: Account, **given: str) -> Account:
    """The account with more, or other, credentials."""
    return msgspec.structs.replace(account, credentials={**account.credentials, **given})
