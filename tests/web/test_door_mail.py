"""A service that receives mail posts it: with its files, once, and only when it proves itself."""

import hashlib
import hmac

import pytest

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from tests.channels.email.conftest import attached, multipart
from tests.web.doors import NOW, Doors

SECRET = "a-secret-of-our-own"
TEXT = "Content-Type: text/plain; charset=utf-8\n\nBroken.\n"
# Larger than what other channels may post: a mail brings its files along.
MAIL = multipart(TEXT, attached("a.png", "image/png", bytes(4_000_000)))


@pytest.fixture
def inbox(doors: Doors) -> Inbox:
    credentials = {
        "address": "shop@shop.example",
        "smtp_server": "smtp://127.0.0.1:9",
        "webhook_secret": SECRET,
    }
    new = NewInbox("email", credentials=credentials)
    return doors.db.write_now(lambda s: add_inbox(s, 1, new, Secrets(bytes(range(32))), NOW))


def signed(body: bytes) -> dict[str, str]:
    proof = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"x-kaiwa-signature": f"sha256={proof}", "content-type": "message/rfc822"}


async def test_a_posted_mail_is_kept_with_its_files_and_only_once(
    doors: Doors, inbox: Inbox
) -> None:
    path = f"/webhooks/email/{inbox.key}"
    for _ in range(2):
        answer = await doors.webhook(MAIL, signed(MAIL), path)
        assert (answer.status, answer.body) == (200, b"")
        assert doors.count("inbound_event") == 2


async def test_who_cannot_prove_it_leaves_nothing(doors: Doors, inbox: Inbox) -> None:
    path = f"/webhooks/email/{inbox.key}"
    answer = await doors.webhook(MAIL + b" ", signed(MAIL), path)
    assert answer.error == (401, "not_authentic")
    assert doors.count("inbound_event") == 0
