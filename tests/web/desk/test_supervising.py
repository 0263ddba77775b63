"""Presence, routing settings, the wallboard and whispers, as browsers meet them."""

import asyncio
from typing import Any

from kaiwa.desk.router import Router
from kaiwa.engines.queue import Claim, Job, claim
from kaiwa.merchants.audit import deeds
from tests.web.desk.test_list import ids, waiting
from tests.web.desk.world import Browser, World

ON: dict[str, Any] = {"on": True, "capacity": 2}
ONE_WAITS: dict[str, Any] = {
    "waiting": 1,
    "queued": 1,
    "late": 0,
    "bot": 0,
    "agent": 0,
    "longest_since": "2026-03-02T03:01:00.000Z",
    "first_reply_s": None,
    "first_replies": 0,
    "first_reply_definition": "first_reply.handoff.median.60m.v2",
}


async def route_on(world: World, browser: Browser, **settings: Any) -> None:
    answer = await browser.post("/api/routing", ON | settings)
    assert answer.status_code == 200, answer.text
    await work(world)


async def work(world: World) -> None:
    """Run the desk's jobs that are due."""
    router = Router(world.db, world.clock)
    handlers = {
        "route": router.route,
        "release": router.release,
        "expire": router.expire,
        "breach": router.breach,
    }

    def due() -> list[Job]:
        return world.db.write_now(lambda s: claim(s, Claim("desk", "tests", 50), world.clock.now()))

    while jobs := due():
        for job in jobs:
            await handlers[job.kind](job)


async def statuses(browser: Browser) -> dict[int, tuple[str, int, int]]:
    answer = (await browser.get("/api/presence")).json()
    return {one["id"]: (one["status"], one["load"], one["capacity"]) for one in answer["agents"]}


async def test_an_open_desk_is_online_and_is_given_what_waits(world: World) -> None:
    shop = world.shop
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    await route_on(world, hana)
    conv = waiting(shop, "v1")
    await work(world)
    assert await statuses(hana) == {shop.hana.id: ("offline", 0, 2), shop.ken.id: ("offline", 0, 2)}
    async with ken.live() as live:
        await live.hello(conv)
        await work(world)
        row = await live.heard("row")
        assert row["conversation"]["assignee"] == {"id": shop.ken.id, "name": "Ken"}
        assert (await statuses(hana))[shop.ken.id] == ("online", 1, 2)
        said = await ken.post("/api/presence", {"status": "away"})
        assert said.json()["on"] is True
        while (heard := await live.heard("attendance"))["status"] != "away":
            assert heard["agent"] == shop.ken.id
    page = await ken.page(conv)
    last = page["happenings"][-1]
    assert (last["kind"], last["by"]["name"]) == ("routed", "Ken")
    assert '"by":"only"' in last["reason"]


async def test_logged_out_an_agent_is_gone_at_once(world: World) -> None:
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    await ken.post("/api/presence", {"status": "online"})
    assert (await statuses(hana))[world.shop.ken.id][0] == "online"
    assert (await ken.post("/api/auth/logout")).status_code == 204
    assert (await statuses(hana))[world.shop.ken.id][0] == "offline"


