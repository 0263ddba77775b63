"""Answers: exactly one side speaks, once, and a refusal leaves no trace."""

import asyncio
from typing import Any

from tests.web.desk.world import Browser, World


def said(client_id: str, row: Any, text: str = "Hello, this is a person.", **more: Any) -> Any:
    return {
        "client_id": client_id,
        "text": text,
        "epoch": row["epoch"],
        "last_seq": row["last_seq"],
        **more,
    }


async def row_of(browser: Browser, conversation_id: int) -> Any:
    return (await browser.page(conversation_id))["conversation"]


async def test_the_first_answer_takes_the_conversation_over(world: World) -> None:
    conv = world.shop.hears("v1", "Is anybody there?")
    browser = await world.browser(world.shop.ken)
    row = await row_of(browser, conv.id)
    answer = await browser.post(f"/api/conversations/{conv.id}/messages", said("c1", row))
    assert answer.status_code == 201
    message, after = answer.json()["message"], answer.json()["conversation"]
    assert message | {"id": 0} == {
        "id": 0,
        "conversation": conv.id,
        "seq": 2,
        "direction": "out",
        "sender": "agent",
        "name": "Ken",
        "agent": world.shop.ken.id,
        "channel": "web_chat",
        "state": "accepted",
        "error": None,
        "content": None,
        "blocks": [{"type": "text", "text": "Hello, this is a person.", "source": None}],
        "client_id": "c1",
        "degradations": [],
        "occurred_at": "2026-03-02T03:00:00.000Z",
        "recorded_at": "2026-03-02T03:00:00.000Z",
        "edited_at": None,
        "unsent_at": None,
        "attempts": 0,
        "permanent": False,
        "identity": message["identity"],
        "sent_as": None,
        "letter": None,
    }
    assert (after["answered_by"], after["assignee"]["name"]) == ("agent", "Ken")
    assert (after["epoch"], after["last_seq"], after["waiting_since"]) == (2, 2, None)
    page = await browser.page(conv.id)
    assert [line["kind"] for line in page["happenings"]] == ["taken"]


async def test_two_agents_at_once_and_exactly_one_lands(world: World) -> None:
    conv = world.shop.hears("v1", "Who is faster?")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    row = await row_of(hana, conv.id)
    path = f"/api/conversations/{conv.id}/messages"
    answers = await asyncio.gather(
        hana.post(path, said("h1", row, "Hana")), ken.post(path, said("k1", row, "Ken"))
    )
    assert sorted(one.status_code for one in answers) == [201, 409]
    refused = next(one.json() for one in answers if one.status_code == 409)
    landed = next(one.json() for one in answers if one.status_code == 201)
    assert refused["error"] == "conflict"
    assert refused["detail"]["conversation"] == landed["conversation"]
    assert world.rows("SELECT count(*) FROM message WHERE direction = 'out'") == [(1,)]
    assert world.counted()["happening"] == 1


