"""A platform that signs the address it calls is believed at our public one only."""

import pytest

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from tests.fakes.twilio_webhooks import TwilioWebhooks
from tests.web.doors import NOW, Doors

SID, TOKEN = "AC" + "0a" * 16, "an-auth-token"
USER, OURS = "+819012345678", "+815012345678"


@pytest.fixture
def inbox(doors: Doors) -> Inbox:
    credentials = {"account_sid": SID, "auth_token": TOKEN, "sender": OURS}
    new = NewInbox("sms_twilio", credentials=credentials)
    return doors.db.write_now(lambda s: add_inbox(s, 1, new, Secrets(bytes(range(32))), NOW))


async def test_a_call_signed_for_our_public_address_is_taken(doors: Doors, inbox: Inbox) -> None:
    path = f"/webhooks/sms_twilio/{inbox.key}"
    twilio = TwilioWebhooks(TOKEN, SID, OURS, f"https://kaiwa.example{path}")
    form = twilio.call(twilio.message(USER, "青いマグは？"))
    answer = await doors.webhook(form.body, dict(form.headers), path)
    assert (answer.status, answer.body) == (200, b"")
    json = twilio.json_call(twilio.status("SM9", "sent", USER))
    target = json.url.removeprefix("https://kaiwa.example")
    assert (await doors.webhook(json.body, dict(json.headers), target)).status == 200
    assert doors.count("inbound_event") == 2


async def test_a_call_signed_for_another_address_is_not(doors: Doors, inbox: Inbox) -> None:
    path = f"/webhooks/sms_twilio/{inbox.key}"
    for other in ("https://evil.example", "http://kaiwa.example", "https://kaiwa.example/x"):
        twilio = TwilioWebhooks(TOKEN, SID, OURS, other + path)
        form = twilio.call(twilio.message(USER, "hi"))
        assert (await doors.webhook(form.body, dict(form.headers), path)).status == 401
    assert doors.count("inbound_event") == 0
