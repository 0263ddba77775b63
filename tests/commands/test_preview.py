"""`kaiwa preview`: a reply on every channel, without a database and without sending."""

import io
import json
import sys
from pathlib import Path

import pytest

from kaiwa.channels import channels
from kaiwa.cli import main

REPLY = {
    "blocks": [
        {"type": "text", "text": "“こんにちは”"},
        {"type": "image", "alt_text": "青いマグ", "url": "https://shop.example/m.png"},
        {"type": "quick_replies", "actions": [{"type": "reply", "label": "買う"}]},
    ]
}


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = tmp_path / "reply.json"
    made.write_text(json.dumps(REPLY), "utf-8")
    return str(made)


def test_a_reply_is_shown_as_a_phone_shows_it_with_what_is_lost(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", file, "--channel", "sms_twilio"]) == 0
    assert capsys.readouterr().out == (
        "== SMS (Twilio) (sms_twilio): 1 message\n"
        "   “こんにちは”\n   青いマグ\n   https://shop.example/m.png\n   > 買う\n"
        " - image -> text with link: media, as short messages carry words\n"
        " - quick_replies -> text: buttons to press: 買う\n"
        " - text -> merged text: 2 separate bubbles, each of which is billed\n"
    )


def test_every_channel_shows_it_unless_some_are_named(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", file, "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["channel"] for one in told] == sorted(channels())
    for one in told:
        assert one["messages"] >= 1
        assert "こんにちは" in json.dumps(one, ensure_ascii=False)
    assert main(["preview", file, "--json", "--channel", "line", "--channel", "telegram"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["channel"] for one in told] == ["line", "telegram"]


def test_a_reply_comes_by_standard_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO(json.dumps(REPLY).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["preview", "-", "--channel", "web_chat"]) == 0
    assert capsys.readouterr().out.startswith("== Web chat (web_chat): 1 message\n")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "is no reply: Input data was truncated"),
        ('{"blocks":[{"type":"hologram"}]}', "is no reply: Invalid value 'hologram'"),
        ('{"blocks":[{"type":"text"}]}', "is no reply: Object missing required field `text`"),
        ("[" * 100_000, "is no reply: "),
    ],
)
def test_what_is_no_reply_is_refused_with_its_reason(
    body: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text(body, "utf-8")
    assert main(["preview", str(odd)]) == 1
    assert why in capsys.readouterr().err
    assert main(["preview", str(tmp_path / "none.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err
