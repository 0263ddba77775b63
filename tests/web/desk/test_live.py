"""The live socket: what changes arrives, a break loses nothing, nothing foreign is seen."""

import asyncio
import json
from typing import Any

import pytest
import websockets

from kaiwa.engines.live import hub as hub_module
from kaiwa.web import desk_live, live_desks
from tests.web.desk.test_answering import row_of, said
from tests.web.desk.world import Browser, Live, World


async def closed_with(live: Live, within_s: float = 60) -> int:
    with pytest.raises(websockets.ConnectionClosed) as caught:
        while True:
            await asyncio.wait_for(live.socket.recv(), within_s)
    frame = caught.value.rcvd
    assert frame is not None
    return frame.code


async def test_rows_of_all_and_messages_of_what_is_followed_arrive(world: World) -> None:
    one, two = world.shop.hears("v1", "Hello"), world.shop.hears("v2", "Hello")
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        assert (await live.hello(one.id))["type"] == "welcome"
        await live.heard("presence")
        world.shop.hears("v1", "Are you there?")
        world.shop.hears("v2", "Me too")
        heard = await live.until_now(world.shop)
        rows = {e["conversation"]["id"]: e["conversation"] for e in heard if e["kind"] == "row"}
        assert {key: row["preview"] for key, row in rows.items()} == {
            one.id: "Are you there?",
            two.id: "Me too",
        }
        messages = [e["message"] for e in heard if e["kind"] == "message"]
        assert [(m["conversation"], m["content"]["text"]) for m in messages] == [
            (one.id, "Are you there?")
        ]


async def test_what_agents_do_reaches_their_colleagues(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    async with hana.live() as live:
        await live.hello(conv.id)
        await ken.post(f"{path}/notes", {"client_id": "n1", "text": "A regular"})
        assert (await live.heard("note"))["note"]["text"] == "A regular"
        await ken.post(f"{path}/typing")
        assert await live.heard("typing") == {
            "kind": "typing",
            "sender": "agent",
            "name": "Ken",
            "conversation": conv.id,
        }
        await ken.post(f"{path}/messages", said("c1", await row_of(ken, conv.id)))
        happening = await live.heard("happening")
        assert (happening["happening"]["kind"], happening["conversation"]) == ("taken", conv.id)
        message = (await live.heard("message"))["message"]
        assert (message["sender"], message["name"], message["seq"]) == ("agent", "Ken", 2)


async def test_after_a_break_everything_comes_and_nothing_is_missing(world: World) -> None:
    conv = world.shop.hears("v1", "Message 1")
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello(conv.id)
        world.shop.hears("v1", "Message 2")
        await live.heard("message")
        cursor = live.cursor
    for number in range(3, 8):
        world.shop.hears("v1", f"Message {number}")
    async with browser.live() as live:
        assert await live.hello(conv.id, cursor=cursor) == {"type": "welcome", "cursor": cursor}
        world.shop.hears("v1", "Message 8")
        seqs: list[int] = []
        while 8 not in seqs:
            seqs.append((await live.heard("message"))["message"]["seq"])
        assert sorted(set(seqs) - {2}) == list(range(3, 9))
        assert live.cursor != cursor


async def test_what_is_no_longer_kept_is_to_be_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "KEPT_EVENTS", 5)
    conv = world.shop.hears("v1", "Message 1")
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        cursor = (await live.hello(conv.id))["cursor"]
    for number in range(2, 12):
        world.shop.hears("v1", f"Message {number}")
        await asyncio.sleep(0.01)
    for old in (cursor, "nonsense", "0badcafe.7", ""):
        async with browser.live() as live:
            answer = await live.hello(conv.id, cursor=old)
            expected = "welcome" if old == "" else "refetch"
            assert answer["type"] == expected, old
            assert answer["cursor"].partition(".")[0] == cursor.partition(".")[0]
            world.shop.hears("v1", "Still here")
            while (await live.heard("message"))["message"]["content"]["text"] != "Still here":
                pass


