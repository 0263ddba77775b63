"""What Twilio tells, in our words."""

from urllib.parse import urlencode

import pytest

from kaiwa.channels.sms_twilio import CHANNEL
from kaiwa.vocabulary.content import Media, MediaSource, Text
from kaiwa.vocabulary.event import (
    Delivered,
    Failed,
    Followed,
    Heard,
    HelpAsked,
    Ignored,
    InboundEvent,
    Read,
    Said,
    Sender,
    Unfollowed,
    Unheard,
)
from tests.channels.sms_twilio.conftest import NOW, OURS, SID, TOKEN, USER
from tests.fakes.twilio_webhooks import TwilioWebhooks

TWILIO = TwilioWebhooks(TOKEN, SID, OURS)
BASE = f"https://api.twilio.com/2010-04-01/Accounts/{SID}"


def heard(fields: dict[str, str]) -> list[InboundEvent]:
    found = CHANNEL.parse(urlencode(fields).encode(), NOW)
    assert [CHANNEL.parse_one(raw, NOW) for raw, _ in found] == [event for _, event in found]
    return [event for _, event in found]


def only(fields: dict[str, str]) -> Heard:
    (event,) = heard(fields)
    return event.heard


def test_a_message_is_said_by_its_number() -> None:
    told = TWILIO.message(USER, "青いマグは？ 🍎")
    assert heard(told) == [
        InboundEvent(
            told["MessageSid"],
            Said(Text("青いマグは？ 🍎"), told["MessageSid"]),
            sender=Sender("phone", USER),
            language="ja",
        )
    ]


def test_a_message_with_pictures_is_one_of_each_and_the_words_stand_with_the_first() -> None:
    told = TWILIO.message(
        USER, "これ", NumMedia="3",
        MediaUrl0=f"{BASE}/Messages/MM1/Media/ME1", MediaContentType0="image/jpeg",
        MediaUrl1=f"{BASE}/Messages/MM1/Media/ME2", MediaContentType1="video/3gpp",
        MediaUrl2=f"{BASE}/Messages/MM1/Media/ME3", MediaContentType2="text/vcard",
    )  # fmt: skip
    sid = told["MessageSid"]
    source = [MediaSource(f"Messages/MM1/Media/ME{number}") for number in (1, 2, 3)]
    assert [(event.external_id, event.heard) for event in heard(told)] == [
        (sid, Said(Media("image", source=source[0], text="これ"), sid)),
        (f"{sid}:1", Said(Media("video", source=source[1]), f"{sid}:1")),
        (f"{sid}:2", Said(Media("file", source=source[2]), f"{sid}:2")),
    ]
    # The same call again is the same events; a number of pictures out of any reason is not.
    assert heard(told) == heard(dict(told))
    assert len(heard(told | {"NumMedia": "999999999"})) == 10
    assert len(heard(told | {"NumMedia": "-3"})) == 1


@pytest.mark.parametrize(
    ("words", "more", "meant"),
    [
        # Twilio answers the English words by itself.
        ("STOP", {}, Unfollowed("STOP", confirm=False)),
        ("Stop", {"OptOutType": "STOP"}, Unfollowed("Stop", confirm=False)),
        ("やめて", {"OptOutType": "STOP"}, Unfollowed("やめて", confirm=False)),
        ("start", {}, Followed(again=True, words="start", confirm=False)),
        ("HELP", {"OptOutType": "HELP"}, HelpAsked("")),
        # Of the Japanese ones it knows nothing.
        ("配信停止", {}, Unfollowed("配信停止", confirm=True)),
        ("配信再開", {}, Followed(again=True, words="配信再開", confirm=True)),
        ("ヘルプ", {}, HelpAsked("ヘルプ")),
    ],
)
def test_stop_start_and_help_are_wishes(words: str, more: dict[str, str], meant: Heard) -> None:
    assert only(TWILIO.message(USER, words, **more)) == meant


@pytest.mark.parametrize(
    ("status", "more", "meant"),
    [
        ("queued", {}, Ignored("queued")),
        ("sent", {}, Ignored("sent")),
        ("delivered", {}, Delivered("SM9")),
        ("read", {}, Read("SM9")),
        (
            "undelivered",
            {"ErrorCode": "30003"},
            Failed("SM9", "the phone is off or out of reach (30003)", permanent=False),
        ),
        (
            "undelivered",
            {"ErrorCode": "30005"},
            Failed("SM9", "the number is not known or no longer in use (30005)"),
        ),
        (
            "failed",
            {"ErrorCode": "30007"},
            Failed("SM9", "the carrier filtered the message as unwanted (30007)"),
        ),
        (
            "undelivered",
            {"ErrorCode": "30008"},
            Failed("SM9", "the carrier gives no reason (30008)", permanent=False),
        ),
        ("failed", {}, Failed("SM9", "failed")),
        ("canceled", {}, Failed("SM9", "canceled")),
    ],
)
def test_a_receipt_says_what_became_of_ours(
    status: str, more: dict[str, str], meant: Heard
) -> None:
    (event,) = heard(TWILIO.status("SM9", status, USER, **more))
    assert (event.external_id, event.heard) == (f"SM9:{status}", meant)
    assert event.sender == Sender("phone", USER)


def test_the_same_fields_as_json_say_the_same() -> None:
    told = TWILIO.message(USER, "こんにちは")
    (pair,) = CHANNEL.parse(TWILIO.json_call(told).body, NOW)
    assert [pair[1]] == heard(told)


def test_what_is_no_message_and_no_receipt_is_kept() -> None:
    assert only({"Hologram": "1"}) == Unheard("malformed")
    assert only(TWILIO.status("SM9", "teleported", USER)) == Unheard("teleported")
    (event,) = heard(TWILIO.message("WHATSAPP", "hi"))
    assert event.sender == Sender("phone", "WHATSAPP")
