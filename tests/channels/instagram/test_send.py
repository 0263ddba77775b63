"""Calls to Instagram, through the Page and by itself."""

import json

import msgspec
import pytest

from kaiwa.channels import Account, Profile, SendOutcome, Wire
from kaiwa.channels.instagram import CHANNEL
from kaiwa.channels.meta.health import SENTENCES
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Refused
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER
from tests.fakes.meta_webhooks import APP_ID, INSTAGRAM_ID, PAGE_ID
from tests.fakes.recorded_http import RecordedHttp

pytestmark = pytest.mark.anyio

HOOK = "https://shop.example/webhooks/instagram/key"
TEXT = Wire(
    "messages",
    {"recipient": {"id": USER}, "messaging_type": "RESPONSE", "message": {"text": "はい"}},
)


@pytest.fixture
def alone(account: Account) -> Account:
    """An account that logged in by Instagram, with what it has then."""
    names = ("access_token", "app_secret", "verify_token", "instagram_id")
    given = {name: account.credentials[name] for name in names}
    return msgspec.structs.replace(account, credentials=given)


async def test_a_message_goes_out_without_a_mark(account: Account, http: InProcessHttp) -> None:
    assert await CHANNEL.send(TEXT, account, http, retry_key="k") == SendOutcome(("m_out1",))
    assert str(http.sent[0].url) == f"http://meta.test/v26.0/{PAGE_ID}/messages"
    assert json.loads(http.sent[0].content) == TEXT.body


async def test_an_account_by_itself_is_called_at_instagram(alone: Account) -> None:
    http = RecordedHttp(HttpAnswer(200, {}, b'{"message_id":"m"}'))
    real = msgspec.structs.replace(alone, api_base=None)
    await CHANNEL.send(TEXT, real, http, retry_key="k")
    assert http.calls[0].url == f"https://graph.instagram.com/v26.0/{INSTAGRAM_ID}/messages"
    paged = {**alone.credentials, "page_id": PAGE_ID}
    await CHANNEL.send(TEXT, msgspec.structs.replace(real, credentials=paged), http, retry_key="k")
    assert http.calls[1].url == f"https://graph.facebook.com/v26.0/{PAGE_ID}/messages"


async def test_the_window_has_instagrams_number(
    account: Account, http: InProcessHttp, platform: MetaPlatform
) -> None:
    platform.time_s += 86_400
    with pytest.raises(Refused) as caught:
        await CHANNEL.send(TEXT, account, http, retry_key="k")
    assert caught.value.detail["reason"] == "window_closed"
    assert "(10/2534022)" in caught.value.message


async def test_who_has_no_name_has_a_user_name(
    account: Account, http: InProcessHttp, platform: MetaPlatform
) -> None:
    platform.people[USER] = {"username": "hana.mugs"}
    assert await CHANNEL.profile(USER, account, http) == Profile("hana.mugs")


async def test_through_the_page_the_apps_webhook_is_set(
    account: Account, http: InProcessHttp, platform: MetaPlatform
) -> None:
    async def echoed(url: str, query: dict[str, str]) -> bytes:
        return query["hub.challenge"].encode()

    platform.challenge = echoed
    platform.subscribed = [{"id": APP_ID, "subscribed_fields": ["message_reads", "messages"]}]
    await CHANNEL.connect(HOOK, account, http)
    heard = platform.subscribed[0]["subscribed_fields"]
    assert heard == ["message_reads", "messages", "messaging_postbacks"]
    assert platform.hooks["instagram"]["callback_url"] == HOOK
    assert platform.profile == {}
    assert await CHANNEL.health(account, http) == []
    platform.linked = "1"
    assert await CHANNEL.health(account, http) == [
        SENTENCES["linked_elsewhere"].format(found="1", expected=INSTAGRAM_ID)
    ]
    platform.linked = None
    assert await CHANNEL.health(account, http) == [SENTENCES["not_linked"]]


async def test_by_itself_the_account_is_subscribed_and_asked_for_its_own_id(
    alone: Account, http: InProcessHttp, platform: MetaPlatform
) -> None:
    await CHANNEL.connect(HOOK, alone, http)
    assert platform.hooks == {}
    assert await CHANNEL.health(alone, http) == []
    platform.linked = "1"
    platform.subscribed = []
    assert await CHANNEL.health(alone, http) == [
        SENTENCES["linked_elsewhere"].format(found="1", expected=INSTAGRAM_ID),
        SENTENCES["unsubscribed"],
    ]


def test_a_link_needs_the_user_name(account: Account, alone: Account) -> None:
    assert CHANNEL.link(account, "cart_1") == "https://ig.me/m/mugs.example?ref=cart_1"
    with pytest.raises(Refused):
        CHANNEL.link(alone, "cart_1")
