"""Vonage's own SDK drives the fake we trust, and sends what we send.

One difference, explained: its check of a call's token looks at the signature only, so a body that
was changed passes it; ours also compares the body's hash.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from requests.adapters import HTTPAdapter
from vonage import Auth, HttpClientOptions, Vonage
from vonage_http_client.errors import HttpRequestError
from vonage_jwt.verify_jwt import verify_signature
from vonage_messages.models import Sms

from kaiwa.channels import Account, Route, Verdict
from kaiwa.channels.sms_vonage import CHANNEL
from kaiwa.channels.sms_vonage.signature import sig_of
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.errors import NotAuthentic, Refused
from kaiwa.vocabulary.reply import Reply
from tests.channels.sms_vonage.conftest import HOOK, KEY, OURS, SECRET, SIGNED_BY, USER
from tests.fakes.line_http import served
from tests.fakes.vonage_platform import VonagePlatform

REPLIES = {
    "text": Reply((r.TextBlock(text="こんにちは。"),)),
    "odd signs": Reply((r.TextBlock(text='a&b=c "d" \\ € “x”\n🍎'),)),
    "long": Reply((r.TextBlock(text="長いお話です。" * 150),)),
}


class Loopback(HTTPAdapter):
    """Carries the SDK's https to the fake, which has no certificate."""

    def send(self, request: Any, *args: Any, **more: Any) -> Any:
        request.url = request.url.replace("https://", "http://")
        return super().send(request, *args, **more)


@pytest.fixture
def loopback(platform: VonagePlatform) -> Iterator[str]:
    with served(platform) as base:
        yield base


@pytest.fixture
def sdk(loopback: str) -> Vonage:
    host = loopback.removeprefix("http://")
    options = HttpClientOptions(api_host=host, rest_host=host)
    made = Vonage(Auth(api_key=KEY, api_secret=SECRET), options)
    made.http_client._session.mount("https://", Loopback())
    return made


async def ours(account: Account, base: str, reply: Reply) -> None:
    http = AiohttpHttp()
    here = msgspec.structs.replace(account, api_base=base)
    try:
        for wire in CHANNEL.render(reply, Route("sms", USER, "metered")).wires:
            assert (await CHANNEL.send(wire, here, http, retry_key="k-1")).external_ids
    finally:
        await http.close()


def message(text: str) -> Sms:
    return Sms(
        to=USER[1:], from_=OURS, text=text, client_ref="k-1", webhook_url=HOOK, webhook_version="v1"
    )


@pytest.mark.parametrize("name", sorted(REPLIES))
async def test_the_sdk_and_we_put_the_same_message_on_the_wire(
    name: str, account: Account, sdk: Vonage, loopback: str, platform: VonagePlatform
) -> None:
    await ours(account, loopback, REPLIES[name])
    mine, platform.journal = platform.journal, []
    for told in mine:
        assert sdk.messages.send(message(told["text"])).message_uuid
    assert platform.journal == mine


async def test_the_sdk_and_we_hear_the_same_no(
    account: Account, sdk: Vonage, loopback: str, platform: VonagePlatform
) -> None:
    platform.refuses[USER[1:]] = 1240
    with pytest.raises(HttpRequestError) as theirs:
        sdk.messages.send(message("hi"))
    assert theirs.value.response.status_code == 422
    with pytest.raises(Refused) as mine:
        await ours(account, loopback, REPLIES["text"])
    assert mine.value.detail["reason"] == "blocked"


def test_the_sdk_reads_the_balance_we_do(sdk: Vonage, platform: VonagePlatform) -> None:
    platform.balance = 3.5
    assert sdk.account.get_balance().value == 3.5


def test_the_sdk_takes_what_the_fake_signs_but_does_not_see_a_changed_body(
    account: Account, platform: VonagePlatform
) -> None:
    call = platform.webhooks.call(platform.webhooks.message(USER[1:], "青いマグは？"))
    token = call.headers["authorization"].removeprefix("Bearer ")
    assert verify_signature(token, SIGNED_BY)
    assert not verify_signature(token, "another-secret-of-32-characters-x")
    assert CHANNEL.verify(call, account) == Verdict()
    with pytest.raises(NotAuthentic):
        CHANNEL.verify(msgspec.structs.replace(call, body=call.body + b" "), account)


@pytest.mark.parametrize("method", ["sha256", "sha512"])
def test_the_sdk_signs_fields_as_we_read_them(method: str) -> None:
    auth = Auth(api_key=KEY, api_secret=SECRET, signature_secret=SIGNED_BY, signature_method=method)
    fields = {
        "msisdn": USER[1:],
        "text": "a&b=c マグ",
        "messageId": "0A1",
        "timestamp": "1795230000",
    }
    assert auth.sign_params(dict(fields)).encode() == sig_of(SIGNED_BY, fields, method)
