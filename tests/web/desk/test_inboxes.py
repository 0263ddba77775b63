"""The shop's inboxes: tried before they are kept, watched, mended; secrets are never shown."""

import json
from typing import Any

import msgspec
import pytest

from kaiwa.channels import channels
from kaiwa.desk.inbox_health import Found, found
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.audit import deeds
from kaiwa.merchants.inbox import inbox, inbox_by_key
from kaiwa.vocabulary.errors import NotFound
from tests.fakes.line_http import InProcessHttp
from tests.fakes.telegram_platform import TelegramPlatform
from tests.web.desk.test_staff import put
from tests.web.desk.world import Browser, World
from tests.world import dump

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "a-secret-of-our-own"
BOT = {"channel": "telegram", "credentials": {"bot_token": f" {TOKEN}\n", "webhook_secret": SECRET}}
NO_WEBHOOK = "No webhook is set: no message arrives. Run `kaiwa channel connect`."


@pytest.fixture
def platform(world: World) -> TelegramPlatform:
    """Telegram, reached by the server of this world instead of the real one."""
    made = TelegramPlatform(TOKEN, lambda: world.clock.now().timestamp())
    reach(world, http=InProcessHttp(made))
    return made


def reach(world: World, **other: Any) -> None:
    context = world.app.state["context"]
    world.app.state["context"] = msgspec.structs.replace(context, **other)


async def listed(browser: Browser) -> list[Any]:
    answer = await browser.get("/api/inboxes")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["inboxes"]
    return found


async def test_a_bot_is_set_up_connected_and_switched_off(
    world: World, platform: TelegramPlatform
) -> None:
    owner = await world.browser(world.shop.hana)
    reach(world, public_url="https://kaiwa.example")
    tried = await owner.post("/api/inboxes/try", BOT)
    # Not being connected yet is no reason not to keep it.
    assert [(one["en"], one["stops"]) for one in tried.json()["troubles"]] == [(NO_WEBHOOK, False)]
    assert len(await listed(owner)) == 1
    made = await owner.post("/api/inboxes", BOT | {"name": "  Our  bot "})
    assert made.status_code == 201, made.text
    box = made.json()["inbox"]
    assert (box["name"], box["channel"], box["active"]) == ("Our bot", "telegram", True)
    assert [one["ja"] for one in box["troubles"]] == [
        "Webhookが設定されていません。「つなぐ」を押すと届くようになります。"
    ]
    assert box["credentials"] == {"bot_token": None, "webhook_secret": None}
    done = await owner.post(f"/api/inboxes/{box['id']}/connect")
    assert (done.status_code, done.json()["inbox"]["troubles"]) == (200, [])
    assert platform.webhook["url"] == box["webhook"]
    assert box["webhook"].startswith("https://kaiwa.example/webhooks/telegram/")
    key = box["webhook"].rpartition("/")[2]
    off = await put(owner, f"/api/inboxes/{box['id']}", {"active": False})
    assert off.json()["inbox"]["active"] is False
    with pytest.raises(NotFound):
        world.db.read_now(lambda s: inbox_by_key(s, key))
    assert [one["id"] for one in await listed(owner)][-1] == box["id"]
    await put(owner, f"/api/inboxes/{box['id']}", {"active": True})
    assert world.db.read_now(lambda s: inbox_by_key(s, key)).id == box["id"]
    told = [deed.action for _, deed in world.db.read_now(lambda s: deeds(s, world.shop.id))]
    assert told[:4] == ["changed_inbox", "changed_inbox", "connected_inbox", "set_up_inbox"]
    # What was typed is what is sent, without the line break; nobody is ever shown it.
    kept = world.db.read_now(lambda s: inbox(s, world.shop.id, box["id"]))
    assert kept.account(Secrets(b"0" * 32)).credentials["bot_token"] == TOKEN
    shown = json.dumps([made.json(), done.json(), off.json(), await listed(owner)])
    assert TOKEN not in shown
    assert SECRET not in shown
    assert TOKEN not in str(dump(world.db))


async def test_what_the_provider_does_not_take_is_not_kept(
    world: World, platform: TelegramPlatform
) -> None:
    owner = await world.browser(world.shop.hana)
    before = dump(world.db, world.shop.id)
    wrong = {"channel": "telegram", "credentials": BOT["credentials"] | {"bot_token": "1:no"}}  # type: ignore[operator]
    tried = await owner.post("/api/inboxes/try", wrong)
    assert [one["stops"] for one in tried.json()["troubles"]] == [True]
    refused = await owner.post("/api/inboxes", wrong)
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "untaken")
    assert refused.json()["detail"]["troubles"][0]["ja"].startswith(
        "Telegramがこのトークンを知りません。"
    )
    platform.fails = [502, 502]
    silent = await owner.post("/api/inboxes", BOT)
    assert (silent.status_code, silent.json()["detail"]["reason"]) == (409, "untaken")
    assert dump(world.db, world.shop.id) == before


