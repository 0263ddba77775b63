"""The fake is a measuring instrument, so it is measured itself."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kaiwa.channels import RawRequest
from kaiwa.channels.contract import Account
from kaiwa.channels.line import CHANNEL
from tests.fakes.line_rules import check
from tests.fakes.line_webhooks import LineWebhooks, read_token

USER = "U" + "1a" * 16
ROOT = Path(__file__).parents[2]
TEXT = {"type": "text", "text": "hi"}
HEAD = {"authorization": "Bearer T"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """The fake as its own process."""
    port = _free_port()
    options = f"--port {port} --secret S --token T --state {tmp_path / 'journal.jsonl'}"
    command = [sys.executable, "-m", "tests.fakes.line_platform", *options.split()]
    process = subprocess.Popen(command, cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{base}/_fake/journal")
            break
        except httpx.ConnectError:
            time.sleep(0.05)
    yield base
    process.terminate()
    process.wait(timeout=60)


def test_as_a_process_it_knows_the_tokens_of_a_sender_elsewhere(base: str, tmp_path: Path) -> None:
    token = LineWebhooks("S").text(USER, "hi")["replyToken"]
    body = {"replyToken": token, "messages": [TEXT]}

    def reply() -> httpx.Response:
        return httpx.post(f"{base}/v2/bot/message/reply", json=body, headers=HEAD)

    assert reply().status_code == 200
    assert (reply().status_code, reply().json()) == (400, {"message": "Invalid reply token"})
    journal = httpx.get(f"{base}/_fake/journal").json()
    assert [(entry["operation"], entry["to"], entry["token"]) for entry in journal] == [
        ("reply", USER, token)
    ]
    assert json.loads((tmp_path / "journal.jsonl").read_text()) == journal[0]
    assert [entry["status"] for entry in httpx.get(f"{base}/_fake/refused").json()] == [400, 400]


def test_a_token_somebody_else_made_is_registered_or_refused(base: str) -> None:
    body = {"replyToken": "own", "messages": [TEXT]}
    url = f"{base}/v2/bot/message/reply"
    assert httpx.post(url, json=body, headers=HEAD).status_code == 400
    httpx.post(f"{base}/_fake/reply-token", json={"token": "own", "to": USER})
    assert httpx.post(url, json=body, headers=HEAD).status_code == 200
    retried = {**HEAD, "x-line-retry-key": "123e4567-e89b-12d3-a456-426614174000"}
    assert httpx.post(url, json=body, headers=retried).status_code == 400


def test_who_has_no_token_is_not_heard(base: str) -> None:
    answer = httpx.get(f"{base}/v2/bot/info", headers={"authorization": "Bearer X"})
    assert answer.status_code == 401
    assert httpx.get(f"{base}/v2/bot/elsewhere", headers=HEAD).status_code == 404


def test_a_token_says_whom_it_answers_and_cannot_be_forged() -> None:
    token = LineWebhooks("S", now_s=lambda: 12.5).text(USER, "hi")["replyToken"]
    assert read_token("S", token) == (USER, 12_500)
    assert read_token("other", token) is None
    assert read_token("S", "0" * 32) is None


def test_a_shuffle_loses_no_event_and_doubles_some() -> None:
    webhooks = LineWebhooks("S")
    events = [webhooks.text(USER, str(number)) for number in range(50)]
    account = Account(1, {"channel_secret": "S"})
    heard = []
    for body, headers in webhooks.shuffle(events, seed=7):
        CHANNEL.verify(RawRequest(body, headers), account)
        sent = json.loads(body)["events"]
        heard += [event["webhookEventId"] for event in sent]
    assert set(heard) == {event["webhookEventId"] for event in events}
    assert len(heard) > len(events)
    assert heard[:50] != sorted(heard[:50])


def _bubble(**parts: object) -> dict[str, object]:
    text = {"type": "text", "text": "x"}
    body = {"type": "box", "layout": "vertical", "contents": [text]}
    return {"type": "bubble", "body": body, **parts}


def _flex(contents: object, alt: str = "alt") -> dict[str, object]:
    return {"type": "flex", "altText": alt, "contents": contents}


def _button(action: dict[str, object]) -> dict[str, object]:
    button = {"type": "button", "action": action}
    return _flex(_bubble(footer={"type": "box", "layout": "vertical", "contents": [button]}))


def _quick(count: int, label: str = "l") -> dict[str, object]:
    action = {"type": "message", "label": label, "text": "t"}
    return {**TEXT, "quickReply": {"items": [{"type": "action", "action": action}] * count}}


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [TEXT] * 6,
        [{"type": "text"}],
        [{"type": "text", "text": "🍎" * 2501}],
        [{"type": "teleport"}],
        [{"type": "image", "originalContentUrl": "https://e.test/a"}],
        [{"type": "audio", "originalContentUrl": "https://e.test/a", "duration": 0}],
        [{"type": "sticker", "packageId": "x", "stickerId": "1"}],
        [{"type": "location", "title": "t", "address": "a", "latitude": "35"}],
        [_quick(14)],
        [_quick(1, "l" * 21)],
        [_flex(_bubble(), alt="")],
        [_flex(_bubble(), alt="a" * 401)],
        [_flex({"type": "carousel", "contents": [_bubble()] * 13})],
        [_flex({"type": "carousel", "contents": [_bubble(size="kilo"), _bubble()]})],
        [_flex({"type": "bubble"})],
        [_flex(_bubble(body={"type": "box", "layout": "vertical", "contents": []}))],
        [_flex(_bubble(styles={"x": "x" * 31_000}))],
        [_button({"type": "postback", "label": "l", "data": "d" * 301})],
        [_button({"type": "message", "label": "l"})],
        [_button({"type": "uri", "label": "l", "uri": "ftp://e.test"})],
        [_button({"type": "uri", "label": "l", "uri": "https://e.test/" + "a" * 1000})],
        [_button({"type": "location", "label": "l"})],
    ],
)
def test_the_limits_are_held(messages: object) -> None:
    assert check(messages).errors


def test_what_is_within_the_limits_passes() -> None:
    allowed = [
        {"type": "text", "text": "🍎" * 2500},
        _flex({"type": "carousel", "contents": [_bubble()] * 12}, alt="a" * 400),
        _button({"type": "postback", "label": "l" * 20, "data": "d" * 300}),
        _quick(13),
    ]
    report = check(allowed)
    assert (report.errors, report.warnings) == ([], [])
    assert check([_quick(1), TEXT]).warnings == [
        "messages[0].quickReply is not on the last message: not shown"
    ]
