"""Cards beside an answer: named by the agent, filled from records, refused when they changed."""

from typing import Any

import httpx

from kaiwa.customers.consent import ConsentGiven, record_consent
from kaiwa.orders.coupon import CouponRule, put_coupon
from tests.web.desk.trading import Trade
from tests.web.desk.world import NOON, Browser, World


async def send(browser: Browser, conversation_id: int, *cards: Any, **more: Any) -> httpx.Response:
    page = await browser.page(conversation_id)
    row = page["conversation"]
    body = {
        "client_id": more.pop("client_id", "c1"),
        "epoch": row["epoch"],
        "last_seq": row["last_seq"],
        "cards": list(cards),
        **more,
    }
    return await browser.post(f"/api/conversations/{conversation_id}/messages", body)


async def test_a_product_is_found_and_leaves_at_its_price_of_now(world: World) -> None:
    trade = Trade(world.shop)
    kettle, cup = trade.article("KETTLE", 8800), trade.article("CUP", 1100, stock=2)
    conv = world.shop.hears("v1", "Which kettle?")
    browser = await world.browser(world.shop.ken)
    found = (await browser.get("/api/products", q="article kettle")).json()
    assert found["products"][0] == {
        "variant": kettle,
        "title": "Article KETTLE",
        "options": "",
        "sku": "KETTLE",
        "price": {"amount_minor": 8800, "currency": "JPY"},
        "stock": "In stock",
        "in_stock": True,
        "image_url": None,
    }
    cards = [
        {"type": "product", "variant": kettle, "seen_minor": 8800},
        {"type": "product", "variant": cup, "seen_minor": 1100},
    ]
    answer = await send(browser, conv.id, *cards, text="These two")
    assert answer.status_code == 201, answer.text
    text, carousel = answer.json()["message"]["blocks"]
    assert (text["type"], text["text"]) == ("text", "These two")
    assert [(c["number"], c["title"], c["price"]["amount_minor"]) for c in carousel["cards"]] == [
        (1, "Article KETTLE", 8800),
        (2, "Article CUP", 1100),
    ]
    assert carousel["cards"][1]["stock"] == "Only 2 left"


async def test_a_price_that_changed_meanwhile_leaves_nothing(world: World) -> None:
    trade = Trade(world.shop)
    kettle = trade.article("KETTLE", 8800)
    conv = world.shop.hears("v1", "Which kettle?")
    browser = await world.browser(world.shop.ken)
    trade.article("KETTLE", 7900)
    before = world.counted()
    answer = await send(
        browser, conv.id, {"type": "product", "variant": kettle, "seen_minor": 8800}
    )
    assert (answer.status_code, answer.json()["error"]) == (409, "refused")
    detail = answer.json()["detail"]
    assert (detail["reason"], detail["was"], detail["now"]) == ("price_changed", "¥8,800", "¥7,900")
    assert world.counted() == before
    # The same client id, with what is true now, goes out: once.
    for _ in range(2):
        answer = await send(
            browser, conv.id, {"type": "product", "variant": kettle, "seen_minor": 7900}
        )
        assert answer.status_code == 201
    assert world.counted()["message"] == before["message"] + 1


async def test_a_coupon_leaves_only_while_it_is_good_and_wanted(world: World) -> None:
    shop, now = world.shop, world.clock.now()
    rule = CouponRule("HARU", "percent", percent_hundredths=1000, min_subtotal_minor=3000)
    old = CouponRule("OLD", "fixed", amount_minor=500, ends_at=NOON)
    for one in (rule, old):
        world.db.write_now(lambda s, one=one: put_coupon(s, shop.id, one, now))  # type: ignore[misc]
    conv = shop.hears("v1", "Hello, do you have a coupon?")
    browser = await world.browser(shop.ken)
    assert (await browser.get("/api/coupons")).json()["coupons"] == [
        {
            "code": "HARU",
            "worth": "10% off",
            "least": {"amount_minor": 3000, "currency": "JPY"},
            "ends_at": None,
        }
    ]
    before = world.counted()
    for code, status, reason in (("OLD", 409, "coupon"), ("NONE", 404, None)):
        answer = await send(browser, conv.id, {"type": "coupon", "code": code})
        assert (answer.status_code, answer.json()["detail"].get("reason")) == (status, reason)
    refused = ConsentGiven("refused", "test")
    where = conv.identity_id
    assert where is not None
    world.db.write_now(lambda s: record_consent(s, shop.id, where, refused, now))
    answer = await send(browser, conv.id, {"type": "coupon", "code": "haru"})
    assert answer.json()["detail"] == {"reason": "no_consent"}
    assert world.counted() == before
    given = ConsentGiven("granted", "test")
    world.db.write_now(lambda s: record_consent(s, shop.id, where, given, now))
    answer = await send(browser, conv.id, {"type": "coupon", "code": "haru"})
    (coupon,) = answer.json()["message"]["blocks"]
    assert (coupon["code"], coupon["title"]) == ("HARU", "10% off")
    assert coupon["description"] == "For purchases of ¥3,000 and more"


async def test_order_cart_and_checkout_come_from_their_records(world: World) -> None:
    shop, trade = world.shop, Trade(world.shop)
    kettle = trade.article("KETTLE", 8800)
    conv = shop.hears("v1", "Hello, where is my order?")
    found = await trade.bought(conv, (kettle, 1))
    browser = await world.browser(shop.ken)
    answer = await send(browser, conv.id, {"type": "order", "order": found.id})
    (card,) = answer.json()["message"]["blocks"]
    assert (card["number"], card["status"]) == (found.number, "being prepared")
    assert card["url"].startswith(f"{world.base}/orders/")
    assert "Article KETTLE ×1" in card["alt_text"]
    before = world.counted()
    for kind in ("cart", "checkout"):
        answer = await send(browser, conv.id, {"type": kind}, client_id=f"no-{kind}")
        assert answer.json()["detail"] == {"reason": "empty_cart"}
    assert world.counted() == before
    trade.cart(conv, (kettle, 2))
    answer = await send(browser, conv.id, {"type": "cart"}, client_id="c2")
    (receipt,) = answer.json()["message"]["blocks"]
    assert receipt["total"] == {"amount_minor": 17600, "currency": "JPY"}
    answer = await send(browser, conv.id, {"type": "checkout"}, client_id="c3")
    receipt, request = answer.json()["message"]["blocks"]
    assert request["url"].startswith(f"{world.base}/checkout/")
    assert request["total"]["amount_minor"] == receipt["total"]["amount_minor"] == 17600


async def test_another_shops_things_are_not_sent(world: World) -> None:
    theirs, trade = world.other.hears("v1", "Hi"), Trade(world.other)
    kettle = trade.article("KETTLE", 8800)
    found = await trade.bought(theirs, (kettle, 1))
    conv = world.shop.hears("v1", "Hello")
    browser = await world.browser(world.shop.hana)
    before = world.counted()
    product = {"type": "product", "variant": kettle, "seen_minor": 8800}
    answer = await send(browser, conv.id, product)
    assert answer.json()["detail"]["reason"] == "gone"
    answer = await send(browser, conv.id, {"type": "order", "order": found.id})
    assert answer.status_code == 404
    assert (await browser.get("/api/products", q="kettle")).json()["products"] == []
    where = f"/api/conversations/{conv.id}/shopping"
    assert (await browser.get(where, number=found.number)).json()["orders"] == []
    assert world.counted() == before
