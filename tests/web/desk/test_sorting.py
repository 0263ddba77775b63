"""Priority, labels, teams and putting aside, for one conversation and for many at once."""

from datetime import timedelta
from typing import Any

from kaiwa.conversations.waking import Waking
from kaiwa.engines.queue import Claim, Job, claim
from kaiwa.vocabulary.time import iso
from tests.web.desk.test_list import LATE, answered, ids, waiting
from tests.web.desk.world import Browser, World


async def sort(browser: Browser, conversation_id: int, do: str, **deed: Any) -> Any:
    answer = await browser.post(
        f"/api/conversations/{conversation_id}/sort", {"deed": {"do": do, **deed}, "epoch": 1}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["conversation"]


async def label(browser: Browser, name: str) -> int:
    answer = await browser.post("/api/labels", {"name": name})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["label"]["id"])


async def lines(browser: Browser, conversation_id: int) -> list[tuple[str, str | None]]:
    page = await browser.page(conversation_id)
    return [(one["kind"], one["reason"]) for one in page["happenings"]]


async def woken(world: World) -> list[Job]:
    """Run what is due of the desk's timers."""
    jobs: list[Job] = world.db.write_now(
        lambda s: claim(s, Claim("desk", "tests", 10), world.clock.now())
    )
    for job in jobs:
        await Waking(world.db, world.clock).wake(job)
    return jobs


async def test_the_urgent_come_before_those_who_wait_longer(world: World) -> None:
    shop = world.shop
    first, second, third = (waiting(shop, f"v{n}") for n in range(3))
    bots = answered(shop, "v9")
    browser = await world.browser(shop.ken)
    row = await sort(browser, third, "priority", priority="urgent")
    assert row["priority"] == "urgent"
    await sort(browser, first, "priority", priority="low")
    assert await ids(browser) == [third, second, first, bots]
    assert await ids(browser, view="waiting") == [first, second, third]
    assert await ids(browser, priority="urgent") == [third]
    seen: list[int] = []
    before: str | None = None
    while True:
        page = (
            await browser.get(
                "/api/conversations", limit=1, **({"before": before} if before else {})
            )
        ).json()
        seen += [one["id"] for one in page["conversations"]]
        before = page["next"]
        if before is None:
            break
    assert seen == [third, second, first, bots]
    assert await lines(browser, third) == [("handoff_requested", "asked"), ("priority", "urgent")]
    await sort(browser, third, "priority", priority="urgent")
    assert len(await lines(browser, third)) == 2


async def test_labels_are_put_on_and_taken_off_and_narrow_the_list(world: World) -> None:
    shop = world.shop
    one, two = answered(shop, "v1"), answered(shop, "v2")
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    returns, gifts = await label(hana, "返品"), await label(hana, " gift   wrap ")
    assert (await hana.post("/api/labels", {"name": "返品"})).json()["error"] == "conflict"
    row = await sort(ken, one, "labels", add=[returns, gifts, gifts])
    assert row["labels"] == [{"id": gifts, "name": "gift wrap"}, {"id": returns, "name": "返品"}]
    assert await ids(ken, label=returns) == [one]
    row = await sort(ken, one, "labels", add=[returns], remove=[gifts])
    assert row["labels"] == [{"id": returns, "name": "返品"}]
    assert await lines(ken, one) == [
        ("labelled", "返品"),
        ("labelled", "gift wrap"),
        ("unlabelled", "gift wrap"),
    ]
    assert await ids(ken, label=gifts) == []
    listed = (await ken.get("/api/conversations")).json()["conversations"]
    assert {row["id"]: row["labels"] for row in listed} == {
        one: [{"id": returns, "name": "返品"}],
        two: [],
    }
    missing = await ken.post(
        f"/api/conversations/{two}/sort", {"deed": {"do": "labels", "add": [9999]}}
    )
    assert missing.json()["error"] == "not_found"
    # A name changes wherever it stands; a removed label stands nowhere.
    headers = {"X-CSRF-Token": hana.csrf}
    await hana.http.put(f"/api/labels/{returns}", json={"name": "返品・交換"}, headers=headers)
    assert (await ken.page(one))["conversation"]["labels"][0]["name"] == "返品・交換"
    gone = await hana.http.delete(f"/api/labels/{returns}", headers=headers)
    assert gone.status_code == 204
    assert (await ken.page(one))["conversation"]["labels"] == []
    assert (await ken.get("/api/labels")).json() == {"labels": [{"id": gifts, "name": "gift wrap"}]}


