"""No endpoint shows or moves anything of another shop, or anything at all to nobody."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute

from kaiwa.engines.db import Session
from tests.web.desk.describing import FILE, plain, written
from tests.web.desk.world import Browser, World

BODIES: dict[str, Any] = {
    "take": {"epoch": 1},
    "hand-back": {"epoch": 1},
    "close": {"epoch": 1},
    "assign": {"epoch": 1, "agent": None},
    "continue": {"client_id": "c1", "epoch": 1, "identity": 1},
    "code": {"client_id": "c1", "identity": 1},
    "link": {"inbox": 1},
    "account-link": {"client_id": "a1"},
    "template": {
        "client_id": "t1",
        "epoch": 1,
        "last_seq": 1,
        "identity": 1,
        "name": "a",
        "language": "ja",
    },
    "fallback": {"chain": []},
    "messages": {"client_id": "c1", "text": "Hello", "epoch": 1, "last_seq": 9},
    "rewrite": {"text": "Hello", "way": "shorter"},
    "preview": {"text": "Hello"},
    "notes": {"client_id": "n1", "text": "Hello"},
    "whisper": {"client_id": "w1", "text": "Hello"},
    "presence": {"status": "online"},
    "read": {"seq": 1},
    "retry": {"may_double": True},
    "sort": {"deed": {"do": "priority", "priority": "high"}, "epoch": 1},
    "bulk": {"conversations": [{"id": 2**40, "epoch": 1}], "deed": {"do": "close"}},
    "labels": {"name": "A label"},
    "teams": {"name": "A team"},
    "views": {"name": "A view", "view": "open"},
    "forms": {"title": {"en": "A"}, "questions": [{"kind": "text", "label": {"en": "B"}}]},
    "{form_id:int}": {"title": {"en": "A"}, "questions": [{"kind": "text", "label": {"en": "B"}}]},
    "{label_id:int}": {"name": "Another"},
    "{team_id:int}": {"name": "Another"},
}


def operations(world: World) -> Iterator[tuple[str, str]]:
    """Method and path of everything the desk's doors answer."""
    for route in world.app.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith("/api/schema"):
            for method in sorted(route.methods - {"OPTIONS", "HEAD"}):
                yield method, route.path


def filled(path: str, conversation_id: int, message_id: int) -> str:
    ids = {"conversation_id": conversation_id, "message_id": message_id}
    for name, number in ids.items():
        path = path.replace(f"{{{name}:int}}", str(number))
    return re.sub(r"{\w+:int}", "1", path)


async def ask(browser: Browser, method: str, where: str, path: str) -> httpx.Response:
    headers = {"X-CSRF-Token": browser.csrf}
    body = None if method in ("GET", "DELETE") else body_of(path)
    return await browser.http.request(method, where, json=body, headers=headers)


def body_of(path: str) -> Any:
    return BODIES.get(path.rpartition("/")[2], {})


def newest_message(world: World, conversation_id: int) -> int:
    def read(session: Session) -> int:
        row = session.one(
            "SELECT max(id) FROM message WHERE conversation_id = :c", c=conversation_id
        )
        assert row is not None
        return int(row[0])

    return world.db.read_now(read)


async def test_another_shops_conversation_is_not_found_on_any_endpoint(world: World) -> None:
    theirs = world.other.hears("v1", "A secret")
    world.other.bot_says(theirs.id, "It stays one")
    message_id = newest_message(world, theirs.id)
    ours = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.hana)
    before = world.counted()
    tried = 0
    for method, path in operations(world):
        if "{conversation_id:int}" not in path:
            continue
        for conversation_id in (theirs.id, 2**40):
            where = filled(path, conversation_id, message_id)
            answer = await ask(browser, method, where, path)
            assert (answer.status_code, answer.json()["error"]) == (404, "not_found"), where
            assert "secret" not in answer.text
            tried += 1
        if "{message_id:int}" in path:
            where = filled(path, ours.id, message_id)
            assert (await browser.post(where, body_of(path))).status_code == 404
    assert tried == 54
    assert world.counted() == before


async def test_nobody_gets_anything_without_a_session(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser()
    before = world.counted()
    for method, path in operations(world):
        if path.startswith("/api/auth/login"):
            continue
        where = filled(path, conv.id, 1)
        answer = await ask(browser, method, where, path)
        assert (answer.status_code, answer.json()["error"]) == (401, "not_authentic"), where
    assert world.counted() == before


async def test_odd_paths_and_methods_are_refused_in_the_same_shape(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    for path, status, code in (
        ("/api/nothing", 404, "not_found"),
        ("/api/conversations/x", 404, "not_found"),
        ("/api/conversations/0", 400, "invalid"),
        ("/api/conversations/-1", 400, "invalid"),
        (f"/api/conversations/{2**70}", 400, "invalid"),
        ("/api/conversations/1/take", 405, "invalid"),
    ):
        answer = await browser.get(path)
        assert answer.status_code == status, path
        assert set(answer.json()) == {"error", "message", "detail"}
        assert answer.json()["error"] == code
        assert answer.json()["message"]


async def test_what_nobody_foresaw_is_logged_without_words(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("Miho lives at 1-2-3")

    monkeypatch.setattr("kaiwa.web.desk.agents", breaks)
    browser = await world.browser(world.shop.hana)
    answer = await browser.get("/api/agents")
    assert answer.status_code == 500
    assert answer.json() == {
        "error": "internal",
        "message": "Something went wrong on the server."
        " Try again; tell an administrator if it stays.",
        "detail": {},
    }
    said = "".join(capsys.readouterr())
    assert "RuntimeError" in said
    assert "breaks" in said
    assert "Miho" not in said


async def test_a_database_that_is_away_says_when_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaiwa.vocabulary.errors import Unreachable

    browser = await world.browser(world.shop.hana)

    def away(*_: Any) -> None:
        raise Unreachable("It is away.", retry_after_s=2.2)

    monkeypatch.setattr("kaiwa.web.desk.agents", away)
    answer = await browser.get("/api/agents")
    assert (answer.status_code, answer.json()["error"]) == (503, "unreachable")
    assert answer.headers["retry-after"] == "3"


async def test_the_desks_calls_are_written_from_the_description(world: World) -> None:
    present = written(plain(world.app.openapi_schema.to_schema()))
    told = "Run: python -m tests.web.desk.describing"
    assert FILE.read_text("utf-8") == present, told


async def test_the_description_names_every_endpoint(world: World) -> None:
    schema = world.app.openapi_schema.to_schema()
    tagged = {
        f"{method} {path}"
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if "desk" in operation.get("tags", ())
    }
    assert len(tagged) == 112
    body = schema["paths"]["/api/conversations/{conversation_id}/messages"]["post"]
    assert {"201", "400", "401", "403", "404", "409"} <= set(body["responses"])