async def test_settings_are_kept_whole_and_written_down(world: World) -> None:
    shop = world.shop
    hana = await world.browser(shop.hana)
    wanted = {
        "on": True,
        "capacity": 4,
        "weights": {"web_chat": 2},
        "grace_s": 30,
        "widen_m": None,
        "untouched_m": 5,
        "by_language": False,
        "rules": [
            {"inbox": shop.inbox.id, "value_minor": 50_000, "raise_to": "high"},
            {"language": "en", "waited_m": 5, "skill": "  Returns  abroad "},
        ],
        "targets": {"normal": {"first_m": 15}, "low": {}},
        "inbox_targets": [{"inbox": shop.inbox.id, "targets": {"urgent": {"next_m": 1}}}],
        "abilities": [{"agent": shop.ken.id, "skills": ["返品"], "languages": ["ja"]}],
    }
    kept = (await hana.post("/api/routing", wanted)).json()
    assert (await hana.get("/api/routing")).json() == kept
    none = {"inbox": None, "language": None, "priority": None, "value_minor": None}
    none |= {"waited_m": None, "skill": None, "raise_to": None}
    assert kept["rules"] == [
        none | {"inbox": shop.inbox.id, "value_minor": 50_000, "raise_to": "high"},
        none | {"language": "en", "waited_m": 5, "skill": "Returns abroad"},
    ]
    assert kept["targets"] == {"normal": {"first_m": 15, "next_m": None, "resolution_m": None}}
    assert kept["abilities"] == [
        {"agent": shop.hana.id, "skills": [], "languages": [], "capacity": None},
        {"agent": shop.ken.id, "skills": ["返品"], "languages": ["ja"], "capacity": None},
    ]
    told = [deed.action for _, deed in world.db.read_now(lambda s: deeds(s, shop.id))]
    assert told[:2] == ["changed_ability", "changed_routing"]


async def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    shop = world.shop
    hana = await world.browser(shop.hana)
    await route_on(world, hana)
    before = (await hana.get("/api/routing")).json()
    for body, status in (
        ({"capacity": -1}, 400),
        ({"capacity": 101}, 400),
        ({"grace_s": 3601}, 400),
        ({"targets": {"normal": {"first_m": 0}}}, 400),
        ({"targets": {"soon": {"first_m": 5}}}, 400),
        ({"rules": [{}]}, 400),
        ({"rules": [{"skill": "a", "raise_to": "high"}]}, 400),
        ({"rules": [{"waited_m": 5, "raise_to": "high"}]}, 400),
        ({"rules": [{"skill": " "}]}, 400),
        ({"rules": [{"skill": "a", "inbox": world.other.inbox.id}]}, 404),
        ({"inbox_targets": [{"inbox": world.other.inbox.id}]}, 404),
        ({"abilities": [{"agent": world.other.ken.id, "skills": ["a"]}]}, 404),
    ):
        answer = await hana.post("/api/routing", ON | body)
        assert answer.status_code == status, (body, answer.text)
    assert (await hana.get("/api/routing")).json() == before


async def test_the_wallboard_says_how_it_stands_and_hears_of_changes(world: World) -> None:
    shop = world.shop
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    await route_on(world, hana, targets={"normal": {"first_m": 5}})
    first = waiting(shop, "v1")
    world.other.hears("v9", "Theirs")
    board = (await hana.get("/api/wallboard")).json()
    assert board["totals"] == ONE_WAITS
    assert board["channels"] == [
        {"channel": "web_chat", "waiting": 1, "longest_since": "2026-03-02T03:01:00.000Z"}
    ]
    assert [(one["name"], one["status"], one["load"]) for one in board["agents"]] == [
        ("Hana", "offline", 0),
        ("Ken", "offline", 0),
    ]
    async with hana.live() as live:
        await live.send(type="hello", conversations=[], board=True)
        await live.frame()
        world.clock.move(90)
        # An answer takes it: one who waits less, one reply measured, one more with an agent.
        body = {"client_id": "c1", "text": "Hello", "epoch": 2, "last_seq": 1}
        assert (await ken.post(f"/api/conversations/{first}/messages", body)).status_code == 201
        totals = await told(live, lambda one: one.get("totals", {}).get("first_replies") == 1)
        assert totals["totals"] | {"longest_since": None} == board["totals"] | {
            "waiting": 0,
            "queued": 0,
            "agent": 1,
            "longest_since": None,
            "first_reply_s": 90.0,
            "first_replies": 1,
        }
        mine = await told(live, lambda one: one.get("agent", {}).get("id") == shop.ken.id)
        assert (mine["agent"]["load"], mine["agent"]["has"]) == (1, 1)
        await ken.post("/api/presence", {"status": "away"})
        there = await told(live, lambda one: one.get("agent", {}).get("status") == "away")
        assert there["agent"]["load"] == 1
        shop.hears("v2", "Hello")
        bots = await told(live, lambda one: one.get("totals", {}).get("bot") == 1)
        assert bots["totals"]["agent"] == 1
    again = (await hana.get("/api/wallboard")).json()
    assert again["totals"] == bots["totals"]


