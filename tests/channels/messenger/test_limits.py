"""Our table and the fake's were written apart; the longest we make is the longest it takes."""

from typing import Any

import pytest

from kaiwa.channels.meta.limits import LIMITS, VERSION, most
from tests.fakes.meta_platform import DAY_S, PER_SECOND, WEEK_S
from tests.fakes.meta_rules import check
from tests.fakes.meta_samples import USER

FACES = ("messenger", "instagram")


def message(**fields: Any) -> dict[str, Any]:
    head = {"recipient": {"id": USER}, "messaging_type": "RESPONSE"}
    return {**head, "message": fields}


def template(kind: str, **fields: Any) -> dict[str, Any]:
    payload = {"template_type": kind, **fields}
    return message(attachment={"type": "template", "payload": payload})


def quick(count: int = 1, title: int = 1, payload: int = 1) -> dict[str, Any]:
    one = {"content_type": "text", "title": "x" * title, "payload": "x" * payload}
    return message(text="x", quick_replies=[one] * count)


def buttons(count: int = 1, title: int = 1, payload: int = 1, text: int = 1) -> dict[str, Any]:
    one = {"type": "postback", "title": "x" * title, "payload": "x" * payload}
    return template("button", text="x" * text, buttons=[one] * count)


def cards(count: int = 1, title: int = 1, subtitle: int = 1) -> dict[str, Any]:
    return template(
        "generic", elements=[{"title": "x" * title, "subtitle": "x" * subtitle}] * count
    )


AT_MOST = {
    "text": lambda n: message(text="x" * n),
    "quick_replies": lambda n: quick(count=n),
    "quick_title": lambda n: quick(title=n),
    "payload": lambda n: quick(payload=n),
    "buttons": lambda n: buttons(count=n),
    "button_title": lambda n: buttons(title=n),
    "button_text": lambda n: buttons(text=n),
    "elements": lambda n: cards(count=n),
    "element_title": lambda n: cards(title=n),
    "element_subtitle": lambda n: cards(subtitle=n),
    "url": lambda n: message(
        attachment={"type": "image", "payload": {"url": "https://s.example/".ljust(n, "x")}}
    ),
}


@pytest.mark.parametrize("kind", FACES)
@pytest.mark.parametrize("name", AT_MOST)
def test_the_fake_holds_us_to_the_same_limits(name: str, kind: str) -> None:
    made = AT_MOST[name]
    assert check(made(most(kind, name)), kind) == []
    assert check(made(most(kind, name) + 1), kind) != []


def test_the_mark_of_an_echo_is_for_messenger() -> None:
    assert check(message(text="x", metadata="x" * most("messenger", "metadata")), "messenger") == []
    assert check(message(text="x", metadata="x" * 1_001), "messenger") != []
    assert check(message(text="x", metadata="x"), "instagram") != []


@pytest.mark.parametrize("kind", FACES)
def test_windows_and_pace(kind: str) -> None:
    assert (most(kind, "window"), most(kind, "human_window")) == (DAY_S, WEEK_S)
    assert most(kind, "texts_per_second") == PER_SECOND


def test_every_limit_says_how_sure_it_is_and_since_when() -> None:
    for faces in LIMITS.values():
        assert set(faces) == set(FACES)
        for limits in faces.values():
            for each in limits.values():
                assert each.mark in ("v", "s", "?", "ours")
                assert each.as_of.startswith("2026-")
                assert each.value > 0
    assert VERSION in LIMITS