async def test_many_at_once_by_the_one_who_has_it_and_one_who_wants_it(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    row = (await hana.post(f"{path}/take", {"epoch": 1})).json()["conversation"]
    answers = await asyncio.gather(
        *(hana.post(f"{path}/messages", said(f"h{n}", row)) for n in range(3)),
        *(ken.post(f"{path}/messages", said(f"k{n}", row)) for n in range(3)),
    )
    landed = world.rows("SELECT DISTINCT agent_id FROM message WHERE direction = 'out'")
    assert len(landed) == 1
    count = world.rows("SELECT count(*) FROM message WHERE direction = 'out'")[0][0]
    assert count == sum(one.status_code == 201 for one in answers)
    assert {one.status_code for one in answers} == {201, 409}
    seqs = [row[0] for row in world.rows("SELECT seq FROM message ORDER BY seq")]
    assert seqs == list(range(1, count + 2))


async def test_the_same_client_id_is_one_message_however_often(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    body = said("c1", await row_of(browser, conv.id))
    path = f"/api/conversations/{conv.id}/messages"
    first, *again = await asyncio.gather(*(browser.post(path, body) for _ in range(4)))
    # What changed since makes no difference: it was said.
    world.shop.hears("v1", "And another thing")
    again.append(await browser.post(path, body))
    assert {one.status_code for one in (first, *again)} == {201}
    assert {one.json()["message"]["id"] for one in (first, *again)} == {
        first.json()["message"]["id"]
    }
    assert world.rows("SELECT count(*) FROM message WHERE direction = 'out'") == [(1,)]

    elsewhere = world.shop.hears("v2", "Me too")
    other = await browser.post(
        f"/api/conversations/{elsewhere.id}/messages",
        said("c1", await row_of(browser, elsewhere.id)),
    )
    assert other.status_code == 400
    colleague = await world.browser(world.shop.hana)
    row = await row_of(colleague, conv.id)
    assert (await colleague.post(path, said("c1", row))).status_code == 201


async def test_what_the_bot_said_meanwhile_is_a_conflict_and_what_the_customer_said_is_not(
    world: World,
) -> None:
    conv = world.shop.hears("v1", "Do you ship abroad?")
    browser = await world.browser(world.shop.ken)
    row = await row_of(browser, conv.id)
    path = f"/api/conversations/{conv.id}/messages"
    world.shop.hears("v1", "To Canada")
    world.shop.bot_says(conv.id, "We do.")
    before = world.counted()
    refused = await browser.post(path, said("c1", row))
    assert refused.status_code == 409
    assert refused.json()["detail"]["reason"] == "answered"
    assert refused.json()["detail"]["conversation"]["last_seq"] == 3
    assert world.counted() == before

    row = await row_of(browser, conv.id)
    world.shop.hears("v1", "And how much is it?")
    assert (await browser.post(path, said("c1", row))).status_code == 201


async def test_what_the_same_agent_said_before_is_no_conflict(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    row = (await browser.post(f"{path}/take", {"epoch": 1})).json()["conversation"]
    for client_id in ("c1", "c2"):
        assert (await browser.post(f"{path}/messages", said(client_id, row))).status_code == 201
    # A campaign's message is no answer to what the agent saw either.
    world.db.write_now(
        lambda s: s.run("UPDATE message SET sender = 'campaign', agent_id = NULL WHERE seq = 2")
    )
    assert (await browser.post(f"{path}/messages", said("c3", row))).status_code == 201


async def test_an_act_with_an_old_epoch_is_refused_whoever_moved_it(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    assert (await browser.post(f"{path}/take", {"epoch": 1})).status_code == 200
    before = world.counted()
    for act in ("take", "hand-back", "close"):
        assert (await browser.post(f"{path}/{act}", {"epoch": 1})).status_code == 409
    assert (await browser.post(f"{path}/assign", {"epoch": 1, "agent": None})).status_code == 409
    assert world.counted() == before


async def test_what_two_tabs_of_one_agent_say_is_said_once_each(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    row = await row_of(browser, conv.id)
    path = f"/api/conversations/{conv.id}/messages"
    # Neither tab knows that the other has taken the conversation over.
    answers = await asyncio.gather(*(browser.post(path, said(f"c{n}", row)) for n in range(2)))
    assert [one.status_code for one in answers] == [201, 201]
    assert [one.json()["conversation"]["epoch"] for one in answers] == [2, 2]
    assert world.rows("SELECT count(*) FROM message WHERE direction = 'out'") == [(2,)]
    assert world.counted()["happening"] == 1


async def test_a_lease_that_went_through_other_hands_is_another_one(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    row = await row_of(ken, conv.id)
    path = f"/api/conversations/{conv.id}"
    assert (await hana.post(f"{path}/take", {"epoch": 1})).status_code == 200
    assert (await ken.post(f"{path}/take", {"epoch": 2})).status_code == 200
    before = world.counted()
    refused = await ken.post(f"{path}/messages", said("c1", row))
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "lease")
    assert world.counted() == before


async def test_what_was_closed_meanwhile_is_not_opened_by_what_did_not_see_it(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    ken = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    row = (await ken.post(f"{path}/take", {"epoch": 1})).json()["conversation"]
    assert (await ken.post(f"{path}/close", {"epoch": 2})).status_code == 200
    before = world.counted()
    refused = await ken.post(f"{path}/messages", said("c1", row))
    assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "lease")
    assert world.counted() == before


async def test_take_hand_back_close_and_reopen(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"

    async def act(name: str, epoch: int | None) -> tuple[Any, ...]:
        body = {} if epoch is None else {"epoch": epoch}
        answer = await browser.post(f"{path}/{name}", body)
        assert answer.status_code == 200, answer.text
        row = answer.json()["conversation"]
        return row["status"], row["answered_by"], row["assignee"], row["epoch"]

    ken = {"id": world.shop.ken.id, "name": "Ken"}
    assert await act("take", 1) == ("open", "agent", ken, 2)
    assert await act("take", 2) == ("open", "agent", ken, 2)
    assert await act("hand-back", 2) == ("open", "bot", None, 3)
    assert (await act("close", 3))[0] == "closed"
    for name in ("take", "hand-back"):
        refused = await browser.post(f"{path}/{name}", {"epoch": 4})
        assert (refused.status_code, refused.json()["detail"]["reason"]) == (409, "closed")
    assert await act("reopen", None) == ("open", "agent", ken, 5)
    lines = (await browser.page(conv.id))["happenings"]
    assert [(line["kind"], line["by"]["name"]) for line in lines] == [
        ("taken", "Ken"),
        ("handed_back", "Ken"),
        ("closed", "Ken"),
        ("reopened", "Ken"),
    ]


async def test_an_answer_opens_a_closed_conversation_unless_there_is_a_newer_one(
    world: World,
) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    path = f"/api/conversations/{conv.id}"
    row = (await browser.post(f"{path}/close", {"epoch": 1})).json()["conversation"]
    answer = await browser.post(f"{path}/messages", said("c1", row))
    assert answer.status_code == 201
    assert answer.json()["conversation"]["status"] == "open"

    epoch = answer.json()["conversation"]["epoch"]
    row = (await browser.post(f"{path}/close", {"epoch": epoch})).json()["conversation"]
    newer = world.shop.hears("v1", "One more thing")
    before = world.counted()
    for refused in (
        await browser.post(f"{path}/messages", said("c2", row)),
        await browser.post(f"{path}/reopen"),
    ):
        assert refused.status_code == 409
        assert refused.json()["detail"]["open_conversation"] == newer.id
    assert world.counted() == before


async def test_only_owners_and_admins_assign_to_others(world: World) -> None:
    shop = world.shop
    conv = shop.hears("v1", "Hello")
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    path = f"/api/conversations/{conv.id}/assign"
    before = world.counted()
    for body in ({"epoch": 1, "agent": shop.hana.id}, {"epoch": 1, "agent": None}):
        refused = await ken.post(path, body)
        assert (refused.status_code, refused.json()["error"]) == (403, "not_allowed")
    assert world.counted() == before

    assert (await ken.post(path, {"epoch": 1, "agent": shop.ken.id})).status_code == 200
    assert (await ken.post(path, {"epoch": 2, "agent": None})).status_code == 200
    given = await hana.post(path, {"epoch": 3, "agent": shop.ken.id})
    assert given.json()["conversation"]["assignee"]["name"] == "Ken"
    refused = await ken.post(path, {"epoch": 4, "agent": shop.hana.id})
    assert refused.status_code == 403
    line = (await hana.page(conv.id))["happenings"][-1]
    assert (line["kind"], line["by"]["name"], line["reason"]) == ("assigned", "Hana", "Ken")


async def test_nobody_is_assigned_who_is_not_an_agent_here(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    hana = await world.browser(world.shop.hana)
    world.db.write_now(
        lambda s: s.run("UPDATE agent SET disabled_at = 1 WHERE id = :id", id=world.shop.ken.id)
    )
    before = world.counted()
    for agent in (world.shop.ken.id, world.other.ken.id, 10**9):
        answer = await hana.post(
            f"/api/conversations/{conv.id}/assign", {"epoch": 1, "agent": agent}
        )
        assert answer.status_code == 404
    assert world.counted() == before
    agents = (await hana.get("/api/agents")).json()["agents"]
    assert agents == [{"id": world.shop.hana.id, "name": "Hana", "role": "owner"}]


async def test_what_cannot_be_said_is_refused(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    row = await row_of(browser, conv.id)
    path = f"/api/conversations/{conv.id}/messages"
    before = world.counted()
    for more in (
        {"text": ""},
        {"text": " \n "},
        {"text": "x" * 10_001},
        {"text": "a\0b"},
        {"text": None},
        {"client_id": ""},
        {"client_id": "x" * 65},
        {"client_id": "a b"},
        {"epoch": -1},
        {"last_seq": 2**40},
        {"identity": 0},
        {"file": "../../etc/passwd"},
    ):
        answer = await browser.post(path, said("c1", row) | more)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), more
    for more in ({"file": "m1/0000"}, {"identity": 10**6}):
        answer = await browser.post(path, said("c1", row) | more)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found"), more
    headers = {"X-CSRF-Token": browser.csrf}
    for body in (b"", b"{", b"[]", b"null", b'"\\ud800"', b"\xff"):
        answer = await browser.http.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), body
    large = await browser.http.post(path, content=b"x" * 200_001, headers=headers)
    assert (large.status_code, large.json()["error"]) == (413, "too_large")
    assert world.counted() == before
    assert (await browser.post(path, said("c1", row, "x" * 10_000))).status_code == 201


async def test_an_address_of_another_customer_is_refused(world: World) -> None:
    one, two = world.shop.hears("v1", "Hello"), world.shop.hears("v2", "Hello")
    browser = await world.browser(world.shop.ken)
    row = await row_of(browser, one.id)
    path = f"/api/conversations/{one.id}/messages"
    before = world.counted()
    refused = await browser.post(path, said("c1", row, identity=two.identity_id))
    assert refused.status_code == 404
    assert world.counted() == before
    good = await browser.post(path, said("c1", row, identity=one.identity_id))
    assert good.json()["message"]["identity"] == one.identity_id


async def test_japanese_agents_are_refused_in_japanese(world: World) -> None:
    yui = world.shop.hire("yui", "agent", "ja")
    conv = world.shop.hears("v1", "こんにちは")
    browser = await world.browser(yui)
    refused = await browser.post(f"/api/conversations/{conv.id}/take", {"epoch": 7})
    assert (
        refused.json()["message"] == "この会話の担当が変わりました。最新の内容を確かめてください。"
    )
