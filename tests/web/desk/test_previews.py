"""A draft on every channel: what is read there, what is lost, and that nothing has happened."""

from tests.web.desk.trading import Trade
from tests.web.desk.world import World
from tests.world import dump


async def test_a_draft_is_seen_on_every_channel_and_nothing_is_left_behind(world: World) -> None:
    shop = world.shop
    conv = shop.hears("v1", "Hello")
    trade = Trade(shop)
    kettle = trade.article("KETTLE", 8800)
    order = await trade.bought(conv, (kettle, 1))
    browser = await world.browser(shop.ken)
    before = dump(world.db)
    cards = [
        {"type": "product", "variant": kettle, "seen_minor": 8800},
        {"type": "order", "order": order.id},
    ]
    where = f"/api/conversations/{conv.id}/preview"
    answer = await browser.post(where, {"text": "Have a look", "cards": cards})
    assert answer.status_code == 200, answer.text
    found = answer.json()["previews"]
    # The conversation's own first; the shop has no other.
    assert [one["channel"] for one in found if one["connected"]] == ["web_chat"]
    assert found[0]["channel"] == "web_chat"
    known = {one["channel"]: one for one in found}
    assert known["web_chat"]["degradations"] == []
    assert known["email"]["messages"] == 1
    assert "Have a look" in " ".join(known["line"]["seen"])
    assert all(any("8,800" in words for words in one["seen"]) for one in found)
    # A text message has no cards.
    assert {one["block"] for one in known["sms_twilio"]["degradations"]} >= {"product_card"}
    assert dump(world.db) == before


async def test_a_checkout_is_shown_and_not_opened(world: World) -> None:
    shop = world.shop
    conv = shop.hears("v1", "Hello")
    trade = Trade(shop)
    kettle = trade.article("KETTLE", 8800)
    trade.cart(conv, (kettle, 1))
    browser = await world.browser(shop.ken)
    before = dump(world.db)
    where = f"/api/conversations/{conv.id}/preview"
    answer = await browser.post(where, {"cards": [{"type": "checkout"}]})
    assert answer.status_code == 200, answer.text
    assert any("/checkout/" in words for words in answer.json()["previews"][0]["seen"])
    assert dump(world.db) == before


async def test_what_could_not_be_sent_cannot_be_seen(world: World) -> None:
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.ken)
    where = f"/api/conversations/{conv.id}/preview"
    before = dump(world.db)
    for body, status, reason in (
        ({}, 400, "empty"),
        ({"text": "{{order.number}}"}, 400, "unfilled"),
        ({"cards": [{"type": "cart"}]}, 409, "empty_cart"),
        ({"cards": [{"type": "product", "variant": 2**40, "seen_minor": 1}]}, 409, "gone"),
    ):
        answer = await browser.post(where, body)
        assert (answer.status_code, answer.json()["detail"]["reason"]) == (status, reason), body
    assert dump(world.db) == before
