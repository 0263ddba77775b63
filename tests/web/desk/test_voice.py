"""The shop's voice at the desk: seen and changed by those who may, tried without keeping it."""

from typing import Any

from kaiwa.merchants.audit import deeds
from kaiwa.merchants.merchant import merchant
from tests.web.desk.world import World

BOX = "/api/voice"
FRIENDLY: dict[str, Any] = {
    "bot_name": "こだち",
    "greeting": {"en": "Welcome in."},
    "tone": "friendly",
    "emoji": "few",
    "about": {"en": "I was made by two people."},
    "topics": [{"name": "Medicine", "words": {"en": ["medical advice"]}, "person": True}],
    "weekly": {"mon": ["10:00-18:00"]},
    "holidays": ["2026-12-31"],
    "public_holidays": True,
    "high_value_minor": 50000,
}


async def test_an_owner_changes_the_voice_and_it_is_written_down(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    first = (await browser.get(BOX)).json()
    assert (first["voice"]["tone"], first["currency"], first["decimals"]) == ("polite", "JPY", 0)
    done = await browser.post(BOX, FRIENDLY)
    assert done.status_code == 200, done.text
    told = done.json()
    assert told["voice"] == FRIENDLY | {
        "disclosure": "start",
        "topics": [FRIENDLY["topics"][0] | {"answer": {}}],
    }
    assert told["samples"]["en"] == [
        {
            "kind": "opening",
            "asked": "",
            "reply": "Welcome in.\nI'm a bot, and I can get you a person any time.",
        },
        {
            "kind": "added",
            "asked": "I'll take one of those",
            "reply": "Done! 1 × gooseneck kettle is in your cart. 🛒",
        },
        {
            "kind": "handoff",
            "asked": "I'd like to talk to a person",
            # It is Monday noon in Tokyo.
            "reply": "Sure! I'm getting a colleague for you. They can see what we've said so far,"
            " and they'll reply right here. We're here until 18:00 today.",
        },
    ]
    kept = world.db.read_now(lambda s: merchant(s, world.shop.id)).settings
    assert (kept.bot_name, kept.voice.tone, kept.greeting) == (
        "こだち", "friendly", {"en": "Welcome in."},
    )  # fmt: skip
    deed = world.db.read_now(lambda s: deeds(s, world.shop.id))[0][1]
    assert (deed.actor, deed.action) == (f"agent:{world.shop.hana.id}", "changed_voice")
    assert deed.detail == {
        "names": ["bot_name", "greeting", "tone", "emoji", "about", "topics", "hours"]
        + ["high_value_minor"]
    }
    # The other shop speaks as before.
    assert world.db.read_now(lambda s: merchant(s, world.other.id)).settings.voice.tone == "polite"


async def test_trying_keeps_nothing(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    before = world.rows("SELECT settings FROM merchant ORDER BY id"), world.counted()
    tried = await browser.post(
        f"{BOX}/preview", {"voice": FRIENDLY, "said": "Can you give me medical advice?"}
    )
    assert tried.status_code == 200, tried.text
    assert tried.json()["left_alone"] == "Medicine"
    assert tried.json()["samples"]["ja"][1]["reply"] == "細口ケトルを1点、かごに入れましたよ！🛒"
    other = await browser.post(f"{BOX}/preview", {"voice": FRIENDLY, "said": "Advice, please"})
    assert other.json()["left_alone"] is None
    assert (world.rows("SELECT settings FROM merchant ORDER BY id"), world.counted()) == before


async def test_an_agent_neither_sees_nor_changes_it(world: World) -> None:
    browser = await world.browser(world.shop.ken)
    before = world.counted()
    for answer in (
        await browser.get(BOX),
        await browser.post(BOX, FRIENDLY),
        await browser.post(f"{BOX}/preview", {"voice": FRIENDLY}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert world.counted() == before


async def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    before = world.rows("SELECT settings FROM merchant ORDER BY id"), world.counted()
    topic = {"name": "T", "words": {"en": ["x"]}}
    wrongs: tuple[dict[str, Any], ...] = (
        {"tone": "rude"},
        {"weekly": {"mon": ["18:00-10:00"]}},
        {"weekly": {"mon": ["10:00-13:00", "12:00-15:00"]}},
        {"weekly": {"someday": []}},
        {"holidays": ["31.12.2026"]},
        {"greeting": {"fr": "Bonjour"}},
        {"about": {"en": "x" * 501}},
        {"topics": [topic, topic]},
        {"topics": [{"name": "T", "words": {}}]},
        {"high_value_minor": 0},
        {"bot_name": "a\nb"},
        {"bot_name": "a\0b"},
    )
    for wrong in wrongs:
        answer = await browser.post(BOX, wrong)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), wrong
    assert (world.rows("SELECT settings FROM merchant ORDER BY id"), world.counted()) == before
