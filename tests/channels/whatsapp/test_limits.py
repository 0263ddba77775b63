"""Our table and the fake's were written apart; the longest we make is the longest it takes."""

from typing import Any

import pytest

from kaiwa.channels.whatsapp.limits import LIMITS, VERSION, most
from tests.channels.whatsapp.conftest import USER
from tests.fakes.whatsapp_platform import WINDOW_S
from tests.fakes.whatsapp_rules import check

HEAD = {"messaging_product": "whatsapp", "recipient": USER}


def interactive(kind: str, action: dict[str, Any], words: str = "x") -> dict[str, Any]:
    shown = {"type": kind, "body": {"text": words}, "action": action}
    return {**HEAD, "type": "interactive", "interactive": shown}


def buttons(title: int = 1, own_id: int = 1, count: int = 1, words: int = 1) -> dict[str, Any]:
    made = [
        {"type": "reply", "reply": {"id": f"{at}".zfill(own_id), "title": f"{at}".zfill(title)}}
        for at in range(count)
    ]
    return interactive("button", {"buttons": made}, "x" * words)


def rows(title: int = 1, own_id: int = 1, about: int = 1, count: int = 1) -> dict[str, Any]:
    made = [
        {"id": f"{at}".zfill(own_id), "title": "x" * title, "description": "x" * about}
        for at in range(count)
    ]
    return interactive("list", {"button": "x", "sections": [{"rows": made}]})


def link(title: int = 1, url: int = 20) -> dict[str, Any]:
    given = {"display_text": "x" * title, "url": "https://s.example/".ljust(url, "x")}
    return interactive("cta_url", {"name": "cta_url", "parameters": given})


def cards(count: int = 2, words: int = 1, pressed: int = 1, lines: int = 1) -> dict[str, Any]:
    replies = [
        {"type": "quick_reply", "quick_reply": {"id": f"{at}", "title": f"{at}"}}
        for at in range(pressed)
    ]
    made = [
        {
            "card_index": at,
            "type": "cta_url",
            "header": {"type": "image", "image": {"link": "https://s.example/a.png"}},
            "body": {"text": "\n".join("x" * lines).ljust(words, "x")},
            "action": {"buttons": replies},
        }
        for at in range(count)
    ]
    return interactive("carousel", {"cards": made})


def picture(caption: int) -> dict[str, Any]:
    shown = {"link": "https://s.example/a.png", "caption": "x" * caption}
    return {**HEAD, "type": "image", "image": shown}


AT_MOST = {
    "text": lambda n: {**HEAD, "type": "text", "text": {"body": "x" * n}},
    "caption": picture,
    "body": lambda n: buttons(words=n),
    "buttons": lambda n: buttons(count=n),
    "button_title": lambda n: buttons(title=n),
    "button_id": lambda n: buttons(own_id=n),
    "list_button": lambda n: interactive(
        "list", {"button": "x" * n, "sections": [{"rows": [{"id": "1", "title": "x"}]}]}
    ),
    "rows": lambda n: rows(count=n),
    "row_title": lambda n: rows(title=n),
    "row_description": lambda n: rows(about=n),
    "row_id": lambda n: rows(own_id=n),
    "link_title": lambda n: link(title=n),
    "url": lambda n: link(url=n),
    "cards": lambda n: cards(count=n),
    "card_body": lambda n: cards(words=n),
    "card_lines": lambda n: cards(lines=n),
    "card_buttons": lambda n: cards(pressed=n),
}


@pytest.mark.parametrize("name", AT_MOST)
def test_the_fake_holds_us_to_the_same_limits(name: str) -> None:
    made = AT_MOST[name]
    assert check(made(most(name))) == []
    assert check(made(most(name) + 1)) != []


def test_a_carousel_has_two_cards_and_the_window_is_a_day() -> None:
    assert check(cards(count=most("cards_min"))) == []
    assert check(cards(count=most("cards_min") - 1)) != []
    assert most("window") == WINDOW_S
    assert most("window_budget") < WINDOW_S


def test_every_limit_says_how_sure_it_is_and_since_when() -> None:
    for limit in LIMITS[VERSION].values():
        assert limit.mark in ("v", "s", "?", "ours")
        assert limit.as_of.startswith("2026-")
        assert limit.value > 0
