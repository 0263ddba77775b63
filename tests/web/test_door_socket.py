"""The chat's socket: who may open it, what goes through it, and that a break loses nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from kaiwa.web import widget_live
from tests.waiting import until
from tests.web.asgi import Socket
from tests.web.doors import CHAT, NEIGHBOUR, OTHER_CHAT, TABLES, Doors

DEEP = '{"type":' + "[" * 30_000 + "]" * 30_000 + "}"
NOTHING = dict.fromkeys(TABLES, 0)


@asynccontextmanager
async def opened(
    doors: Doors, token: str, cursor: str | None = None, first: str = "welcome"
) -> AsyncIterator[Socket]:
    """A tab of that visitor, at its place in the stream."""
    socket = doors.socket()
    socket.say({"type": "hello", "token": token, "cursor": cursor})
    await socket.hear(first)
    yield socket
    if socket.closed is None:
        await socket.leave()


def ours(socket: Socket) -> dict[str, Any]:
    """The visitor's own messages as they came, by client_id; each must have come unchanged."""
    found: dict[str, Any] = {}
    for message in socket.messages:
        if message["direction"] == "in":
            assert found.setdefault(message["client_id"], message)["seq"] == message["seq"]
    return found


async def test_who_says_no_hello_in_time_is_shown_out(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widget_live, "HELLO_WITHIN_S", 0.05)
    assert await doors.socket().end() == 4401
    assert doors.rows() == NOTHING


@pytest.mark.parametrize(
    "hello", ["", "hello", "[]", "{}", '{"token":7}', '{"token":"x"}', DEEP, '{"token":"é"}']
)
async def test_who_says_hello_without_a_token_is_shown_out(doors: Doors, hello: str) -> None:
    socket = doors.socket()
    socket.say(hello)
    assert await socket.end() == 4401
    assert socket.frames == []
    assert doors.rows() == NOTHING


async def test_forged_and_foreign_and_run_out_tokens_are_shown_out(doors: Doors) -> None:
    token = await doors.visitor()
    foreign = await doors.visitor(inbox=OTHER_CHAT, origin=NEIGHBOUR)
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    for inbox, given in ((CHAT, forged), (CHAT, foreign), (OTHER_CHAT, token), ("nobody", token)):
        socket = doors.socket(inbox)
        socket.say({"type": "hello", "token": given})
        assert await socket.end() == 4401
    doors.clock.move(13 * 3_600)
    late = doors.socket()
    late.say({"type": "hello", "token": token})
    assert await late.end() == 4401
    assert doors.rows() == NOTHING


async def test_a_message_is_durable_then_comes_back_with_its_place(shop: Doors) -> None:
    async with opened(shop, await shop.visitor()) as tab:
        tab.say({"type": "message", "client_id": "c-1", "text": "Hello"})
        assert (await tab.hear("durable"))["client_id"] == "c-1"
        assert shop.count("inbound_event", "external_id LIKE '%/c-1'") == 1
        message = (await tab.until(ours))["c-1"]
        assert (message["seq"], message["content"]) == (1, {"type": "text", "text": "Hello"})
        said = await tab.until(lambda s: [m for m in s.messages if m["direction"] == "out"])
        assert said[0]["seq"] == 2
        tab.say({"type": "message", "client_id": "c-1", "text": "Hello"})
        await tab.until(lambda s: len([f for f in s.frames if f["type"] == "durable"]) == 2)
        await asyncio.sleep(0.3)
        assert shop.count("message", "direction = 'in'") == 1


@pytest.mark.parametrize(
    ("frame", "client_id"),
    [
        ({"client_id": "c 1", "text": "Hi"}, "c 1"),
        ({"client_id": "c-1", "text": ""}, "c-1"),
        ({"client_id": "c-1", "text": "x" * 10_001}, "c-1"),
        ({"client_id": "c-1", "file": "m1/guess"}, "c-1"),
        ({"client_id": 7, "text": "Hi"}, ""),
        ({"text": "Hi"}, ""),
    ],
)
async def test_a_message_that_cannot_be_taken_is_refused_and_the_chat_goes_on(
    doors: Doors, frame: dict[str, Any], client_id: str
) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        tab.say({"type": "message", **frame})
        refused = await tab.hear("refused")
        assert (refused["client_id"], refused["again"]) == (client_id, False)
        assert refused["message"]
        assert doors.count("inbound_event") == 0
        tab.say({"type": "message", "client_id": "c-2", "text": "Fine"})
        assert await tab.hear("durable")


@pytest.mark.parametrize("frame", ["", "x", "[]", "{}", DEEP, '{"type":"cart","items":[7]}'])
async def test_a_frame_that_cannot_be_read_does_not_end_the_chat(doors: Doors, frame: str) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        tab.say(frame)
        assert (await tab.hear("refused"))["error"] == "invalid"
        tab.say({"type": "of-tomorrow"})
        tab.say({"type": "ping"})
        await tab.hear("pong")
        assert doors.count("inbound_event") == 0


