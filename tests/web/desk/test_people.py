"""One person or two: signs, merging with a reason, taking it back."""

from typing import Any

from kaiwa.merchants.audit import deeds
from tests.web.desk.trading import Trade
from tests.web.desk.world import Browser, World


async def same(browser: Browser, conversation_id: int, **params: Any) -> Any:
    where = f"/api/conversations/{conversation_id}/same-person"
    answer = await browser.get(where, **params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_signs_are_told_and_a_stranger_is_none(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    one, two = shop.hears("v1", "Hello", name="Miho"), shop.hears("v2", "Hello", name="miho")
    stranger = shop.hears("v3", "Hello", name="Ren")
    world.other.hears("v1", "Hello", name="Miho")
    browser = await world.browser(shop.ken)
    (found,) = (await same(browser, one.id))["candidates"]
    assert found["customer"] == {"id": two.customer_id, "name": "miho"}
    assert found["signs"] == ["name"]
    # The till's orders all have the same e-mail address: a stronger sign.
    cup = trade.article("CUP")
    for conv in (one, stranger):
        await trade.bought(conv, (cup, 1))
    signs = {c["customer"]["id"]: c["signs"] for c in (await same(browser, one.id))["candidates"]}
    assert signs == {stranger.customer_id: ["order"], two.customer_id: ["name"]}
    found = (await same(browser, one.id, name="Ren"))["candidates"]
    assert [c["customer"]["id"] for c in found] == [stranger.customer_id]


async def test_two_become_one_and_two_again(world: World) -> None:
    shop = world.shop
    one, two = shop.hears("v1", "First", name="Miho"), shop.hears("v2", "Second", name="Miho")
    browser = await world.browser(shop.ken)
    where = f"/api/customers/{one.customer_id}/merge"
    empty = await browser.post(where, {"other": two.customer_id, "words": " "})
    assert (empty.status_code, empty.json()["detail"]["reason"]) == (400, "why")
    done = await browser.post(where, {"other": two.customer_id, "words": "Both gave one phone"})
    assert done.status_code == 200, done.text
    page = await browser.page(one.id)
    assert len(page["customer"]["addresses"]) == 2
    assert [past["id"] for past in page["customer"]["past"]] == [two.id]
    seen = await same(browser, one.id)
    assert seen["candidates"] == []
    (merge,) = seen["merges"]
    assert (merge["words"], merge["by"], merge["undone_at"]) == ("Both gave one phone", "Ken", None)
    assert merge["goes_back"] == {"addresses": 1, "conversations": 1, "messages": 0}
    shop.hears("v2", "Third")
    shop.hears("v1", "Fourth")
    (merge,) = (await same(browser, one.id))["merges"]
    assert merge["goes_back"] == {"addresses": 1, "conversations": 1, "messages": 1}
    undo = f"/api/merges/{merge['id']}/undo"
    assert (await browser.post(undo)).status_code == 200
    assert len((await browser.page(one.id))["customer"]["addresses"]) == 1
    assert (await browser.page(two.id))["conversation"]["customer"]["id"] == two.customer_id
    theirs = [m["content"] for m in (await browser.page(two.id))["messages"]]
    assert [content["text"] for content in theirs] == ["Second", "Third"]
    here = [m["content"] for m in (await browser.page(one.id))["messages"]]
    assert here[1] == {"type": "unsent", "parted": True}
    assert [content.get("text") for content in here] == ["First", None, "Fourth"]
    (past,) = (await same(browser, one.id))["merges"]
    assert past["undone_at"] is not None
    assert past["goes_back"] is None
    again = await browser.post(undo)
    assert (again.status_code, again.json()["error"]) == (409, "conflict")
    lines = world.db.read_now(lambda s: deeds(s, shop.id))
    told = [(d.actor, d.action) for _, d in lines if d.subject == f"customer:{one.customer_id}"]
    assert told == [
        (f"agent:{shop.ken.id}", "merge_undone"),
        (f"agent:{shop.ken.id}", "customers_merged"),
    ]
