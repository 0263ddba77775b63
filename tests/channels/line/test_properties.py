"""Whatever comes in is parsed; whatever is said fits."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Account, RawRequest, Route
from kaiwa.channels.line import CHANNEL
from kaiwa.vocabulary.cutting import clip, clusters, split, units
from kaiwa.vocabulary.errors import NotAuthentic
from kaiwa.vocabulary.event import ReplyHandle
from kaiwa.vocabulary.reply import Reply
from tests.channels.line.conftest import NOW, USER
from tests.fakes.line_rules import check
from tests.fakes.line_webhooks import sign
from tests.strategies.replies import ODD, replies

ACCOUNT = Account(1, {"channel_secret": "old, s3cret", "channel_access_token": "t"})
ROUTES = [
    Route("push", USER, "metered"),
    Route("reply_token", USER, "free", ReplyHandle("token", NOW)),
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
KINDS = ["message", "messageEdited", "unsend", "follow", "postback", "accountLink", "join", "new"]
PARTS = [
    *("source", "timestamp", "mode", "webhookEventId", "deliveryContext", "replyToken"),
    *("message", "unsend", "follow", "postback", "link"),
]
MESSAGE_PARTS = ["type", "id", "text", "keywords", "contentProvider"]
messages = st.fixed_dictionaries({}, optional=dict.fromkeys(MESSAGE_PARTS, values))
events = st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS) | values}, optional=dict.fromkeys(PARTS, values | messages)
)


def _same_again(body: bytes) -> None:
    for raw, event in CHANNEL.parse(body, NOW):
        assert CHANNEL.parse_one(raw, NOW) == event
        assert event.external_id
        assert msgspec.json.decode(msgspec.json.encode(event), type=type(event)) == event


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_parse(body: bytes) -> None:
    assert CHANNEL.parse(body, NOW)
    _same_again(body)


@settings(deadline=None)
@given(values)
def test_any_json_parses(value: object) -> None:
    _same_again(json.dumps(value).encode())


@settings(max_examples=150, deadline=None)
@given(st.lists(events | values))
def test_any_events_parse_one_for_one(listed: list[object]) -> None:
    body = json.dumps({"destination": "U1", "events": listed}).encode()
    assert len(CHANNEL.parse(body, NOW)) == len(listed)
    _same_again(body)


@settings(deadline=None)
@given(st.binary(max_size=300), st.data())
def test_any_flipped_bit_is_refused(body: bytes, data: st.DataObject) -> None:
    headers = {"x-line-signature": sign("s3cret", body)}
    CHANNEL.verify(RawRequest(body, headers), ACCOUNT)
    flipped = bytearray(body or b"\0")
    bit = data.draw(st.integers(0, len(flipped) * 8 - 1))
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotAuthentic):
        CHANNEL.verify(RawRequest(bytes(flipped), headers), ACCOUNT)


@settings(max_examples=250, deadline=None)
@given(replies, st.sampled_from(ROUTES))
def test_any_reply_renders_within_the_limits(reply: Reply, route: Route) -> None:
    rendered = CHANNEL.render(reply, route)
    for index, wire in enumerate(rendered.wires):
        report = check(wire.body["messages"])
        assert report.errors == []
        assert report.warnings == []
        assert wire.operation == ("reply" if index == 0 and route.handle else "push")
    shown = [message for wire in rendered.wires for message in wire.body["messages"]]  # type: ignore[attr-defined]
    assert not any("quickReply" in message for message in shown[:-1])
    assert shown or rendered.degradations
    msgspec.json.encode(rendered)


texts = st.text(alphabet=ODD + "abc. ", max_size=200)


@settings(deadline=None)
@given(texts, st.integers(4, 60))
def test_split_loses_nothing_but_space_and_cuts_no_character(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    whole = [cluster for cluster in clusters(text) if not cluster.isspace()]
    if all(units(cluster) <= limit and not cluster[0].isspace() for cluster in whole):
        kept = [cluster for part in parts for cluster in clusters(part)]
        assert [cluster for cluster in kept if not cluster.isspace()] == whole


@settings(deadline=None)
@given(texts, st.integers(2, 40))
def test_clip_fits(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert units(clipped) <= limit
    assert "".join(clusters(text)) == text
