"""What Meta refuses in a Page's profile, written from its documents."""

from collections.abc import Iterator
from typing import Any

PROFILE = {"get_started", "persistent_menu", "ice_breakers"}


def check_profile(body: Any, query: dict[str, str], there: dict[str, Any]) -> list[str]:
    """What is wrong with the body; empty when it may stand."""
    if not isinstance(body, dict) or not body or set(body) - PROFILE:
        return ["the profile has other fields"]
    if query.get("platform") == "instagram" and "get_started" in body:
        return ["get_started: not on Instagram"]
    wrong: list[str] = []
    if "persistent_menu" in body:
        wrong += _menu(body["persistent_menu"])
        if query.get("platform") != "instagram" and "get_started" not in {*body, *there}:
            wrong.append("persistent_menu: needs get_started")
    if "ice_breakers" in body:
        wrong += _questions(body["ice_breakers"])
    return wrong


def _default(given: Any, most: int) -> Iterator[dict[str, Any]]:
    (one,) = given
    assert set(one) == {"locale", "call_to_actions"}
    assert one["locale"] == "default"
    assert 1 <= len(one["call_to_actions"]) <= most, "too many"
    yield from one["call_to_actions"]


def _menu(given: Any) -> Iterator[str]:
    for item in _default(given, 20):
        if set(item) != {"type", "title", "payload"} or item["type"] != "postback":
            yield "persistent_menu: an item of another kind"
        elif not 1 <= len(item["title"]) <= 30 or len(item["payload"]) > 1_000:
            yield "persistent_menu: too long"


def _questions(given: Any) -> Iterator[str]:
    for item in _default(given, 4):
        if set(item) != {"question", "payload"}:
            yield "ice_breakers: a question and a payload"
        elif not 1 <= len(item["question"]) <= 80 or len(item["payload"]) > 1_000:
            yield "ice_breakers: too long"
