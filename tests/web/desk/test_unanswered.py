"""The desk's queue of unanswered questions."""

from typing import Any

from kaiwa.knowledge.entries import entries
from kaiwa.knowledge.phrase import own_phrases
from kaiwa.knowledge.unanswered import Unanswered, keep_unanswered
from kaiwa.merchants.audit import deeds
from tests.web.desk.world import Shop, World

BOX = "/api/unanswered"


def missed(shop: Shop, *texts: str) -> None:
    for number, text in enumerate(texts):
        conv = shop.hears(f"v{number}", text)
        said = shop.db.read_now(
            lambda s, c=conv.id: s.one(  # type: ignore[misc]
                "SELECT max(id) FROM message WHERE conversation_id = :c", c=c
            )
        )
        one = Unanswered(said[0], conv.id, "ja", text, shop.clock.now())
        shop.db.write_now(lambda s, one=one: keep_unanswered(s, shop.id, one))  # type: ignore[misc]


def kept(world: World) -> list[Any]:
    tables = ("faq", "phrase", "regression", "unanswered_cluster", "audit")
    return [world.rows(f"SELECT * FROM {name} ORDER BY 1") for name in tables]


async def test_every_agent_sees_what_waits_with_its_conversations(world: World) -> None:
    missed(world.shop, "駐車場はありますか", "駐車場ある？", "店は禁煙ですか")
    browser = await world.browser(world.shop.ken)
    first, second = (await browser.get(BOX)).json()["unanswered"]
    assert (first["text"], first["asked"], first["status"]) == ("駐車場はありますか", 2, "open")
    assert first["wordings"] == ["駐車場はありますか", "駐車場ある？"]
    assert [one["text"] for one in first["examples"]] == ["駐車場ある？", "駐車場はありますか"]
    assert (await browser.page(first["examples"][0]["conversation"]))["messages"]
    assert second["asked"] == 1
    assert len((await browser.get(BOX, limit=1)).json()["unanswered"]) == 1
    assert (await browser.get(BOX, status="dismissed")).json() == {"unanswered": []}


async def test_an_owner_answers_and_the_entry_the_test_and_the_deed_are_there(world: World) -> None:
    missed(world.shop, "駐車場はありますか")
    browser = await world.browser(world.shop.hana)
    (one,) = (await browser.get(BOX)).json()["unanswered"]
    done = await browser.post(f"{BOX}/{one['id']}/answer", {"answer": "二台分あります。"})
    assert done.status_code == 200, done.text
    told = done.json()
    assert (told["unanswered"]["status"], told["unanswered"]["outcome"]) == (
        "answered",
        f"faq:{told['faq']}",
    )
    (entry,) = world.db.read_now(lambda s: entries(s, world.shop.id))
    assert (entry.id, entry.answer) == (told["faq"], "二台分あります。")
    assert world.rows("SELECT act, faq_id FROM regression") == [("faq", entry.id)]
    deed = world.db.read_now(lambda s: deeds(s, world.shop.id))[0][1]
    assert (deed.actor, deed.action, deed.subject) == (
        f"agent:{world.shop.hana.id}",
        "answered",
        f"unanswered:{one['id']}",
    )
    again = await browser.post(f"{BOX}/{one['id']}/answer", {"answer": "いいえ。"})
    assert (again.status_code, again.json()["error"]) == (409, "conflict")
    assert (await browser.post(f"{BOX}/{one['id']}/dismiss")).status_code == 409


async def test_a_question_becomes_a_phrase_or_is_dismissed(world: World) -> None:
    missed(world.shop, "アレどうなった", "面白い話をして")
    browser = await world.browser(world.shop.hana)
    found = (await browser.get(BOX)).json()["unanswered"]
    ids = {one["text"]: one["id"] for one in found}
    told = await browser.post(f"{BOX}/{ids['アレどうなった']}/answer", {"act": "order_status"})
    assert told.json()["phrase"] is not None
    assert world.db.read_now(lambda s: own_phrases(s, world.shop.id))["ja"] == (
        ("order_status", "アレどうなった"),
    )
    gone = await browser.post(f"{BOX}/{ids['面白い話をして']}/dismiss")
    assert gone.json()["unanswered"]["status"] == "dismissed"
    assert (await browser.get(BOX)).json() == {"unanswered": []}


async def test_a_lesson_that_cannot_work_is_refused_and_changes_nothing(world: World) -> None:
    missed(world.shop, "駐車場はありますか")
    browser = await world.browser(world.shop.hana)
    (one,) = (await browser.get(BOX)).json()["unanswered"]
    before = kept(world)
    for body, status in (
        ({}, 400),
        ({"answer": "a", "act": "faq"}, 400),
        ({"act": "teleport"}, 400),
        ({"answer": " "}, 400),
        ({"answer": "a\0b"}, 400),
        ({"faq": 0}, 400),
        ({"faq": 99}, 404),
        ({"answer": 3}, 400),
    ):
        refused = await browser.post(f"{BOX}/{one['id']}/answer", body)
        assert refused.status_code == status, (body, refused.text)
    assert kept(world) == before


async def test_an_agent_may_look_but_not_teach(world: World) -> None:
    missed(world.shop, "駐車場はありますか")
    browser = await world.browser(world.shop.ken)
    (one,) = (await browser.get(BOX)).json()["unanswered"]
    before = kept(world)
    for verb, body in (("answer", {"answer": "はい。"}), ("dismiss", {})):
        refused = await browser.post(f"{BOX}/{one['id']}/{verb}", body)
        assert (refused.status_code, refused.json()["error"]) == (403, "not_allowed")
    assert kept(world) == before


async def test_another_shops_questions_do_not_exist(world: World) -> None:
    missed(world.other, "秘密の質問ですか")
    theirs = world.rows("SELECT id FROM unanswered_cluster")[0][0]
    browser = await world.browser(world.shop.hana)
    assert (await browser.get(BOX)).json() == {"unanswered": []}
    before = kept(world)
    for verb, body in (("answer", {"answer": "はい。"}), ("dismiss", {})):
        refused = await browser.post(f"{BOX}/{theirs}/{verb}", body)
        assert (refused.status_code, refused.json()["error"]) == (404, "not_found")
        assert "秘密" not in refused.text
    assert kept(world) == before


async def test_without_the_token_of_the_page_nothing_is_taught(world: World) -> None:
    missed(world.shop, "駐車場はありますか")
    browser = await world.browser(world.shop.hana)
    (one,) = (await browser.get(BOX)).json()["unanswered"]
    before = kept(world)
    browser.csrf = "wrong"
    refused = await browser.post(f"{BOX}/{one['id']}/answer", {"answer": "はい。"})
    assert refused.status_code == 403
    assert kept(world) == before
