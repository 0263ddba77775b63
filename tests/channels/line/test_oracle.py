"""LINE's own SDK reads what we sign, drives the fake we trust, and sends what we send.

Two differences, both explained: the SDK's models write LINE's default `animated: false` into
every Flex picture, and of a message of a kind it does not know the SDK keeps nothing at all.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from linebot.v3 import WebhookParser
from linebot.v3 import messaging as sdk
from linebot.v3.exceptions import InvalidSignatureError

from kaiwa.channels import Account, RawRequest, Route, Verdict
from kaiwa.channels.line import CHANNEL
from kaiwa.engines.http import AiohttpHttp
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import Postback, Sticker, Text, Unknown
from kaiwa.vocabulary.event import InboundEvent, ReplyHandle
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Reply
from tests.channels.line.conftest import NOW, RECORDINGS, USER
from tests.fakes.line_http import served
from tests.fakes.line_platform import LinePlatform
from tests.fakes.line_webhooks import LineWebhooks, sign

KEY = "123e4567-e89b-12d3-a456-426614174000"


@pytest.mark.parametrize("name", sorted(file.stem for file in RECORDINGS.glob("*.json")))
def test_the_sdk_reads_the_recordings_as_we_do(name: str) -> None:
    body = (RECORDINGS / f"{name}.json").read_bytes()
    theirs = WebhookParser("s3cret").parse(body.decode(), sign("s3cret", body))
    ours = [event for _, event in CHANNEL.parse(body, NOW)]
    assert len(theirs) == len(ours)
    for their, our in zip(theirs, ours, strict=True):
        _agree(their.to_dict(), our)


def _agree(their: dict[str, Any], our: InboundEvent) -> None:
    assert our.external_id == their["webhookEventId"]
    assert our.redelivered == their["deliveryContext"]["isRedelivery"]
    assert our.answerable == (their["mode"] == "active")
    if our.reply_handle and "replyToken" in their:  # of a kind it does not know, the SDK drops it
        assert our.reply_handle.token == their["replyToken"]
    user = (their.get("source") or {}).get("userId")
    assert user is None or (our.sender and our.sender.value == user)
    match our.heard:
        case heard.Said(content=Postback(payload=payload, params=params)):
            assert payload == their["postback"]["data"]
            assert params == (their["postback"].get("params") or {})
        case heard.Said(content=Unknown()):
            assert "message" not in their
        case heard.Said(content=content, external_id=external_id):
            assert external_id == their["message"]["id"]
            _agree_on_content(their["message"], content)
        case heard.Edited(external_id=external_id, content=Text(text=text)):
            assert (external_id, text) == (their["message"]["id"], their["message"]["text"])
        case heard.TakenBack(external_id=external_id):
            assert external_id == their["unsend"]["messageId"]
        case heard.Followed(again=again):
            assert again == their["follow"]["isUnblocked"]
        case heard.Linked(nonce=nonce, ok=ok):
            assert (nonce, ok) == (their["link"]["nonce"], their["link"]["result"] == "ok")
        case heard.Ignored(kind=kind):
            assert kind == their["type"]


def _agree_on_content(their: dict[str, Any], content: Any) -> None:
    match content:
        case Text(text=text):
            assert text == their["text"]
        case Sticker(package=package, sticker=sticker):
            assert (package, sticker) == (their["packageId"], their["stickerId"])


def test_the_sdk_takes_our_deliveries_and_both_refuse_a_forged_one() -> None:
    webhooks = LineWebhooks("s3cret")
    body, headers = webhooks.deliver(webhooks.text(USER, "会話"), webhooks.postback(USER, "p:1"))
    signed = headers["x-line-signature"]
    assert len(WebhookParser("s3cret").parse(body.decode(), signed)) == 2
    account = Account(1, {"channel_secret": "s3cret"})
    assert CHANNEL.verify(RawRequest(body, headers), account) == Verdict()
    with pytest.raises(InvalidSignatureError):
        WebhookParser("other").parse(body.decode(), signed)


@pytest.fixture
def loopback(platform: LinePlatform) -> Iterator[str]:
    with served(platform) as base:
        yield base


@pytest.fixture
def api(loopback: str) -> Iterator[sdk.MessagingApi]:
    with sdk.ApiClient(sdk.Configuration(host=loopback, access_token="t0ken")) as client:
        yield sdk.MessagingApi(client)


CARD = r.ProductCard(
    alt_text="シャツ",
    title="リネンシャツ",
    price=Money(1980, "JPY"),
    compare_at=Money(2980, "JPY"),
    image_url="https://shop.example/1.jpg",
    actions=(
        r.ReplyAction("買う", payload="add:1"),
        r.UrlAction("見る", url="https://shop.example/p/1"),
    ),
)
REPLIES = {
    "text": Reply((r.TextBlock(text="こんにちは"),)),
    "quick": Reply(
        (
            r.TextBlock(text="お届け先は？"),
            r.QuickReplies(actions=(r.ReplyAction("自宅"), r.LocationAction("現在地"))),
        )
    ),
    "media": Reply(
        (
            r.ImageBlock(alt_text="i", url="https://shop.example/i.jpg"),
            r.VideoBlock(
                alt_text="v",
                url="https://shop.example/v.mp4",
                preview_url="https://shop.example/v.jpg",
            ),
            r.AudioBlock(alt_text="a", url="https://shop.example/a.m4a", duration_ms=5000),
            r.StickerBlock(alt_text="s", package="446", sticker="1988"),
        )
    ),
    "flex": Reply((CARD,)),
    "carousel": Reply((r.Carousel(alt_text="二点", cards=(CARD, CARD)),)),
    "coupon": Reply((r.CouponBlock(alt_text="c", title="秋", code="AUTUMN10"),)),
}


def _without_defaults(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_defaults(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: _without_defaults(each) for key, each in part.items() if key != "animated"}


async def _ours(name: str, base: str, route: Route) -> None:
    http = AiohttpHttp()
    account = Account(1, {"channel_access_token": "t0ken"}, api_base=base)
    (wire,) = CHANNEL.render(REPLIES[name], route).wires
    assert (await CHANNEL.send(wire, account, http, retry_key=KEY)).external_ids
    await http.close()


@pytest.mark.anyio
@pytest.mark.parametrize("name", sorted(REPLIES))
async def test_the_sdk_and_we_put_the_same_push_on_the_wire(
    name: str, api: sdk.MessagingApi, loopback: str, platform: LinePlatform
) -> None:
    await _ours(name, loopback, Route("push", USER))
    (our,) = platform.journal
    platform.retry_keys.clear()
    request = sdk.PushMessageRequest.from_json(
        json.dumps({"to": USER, "messages": our["messages"]})
    )
    api.push_message(request, x_line_retry_key=KEY)
    their = platform.journal[1]
    for key in ("operation", "to", "retry_key"):
        assert their[key] == our[key]
    assert _without_defaults(their["messages"]) == our["messages"]


@pytest.mark.anyio
async def test_the_sdk_and_we_put_the_same_reply_on_the_wire(
    api: sdk.MessagingApi, loopback: str, platform: LinePlatform
) -> None:
    webhooks = platform.webhooks()
    ours, theirs = (webhooks.text(USER, "hi")["replyToken"] for _ in range(2))
    await _ours("quick", loopback, Route("reply_token", USER, "free", ReplyHandle(ours, NOW)))
    messages = platform.journal[0]["messages"]
    body = json.dumps({"replyToken": theirs, "messages": messages})
    api.reply_message(sdk.ReplyMessageRequest.from_json(body))
    assert platform.journal[1]["messages"] == messages
    assert [entry["to"] for entry in platform.journal] == [USER, USER]
    with pytest.raises(sdk.ApiException) as refused:
        api.reply_message(sdk.ReplyMessageRequest.from_json(body))
    assert refused.value.status == 400
    assert json.loads(refused.value.body)["message"] == "Invalid reply token"


def test_the_fake_refuses_to_the_sdk_what_it_refuses_to_us(api: sdk.MessagingApi) -> None:
    def push(text: str, key: str | None = None) -> None:
        message = sdk.TextMessage.from_dict({"type": "text", "text": text})
        api.push_message(sdk.PushMessageRequest(to=USER, messages=[message]), x_line_retry_key=key)

    push("x" * 5000, KEY)
    for text, key, status in [("x" * 5001, None, 400), ("again", KEY, 409)]:
        with pytest.raises(sdk.ApiException) as refused:
            push(text, key)
        assert refused.value.status == status
    assert api.get_message_quota().type == "none"
    assert api.get_bot_info().basic_id == "@shop"
    assert api.get_webhook_endpoint().active
