"""The list: who waits longest first, each view its own, page after page without a gap."""

from typing import Any

from kaiwa.engines.db import Session
from tests.web.desk.world import Browser, Shop, World

LATE = {"late": 0, "mentions": 0}


async def ids(browser: Browser, **params: Any) -> list[int]:
    answer = await browser.get("/api/conversations", **params)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["conversations"]]


def waiting(shop: Shop, visitor: str) -> int:
    shop.clock.move(60)
    conv = shop.hears(visitor, f"This is {visitor}")
    shop.bot_hands_off(conv.id)
    return conv.id


def answered(shop: Shop, visitor: str) -> int:
    shop.clock.move(60)
    conv = shop.hears(visitor, f"This is {visitor}")
    shop.bot_says(conv.id, "Hello")
    return conv.id


async def test_the_longest_waiting_come_first_and_then_the_newest(world: World) -> None:
    shop = world.shop
    old, first, new, second = (
        answered(shop, "v1"),
        waiting(shop, "v2"),
        answered(shop, "v3"),
        waiting(shop, "v4"),
    )
    browser = await world.browser(shop.ken)
    assert await ids(browser) == [first, second, new, old]
    assert await ids(browser, view="unassigned") == [first, second]
    assert await ids(browser, view="bot") == [new, old]


async def test_each_view_shows_its_own_and_the_counts_agree(world: World) -> None:
    shop = world.shop
    hers, bots, nobodys = waiting(shop, "v1"), answered(shop, "v2"), waiting(shop, "v3")
    closed = answered(shop, "v4")
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    assert (await hana.post(f"/api/conversations/{hers}/take", {"epoch": 2})).status_code == 200
    assert (await hana.post(f"/api/conversations/{closed}/close", {"epoch": 1})).status_code == 200

    views = {v: await ids(hana, view=v) for v in ("open", "mine", "unassigned", "bot", "closed")}
    assert views == {
        "open": [hers, nobodys, bots],
        "mine": [hers],
        "unassigned": [nobodys],
        "bot": [bots],
        "closed": [closed],
    }
    counts = (await hana.get("/api/conversations")).json()["counts"]
    assert (
        counts
        == {"open": 3, "mine": 1, "unassigned": 1, "bot": 1, "waiting": 2, "snoozed": 0} | LATE
    )
    counts = (await ken.get("/api/conversations", view="closed")).json()["counts"]
    assert (
        counts
        == {"open": 3, "mine": 0, "unassigned": 1, "bot": 1, "waiting": 2, "snoozed": 0} | LATE
    )
    assert await ids(ken, view="mine") == []


async def test_a_row_says_who_what_and_since_when(world: World) -> None:
    conv = world.shop.hears("v1", "返品したいです", name="佐々木 美穂")
    browser = await world.browser(world.shop.ken)
    answer = (await browser.get("/api/conversations")).json()
    assert answer["conversations"] == [
        {
            "id": conv.id,
            "customer": {"id": conv.customer_id, "name": "佐々木 美穂"},
            "channel": "web_chat",
            "status": "open",
            "answered_by": "bot",
            "assignee": None,
            "team": None,
            "priority": "normal",
            "labels": [],
            "snoozed": None,
            "due": None,
            "epoch": 1,
            "last_seq": 1,
            "unread": 1,
            "waiting_since": "2026-03-02T03:00:00.000Z",
            "language": "ja",
            "preview": "返品したいです",
            "preview_sender": "customer",
            "updated_at": "2026-03-02T03:00:00.000Z",
        }
    ]
    assert answer["next"] is None


async def test_pages_have_neither_gaps_nor_doubles_across_the_border(world: World) -> None:
    shop = world.shop
    first = [waiting(shop, f"w{n}") for n in range(5)]
    then = [answered(shop, f"a{n}") for n in range(5)]
    # Many at the same moment must not be lost between two pages either.
    world.db.write_now(
        lambda s: s.run("UPDATE conversation SET updated_at = 5 WHERE merchant_id = :m", m=shop.id)
    )
    browser = await world.browser(shop.ken)
    for limit in (1, 2, 3, 5, 10):
        seen: list[int] = []
        before: str | None = None
        while True:
            params = {"limit": limit} | ({"before": before} if before else {})
            page = (await browser.get("/api/conversations", **params)).json()
            seen += [row["id"] for row in page["conversations"]]
            before = page["next"]
            if before is None:
                break
            assert len(page["conversations"]) == limit
        assert seen == first + then[::-1]


async def test_what_is_not_a_view_a_limit_or_a_place_is_refused(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    for params in (
        {"view": "all"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "x"},
        {"before": "x"},
        {"before": "w1"},
        {"before": "w-1.2.3"},
        {"before": "l1.2"},
        {"view": "waiting", "before": "w2.1.2.3"},
        {"before": "w2.1.2"},
        {"priority": "soon"},
        {"label": "0"},
        {"channel": "a b"},
        {"before": "w" + "9" * 40 + ".1"},
    ):
        answer = await browser.get("/api/conversations", **params)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), params


async def test_another_shops_conversations_are_not_there(world: World) -> None:
    waiting(world.other, "v1")
    browser = await world.browser(world.shop.hana)
    answer = (await browser.get("/api/conversations")).json()
    assert answer["conversations"] == []
    assert set(answer["counts"].values()) == {0}


async def test_five_thousand_waiting_are_not_sorted_for_a_page_of_fifty(world: World) -> None:
    if world.db.dialect != "sqlite":
        return

    def plan(session: Session) -> str:
        rows = session.all(
            """EXPLAIN QUERY PLAN SELECT id FROM conversation WHERE merchant_id = 1
            AND status = 'open' AND snoozed_until IS NULL AND waiting_since IS NOT NULL
            AND (urgency, due_at, waiting_since, id) > (-1, 0, 0, 0)
            ORDER BY urgency, due_at, waiting_since, id LIMIT 51"""
        )
        return " ".join(row[3] for row in rows)

    steps = world.db.read_now(plan)
    assert "conversation_urgency" in steps
    assert "TEMP B-TREE" not in steps