async def test_only_owners_and_admins_change_labels_and_teams(world: World) -> None:
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    kept = await label(hana, "kept")
    headers = {"X-CSRF-Token": ken.csrf}
    refused = [
        await ken.post("/api/labels", {"name": "x"}),
        await ken.http.put(f"/api/labels/{kept}", json={"name": "x"}, headers=headers),
        await ken.http.delete(f"/api/labels/{kept}", headers=headers),
        await ken.post("/api/teams", {"name": "x"}),
    ]
    assert [one.status_code for one in refused] == [403] * 4
    assert (await ken.get("/api/labels")).json() == {"labels": [{"id": kept, "name": "kept"}]}
    assert (await ken.get("/api/teams")).json() == {"teams": []}


async def test_what_is_put_aside_comes_back_when_its_time_has_come(world: World) -> None:
    shop = world.shop
    conv, other = waiting(shop, "v1"), waiting(shop, "v2")
    browser = await world.browser(shop.ken)
    until = shop.clock.now() + timedelta(hours=2)
    row = await sort(browser, conv, "snooze", until=iso(until))
    assert row["snoozed"] == {"until": iso(until)}
    assert await ids(browser) == [other]
    assert await ids(browser, view="unassigned") == [other]
    assert await ids(browser, view="snoozed") == [conv]
    counts = (await browser.get("/api/conversations")).json()["counts"]
    assert (
        counts
        == {"open": 1, "mine": 0, "unassigned": 1, "bot": 0, "waiting": 1, "snoozed": 1} | LATE
    )
    shop.clock.move(7199)
    assert await woken(world) == []
    shop.clock.move(1)
    assert len(await woken(world)) == 1
    assert await ids(browser) == [conv, other]
    page = await browser.page(conv)
    assert page["conversation"]["snoozed"] is None
    assert (await lines(browser, conv))[1:] == [("snoozed", iso(until)), ("woken", "time")]


async def test_a_customer_who_writes_wakes_it_and_the_timer_then_does_nothing(world: World) -> None:
    shop = world.shop
    timed, silent = waiting(shop, "v1"), waiting(shop, "v2")
    browser = await world.browser(shop.ken)
    until = iso(shop.clock.now() + timedelta(hours=2))
    await sort(browser, timed, "snooze", until=until)
    row = await sort(browser, silent, "snooze", until=None)
    assert row["snoozed"] == {"until": None}
    assert await ids(browser, view="snoozed") == [timed, silent]
    shop.hears("v1", "Hello again")
    shop.hears("v2", "Hello again")
    assert await ids(browser, view="snoozed") == []
    assert (await lines(browser, timed))[-1] == ("woken", "reply")
    # Put aside again for later: the first timer must not wake it.
    later = iso(shop.clock.now() + timedelta(hours=5))
    await sort(browser, timed, "snooze", until=later)
    shop.clock.move(3 * 3600)
    await woken(world)
    assert (await browser.page(timed))["conversation"]["snoozed"] == {"until": later}
    assert (await sort(browser, timed, "wake"))["snoozed"] is None
    shop.clock.move(3 * 3600)
    assert await woken(world) == []


async def test_a_time_that_is_past_or_too_far_is_refused(world: World) -> None:
    conv = waiting(world.shop, "v1")
    browser = await world.browser(world.shop.ken)
    before = world.counted()
    for until in (world.clock.now(), world.clock.now() + timedelta(days=400)):
        answer = await browser.post(
            f"/api/conversations/{conv}/sort", {"deed": {"do": "snooze", "until": iso(until)}}
        )
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert world.counted() == before


