"""The shop's staff: invited by a link, given a role, shut out at once; never without an owner."""

from typing import Any

import pytest

from kaiwa.conversations.conversation import conversation
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.audit import deeds
from tests.web.desk.world import Browser, World
from tests.world import dump

NEW = {"email": "Mei@Mori.example", "name": "芽衣", "role": "agent", "language": "ja"}
CHOSEN = "a password of my own"


async def put(browser: Browser, path: str, body: Any) -> Any:
    headers = {"X-CSRF-Token": browser.csrf}
    return await browser.http.put(path, json=body, headers=headers)


async def invited(world: World, by: Agent, **other: Any) -> tuple[Any, str]:
    """Somebody new and the secret of their link."""
    answer = await (await world.browser(by)).post("/api/staff", NEW | other)
    assert answer.status_code == 201, answer.text
    path = answer.json()["link"]
    assert path.startswith("/desk/join#")
    return answer.json()["colleague"], path.partition("#")[2]


async def test_somebody_invited_chooses_a_password_and_is_in(world: World) -> None:
    mei, token = await invited(world, world.shop.hana)
    assert (mei["email"], mei["name"], mei["role"], mei["active"]) == (
        "mei@mori.example", "芽衣", "agent", True,
    )  # fmt: skip
    assert mei["link_until"] == "2026-03-09T03:00:00.000Z"
    guest = await world.browser()
    assert (await guest.post("/api/auth/login/link", {"token": token})).json() == {
        "name": "芽衣", "email": "mei@mori.example", "shop": "Shop mori",
    }  # fmt: skip
    short = await guest.post("/api/auth/login/join", {"token": token, "password": "short"})
    assert (short.status_code, short.json()["error"]) == (400, "invalid")
    done = await guest.post("/api/auth/login/join", {"token": token, "password": CHOSEN})
    assert (done.status_code, done.json()["agent"]["name"]) == (200, "芽衣")
    assert (await guest.get("/api/auth/me")).json()["agent"]["id"] == mei["id"]
    # The link is dead, and the password is the one that was chosen.
    for path, body in (
        ("link", {"token": token}),
        ("join", {"token": token, "password": "another password"}),
    ):
        again = await guest.post(f"/api/auth/login/{path}", body)
        assert (again.status_code, again.json()["error"]) == (404, "not_found"), path
    other = await world.browser()
    body = {"email": "mei@mori.example", "password": CHOSEN}
    assert (await other.post("/api/auth/login", body)).status_code == 200
    told = [deed.action for _, deed in world.db.read_now(lambda s: deeds(s, world.shop.id))]
    assert told[:3] == ["logged_in", "joined", "invited_agent"]
    # Its secret stands nowhere.
    assert token not in str(dump(world.db))


async def test_a_link_ends_after_a_week_and_by_a_newer_one(world: World) -> None:
    mei, first = await invited(world, world.shop.hana)
    owner = await world.browser(world.shop.hana)
    again = await owner.post(f"/api/staff/{mei['id']}/link")
    second = again.json()["link"].partition("#")[2]
    guest = await world.browser()
    assert (await guest.post("/api/auth/login/link", {"token": first})).status_code == 404
    assert (await guest.post("/api/auth/login/link", {"token": second})).status_code == 200
    world.clock.move(7 * 24 * 3600)
    assert (await guest.post("/api/auth/login/link", {"token": second})).status_code == 404


