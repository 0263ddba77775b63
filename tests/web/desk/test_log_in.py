"""Who may come in, and that nothing is written without the token of our own page."""

from datetime import timedelta

import pytest

from kaiwa.engines.queue.rate import Limit
from kaiwa.merchants.agent_session import LIFE
from kaiwa.merchants.audit import deeds
from kaiwa.web import auth
from tests.web.desk.world import PASSWORD, World


async def test_an_agent_logs_in_is_known_and_logs_out(world: World) -> None:
    browser = await world.browser()
    answer = await browser.log_in(world.shop.hana)
    assert answer.status_code == 200
    assert answer.json()["agent"] == {
        "id": world.shop.hana.id,
        "name": "Hana",
        "email": "hana@mori.example",
        "role": "owner",
        "language": "en",
        "merchant": {
            "id": world.shop.id,
            "name": "Shop mori",
            "currency": "JPY",
            "timezone": "Asia/Tokyo",
        },
    }
    cookie = answer.headers["set-cookie"]
    assert "kaiwa_session=" in cookie
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"

    assert (await browser.get("/api/auth/me")).json() == answer.json()
    assert (await browser.post("/api/auth/logout")).status_code == 204
    assert (await browser.get("/api/auth/me")).status_code == 401
    assert world.rows("SELECT count(*) FROM agent_session") == [(0,)]
    lines = world.db.read_now(lambda s: deeds(s, world.shop.id))
    who = f"agent:{world.shop.hana.id}"
    assert [(deed.actor, deed.action) for _, deed in lines] == [
        (who, "logged_out"),
        (who, "logged_in"),
    ]


async def test_a_wrong_password_and_an_unknown_account_are_answered_alike(world: World) -> None:
    browser = await world.browser()
    wrong = await browser.log_in(world.shop.hana, "not her password")
    unknown = await browser.http.post(
        "/api/auth/login", json={"email": "nobody@mori.example", "password": PASSWORD}
    )
    odd = await browser.http.post("/api/auth/login", json={"email": "a\0b", "password": PASSWORD})
    assert [one.status_code for one in (wrong, unknown, odd)] == [401, 401, 401]
    assert wrong.json() == unknown.json() == odd.json()
    assert wrong.json()["error"] == "not_authentic"
    assert "set-cookie" not in wrong.headers
    assert world.counted()["agent_session"] == 0


async def test_an_agent_who_was_switched_off_is_out_at_once(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    world.db.write_now(lambda s: s.run("UPDATE agent SET disabled_at = 1 WHERE name = 'Ken'"))
    assert (await browser.get("/api/auth/me")).status_code == 401
    assert (await browser.log_in(world.shop.ken)).status_code == 401


async def test_after_ten_tries_an_account_waits(world: World) -> None:
    browser = await world.browser()
    tries = [(await browser.log_in(world.shop.hana, "wrong")).status_code for _ in range(11)]
    assert tries == [401] * 10 + [429]
    refused = await browser.log_in(world.shop.hana)
    assert refused.status_code == 429
    assert refused.json()["error"] == "too_many"
    wait_s = int(refused.headers["retry-after"])
    assert 80 <= wait_s <= 91
    assert world.counted()["agent_session"] == 0

    assert (await browser.log_in(world.shop.ken)).status_code == 200
    world.clock.move(wait_s)
    assert (await browser.log_in(world.shop.hana)).status_code == 200


async def test_who_is_right_uses_no_try_up(world: World) -> None:
    browser = await world.browser()
    right = [(await browser.log_in(world.shop.hana)).status_code for _ in range(12)]
    assert right == [200] * 12
    wrong = [(await browser.log_in(world.shop.hana, "wrong")).status_code for _ in range(11)]
    assert wrong == [401] * 10 + [429]


async def test_one_address_cannot_try_many_accounts_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Limit(50 / 900, 50) == auth.BY_ADDRESS
    monkeypatch.setattr(auth, "BY_ADDRESS", Limit(3 / 900, 3))
    browser = await world.browser()
    codes = []
    for number in range(4):
        body = {"email": f"a{number}@x.example", "password": ""}
        codes.append((await browser.http.post("/api/auth/login", json=body)).status_code)
    assert codes == [401] * 3 + [429]


async def test_a_session_ends_after_its_life(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    world.clock.at += LIFE - timedelta(seconds=1)
    assert (await browser.get("/api/auth/me")).status_code == 200
    world.clock.at += timedelta(seconds=1)
    refused = await browser.get("/api/conversations")
    assert refused.status_code == 401
    assert refused.json()["error"] == "not_authentic"


async def test_nothing_is_written_without_the_token(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.hana)
    before = world.counted()
    path = f"/api/conversations/{conv.id}/take"
    body = {"epoch": conv.epoch}
    for headers in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": ""}):
        answer = await browser.http.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    foreign = await browser.post(path, body, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert (await browser.http.post("/api/auth/logout")).status_code == 403
    assert world.counted() == before
    own = await browser.post(path, body, headers={"Origin": world.base})
    assert own.status_code == 200


async def test_another_page_cannot_log_a_browser_in(world: World) -> None:
    browser = await world.browser()
    body = {"email": world.shop.hana.email, "password": PASSWORD}
    for origin in ("https://evil.example", "null", world.base + ".evil.example"):
        answer = await browser.http.post("/api/auth/login", json=body, headers={"Origin": origin})
        assert answer.status_code == 403
    assert world.counted()["agent_session"] == 0


async def test_a_forged_cookie_is_nobody(world: World) -> None:
    browser = await world.browser()
    for cookie in ("x", "x" * 300, "%00", ""):
        browser.http.cookies.set("kaiwa_session", cookie)
        assert (await browser.get("/api/auth/me")).status_code == 401


async def test_refusals_are_in_the_readers_language(world: World) -> None:
    browser = await world.browser()
    wished = {"Accept-Language": "ja,en;q=0.8"}
    answer = await browser.http.get("/api/auth/me", headers=wished)
    assert answer.json() == {
        "error": "not_authentic",
        "message": "ログインしていないか、ログインの期限が切れています。",
        "detail": {},
    }
    english = await browser.http.get("/api/auth/me", headers={"Accept-Language": "fr, de"})
    assert english.json()["message"] == "You are not logged in, or your session has ended."
