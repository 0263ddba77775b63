"""What a customer buys, seen and changed from the desk by the same verbs, in the agent's name."""

from typing import Any

import httpx

from kaiwa.merchants.audit import deeds
from kaiwa.orders.order import Order, events, order
from kaiwa.orders.wishlist import AddWish, add_wish
from tests.web.desk.trading import Trade
from tests.web.desk.world import Browser, World

ADDRESS = {
    "name": "佐藤 あかり",
    "postal_code": "180-0004",
    "region": "東京都",
    "city": "武蔵野市",
    "line1": "吉祥寺本町2-14-8",
    "phone": "090-0000-1234",
}


async def shopping(browser: Browser, conversation_id: int) -> Any:
    answer = await browser.get(f"/api/conversations/{conversation_id}/shopping")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def do(browser: Browser, found: Order, verb: str, conv: int, **more: Any) -> httpx.Response:
    body = {"conversation": conv, "client_id": "d1", "version": found.version, **more}
    return await browser.post(f"/api/orders/{found.id}/{verb}", body)


def as_it_is(world: World, found: Order) -> Order:
    return world.db.read_now(lambda s: order(s, world.shop.id, found.id))


def audited(world: World) -> list[tuple[str, str, str]]:
    lines = world.db.read_now(lambda s: deeds(s, world.shop.id))
    return [(d.actor, d.action, d.subject) for _, d in lines if d.subject.startswith("order:")]


async def test_orders_cart_and_wishes_are_the_customers_own(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    kettle, cup = trade.article("KETTLE", 8800), trade.article("CUP", 1100)
    conv, other = shop.hears("v1", "Hello"), shop.hears("v2", "Hello")
    found = await trade.bought(conv, (kettle, 1), (cup, 2))
    stranger = await trade.bought(other, (cup, 1))
    trade.cart(conv, (cup, 3))
    command = trade.articles.command()
    world.db.write_now(lambda s: add_wish(s, command, AddWish(conv.customer_id, kettle)))
    browser = await world.browser(shop.ken)
    seen = await shopping(browser, conv.id)
    (shown,) = seen["orders"]
    assert (shown["number"], shown["own"], shown["state"]) == (found.number, True, "processing")
    assert shown["steps"][shown["step_index"]] == "Preparing"
    assert set(shown["ways"]) == {"cancel", "change_address", "refund"}
    items = sum(one["amount"]["amount_minor"] for one in shown["lines"] + shown["entries"])
    assert items == shown["total"]["amount_minor"] == found.totals.total_minor
    assert shown["address_words"].startswith("〒150-0001 東京都")
    assert seen["cart"]["total"] == {"amount_minor": 3300, "currency": "JPY"}
    assert [(one["variant"], one["in_stock"]) for one in seen["wishes"]] == [(kettle, True)]
    # Another customer's order is found by its number, and said to be another's.
    answer = await browser.get(f"/api/conversations/{conv.id}/shopping", number=stranger.number)
    (shown,) = answer.json()["orders"]
    assert (shown["number"], shown["own"]) == (stranger.number, False)


async def test_an_agent_cancels_once_and_it_is_on_record(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    kettle = trade.article("KETTLE", 8800, stock=5)
    conv = shop.hears("v1", "Please cancel")
    found = await trade.bought(conv, (kettle, 1))
    browser = await world.browser(shop.ken)
    for _ in range(2):
        answer = await do(browser, found, "cancel", conv.id, reason="asked")
        assert answer.json()["order"]["state"] == "cancelled", answer.text
        assert answer.json()["order"]["ways"] == []
    assert trade.articles.stock(kettle) == (5, 0)
    assert audited(world) == [(f"agent:{shop.ken.id}", "order_cancelled", f"order:{found.id}")]
    done = world.db.read_now(lambda s: events(s, shop.id, found.id))
    assert done[-1].principal == f"agent:{shop.ken.id}"
    lines = (await browser.page(conv.id))["happenings"]
    assert [(one["kind"], one["reason"]) for one in lines] == [("order_cancelled", found.number)]


async def test_what_changed_meanwhile_or_is_too_late_does_nothing(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    conv = shop.hears("v1", "Please cancel")
    found = await trade.bought(conv, (trade.article("KETTLE", 8800), 1))
    browser = await world.browser(shop.ken)
    stale = await browser.post(
        f"/api/orders/{found.id}/cancel",
        {"conversation": conv.id, "client_id": "d1", "version": found.version + 7},
    )
    assert (stale.status_code, stale.json()["error"]) == (409, "conflict")
    late = await do(browser, found, "return", conv.id, lines={found.lines[0].part: 1})
    assert late.status_code == 409
    assert as_it_is(world, found) == found
    assert audited(world) == []
    assert (await browser.page(conv.id))["happenings"] == []


async def test_an_address_is_checked_and_changed(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    conv = shop.hears("v1", "I have moved")
    found = await trade.bought(conv, (trade.article("KETTLE", 8800), 1))
    browser = await world.browser(shop.ken)
    wrong = await do(browser, found, "address", conv.id, **{**ADDRESS, "postal_code": "12"})
    assert (wrong.status_code, wrong.json()["detail"]["field"]) == (400, "postal_code")
    assert as_it_is(world, found) == found
    answer = await do(browser, found, "address", conv.id, **ADDRESS)
    assert answer.json()["order"]["address"]["city"] == "武蔵野市"
    assert audited(world) == [(f"agent:{shop.ken.id}", "order_moved", f"order:{found.id}")]


async def test_a_name_is_read_as_before_wherever_the_order_goes(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    conv = shop.hears("v1", "I have moved")
    found = await trade.bought(conv, (trade.article("KETTLE", 8800), 1))
    browser = await world.browser(shop.ken)
    read = {**ADDRESS, "kana": "ささき みほ"}

    async def moved(deed: str, **to: str) -> str:
        body = {"client_id": deed, "version": as_it_is(world, found).version, **to}
        answer = await do(browser, found, "address", conv.id, **body)
        return str(answer.json()["order"]["address"]["kana"])

    assert await moved("d1", **read) == "ささき みほ"
    assert await moved("d2", **{**ADDRESS, "line2": "302"}) == "ささき みほ"
    assert await moved("d3", **{**read, "kana": "ささき びほ"}) == "ささき びほ"
    assert await moved("d4", **{**read, "kana": ""}) == ""
    assert await moved("d5", **read) == "ささき みほ"
    assert await moved("d6", **{**ADDRESS, "name": "森下 拓"}) == ""


async def test_money_goes_back_only_by_those_who_may(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    conv = shop.hears("v1", "It is scratched")
    found = await trade.bought(conv, (trade.article("KETTLE", 8800), 1))
    hana, ken = await world.browser(shop.hana), await world.browser(shop.ken)
    refused = await do(ken, found, "refund", conv.id, amount_minor=500, reason="scratch")
    assert refused.status_code == 403
    too_much = await do(hana, found, "refund", conv.id, amount_minor=99_999, reason="scratch")
    assert (too_much.status_code, too_much.json()["error"]) == (400, "invalid")
    assert as_it_is(world, found) == found
    answer = await do(hana, found, "refund", conv.id, amount_minor=500, reason="scratch")
    shown = answer.json()["order"]
    assert shown["total"]["amount_minor"] == found.totals.total_minor - 500
    assert sum(one["amount"]["amount_minor"] for one in shown["refunds"]) == 500
    assert audited(world) == [(f"agent:{shop.hana.id}", "order_refunded", f"order:{found.id}")]