async def test_who_is_shut_out_is_out_at_once_and_their_work_waits(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    ken = await world.browser(world.shop.ken)
    taken = await ken.post(f"/api/conversations/{conv.id}/take", {"epoch": conv.epoch})
    assert taken.status_code == 200
    owner = await world.browser(world.shop.hana)
    async with ken.live() as line:
        await line.hello()
        done = await put(owner, f"/api/staff/{world.shop.ken.id}", {"active": False})
        assert (done.json()["colleague"]["active"], done.json()["requeued"]) == (False, 1)
        # Its desk is cut off, and is not let in again.
        with pytest.raises(Exception, match="1012|4401"):
            while True:
                await line.frame()
    assert (await ken.get("/api/conversations")).status_code == 401
    assert (await (await world.browser()).log_in(world.shop.ken)).status_code == 401
    row = world.db.read_now(lambda s: conversation(s, world.shop.id, conv.id))
    assert (row.answered_by, row.assignee_id) == ("nobody", None)
    back = await put(owner, f"/api/staff/{world.shop.ken.id}", {"active": True})
    assert back.json()["colleague"]["active"] is True
    assert (await (await world.browser()).log_in(world.shop.ken)).status_code == 200


async def test_the_last_owner_stays_one(world: World) -> None:
    owner = await world.browser(world.shop.hana)
    where = f"/api/staff/{world.shop.hana.id}"
    before = dump(world.db, world.shop.id)
    for change in ({"role": "agent"}, {"active": False}):
        answer = await put(owner, where, change)
        assert (answer.status_code, answer.json()["detail"]["reason"]) == (409, "last_owner")
    assert dump(world.db, world.shop.id) == before
    # With a second owner who may log in, the first can go.
    assert (
        await put(owner, f"/api/staff/{world.shop.ken.id}", {"role": "owner"})
    ).status_code == 200
    assert (await put(owner, where, {"role": "agent"})).status_code == 200
    # The role of a session is the one that stands now.
    assert (await owner.get("/api/staff")).status_code == 403


async def test_an_admin_decides_about_everybody_but_owners(world: World) -> None:
    ami = world.shop.hire("ami", "admin")
    admin = await world.browser(ami)
    assert (
        await put(admin, f"/api/staff/{world.shop.ken.id}", {"role": "admin"})
    ).status_code == 200
    before = dump(world.db, world.shop.id)
    hana = f"/api/staff/{world.shop.hana.id}"
    for answer in (
        await put(admin, hana, {"active": False}),
        await put(admin, hana, {"name": "X"}),
        await admin.post(f"{hana}/link"),
        await put(admin, f"/api/staff/{ami.id}", {"role": "owner"}),
        await admin.post("/api/staff", NEW | {"role": "owner"}),
    ):
        assert (answer.status_code, answer.json()["detail"]["reason"]) == (403, "owners")
    assert dump(world.db, world.shop.id) == before


async def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    owner = await world.browser(world.shop.hana)
    ken = await world.browser(world.shop.ken)
    before = dump(world.db, world.shop.id)
    for wrong, status, code in (
        (NEW | {"email": "nobody"}, 400, "invalid"),
        (NEW | {"role": "king"}, 400, "invalid"),
        (NEW | {"name": "x" * 101}, 400, "invalid"),
        # Also when it is another shop's.
        (NEW | {"email": "hana@umi.example"}, 409, "conflict"),
    ):
        answer = await owner.post("/api/staff", wrong)
        assert (answer.status_code, answer.json()["error"]) == (status, code), wrong
    stranger = f"/api/staff/{world.other.ken.id}"
    assert (await put(owner, stranger, {"name": "X"})).status_code == 404
    assert (await owner.post(f"{stranger}/link")).status_code == 404
    for answer in (
        await ken.get("/api/staff"),
        await ken.post("/api/staff", NEW),
        await put(ken, f"/api/staff/{world.shop.ken.id}", {"role": "owner"}),
        await ken.post(f"/api/staff/{world.shop.ken.id}/link"),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert dump(world.db, world.shop.id) == before


async def test_a_new_password_ends_every_other_session(world: World) -> None:
    here, there = await world.browser(world.shop.ken), await world.browser(world.shop.ken)
    wrong = await here.post("/api/auth/password", {"old": "not it at all", "new": CHOSEN})
    assert (wrong.status_code, wrong.json()["detail"]["reason"]) == (400, "old_password")
    body = {"old": "correct horse battery", "new": CHOSEN}
    assert (await here.post("/api/auth/password", body)).status_code == 200
    assert (await here.get("/api/auth/me")).status_code == 200
    assert (await there.get("/api/auth/me")).status_code == 401
    assert (await (await world.browser()).log_in(world.shop.ken)).status_code == 401
    assert (await (await world.browser()).log_in(world.shop.ken, CHOSEN)).status_code == 200
