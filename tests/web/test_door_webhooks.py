"""The door of the platforms: 200 means that every event is kept, anything else that none is."""

import asyncio
import json
from typing import Any

import pytest
import structlog

from tests.fakes.line_webhooks import sign
from tests.web.asgi import call
from tests.web.doors import CHAT, LINE, SECRET, Doors

USER = "U" + "1a" * 16


def signed(body: bytes) -> dict[str, str]:
    return {"x-line-signature": sign(SECRET, body)}


def nothing(doors: Doors) -> bool:
    return set(doors.rows().values()) == {0}


async def test_a_signed_call_is_kept_and_planned(doors: Doors) -> None:
    body, headers = doors.line.deliver(doors.line.text(USER, "やあ"), doors.line.text(USER, "?"))
    answer = await doors.webhook(body, headers)
    assert (answer.status, answer.body) == (200, b"")
    kept = doors.all("SELECT body, taken_in_at FROM inbound_event ORDER BY id")
    assert [json.loads(bytes(raw))["message"]["text"] for raw, _ in kept] == ["やあ", "?"]
    assert [at for _, at in kept] == [None, None]
    assert doors.count("job", "kind = 'take_in'") == 2


async def test_the_empty_call_of_the_console_is_answered_and_keeps_nothing(doors: Doors) -> None:
    body, headers = doors.line.deliver()
    assert (await doors.webhook(body, headers)).status == 200
    assert nothing(doors)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/webhooks/line/nobody", 404),
        ("/webhooks/line/", 404),
        ("/webhooks/line", 404),
        ("/webhooks/", 404),
        (f"/webhooks/fax/{LINE}", 404),
        (f"/webhooks/web_chat/{LINE}", 404),
        (f"/webhooks/line/{CHAT}", 404),
        (f"/webhooks/web_chat/{CHAT}", 401),
        (f"/webhooks/line/{LINE}/more", 404),
        ("/webhooks/line/%00", 404),
        ("/webhooks/line/%ff", 404),
        (f"/webhooks/line/{'k' * 5_000}", 404),
    ],
)
async def test_a_call_to_the_wrong_place_keeps_nothing(
    doors: Doors, path: str, status: int
) -> None:
    body, headers = doors.line.deliver(doors.line.text(USER, "hi"))
    assert (await doors.webhook(body, headers, path)).status == status
    assert nothing(doors)


