"""What Vonage tells by either API, in our words."""

import json
from typing import Any

import pytest

from kaiwa.channels.sms_vonage import CHANNEL
from kaiwa.vocabulary.content import Text, Unknown
from kaiwa.vocabulary.event import (
    Delivered,
    Failed,
    Heard,
    Ignored,
    InboundEvent,
    Said,
    Sender,
    Unfollowed,
    Unheard,
)
from tests.channels.sms_vonage.conftest import KEY, NOW, OURS, SIGNED_BY, USER
from tests.fakes.vonage_webhooks import VonageWebhooks

VONAGE = VonageWebhooks(SIGNED_BY, KEY, OURS, lambda: 1_795_230_000)


def heard(told: dict[str, Any]) -> InboundEvent:
    ((_, event),) = CHANNEL.parse(json.dumps(told).encode(), NOW)
    return event


def by_sms(**fields: str) -> InboundEvent:
    ((_, event),) = CHANNEL.parse(VONAGE.sms_call(**fields).body, NOW)
    return event


def test_a_message_is_said_by_its_number() -> None:
    told = VONAGE.message("819012345678", "青いマグは？")
    own_id = told["message_uuid"]
    assert heard(told) == InboundEvent(
        own_id, Said(Text("青いマグは？"), own_id), sender=Sender("phone", USER), language="ja"
    )
    assert heard(VONAGE.message("14155552671", "STOP")).heard == Unfollowed("STOP", confirm=True)


def error(code: int, words: str) -> dict[str, Any]:
    kind = f"https://developer.vonage.com/api-errors/messages#{code}"
    return {"type": kind, "title": code, "detail": words, "instance": "x"}


@pytest.mark.parametrize(
    ("status", "more", "meant"),
    [
        ("submitted", {}, Ignored("submitted")),
        ("delivered", {}, Delivered("u-1")),
        (
            "undeliverable",
            {"error": error(1180, "Absent Subscriber Temporary")},
            Failed("u-1", "Absent Subscriber Temporary (1180)", permanent=False),
        ),
        (
            "rejected",
            {"error": error(1190, "Absent Subscriber Permanent")},
            Failed("u-1", "Absent Subscriber Permanent (1190)"),
        ),
        (
            "rejected",
            {"error": {"code": 1240, "reason": "Illegal Number"}},
            Failed("u-1", "Illegal Number (1240)"),
        ),
        ("rejected", {}, Failed("u-1", "rejected")),
        ("rejected", {"error": "odd"}, Failed("u-1", "no reason given")),
    ],
)
def test_a_receipt_says_what_became_of_ours(
    status: str, more: dict[str, Any], meant: Heard
) -> None:
    event = heard(VONAGE.status("u-1", status, "819012345678", **more))
    assert (event.external_id, event.heard) == (f"u-1:{status}", meant)


def test_the_older_api_tells_the_same() -> None:
    told = {"msisdn": "819012345678", "to": OURS, "messageId": "0A1", "type": "unicode"}
    assert by_sms(**told, text="マグ & 皿 = 100%").heard == Said(Text("マグ & 皿 = 100%"), "0A1")
    for part, text in (("1", "長い"), ("2", "話")):
        heard_part = by_sms(**told, text=text, **{"concat-part": part}).heard
        assert heard_part == Said(Text(text), f"0A1:{part}")
    gone = by_sms(messageId="0A1", msisdn="819012345678", status="failed", **{"err-code": "3"})
    assert (gone.external_id, gone.heard) == ("0A1:failed", Failed("0A1", "failed (3)"))
    off = by_sms(messageId="0A1", msisdn="819012345678", status="expired", **{"err-code": "2"})
    assert off.heard == Failed("0A1", "expired (2)", permanent=False)
    binary = by_sms(**{**told, "type": "binary"}, data="00")
    assert isinstance(binary.heard, Said)
    assert isinstance(binary.heard.content, Unknown)


def test_what_is_neither_is_kept() -> None:
    assert heard({"hologram": 1}).heard == Unheard("malformed")
    assert heard(VONAGE.status("u-1", "teleported", "1")).heard == Unheard("teleported")
    picture = heard(VONAGE.message("819012345678", "", message_type="image", image={"url": "x"}))
    assert isinstance(picture.heard, Said)
    assert isinstance(picture.heard.content, Unknown)
