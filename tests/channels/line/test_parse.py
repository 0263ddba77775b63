"""Each webhook event in our words, read from recordings of the documented shapes."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kaiwa.channels.line import CHANNEL
from kaiwa.vocabulary import content as said
from kaiwa.vocabulary import event as heard
from kaiwa.vocabulary.event import InboundEvent, ReplyHandle, Sender
from tests.channels.line.conftest import NOW, RECORDINGS, USER

GROUP = "C" + "2b" * 16
ROOM = "R" + "3c" * 16
HAPPENED = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)


def _read(name: str, received_at: datetime = NOW) -> list[InboundEvent]:
    body = (RECORDINGS / f"{name}.json").read_bytes()
    return [event for _, event in CHANNEL.parse(body, received_at)]


def test_a_text_keeps_its_words_its_token_and_its_sender() -> None:
    assert _read("message_text") == [
        InboundEvent(
            external_id="01KAHEXAMPLE00000000000001",
            heard=heard.Said(
                said.Text("@店 青いシャツ (love) はありますか？"), "444573844083572737"
            ),
            sender=Sender("line_user", USER),
            occurred_at=HAPPENED,
            reply_handle=ReplyHandle(
                "38ef843bde154d9b91c21320ffd17a01",
                NOW + timedelta(seconds=50),
                5,
                HAPPENED + timedelta(seconds=50),
            ),
            mark_read_token="mark-1",
        )
    ]


def _media(kind: str, reference: str, **source: str) -> said.Media:
    return said.Media(kind, source=said.MediaSource(reference, **source))


HEARD = {
    "message_text_quoting_in_group": [
        heard.Said(said.Text("これをください"), "468789577898262530", "468789532432007169")
    ],
    "message_image": [
        heard.Said(_media("image", "354718705033693859"), "354718705033693859"),
        heard.Said(_media("image", "354718705033693861"), "354718705033693861"),
    ],
    "message_image_external_in_room": [
        heard.Said(
            _media("image", "354718705033693862", url="https://example.com/original.jpg"),
            "354718705033693862",
        )
    ],
    "message_video": [heard.Said(_media("video", "325708"), "325708")],
    "message_audio": [heard.Said(_media("audio", "325709"), "325709")],
    "message_file": [heard.Said(_media("file", "325710", name="領収書.pdf"), "325710")],
    "message_location": [
        heard.Said(
            said.Location(35.67966, 139.73669, "自宅", "〒102-8282 東京都千代田区紀尾井町1-3"),
            "325711",
        )
    ],
    "message_sticker": [
        heard.Said(said.Sticker("446", "1988", ("ありがとう", "感謝")), "325712"),
        heard.Said(said.Sticker("12287", "738839", ("Anticipation",), "いつもの！"), "325713"),
    ],
    "message_edited": [
        heard.Edited("444573844083572737", said.Text("青いシャツのMはありますか？"))
    ],
    "unsend": [heard.TakenBack("444573844083572737")],
    "follow": [heard.Followed(again=False), heard.Followed(again=True)],
    "unfollow": [heard.Unfollowed()],
    "account_link": [
        heard.Linked("Vb771wDYtXuammLszK6h9A", ok=True),
        heard.Linked("xxx", ok=False),
    ],
    "without_effect": [
        heard.Ignored(kind)
        for kind in [
            "join",
            "leave",
            "memberJoined",
            "memberLeft",
            "videoPlayComplete",
            "beacon",
            "things",
            "membership",
            "module",
            "activated",
            "deactivated",
            "botSuspended",
            "botResumed",
            "delivery",
        ]
    ],
    "unknown_event": [heard.Unheard("teleported")],
    "verify_ping": [],
}


@pytest.mark.parametrize("name", sorted(HEARD))
def test_what_is_heard(name: str) -> None:
    assert [event.heard for event in _read(name)] == HEARD[name]


def test_a_pressed_button_carries_its_payload_and_what_was_picked() -> None:
    pressed = [event.heard.content for event in _read("postback")]  # type: ignore[union-attr]
    assert pressed == [
        said.Postback("", "p:k3J9"),
        said.Postback("", "deliver", {"datetime": "2026-12-25T10:00"}),
        said.Postback("", "menu", {"newRichMenuAliasId": "b", "status": "SUCCESS"}),
    ]


def test_an_unknown_kind_of_message_is_kept() -> None:
    (event,) = _read("message_unknown_kind")
    assert isinstance(event.heard, heard.Said)
    assert isinstance(event.heard.content, said.Unknown)
    assert event.heard.content.kind == "hologram"
    assert json.loads(event.heard.content.raw) == {
        "type": "hologram",
        "id": "325714",
        "text": "to come",
        "depth": 3,
    }


def test_in_a_group_the_place_is_known_and_without_a_user_it_is_the_sender() -> None:
    (quoting,) = _read("message_text_quoting_in_group")
    assert quoting.sender == Sender("line_user", USER, GROUP)
    (hidden,) = _read("message_image_external_in_room")
    assert hidden.sender == Sender("line_room", ROOM, ROOM)
    assert _read("without_effect")[0].sender == Sender("line_group", GROUP, GROUP)
    assert _read("without_effect")[8].sender is None


def test_in_standby_somebody_else_answers() -> None:
    (event,) = _read("standby")
    assert not event.answerable
    assert event.reply_handle is None


@pytest.mark.parametrize(
    ("minutes", "seconds_left"), [(0, 50), (5, 50), (19.5, 20), (20, None), (60, None)]
)
def test_a_redelivery_s_token_has_a_minute_until_twenty_minutes_are_over(
    minutes: float, seconds_left: int | None
) -> None:
    received_at = HAPPENED + timedelta(minutes=minutes)
    (event,) = _read("redelivered", received_at)
    assert event.redelivered
    left = event.reply_handle and (event.reply_handle.expires_at - received_at).total_seconds()
    assert left == seconds_left


def test_a_redelivery_that_does_not_say_when_is_not_trusted() -> None:
    raw = {"type": "follow", "replyToken": "t", "deliveryContext": {"isRedelivery": True}}
    assert CHANNEL.parse_one(json.dumps(raw).encode(), NOW).reply_handle is None
    first = {**raw, "deliveryContext": {"isRedelivery": False}}
    assert CHANNEL.parse_one(json.dumps(first).encode(), NOW).reply_handle is not None


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"\xff", b"[]", b'{"destination":"U"}', b"[" * 9999]
)
def test_a_body_that_is_no_envelope_is_one_kept_event(body: bytes) -> None:
    ((raw, event),) = CHANNEL.parse(body, NOW)
    assert raw == body
    assert event.heard == heard.Unheard("malformed")
    assert event.external_id == "sha256:" + hashlib.sha256(body).hexdigest()


def test_one_misshapen_event_leaves_the_others_and_its_own_id() -> None:
    body = b"""{"events":[
        {"type":"message","webhookEventId":"A","message":{"type":"text","id":7,"text":[]}},
        {"type":"message","webhookEventId":"B","message":{"type":"text","id":"8","text":"\\ud83d!"}},
        17,
        {"type":"unfollow"}]}"""
    events = CHANNEL.parse(body, NOW)
    assert [event.heard for _, event in events] == [
        heard.Unheard("message"),
        heard.Said(said.Text("?!"), "8"),
        heard.Unheard("malformed"),
        heard.Unfollowed(),
    ]
    assert [event.external_id for _, event in events][:2] == ["A", "B"]
    raw, last = events[3]
    assert last.external_id == "sha256:" + hashlib.sha256(raw).hexdigest()


def test_every_recording_is_tested() -> None:
    here = Path(__file__).read_text("utf-8")
    assert all(f'"{file.stem}"' in here for file in RECORDINGS.glob("*.json"))


SDK_KINDS = (
    ["Said"] * 6
    + ["Followed", "Unfollowed", "Ignored", "Ignored", "Said", "Ignored", "Ignored", "Linked"]
    + ["Said"] * 5
    + ["Ignored", "Ignored", "Said", "TakenBack", "Ignored", "Said", "Said", "Edited", "Unheard"]
)


def test_the_events_line_tests_its_sdks_with(line_fixture: Path) -> None:
    events = CHANNEL.parse(line_fixture.read_bytes(), NOW)
    assert [type(event.heard).__name__ for _, event in events] == SDK_KINDS
    contents: list[Any] = [getattr(event.heard, "content", None) for _, event in events]
    assert contents[0] == said.Text("Hello, world")
    assert contents[10] == said.Postback(
        "", "action=buyItem&itemId=123123&color=red", {"datetime": "2017-12-25T01:00"}
    )