async def test_a_frame_beyond_all_measure_ends_it(doors: Doors) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        tab.say(json.dumps({"type": "page", "url": "x" * 64_001}))
        await tab.end()
        assert doors.count("visit") == 0


async def test_who_hurries_is_shown_out_and_what_was_durable_stays(doors: Doors) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        for number in range(60):
            tab.say({"type": "message", "client_id": f"c-{number}", "text": "!"})
        assert await tab.end() == 4429
        durable = [frame for frame in tab.frames if frame["type"] == "durable"]
        assert 30 < len(durable) < 60
        assert doors.count("inbound_event") == len(durable)


async def test_two_tabs_of_one_visitor_see_the_same_and_a_stranger_nothing(shop: Doors) -> None:
    token = await shop.visitor()
    async with (
        opened(shop, token) as one,
        opened(shop, token) as two,
        opened(shop, await shop.visitor()) as stranger,
    ):
        one.say({"type": "message", "client_id": "from-one", "text": "Hello"})
        two.say({"type": "message", "client_id": "from-two", "text": "Hello"})
        for tab in (one, two):
            await tab.until(lambda s: len(ours(s)) == 2)
        assert {m["seq"] for m in ours(one).values()} == {m["seq"] for m in ours(two).values()}
        assert stranger.messages == []


async def test_a_break_leaves_no_gap_and_nothing_comes_twice(shop: Doors) -> None:
    token = await shop.visitor()
    async with opened(shop, token) as tab:
        tab.say({"type": "message", "client_id": "c-1", "text": "Before"})
        await tab.until(lambda s: [m for m in s.messages if m["direction"] == "out"])
        await asyncio.sleep(0.4)
        cursor, before = tab.cursor, {m["seq"] for m in tab.messages}
    for number in (2, 3):
        assert (await shop.say(token, f"c-{number}", "Meanwhile")).status == 202
    await until(lambda: shop.count("message", "direction = 'in'") == 3 and shop.count("job") == 0)
    await asyncio.sleep(0.4)
    async with opened(shop, token, cursor) as again:
        await again.until(lambda s: len(ours(s)) == 2)
        again.say({"type": "message", "client_id": "c-4", "text": "After"})
        await again.until(lambda s: len(ours(s)) == 3)
        await until(lambda: shop.count("job") == 0)
        await asyncio.sleep(0.4)
        assert set(ours(again)) == {"c-2", "c-3", "c-4"}
        after = {m["seq"] for m in again.messages}
        assert not {m["client_id"] for m in again.messages} & {"c-1"}
        assert before | after == set(range(1, shop.count("message") + 1))


@pytest.mark.parametrize("cursor", ["gone.1", "x", "\0", ""])
async def test_with_a_place_nobody_remembers_the_state_is_fetched_anew(
    shop: Doors, cursor: str
) -> None:
    first = "refetch" if cursor else "welcome"
    async with opened(shop, await shop.visitor(), cursor, first) as tab:
        tab.say({"type": "message", "client_id": "c-1", "text": "Hello"})
        assert "c-1" in await tab.until(ours)


async def test_what_the_page_tells_is_kept_beside_the_conversation(doors: Doors) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        tab.say({"type": "page", "url": "https://shop.example/mug", "title": "Mug"})
        tab.say({"type": "cart", "items": [{"sku": "m-1", "quantity": 2, "price": None}]})
        tab.say({"type": "typing"})
        tab.say({"type": "read", "seq": 10**9})
        tab.say({"type": "page", "url": "\0", "title": "odd"})
        tab.say({"type": "ping"})
        await tab.hear("pong")
        assert doors.count("visit", "kind = 'page'") == 2
        assert doors.count("visit", "kind = 'cart'") == 1
        assert doors.count("message") == 0


PRICELESS = {"amount_minor": 2**70, "currency": "JPY"}


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "read", "seq": -1},
        {"type": "delivered", "seq": 2**80},
        {"type": "cart", "items": [{"sku": "m-1", "price": PRICELESS}]},
        {"type": "cart", "items": [{"sku": "m-1", "quantity": -1}]},
    ],
)
async def test_numbers_beyond_all_measure_are_refused_and_the_chat_goes_on(
    doors: Doors, frame: dict[str, Any]
) -> None:
    async with opened(doors, await doors.visitor()) as tab:
        tab.say(frame)
        assert (await tab.hear("refused"))["error"] == "invalid"
        tab.say({"type": "ping"})
        await tab.hear("pong")
        assert doors.count("visit") == 0


async def test_while_the_database_is_away_a_message_is_refused_not_durable(doors: Doors) -> None:
    token = await doors.visitor()
    async with opened(doors, token) as tab:
        doors.db.close()
        tab.say({"type": "message", "client_id": "c-1", "text": "Hello"})
        assert (await tab.hear("refused"))["error"] == "unreachable"
        assert not [frame for frame in tab.frames if frame["type"] == "durable"]
    late = doors.socket()
    late.say({"type": "hello", "token": token})
    assert await late.end() == 1012