async def test_what_changes_between_loading_and_connecting_is_not_missed(world: World) -> None:
    conv = world.shop.hears("v1", "Message 1")
    browser = await world.browser(world.shop.ken)
    listed = (await browser.get("/api/conversations")).json()
    page = await browser.page(conv.id)
    world.shop.hears("v1", "Message 2")
    await asyncio.sleep(0.05)
    # The list first: its cursor is what the browser shows.
    async with browser.live() as live:
        answer = await live.hello(cursor=listed["cursor"])
        assert answer == {"type": "welcome", "cursor": listed["cursor"]}
        assert (await live.heard("row"))["conversation"]["last_seq"] == 2
        # Then a conversation that was loaded before it is followed.
        await live.send(type="follow", conversations=[conv.id])
        assert (await live.heard("message"))["message"]["seq"] == 2
        world.shop.hears("v1", "Message 3")
        assert (await live.heard("message"))["message"]["seq"] == 3
    assert page["messages"][-1]["seq"] == 1


async def test_following_replaces_what_was_followed(world: World) -> None:
    one, two = world.shop.hears("v1", "Hello"), world.shop.hears("v2", "Hello")
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello(one.id)
        await live.send(type="follow", conversations=[two.id])
        while (await live.heard("presence"))["conversation"] != two.id:
            pass
        world.shop.hears("v1", "Not on the screen")
        world.shop.hears("v2", "On the screen")
        heard = await live.until_now(world.shop)
        messages = [e["message"]["conversation"] for e in heard if e["kind"] == "message"]
        assert messages == [two.id]


async def test_another_shops_conversations_are_never_heard(world: World) -> None:
    theirs = world.other.hears("v1", "A secret")
    ours = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.hana)
    async with browser.live() as live:
        await live.hello(theirs.id, ours.id, 2**40)
        await live.send(type="follow", conversations=[theirs.id, ours.id])
        world.other.hears("v1", "Another secret")
        world.other.bot_hands_off(theirs.id)
        world.shop.hears("v1", "Hello again")
        heard = await live.until_now(world.shop)
        assert {e["kind"] for e in heard} == {"presence", "row", "message"}
        assert "secret" not in json.dumps(heard)
        assert str(theirs.id) not in {str(e.get("conversation")) for e in heard}
    stranger = await world.browser(world.other.hana)
    async with stranger.live() as live:
        await live.hello(theirs.id)
        assert (await live.heard("presence"))["agents"] == [
            {"id": world.other.hana.id, "name": "Hana"}
        ]


async def test_colleagues_see_who_has_a_conversation_open(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)

    async def here(live: Live) -> list[str]:
        event = await live.heard("presence")
        assert event["conversation"] == conv.id
        return [agent["name"] for agent in event["agents"]]

    async with hana.live() as live:
        await live.hello(conv.id)
        assert await here(live) == ["Hana"]
        async with ken.live() as his, ken.live() as second:
            await his.hello(conv.id)
            assert await here(his) == ["Hana", "Ken"]
            assert await here(live) == ["Hana", "Ken"]
            await second.hello(conv.id)
            assert await here(live) == ["Hana", "Ken"]
            await second.send(type="follow", conversations=[])
            assert [e for e in await live.until_now(world.shop) if e["kind"] == "presence"] == []
        assert await here(live) == ["Hana"]


