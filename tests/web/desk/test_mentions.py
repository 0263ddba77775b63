"""Mentions: who is named in a note hears of it at once, finds it, and has it until they looked."""

from typing import Any

from kaiwa.conversations.mention import mentioned
from kaiwa.merchants.agent import Agent
from tests.web.desk.world import Browser, World


async def noted(browser: Browser, conversation_id: int, text: str, client_id: str = "n1") -> Any:
    where = f"/api/conversations/{conversation_id}/notes"
    answer = await browser.post(where, {"client_id": client_id, "text": text})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(browser: Browser) -> tuple[list[int], int]:
    """The conversations of the view, and how many have something new."""
    answer = (await browser.get("/api/conversations", view="mentions")).json()
    return [row["id"] for row in answer["conversations"]], answer["counts"]["mentions"]


async def test_who_is_named_hears_of_it_and_has_it_until_they_looked(world: World) -> None:
    conv, quiet = world.shop.hears("v1", "Hello"), world.shop.hears("v2", "Hello")
    hana, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    async with ken.live() as line:
        await line.hello()
        note = await noted(hana, conv.id, "@ken please look, and @hana too")
        assert note["mentions"] == [{"id": world.shop.ken.id, "name": "Ken"}]
        told = await line.heard("mention")
        assert (told["conversation"], told["note"]) == (conv.id, note)
    assert await listed(ken) == ([conv.id], 1)
    assert await listed(hana) == ([], 0)
    assert (await ken.page(conv.id))["mentioned"] is True
    assert (await hana.page(conv.id))["mentioned"] is False
    # Reading another conversation changes nothing; reading this one does, and it is still found.
    await ken.post(f"/api/conversations/{quiet.id}/read", {"seq": 1})
    assert await listed(ken) == ([conv.id], 1)
    await hana.post(f"/api/conversations/{conv.id}/read", {"seq": 1})
    assert await listed(ken) == ([conv.id], 1)
    await ken.post(f"/api/conversations/{conv.id}/read", {"seq": 1})
    assert await listed(ken) == ([conv.id], 0)
    assert (await ken.page(conv.id))["mentioned"] is False
    # Named again, it is news again; the same note sent twice is one.
    for _ in range(2):
        await noted(hana, conv.id, "@Ken once more", "n2")
    assert await listed(ken) == ([conv.id], 1)


async def test_nobody_of_another_shop_is_named(world: World) -> None:
    world.other.hire("rui", "agent")
    conv = world.shop.hears("v1", "Hello")
    hana = await world.browser(world.shop.hana)
    assert (await noted(hana, conv.id, "@Rui and a@b.example"))["mentions"] == []
    assert world.rows("SELECT count(*) FROM mention") == [(0,)]


def people(*names: str) -> list[Agent]:
    return [
        Agent(number, 1, f"{number}@x.example", name, "agent", "ja")
        for number, name in enumerate(names, 1)
    ]


def test_the_longest_name_is_meant_and_whole_names_only() -> None:
    known = people("Ken", "Kenta", "田中 翔", "田中", "Ken")
    for text, meant in (
        ("@kenta", [2]),
        ("@KEN", [1, 5]),
        ("@Ken, @Kenta", [1, 5, 2]),
        ("@田中 翔さん、お願いします", [3]),
        ("@田中さん", [4]),
        ("見て@田中", [4]),
        ("Ken", []),
        ("@", []),
        ("", []),
    ):
        assert [one.id for one in mentioned(text, known)] == meant, text