async def test_a_team_gets_a_conversation_and_one_of_it_takes_it(world: World) -> None:
    shop = world.shop
    mei = shop.hire("mei", "agent")
    conv = waiting(shop, "v1")
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    made = await hana.post("/api/teams", {"name": "Returns", "members": [mei.id]})
    team = made.json()["team"]
    assert team == {"id": team["id"], "name": "Returns", "members": [mei.id]}
    taken = await ken.post(f"/api/conversations/{conv}/take", {"epoch": 2})
    epoch = taken.json()["conversation"]["epoch"]
    answer = await ken.post(
        f"/api/conversations/{conv}/sort",
        {"deed": {"do": "assign", "team": team["id"]}, "epoch": epoch},
    )
    row = answer.json()["conversation"]
    assert (row["team"], row["assignee"]) == ({"id": team["id"], "name": "Returns"}, None)
    assert await ids(ken, team=team["id"]) == [conv]
    assert await ids(ken, view="mine") == []
    assert (await lines(ken, conv))[-1] == ("team_assigned", "Returns")
    late = await ken.post(
        f"/api/conversations/{conv}/sort",
        {"deed": {"do": "assign", "team": team["id"]}, "epoch": epoch},
    )
    assert late.json()["error"] == "conflict"
    mine = await world.browser(mei)
    await mine.post(f"/api/conversations/{conv}/take", {"epoch": row["epoch"]})
    assert await ids(mine, view="mine") == [conv]
    # What a colleague has is not passed on by somebody without the right.
    epoch = (await ken.page(conv))["conversation"]["epoch"]
    refused = await ken.post(
        f"/api/conversations/{conv}/sort",
        {"deed": {"do": "assign", "team": team["id"]}, "epoch": epoch},
    )
    assert refused.status_code == 403
    gone = await hana.http.delete(f"/api/teams/{team['id']}", headers={"X-CSRF-Token": hana.csrf})
    assert gone.status_code == 204
    assert (await ken.get("/api/teams")).json() == {"teams": []}
    assert (await ken.page(conv))["conversation"]["team"]["name"] == "Returns"


async def test_many_at_once_stand_each_for_itself(world: World) -> None:
    shop = world.shop
    one, two, closed = waiting(shop, "v1"), waiting(shop, "v2"), waiting(shop, "v3")
    theirs = waiting(world.other, "v1")
    browser = await world.browser(shop.ken)
    await browser.post(f"/api/conversations/{closed}/close", {"epoch": 2})
    chosen = [{"id": n, "epoch": 2} for n in (one, two, closed, theirs, one)]
    until = iso(shop.clock.now() + timedelta(hours=1))
    answer = await browser.post(
        "/api/conversations/bulk",
        {"conversations": chosen, "deed": {"do": "snooze", "until": until}},
    )
    body = answer.json()
    assert [row["id"] for row in body["done"]] == [one, two]
    assert [(row["id"], row["error"]) for row in body["refused"]] == [
        (closed, "conflict"),
        (theirs, "not_found"),
    ]
    assert await ids(browser, view="snoozed") == [one, two]
    answer = await browser.post(
        "/api/conversations/bulk", {"conversations": chosen[:2], "deed": {"do": "close"}}
    )
    assert [row["status"] for row in answer.json()["done"]] == ["closed", "closed"]
    # Closed, they are no longer put aside, and their timers find nothing to do.
    shop.clock.move(3600)
    await woken(world)
    assert await ids(browser, view="closed") == [closed, two, one]


async def test_a_deed_nobody_knows_is_refused_and_does_nothing(world: World) -> None:
    conv = waiting(world.shop, "v1")
    browser = await world.browser(world.shop.ken)
    before = world.counted()
    for body in (
        {"conversations": [], "deed": {"do": "close"}},
        {"conversations": [{"id": conv, "epoch": 2}], "deed": {"do": "erase"}},
        {"conversations": [{"id": conv, "epoch": 2}], "deed": {}},
        {"conversations": [{"id": conv, "epoch": 2}] * 101, "deed": {"do": "close"}},
    ):
        answer = await browser.post("/api/conversations/bulk", body)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), body
    assert world.counted() == before


async def test_an_agent_keeps_views_of_their_own(world: World) -> None:
    shop = world.shop
    conv, _ = waiting(shop, "v1"), waiting(shop, "v2")
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    await sort(ken, conv, "priority", priority="high")
    made = await ken.post(
        "/api/views", {"name": "Urgent", "view": "unassigned", "only": {"priority": "high"}}
    )
    view = made.json()["view"]
    assert view == {
        "id": view["id"],
        "name": "Urgent",
        "view": "unassigned",
        "only": {"priority": "high"},
        "count": 1,
    }
    assert (await ken.get("/api/views")).json() == {"views": [view]}
    assert (await hana.get("/api/views")).json() == {"views": []}
    again = await ken.post("/api/views", {"name": " Urgent ", "view": "waiting"})
    assert [one["view"] for one in (await ken.get("/api/views")).json()["views"]] == ["waiting"]
    assert again.json()["view"]["count"] == 2
    where = f"/api/views/{again.json()['view']['id']}"
    theirs = await hana.http.delete(where, headers={"X-CSRF-Token": hana.csrf})
    assert theirs.status_code == 404
    gone = await ken.http.delete(where, headers={"X-CSRF-Token": ken.csrf})
    assert gone.status_code == 204
    assert (await ken.get("/api/views")).json() == {"views": []}