async def test_new_credentials_are_tried_before_they_replace_the_old(
    world: World, platform: TelegramPlatform
) -> None:
    owner = await world.browser(world.shop.hana)
    box = (await owner.post("/api/inboxes", BOT)).json()["inbox"]
    where = f"/api/inboxes/{box['id']}"
    before = dump(world.db, world.shop.id)
    refused = await put(owner, where, {"credentials": {"bot_token": "1:no"}, "name": "X"})
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "untaken")
    assert dump(world.db, world.shop.id) == before
    # One of two is given; the other stays.
    fresh = {"webhook_secret": "another-secret-of-ours", "bot_token": ""}
    done = await put(owner, where, {"credentials": fresh})
    assert done.status_code == 200, done.text
    kept = world.db.read_now(lambda s: inbox(s, world.shop.id, box["id"]))
    assert kept.account(Secrets(b"0" * 32)).credentials == {
        "bot_token": TOKEN, "webhook_secret": "another-secret-of-ours",
    }  # fmt: skip
    # A token that dies later is seen by the next look.
    platform.token = "2:another"
    seen = (await owner.post(f"{where}/check")).json()["inbox"]
    assert seen["troubles"][0]["en"].startswith("Telegram does not know the bot token.")
    assert seen["checked_at"] == "2026-03-02T03:00:00.000Z"


async def test_the_widget_tells_its_code_and_its_pages(world: World) -> None:
    owner = await world.browser(world.shop.hana)
    (box,) = await listed(owner)
    assert box["code"] == (
        f'<script async src="{world.base}/widget.js" data-shop="{world.shop.inbox.key}"></script>'
    )
    where = f"/api/inboxes/{box['id']}"
    pages = ["https://Shop.example/", "https://shop.example"]
    done = await put(owner, where, {"origins": pages})
    assert done.json()["inbox"]["origins"] == ["https://shop.example"]
    before = dump(world.db, world.shop.id)
    for wrong in (
        "shop.example",
        "https://shop.example/path",
        "javascript:alert(1)",
        "https://a b",
    ):
        answer = await put(owner, where, {"origins": [wrong]})
        assert (answer.status_code, answer.json()["detail"]["reason"]) == (400, "origin"), wrong
    assert dump(world.db, world.shop.id) == before


async def test_who_may_not_is_refused_and_strangers_rows_are_not_there(world: World) -> None:
    ken, owner = await world.browser(world.shop.ken), await world.browser(world.shop.hana)
    before = dump(world.db)
    where = f"/api/inboxes/{world.shop.inbox.id}"
    for answer in (
        await ken.get("/api/inboxes"),
        await ken.get("/api/channels"),
        await ken.post("/api/inboxes/try", BOT),
        await ken.post("/api/inboxes", BOT),
        await put(ken, where, {"active": False}),
        await ken.post(f"{where}/check"),
        await ken.post(f"{where}/connect"),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    theirs = f"/api/inboxes/{world.other.inbox.id}"
    for answer in (
        await put(owner, theirs, {"active": False}),
        await owner.post(f"{theirs}/check"),
        await owner.post(f"{theirs}/connect"),
        await owner.post("/api/inboxes", {"channel": "smoke_signals"}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    for wrong in ({}, {"bot_token": "x"}, BOT["credentials"] | {"more": "x"}):  # type: ignore[operator]
        answer = await owner.post("/api/inboxes", {"channel": "telegram", "credentials": wrong})
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), wrong
    assert (await owner.post(f"{where}/connect")).json()["detail"]["reason"] == "not_connectable"
    assert dump(world.db) == before


def test_every_sentence_of_a_guide_is_known_in_both_languages() -> None:
    for kind in channels().values():
        for trouble in kind.guide.troubles:
            said = trouble.said.en.replace("{", "<").replace("}", ">")
            told = found(kind.kind, said)
            assert told.stops is trouble.stops, said
            # A provider's own words are told apart from ours.
            ja = trouble.said.ja.replace("{why}", "「{why}」")
            assert told.said.ja == ja.replace("{", "<").replace("}", ">"), said
            assert told.said.en == said


def test_a_sentence_nobody_knows_stays_as_it_is() -> None:
    odd = found("telegram", "Odd.")
    assert (odd.said.ja, odd.said.en, odd.stops) == ("Odd.", "Odd.", True)
    assert isinstance(found("smoke_signals", "Odd."), Found)
