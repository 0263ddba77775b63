"""The second factor: a code once, from the app or from paper, and nobody past it without one."""

import base64
from typing import Any

from kaiwa.engines.one_time_code import code_at, step_of
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.audit import deeds
from tests.web.desk.test_staff import CHOSEN, invited, put
from tests.web.desk.world import PASSWORD, Browser, World
from tests.world import dump

FACTOR = "/api/auth/second-factor"
OWN = {"password": PASSWORD}


def shown(world: World, secret: str, apart: int = 0) -> str:
    """What the app shows now, or some steps from now."""
    padded = secret + "=" * (-len(secret) % 8)
    return code_at(base64.b32decode(padded), step_of(world.clock.now()) + apart)


async def set_up(world: World, browser: Browser) -> tuple[str, list[str]]:
    """Turns it on: the secret the app has, and the codes on paper."""
    offer = (await browser.post(f"{FACTOR}/begin", OWN)).json()
    done = await browser.post(f"{FACTOR}/on", {"code": shown(world, offer["secret"])})
    assert done.status_code == 200, done.text
    world.clock.move(30)
    return offer["secret"], done.json()["recovery_codes"]


def kept(world: World) -> Any:
    """All rows but the count of tries."""
    return {name: rows for name, rows in dump(world.db).items() if name != "rate"}


async def let_in(world: World, whom: Agent, **more: Any) -> Any:
    browser = await world.browser()
    body = {"email": whom.email, "password": PASSWORD} | more
    answer = await browser.post("/api/auth/login", body)
    told = answer.json()
    return answer.status_code, told.get("detail", {}).get("reason")


async def test_from_then_on_a_code_is_asked_for_and_is_good_once(world: World) -> None:
    hana, here = world.shop.hana, await world.browser(world.shop.hana)
    there = await world.browser(hana)
    assert (await here.get(FACTOR)).json() == {"second_factor": None}
    offer = (await here.post(f"{FACTOR}/begin", OWN)).json()
    assert offer["address"].startswith("otpauth://totp/Kaiwa:hana@mori.example?secret=")
    assert offer["qr"].startswith("<svg")
    # Begun is not on: nobody is shut out who could not scan it.
    assert await let_in(world, hana) == (200, None)
    wrong = await here.post(f"{FACTOR}/on", {"code": shown(world, offer["secret"], 5)})
    assert (wrong.status_code, wrong.json()["detail"]["reason"]) == (400, "code")

    code = shown(world, offer["secret"])
    done = (await here.post(f"{FACTOR}/on", {"code": code})).json()
    assert done["second_factor"] == {"on_since": "2026-03-02T03:00:00.000Z", "recovery_left": 10}
    assert len(set(done["recovery_codes"])) == 10
    # Whoever was in by the password alone is out.
    assert (await here.get("/api/auth/me")).status_code == 200
    assert (await there.get("/api/auth/me")).status_code == 401
    kept = str(dump(world.db))
    assert offer["secret"] not in kept
    assert not any(one in kept for one in done["recovery_codes"])

    assert await let_in(world, hana) == (401, "code_needed")
    # The one that turned it on is used up.
    assert await let_in(world, hana, code=code) == (401, "code")
    world.clock.move(30)
    fresh = shown(world, offer["secret"])
    assert await let_in(world, hana, code=f" {fresh[:3]} {fresh[3:]}") == (200, None)
    assert await let_in(world, hana, code=fresh) == (401, "code")
    # Nor is an older one good after a newer.
    assert await let_in(world, hana, code=shown(world, offer["secret"], -1)) == (401, "code")
    # A wrong password says nothing of the code.
    assert await let_in(world, hana, password="wrong", code=fresh) == (401, "log_in")


async def test_a_code_in_full_width_is_the_same_code(world: World) -> None:
    secret, _ = await set_up(world, await world.browser(world.shop.hana))
    wide = shown(world, secret).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert await let_in(world, world.shop.hana, code=wide) == (200, None)


