"""The shop and the looks of its chat: changed by those who may, tried without keeping it."""

from typing import Any

from kaiwa.merchants.audit import deeds
from kaiwa.merchants.merchant import Looks, merchant
from tests.web.desk.world import World
from tests.world import dump

LOOKS: dict[str, Any] = {
    "accent": "#1a5f4c",
    "greeting": {"ja": " いらっしゃいませ。 ", "en": ""},
    "quick_replies": {"ja": ["商品を探す", "商品を探す", "  "], "en": []},
    "looks": {"side": "left", "theme": "system", "icon": "bag", "languages": ["en", "ja"]},
}


async def test_the_shop_gets_another_name_and_time_zone(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    first = (await browser.get("/api/shop")).json()
    assert first["shop"] == {
        "name": "Shop mori", "slug": "mori", "language": "ja", "currency": "JPY",
        "timezone": "Asia/Tokyo", "bot_answers": True, "asks_rating": False,
    }  # fmt: skip
    assert "Europe/London" in first["timezones"]
    change = {"name": " Forest ", "timezone": "Europe/London", "bot_answers": False}
    done = await browser.post("/api/shop", change)
    told = first["shop"] | {"name": "Forest", "timezone": "Europe/London", "bot_answers": False}
    assert done.json() == {"shop": told}
    deed = world.db.read_now(lambda s: deeds(s, world.shop.id))[0][1]
    assert (deed.action, deed.detail) == ("changed_shop", change)
    before = dump(world.db)
    for wrong in ({"name": " "}, {"timezone": "Mars/Base"}, {"language": "fr"}, {"name": "a\0"}):
        answer = await browser.post("/api/shop", wrong)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), wrong
    assert dump(world.db) == before


async def test_the_chat_looks_as_it_was_chosen(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    first = (await browser.get("/api/looks")).json()
    assert first["looks"] == {
        "accent": None, "greeting": {}, "quick_replies": {},
        "looks": {"side": "right", "theme": "light", "icon": "chat", "languages": ["ja", "en"]},
    }  # fmt: skip
    assert [one["key"] for one in first["inboxes"]] == [world.shop.inbox.key]
    before = dump(world.db)
    tried = await browser.post("/api/looks/preview", LOOKS)
    opening = tried.json()["openings"]["ja"]
    assert opening["quick_replies"] == ["商品を探す"]
    assert opening["greeting"].startswith("いらっしゃいませ。\n")
    assert tried.json()["openings"]["en"] == first["openings"]["en"]
    assert dump(world.db) == before
    done = await browser.post("/api/looks", LOOKS)
    assert done.json()["looks"] == {
        "accent": "#1a5f4c",
        "greeting": {"ja": "いらっしゃいませ。"},
        "quick_replies": {"ja": ["商品を探す"]},
        "looks": {"side": "left", "theme": "system", "icon": "bag", "languages": ["ja", "en"]},
    }
    kept = world.db.read_now(lambda s: merchant(s, world.shop.id)).settings
    assert kept.looks == Looks("left", "system", "bag", ("ja", "en"))
    deed = world.db.read_now(lambda s: deeds(s, world.shop.id))[0][1]
    assert (deed.action, deed.detail) == (
        "changed_looks", {"names": ["accent", "greeting", "quick_replies", "looks"]},
    )  # fmt: skip
    assert world.db.read_now(lambda s: merchant(s, world.other.id)).settings.looks == Looks()


async def test_looks_that_cannot_be_are_refused(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    before = dump(world.db)
    looks = LOOKS["looks"]
    wrongs: tuple[dict[str, Any], ...] = (
        {"accent": "green"},
        {"accent": "#1234"},
        {"greeting": {"fr": "Bonjour"}},
        {"greeting": {"en": "x" * 501}},
        {"quick_replies": {"en": [str(n) for n in range(7)]}},
        {"quick_replies": {"en": ["x" * 41]}},
        {"looks": looks | {"languages": []}},
        {"looks": looks | {"side": "top"}},
        {"looks": looks | {"icon": "skull"}},
    )
    for wrong in wrongs:
        for path in ("/api/looks", "/api/looks/preview"):
            answer = await browser.post(path, LOOKS | wrong)
            assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), wrong
    assert dump(world.db) == before


async def test_an_agent_neither_sees_nor_changes_it(world: World) -> None:
    ken = await world.browser(world.shop.ken)
    before = dump(world.db)
    for answer in (
        await ken.get("/api/shop"),
        await ken.post("/api/shop", {"name": "Mine"}),
        await ken.get("/api/looks"),
        await ken.post("/api/looks", LOOKS),
        await ken.post("/api/looks/preview", LOOKS),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert dump(world.db) == before