async def test_why_a_platform_is_refused_stands_in_the_log_once_a_minute(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, _ = doors.line.deliver(doors.line.text(USER, "秘密の用件"))
    wrong = {"x-line-signature": sign("another secret", body)}
    at = [1_000.0]
    monkeypatch.setattr("kaiwa.web.throttle.time.monotonic", lambda: at[0])
    with structlog.testing.capture_logs() as told:
        for _ in range(5):
            assert (await doors.webhook(body, wrong)).status == 401
        at[0] += 61
        assert (await doors.webhook(body, wrong)).status == 401
    why = "The x-line-signature header does not fit: is the channel secret right?"
    found = [one for one in told if one["log_level"] == "warning"]
    assert [(one["event"], one["channel"], one["why"]) for one in found] == [
        ("webhook_refused", "line", why)
    ] * 2
    assert "秘密" not in repr(told)
    assert USER not in repr(told)
    assert nothing(doors)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
async def test_what_is_no_delivery_keeps_nothing(doors: Doors, method: str) -> None:
    body, _ = doors.line.deliver(doors.line.text(USER, "hi"))
    answer = await call(doors.app, method, f"/webhooks/line/{LINE}", body=body)
    assert answer.status in (401, 404)
    assert nothing(doors)


async def test_a_forged_call_keeps_nothing(doors: Doors) -> None:
    body, headers = doors.line.deliver(doors.line.text(USER, "hi"))
    forged: list[dict[str, str]] = [
        {},
        {"x-line-signature": ""},
        {"x-line-signature": sign("another secret", body)},
        {"x-line-signature": "é" * 44},
        {"x-line-signature": sign(SECRET, body + b" ")},
    ]
    for given in forged:
        assert (await doors.webhook(body, given)).error == (401, "not_authentic")
    assert (await doors.webhook(body.replace(b"hi", b"ho"), headers)).status == 401
    assert nothing(doors)


async def test_an_oversized_call_keeps_nothing(doors: Doors) -> None:
    body = doors.line.deliver(doors.line.text(USER, "x" * 3_000_001))[0]
    whole = await doors.webhook(body, signed(body))
    assert whole.error == (413, "too_large")
    parts = [body[at : at + 100_000] for at in range(0, len(body), 100_000)]
    unsaid = await call(
        doors.app, "POST", f"/webhooks/line/{LINE}", headers=signed(body), body=parts
    )
    assert unsaid.error == (413, "too_large")
    told = {**signed(b""), "content-length": "3000001"}
    assert (await doors.webhook(b"", told)).error == (413, "too_large")
    assert nothing(doors)


async def test_a_call_that_breaks_off_keeps_nothing(doors: Doors) -> None:
    body, headers = doors.line.deliver(doors.line.text(USER, "hi"))
    answer = await call(
        doors.app, "POST", f"/webhooks/line/{LINE}", headers=headers, body=body, broken=True
    )
    assert answer.status == 400
    assert nothing(doors)


@pytest.mark.parametrize(
    "body", [b"not JSON", b"", b"\xff\x00", b"null", b"[" * 200_000, b'{"events":7}', b'{"a":1}']
)
async def test_what_is_signed_but_not_understood_is_kept(doors: Doors, body: bytes) -> None:
    assert (await doors.webhook(body, signed(body))).status == 200
    assert [bytes(row[0]) for row in doors.all("SELECT body FROM inbound_event")] == [body]


async def test_a_call_that_comes_again_is_kept_once(doors: Doors) -> None:
    event = doors.line.text(USER, "hi")
    body, headers = doors.line.deliver(event)
    again, again_headers = doors.line.redeliver(event)
    assert (await doors.webhook(body, headers)).status == 200
    assert (await doors.webhook(body, headers)).status == 200
    assert (await doors.webhook(again, again_headers)).status == 200
    assert doors.count("inbound_event") == doors.count("job") == 1


async def test_calls_that_come_at_the_same_moment_are_kept_once(doors: Doors) -> None:
    events = [doors.line.text(USER, str(number)) for number in range(5)]
    call_of_all = doors.line.deliver(*events)
    answers = await asyncio.gather(*(doors.webhook(*call_of_all) for _ in range(20)))
    assert {answer.status for answer in answers} == {200}
    assert doors.count("inbound_event") == doors.count("job") == 5


async def test_of_a_mixed_call_everything_is_kept(doors: Doors) -> None:
    events: list[Any] = [
        doors.line.text(USER, "before"),
        doors.line.event("teleported", USER, teleported={"to": "Mars"}),
        "not an event",
        {"type": "message", "message": {"type": "hologram"}},
        doors.line.event("message", None, message={"type": "text", "id": 7}),
        doors.line.text(USER, "after"),
    ]
    body = json.dumps({"events": events}).encode()
    assert (await doors.webhook(body, signed(body))).status == 200
    kept = doors.all("SELECT body FROM inbound_event ORDER BY id")
    assert [json.loads(bytes(raw)) for (raw,) in kept] == events


@pytest.mark.parametrize("odd", ["\0", "\ud800", "a\0b", "x" * 20_000, "長" * 3_000])
@pytest.mark.parametrize("part", ["webhookEventId", "userId", "id", "text", "replyToken"])
async def test_letters_and_lengths_no_database_likes_cost_no_event(
    doors: Doors, part: str, odd: str
) -> None:
    event = doors.line.text(USER, "hi")
    where = {"userId": event["source"], "id": event["message"], "text": event["message"]}
    where.get(part, event)[part] = odd
    fine = doors.line.text(USER, "fine")
    body = json.dumps({"events": [event, fine]}).encode()
    for _ in range(2):
        assert (await doors.webhook(body, signed(body))).status == 200
    assert doors.count("inbound_event") == 2


async def test_while_the_database_is_away_nothing_is_acknowledged(doors: Doors) -> None:
    body, headers = doors.line.deliver(doors.line.text(USER, "hi"))
    warm, warm_headers = doors.line.deliver()
    assert (await doors.webhook(warm, warm_headers)).status == 200
    doors.db.close()
    answer = await doors.webhook(body, headers)
    assert answer.error == (503, "unreachable")
    health = await call(doors.app, "GET", "/health")
    assert health.status == 503