async def test_a_code_on_paper_is_good_once_and_counted(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    _, paper = await set_up(world, browser)
    assert await let_in(world, world.shop.hana, code=paper[0].upper()) == (200, None)
    assert await let_in(world, world.shop.hana, code=paper[0]) == (401, "code")
    assert (await browser.get(FACTOR)).json()["second_factor"]["recovery_left"] == 9
    again = await browser.post(f"{FACTOR}/recovery-codes", OWN)
    assert again.json()["second_factor"]["recovery_left"] == 10
    assert await let_in(world, world.shop.hana, code=paper[1]) == (401, "code")
    assert await let_in(world, world.shop.hana, code=again.json()["recovery_codes"][1]) == (
        200,
        None,
    )
    told = [deed.action for _, deed in world.db.read_now(lambda s: deeds(s, world.shop.id))]
    assert [one for one in told if one != "logged_in"] == [
        "used_recovery_code", "made_recovery_codes", "used_recovery_code",
        "turned_on_second_factor",
    ]  # fmt: skip


async def test_guessing_a_code_waits(world: World) -> None:
    secret, _ = await set_up(world, await world.browser(world.shop.hana))
    world.clock.move(3600)
    answers = [await let_in(world, world.shop.hana, code="000000") for _ in range(7)]
    assert answers == [(401, "code")] * 6 + [(429, None)]
    assert await let_in(world, world.shop.hana, code=shown(world, secret)) == (429, None)
    world.clock.move(900)
    assert await let_in(world, world.shop.hana, code=shown(world, secret)) == (200, None)


async def test_it_is_changed_with_the_password_only(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    secret, _ = await set_up(world, browser)
    before = kept(world)
    for act in ("begin", "off", "recovery-codes"):
        answer = await browser.post(f"{FACTOR}/{act}", {"password": "not it"})
        assert (answer.status_code, answer.json()["detail"]["reason"]) == (400, "old_password"), act
    again = await browser.post(f"{FACTOR}/begin", OWN)
    assert (again.status_code, again.json()["detail"]["reason"]) == (409, "factor_on")
    late = await browser.post(f"{FACTOR}/on", {"code": shown(world, secret)})
    assert (late.status_code, late.json()["detail"]["reason"]) == (409, "factor_not_begun")
    assert kept(world) == before
    assert (await browser.post(f"{FACTOR}/off", OWN)).json() == {"second_factor": None}
    world.clock.move(900)
    assert await let_in(world, world.shop.hana) == (200, None)
    off = await browser.post(f"{FACTOR}/off", OWN)
    assert (off.status_code, off.json()["detail"]["reason"]) == (409, "factor_off")


async def test_what_was_begun_and_left_is_begun_again(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    secret = (await browser.post(f"{FACTOR}/begin", OWN)).json()["secret"]
    world.clock.move(1800)
    late = await browser.post(f"{FACTOR}/on", {"code": shown(world, secret)})
    assert (late.status_code, late.json()["detail"]["reason"]) == (409, "factor_not_begun")


async def test_a_link_for_a_new_password_is_not_a_way_past_it(world: World) -> None:
    mei, token = await invited(world, world.shop.hana)
    guest = await world.browser()
    body = {"token": token, "password": CHOSEN}
    assert (await guest.post("/api/auth/login/join", body)).json()["agent"]["id"] == mei["id"]
    guest.csrf = (await guest.get("/api/auth/me")).json()["csrf"]
    offer = (await guest.post(f"{FACTOR}/begin", {"password": CHOSEN})).json()
    await guest.post(f"{FACTOR}/on", {"code": shown(world, offer["secret"])})
    world.clock.move(30)
    owner = await world.browser(world.shop.hana)
    fresh = (await owner.post(f"/api/staff/{mei['id']}/link")).json()["link"].partition("#")[2]
    other = await world.browser()
    asked = await other.post("/api/auth/login/join", {"token": fresh, "password": "stolen it is"})
    assert (asked.status_code, asked.json()["detail"]["reason"]) == (401, "code_needed")
    # Nothing was spent: the link still lets in who has the app.
    whole = {"token": fresh, "password": "chosen anew", "code": shown(world, offer["secret"])}
    assert (await other.post("/api/auth/login/join", whole)).status_code == 200


async def test_an_owner_helps_who_lost_the_phone_and_nobody_else_does(world: World) -> None:
    ken = await world.browser(world.shop.ken)
    await set_up(world, ken)
    owner = await world.browser(world.shop.hana)
    listed = {one["name"]: one for one in (await owner.get("/api/staff")).json()["staff"]}
    assert listed["Ken"]["factor_since"] == "2026-03-02T03:00:00.000Z"
    assert listed["Hana"]["factor_since"] is None
    where = f"/api/staff/{world.shop.ken.id}/second-factor"
    admin = await world.browser(world.shop.hire("ami", "admin"))
    for browser in (admin, ken):
        headers = {"X-CSRF-Token": browser.csrf}
        refused = await browser.http.request("DELETE", where, headers=headers)
        assert refused.status_code == 403
    assert await let_in(world, world.shop.ken) == (401, "code_needed")
    headers = {"X-CSRF-Token": owner.csrf}
    done = await owner.http.request("DELETE", where, headers=headers)
    assert done.json()["colleague"]["factor_since"] is None
    assert (await ken.get("/api/auth/me")).status_code == 401
    assert await let_in(world, world.shop.ken) == (200, None)


async def test_a_shop_may_ask_its_owners_and_admins_for_one(world: World) -> None:
    owner, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    ami = await world.browser(world.shop.hire("ami", "admin"))
    rule = "/api/staff/second-factor"
    first = await put(owner, rule, {"leads_need_factor": True})
    assert (first.status_code, first.json()["detail"]["reason"]) == (409, "factor_first")
    assert (await put(ami, rule, {"leads_need_factor": True})).status_code == 403
    await set_up(world, owner)
    assert (await put(owner, rule, {"leads_need_factor": True})).status_code == 200
    assert (await owner.get("/api/staff")).json()["leads_need_factor"] is True
    # At once: an admin who has none does nothing but set it up.
    held = await ami.get("/api/conversations")
    assert (held.status_code, held.json()["detail"]["reason"]) == (403, "second_factor")
    assert (await ami.get("/api/auth/me")).json()["lacks_factor"] is True
    assert (await ken.get("/api/conversations")).status_code == 200
    await set_up(world, ami)
    assert (await ami.get("/api/conversations")).status_code == 200
    assert (await ami.get("/api/auth/me")).json()["lacks_factor"] is False
    assert (await put(owner, rule, {"leads_need_factor": False})).status_code == 200
    told = [deed for _, deed in world.db.read_now(lambda s: deeds(s, world.shop.id))]
    assert [deed.detail for deed in told if deed.action == "changed_factor_rule"] == [
        {"leads_need": False}, {"leads_need": True},
    ]  # fmt: skip
