"""Meta asks a webhook for its verify token before it sends anything to it."""

from urllib.parse import urlencode

import pytest

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from tests.fakes.whatsapp_webhooks import ACCOUNT_ID, NUMBER_ID, WhatsAppWebhooks
from tests.web.asgi import Answer, call
from tests.web.doors import NOW, Doors

USER = "JP.13491208655302741918"
ASKED = {
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": "a token & more: 100%",
}
META = WhatsAppWebhooks("s3cret", now_s=NOW.timestamp)


@pytest.fixture
def inbox(doors: Doors) -> Inbox:
    credentials = {
        "access_token": "t0ken",
        "app_secret": "s3cret",
        "verify_token": ASKED["hub.verify_token"],
        "phone_number_id": NUMBER_ID,
        "business_account_id": ACCOUNT_ID,
    }
    new = NewInbox("whatsapp", credentials=credentials)
    return doors.db.write_now(lambda s: add_inbox(s, 1, new, Secrets(bytes(range(32))), NOW))


async def ask(doors: Doors, inbox: Inbox, **odd: str) -> Answer:
    query = urlencode(ASKED | {name.replace("_", ".", 1): value for name, value in odd.items()})
    return await call(doors.app, "GET", f"/webhooks/whatsapp/{inbox.key}?{query}")


async def test_who_knows_the_token_gets_the_challenge_back(doors: Doors, inbox: Inbox) -> None:
    answer = await ask(doors, inbox)
    assert (answer.status, answer.body) == (200, b"1158201444")
    assert set(doors.rows().values()) == {0}


async def test_who_does_not_gets_nothing(doors: Doors, inbox: Inbox) -> None:
    for odd in ({"hub_verify_token": "guessed"}, {"hub_mode": "unsubscribe"}):
        assert (await ask(doors, inbox, **odd)).error == (401, "not_authentic")


async def test_only_calls_about_our_number_are_kept(doors: Doors, inbox: Inbox) -> None:
    path = f"/webhooks/whatsapp/{inbox.key}"
    for number_id, kept in (("999", 0), (NUMBER_ID, 2)):
        told = (META.text("やあ", USER), META.status("wamid.out1", "read"))
        body, headers = META.deliver(*told, number_id=number_id)
        answer = await doors.webhook(body, headers, path)
        assert (answer.status, answer.body) == (200, b"")
        assert doors.count("inbound_event") == kept
    body, headers = META.deliver(META.text("やあ", USER))
    assert (await doors.webhook(body + b" ", headers, path)).status == 401
    assert doors.count("inbound_event") == 2
