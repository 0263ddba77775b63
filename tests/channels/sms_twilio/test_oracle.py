"""Twilio's own SDK signs what we let in, drives the fake we trust, and sends what we send.

Nothing differs on the wire: both are forms with the same fields and the same key to the account.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from kaiwa.channels import Account, Route, Verdict
from kaiwa.channels.sms_twilio import CHANNEL
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.reply import Reply
from tests.channels.sms_twilio.conftest import OURS, SID, TOKEN, USER
from tests.fakes.line_http import served
from tests.fakes.twilio_platform import TwilioPlatform
from tests.fakes.twilio_webhooks import HOOK

LONG = Reply((r.TextBlock(text="“It’s here” – € 100% & more + あ\n" * 30),))
REPLIES = {
    "text": Reply((r.TextBlock(text="こんにちは。"),)),
    "odd signs": Reply((r.TextBlock(text="a&b=c+d 100% € “x”\n🍎"),)),
    "buttons": Reply((r.Buttons(alt_text="?", text="はい？", actions=(r.ReplyAction("はい"),)),)),
    "long": LONG,
}


class Loopback(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's own HTTP client, whose calls end at the fake."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        return super().request(
            method, url.replace("https://api.twilio.com", self.base), *args, **more
        )


@pytest.fixture
def loopback(platform: TwilioPlatform) -> Iterator[str]:
    with served(platform) as base:
        yield base


@pytest.fixture
def sdk(loopback: str) -> Client:
    return Client(SID, TOKEN, http_client=Loopback(loopback))


async def ours(account: Account, base: str, reply: Reply) -> None:
    http = AiohttpHttp()
    here = msgspec.structs.replace(account, api_base=base)
    try:
        for wire in CHANNEL.render(reply, Route("sms", USER, "metered")).wires:
            assert (await CHANNEL.send(wire, here, http, retry_key="k")).external_ids
    finally:
        await http.close()


@pytest.mark.parametrize("name", sorted(REPLIES))
async def test_the_sdk_and_we_put_the_same_message_on_the_wire(
    name: str, account: Account, sdk: Client, loopback: str, platform: TwilioPlatform
) -> None:
    await ours(account, loopback, REPLIES[name])
    mine, platform.journal = platform.journal, []
    for form in mine:
        sdk.messages.create(
            to=USER, from_=OURS, body=form["Body"], status_callback=form["StatusCallback"]
        )
    assert platform.journal == mine


async def test_the_sdk_and_we_hear_the_same_no(
    account: Account, sdk: Client, loopback: str, platform: TwilioPlatform
) -> None:
    platform.hears(USER, "STOP")
    with pytest.raises(TwilioRestException) as theirs:
        sdk.messages.create(to=USER, from_=OURS, body="hi")
    assert (theirs.value.status, theirs.value.code) == (400, 21610)
    with pytest.raises(Refused) as mine:
        await ours(account, loopback, REPLIES["text"])
    assert mine.value.detail["reason"] == "blocked"
    assert platform.journal == []


def test_the_sdk_connects_a_number_as_we_do(sdk: Client, platform: TwilioPlatform) -> None:
    (found,) = sdk.incoming_phone_numbers.list(phone_number=OURS, limit=1)
    sdk.incoming_phone_numbers(found.sid).update(sms_url=HOOK, sms_method="POST")
    assert platform.numbers["sms_url"] == HOOK


@pytest.mark.parametrize("body", ["青いマグは？", "a&b=c+d 100%", ""])
def test_the_sdk_takes_what_the_fake_signs_and_so_do_we(body: str, account: Account) -> None:
    platform = TwilioPlatform(SID, TOKEN, OURS, lambda: 0.0)
    validator = RequestValidator(TOKEN)
    told = platform.webhooks.message(USER, body)
    form, as_json = platform.webhooks.call(told), platform.webhooks.json_call(told)
    fields = dict(parse_qsl(form.body.decode(), keep_blank_values=True))
    assert validator.validate(form.url, fields, form.headers["x-twilio-signature"])
    assert validator.validate(
        as_json.url, as_json.body.decode(), as_json.headers["x-twilio-signature"]
    )
    assert CHANNEL.verify(form, account) == CHANNEL.verify(as_json, account) == Verdict()
    forged = fields | {"Body": body + "!"}
    assert not validator.validate(form.url, forged, form.headers["x-twilio-signature"])
