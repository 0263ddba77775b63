"""LINE: signed by the channel secret, answered with the ids of the messages sent."""

import json
from typing import Any

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer
from tests.every.samples import STRANGE, Samples
from tests.fakes.line_webhooks import LineWebhooks

USER = "U" + "1a" * 16
LINE = LineWebhooks("s3cret", now_s=lambda: 1_795_230_000.0)


def _call(*events: dict[str, Any]) -> RawRequest:
    body, headers = LINE.deliver(*events)
    return RawRequest(body, headers)


def _strange(**fields: Any) -> bytes:
    return LINE.deliver(LINE.event(USER, USER, **fields))[0]


SAMPLES = Samples(
    account=Account(
        1,
        {"channel_secret": "s3cret", "channel_access_token": "t0ken", "basic_id": "@shop"},
        api_base="http://line.test",
    ),
    to=USER,
    calls=(
        _call(LINE.text(USER, "青いマグはありますか？"), LINE.postback(USER, "again")),
        _call(
            LINE.event("follow", USER, follow={"isUnblocked": False}), LINE.event("unfollow", USER)
        ),
        _call(LINE.event("unsend", USER, unsend={"messageId": "325708"})),
    ),
    signature="x-line-signature",
    strange=(
        _strange(type="teleported", teleported={"to": STRANGE}),
        _strange(type="message", message={"type": STRANGE, "id": "7", "depth": 3}),
        json.dumps({"events": [STRANGE, {"type": 7, "why": STRANGE}]}).encode(),
        STRANGE.encode(),
    ),
    yes=HttpAnswer(200, {}, b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"q"}]}'),
    noes=(("quota", HttpAnswer(429, {}, b'{"message":"You have reached your monthly limit."}')),),
    leaves=(
        LINE.deliver(LINE.event("unfollow", USER))[0],
        LINE.deliver(LINE.text(USER, "配信停止"))[0],
    ),
    gone=HttpAnswer(404, {}, b'{"message":"Not found"}'),
)