async def test_a_socket_of_another_page_is_refused(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    port = world.base.rpartition(":")[2]
    for origin in (
        "https://evil.example",
        f"http://127.0.0.1.evil.example:{port}",
        "http://127.0.0.1:1",
        "null",
        None,
    ):
        with pytest.raises(websockets.InvalidStatus) as caught:
            async with browser.live(origin=origin):
                pass
        assert caught.value.response.status_code == 403, origin
    assert world.context.hub.idle


async def test_behind_a_proxy_the_public_name_is_our_own(world: World) -> None:
    import msgspec

    from kaiwa.web.origin import from_own_page

    class Call:
        def __init__(self, origin: str, **headers: str) -> None:
            self.headers = {"origin": origin, "host": "inner:8000"} | headers

    def own(origin: str, public: str | None = None, **headers: str) -> bool:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return from_own_page(Call(origin, **named), public)  # type: ignore[arg-type]

    assert own("http://inner:8000")
    assert not own("https://desk.example")
    assert not own("https://desk.example", x_forwarded_host="desk.example")
    assert own("https://desk.example", "https://desk.example")
    assert own("https://desk.example", "https://desk.example:443")
    assert own("https://shop.example", "https://desk.example", x_forwarded_host="shop.example")
    assert not own("https://desk.example.evil", "https://desk.example")
    assert msgspec.structs.asdict(world.context)["public_url"] is None


async def test_without_a_session_the_socket_says_so(world: World) -> None:
    browser = await world.browser()
    async with browser.live() as live:
        assert await closed_with(live) == 4401
    browser.http.cookies.set("kaiwa_session", "forged")
    async with browser.live() as live:
        assert await closed_with(live) == 4401


async def test_logging_out_ends_the_sockets(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello()
        assert (await browser.post("/api/auth/logout")).status_code == 204
        assert await closed_with(live) == 1012
    browser.http.cookies.clear()
    async with browser.live() as live:
        assert await closed_with(live) == 4401


async def test_an_agent_who_is_switched_off_is_cut_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_live, "ASKED_AGAIN_S", 0.05)
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello()
        await live.send(type="ping")
        assert (await live.frame())["type"] == "pong"
        world.db.write_now(lambda s: s.run("UPDATE agent SET disabled_at = 1 WHERE name = 'Ken'"))
        assert await closed_with(live) == 4401


async def test_what_is_not_a_frame_is_ignored_and_too_much_is_cut_off(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello()
        for odd in ("", "{", "[]", '{"type":"nothing"}', '{"type":"follow"}', b"\xff\x00"):
            await live.socket.send(odd)
        await live.send(type="follow", conversations=list(range(1, 52)))
        await live.send(type="follow", conversations=[2**70])
        await live.send(type="ping")
        assert (await live.frame())["type"] == "pong"
        for _ in range(60):
            await live.send(type="ping")
        assert await closed_with(live) == 4429
    async with browser.live() as live:
        await live.socket.send("x" * 20_000)
        assert await closed_with(live) == 1009


async def test_nobody_holds_a_socket_without_a_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_live, "HELLO_WITHIN_S", 0.05)
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        assert await closed_with(live) == 1012


async def test_an_agent_has_so_many_sockets_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_desks, "MOST_SOCKETS", 2)
    browser, other = await world.browser(world.shop.ken), await world.browser(world.shop.hana)

    async def gets_in(one: Browser) -> bool:
        async with one.live() as live:
            try:
                return bool((await live.hello())["type"] == "welcome")
            except websockets.ConnectionClosed:
                return False

    async with browser.live() as first, browser.live() as second:
        await first.hello()
        await second.hello()
        async with browser.live() as third:
            assert await closed_with(third) == 4429
        assert await gets_in(other)
    async with asyncio.timeout(60):
        while True:
            if await gets_in(browser):
                return
            await asyncio.sleep(0.01)


async def test_when_events_may_be_missing_everybody_fetches_anew(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    async with browser.live() as live:
        await live.hello()
        world.context.hub.restart()
        frame = await live.frame()
        assert frame == {"type": "refetch", "cursor": world.context.hub.cursor}
        world.shop.hears("v1", "Hello")
        assert (await live.heard("row"))["conversation"]["preview"] == "Hello"


async def test_a_browser_that_does_not_read_is_cut_off_and_the_others_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "WAITING_FRAMES", 2)
    monkeypatch.setattr(hub_module, "FRAME_S", 0.0)
    browser = await world.browser(world.shop.ken)
    stuck = asyncio.Event()

    async def never(self: Any, frame: bytes) -> None:
        await stuck.wait()

    async with browser.live() as slow:
        with monkeypatch.context() as patch:
            patch.setattr(desk_live._Line, "_send", never)
            await slow.hello()
        async with browser.live() as live:
            await live.hello()
            for number in range(6):
                world.shop.hears("v1", f"Message {number}")
                await live.heard("row")
            assert await closed_with(slow) == 1012
    stuck.set()