async def told(live: Any, wanted: Any) -> Any:
    """The next event of the board that is wanted; those before it stay to be heard."""
    passed: list[Any] = []
    async with asyncio.timeout(60):
        while not wanted(event := await live.heard("board")):
            passed.append(event)
    live.events = passed + live.events
    return event


async def test_an_agent_hears_nothing_of_the_board(world: World) -> None:
    shop = world.shop
    ken, hana = await world.browser(shop.ken), await world.browser(shop.hana)
    assert (await ken.get("/api/wallboard")).status_code == 403
    assert (await hana.get("/api/wallboard")).status_code == 200
    async with ken.live() as live:
        await live.send(type="hello", conversations=[], board=True)
        await live.frame()
        waiting(shop, "v1")
        heard = await live.until_now(shop)
    assert {one["kind"] for one in heard} == {"row"}


async def test_a_whisper_reaches_whoever_answers_and_nobody_else(world: World) -> None:
    shop = world.shop
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    conv = waiting(shop, "v1")
    path = f"/api/conversations/{conv}/whisper"
    body = {"client_id": "w1", "text": " Offer free shipping. "}
    assert (await hana.post(path, body)).json()["error"] == "conflict"
    await ken.post(f"/api/conversations/{conv}/take", {"epoch": 2})
    assert (await ken.post(path, body)).status_code == 403
    async with ken.live() as live, hana.live() as hers:
        await live.hello()
        await hers.hello(conv)
        answer = await hana.post(path, body)
        assert answer.status_code == 200
        assert (await hana.post(path, body)).json() == answer.json()
        note = answer.json()["note"]
        assert note["to"] == {"id": shop.ken.id, "name": "Ken"}
        assert await live.heard("whisper") == {
            "kind": "whisper",
            "conversation": conv,
            "note": note,
        }
        assert (await hers.heard("note"))["note"] == note
    assert (await ken.page(conv))["notes"] == [note]
    assert world.rows("SELECT count(*) FROM message") == [(1,)]
    mine = await hana.post(f"/api/conversations/{conv}/take", {"epoch": 3})
    last = (await hana.page(conv))["happenings"][-1]
    assert (mine.status_code, last["kind"], last["reason"]) == (200, "taken", "Ken")
    assert (await hana.post(path, body | {"client_id": "w2"})).json()["error"] == "conflict"


async def test_what_an_agent_has_and_what_is_due_can_be_listed(world: World) -> None:
    shop = world.shop
    hana = await world.browser(shop.hana)
    await hana.post("/api/routing", {"targets": {"normal": {"first_m": 5}}})
    one, other = waiting(shop, "v1"), waiting(shop, "v2")
    await hana.post(f"/api/conversations/{one}/take", {"epoch": 2})
    assert await ids(hana, view="open", assignee=shop.hana.id) == [one]
    assert await ids(hana, view="late") == [one, other]
    rows = (await hana.get("/api/conversations", view="late")).json()
    assert rows["counts"]["late"] == 2
    assert rows["conversations"][0]["due"] == {
        "at": "2026-03-02T03:06:00.000Z",
        "kind": "first",
        "late": False,
    }
    world.clock.move(240)
    await work(world)
    rows = (await hana.get("/api/conversations", view="late")).json()
    assert [row["due"]["late"] for row in rows["conversations"]] == [True, False]
    page = await hana.page(one)
    assert page["happenings"][-1]["kind"] == "breached"
