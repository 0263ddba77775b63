"""The chat sells: products, cart, wishes and the way to the checkout, on both databases."""

import asyncio
from typing import Any

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import Image, ProductText, Translation, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Session
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.vocabulary.money import Money
from tests.waiting import until
from tests.web.asgi import Answer
from tests.web.doors import NOW, OTHER_CHAT, Doors

SELLING = ("cart", "cart_line", "wishlist_item", "checkout", "message", "idempotency")
EMPTY = {
    "pieces": 0,
    "lines": [],
    "codes": [],
    "subtotal": None,
    "discount": None,
    "tax": None,
    "total": None,
    "shipping": None,
    "notices": [],
    "wishes": [],
}


def _kettle(session: Session) -> list[int]:
    """A kettle in two colours and two sizes; the ids of its variants."""
    change = next_change(session, 1)
    words = Translation(title="細口ケトル", options={"Colour": "色", "Cream": "生成り"})
    text = ProductText(
        "kettle",
        "Kettle",
        body="Pours where you aim.",
        images=(Image("/pictures/kettle.svg"),),
        translations={"ja": words},
    )
    product = put_product(session, 1, text, NOW, change)
    kinds = [("Cream", "S", 9), ("Cream", "L", 0), ("Ink", "S", 2)]
    told = [
        VariantText(Money(8_800, "JPY"), sku=f"K-{c}-{s}", options={"Colour": c, "Size": s})
        for c, s, _ in kinds
    ]
    found = put_variants(session, 1, product, told, NOW)
    for variant, (_, _, stock) in zip(found, kinds, strict=True):
        set_stock(session, 1, variant, Level(stock), change)
    return list(found)


def furnish(doors: Doors) -> list[int]:
    def work(session: Session) -> list[int]:
        add_rate(session, 1, Rate("Parcel", amount_minor=660, free_from_minor=10_000))
        put_coupon(session, 1, CouponRule("TEN", "percent", percent_hundredths=1_000), NOW)
        big = CouponRule("BIG", "fixed", amount_minor=500, min_subtotal_minor=90_000)
        put_coupon(session, 1, big, NOW)
        return _kettle(session)

    return doors.db.write_now(work)


async def put(doors: Doors, token: str, key: str, variant: int, quantity: int = 1) -> Answer:
    body = {"key": key, "variant": variant, "quantity": quantity}
    return await doors.ask("POST", "cart/put?lang=en", token, body=body)


def sold(doors: Doors) -> dict[str, int]:
    return {table: doors.count(table) for table in SELLING}


async def talking(shop: Doors, token: str, said: str = "c-hello", answers: int = 1) -> None:
    """The visitor has spoken and been answered, the shop for the n-th time."""
    await shop.say(token, said, "Hello")
    await until(lambda: shop.count("message", "direction = 'out'") >= answers)


async def test_a_product_is_shown_with_its_options_and_what_there_is(doors: Doors) -> None:
    cream, gone, ink = furnish(doors)
    token = await doors.visitor()
    shown = (await doors.ask("GET", "product?handle=kettle&lang=en", token)).json
    assert (shown["title"], shown["image_url"]) == ("Kettle", "/pictures/kettle.svg")
    assert shown["options"] == [
        {"name": "Colour", "values": ["Cream", "Ink"]},
        {"name": "Size", "values": ["S", "L"]},
    ]
    told = [(v["id"], v["options"], v["stock"], v["most"]) for v in shown["variants"]]
    assert told == [
        (cream, ["Cream", "S"], "In stock", 999),
        (gone, ["Cream", "L"], "Sold out", 0),
        (ink, ["Ink", "S"], "Only 2 left", 2),
    ]
    assert shown["variants"][0]["price"] == {"amount_minor": 8_800, "currency": "JPY"}
    by_id = (await doors.ask("GET", f"product?id={shown['id']}&lang=ja", token)).json
    assert by_id["title"] == "細口ケトル"
    assert by_id["options"][0] == {"name": "色", "values": ["生成り", "Ink"]}
    assert sold(doors) == dict.fromkeys(SELLING, 0)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", (400, "invalid")),
        ("?id=x", (400, "invalid")),
        ("?id=%EF%BC%91", (400, "invalid")),
        ("?id=999", (404, "not_found")),
        ("?handle=none", (404, "not_found")),
        ("?handle=%00", (400, "invalid")),
        (f"?handle={'x' * 301}", (400, "invalid")),
    ],
)
async def test_what_is_not_sold_is_not_shown(
    doors: Doors, query: str, error: tuple[int, str]
) -> None:
    furnish(doors)
    token = await doors.visitor()
    assert (await doors.ask("GET", f"product{query}", token)).error == error


async def test_a_neighbour_s_shopper_finds_none_of_our_products(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor(inbox=OTHER_CHAT, origin="https://neighbour.example")
    asked = await doors.ask("GET", "product?handle=kettle", token, inbox=OTHER_CHAT)
    assert asked.error == (404, "not_found")
    body = {"key": "c-1", "variant": cream}
    put_in = await doors.ask("POST", "cart/put", token, inbox=OTHER_CHAT, body=body)
    assert put_in.error == (404, "not_found")
    assert sold(doors) == dict.fromkeys(SELLING, 0)


async def test_before_anything_was_put_in_the_cart_is_empty(doors: Doors) -> None:
    furnish(doors)
    token = await doors.visitor()
    assert (await doors.ask("GET", "cart", token)).json == EMPTY
    assert doors.count("identity") == 0


async def test_a_press_that_comes_twice_puts_in_once(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    answers = await asyncio.gather(*(put(doors, token, "c-1", cream) for _ in range(4)))
    assert {answer.status for answer in answers} == {200}
    assert {answer.json["pieces"] for answer in answers} == {1}
    assert (await put(doors, token, "c-2", cream)).json["pieces"] == 2
    shown = (await doors.ask("GET", "cart?lang=en", token)).json
    assert [(one["title"], one["options"], one["quantity"]) for one in shown["lines"]] == [
        ("Kettle", "Cream / S", 2)
    ]
    assert shown["subtotal"] == shown["total"] == {"amount_minor": 17_600, "currency": "JPY"}
    assert shown["shipping"]["left"]["amount_minor"] == 0


async def test_the_way_to_free_shipping_is_told(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    shown = (await put(doors, token, "c-1", cream)).json
    assert shown["shipping"] == {
        "free_from": {"amount_minor": 10_000, "currency": "JPY"},
        "left": {"amount_minor": 1_200, "currency": "JPY"},
    }
    doors.db.write_now(lambda s: add_rate(s, 1, Rate("Islands", amount_minor=1_500)))
    assert (await doors.ask("GET", "cart", token)).json["shipping"] is None


async def test_more_than_there_is_becomes_what_there_is(doors: Doors) -> None:
    *_, ink = furnish(doors)
    token = await doors.visitor()
    shown = (await put(doors, token, "c-1", ink, 5)).json
    assert (shown["pieces"], shown["lines"][0]["most"]) == (2, 2)
    assert shown["lines"][0]["notices"] == ["Only 2 left, so we changed the quantity"]


async def test_what_is_sold_out_is_not_put_in(doors: Doors) -> None:
    _, gone, _ = furnish(doors)
    token = await doors.visitor()
    shown = (await put(doors, token, "c-1", gone)).json
    assert (shown["pieces"], shown["lines"]) == (0, [])
    assert doors.count("cart_line") == 0


async def test_quantity_and_coupons_are_changed_and_refusals_have_words(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    await put(doors, token, "c-1", cream)
    change = {"key": "c-2", "variant": cream, "quantity": 3}
    assert (await doors.ask("POST", "cart/change", token, body=change)).json["pieces"] == 3
    codes = {"key": "c-3", "codes": ["ten", "BIG", "NONE"]}
    shown = (await doors.ask("POST", "cart/codes?lang=en", token, body=codes)).json
    assert shown["codes"] == ["TEN", "BIG"]
    assert shown["discount"] == {"amount_minor": -2_640, "currency": "JPY"}
    assert shown["total"] == {"amount_minor": 23_760, "currency": "JPY"}
    assert len(shown["notices"]) == 2
    assert "90,000" in "".join(shown["notices"])
    gone = {"key": "c-4", "variant": cream, "quantity": 0}
    assert (await doors.ask("POST", "cart/change", token, body=gone)).json["lines"] == []


async def test_wishes_are_kept_and_let_go(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    for key, wished in (("c-1", True), ("c-1", True), ("c-2", False), ("c-3", True)):
        body = {"key": key, "variant": cream, "wished": wished}
        answer = await doors.ask("POST", "wishes", token, body=body)
        assert answer.json == {"variant": cream, "wished": wished}
    shown = (await doors.ask("GET", "product?handle=kettle", token)).json
    assert [one["wished"] for one in shown["variants"]] == [True, False, False]
    assert (await doors.ask("GET", "cart", token)).json["wishes"] == [cream]
    assert doors.count("wishlist_item") == 1


async def test_the_way_to_the_checkout_is_one_however_often_pressed(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    nothing = await doors.ask("POST", "cart/buy", token, body={"key": "c-0"})
    assert nothing.error == (409, "conflict")
    await put(doors, token, "c-1", cream)
    first = await doors.ask("POST", "cart/buy", token, body={"key": "c-2"})
    again = await doors.ask("POST", "cart/buy", token, body={"key": "c-3"})
    assert first.json["continue_url"].startswith("https://kaiwa.example/checkout/")
    assert first.json == again.json
    assert doors.count("checkout") == 1


BAD: list[tuple[str, dict[str, Any]]] = [
    ("cart/put", {"variant": 1}),
    ("cart/put", {"key": "", "variant": 1}),
    ("cart/put", {"key": "x" * 65, "variant": 1}),
    ("cart/put", {"key": "c-1", "variant": 0}),
    ("cart/put", {"key": "c-1", "variant": 1, "quantity": 0}),
    ("cart/put", {"key": "c-1", "variant": 1, "quantity": 1_000}),
    ("cart/put", {"key": "c-1", "variant": 2**60}),
    ("cart/change", {"key": "c-1", "variant": 1, "quantity": -1}),
    ("cart/codes", {"key": "c-1", "codes": ["a"] * 6}),
    ("cart/codes", {"key": "c-1", "codes": ["x" * 65]}),
    ("cart/codes", {"key": "c-1", "codes": ["a\0"]}),
    ("wishes", {"key": "c-1", "variant": "1", "wished": True}),
]


@pytest.mark.parametrize(("what", "body"), BAD)
async def test_what_cannot_be_done_leaves_no_trace(
    doors: Doors, what: str, body: dict[str, Any]
) -> None:
    furnish(doors)
    token = await doors.visitor()
    answer = await doors.ask("POST", what, token, body=body)
    assert answer.error == (400, "invalid")
    assert sold(doors) == dict.fromkeys(SELLING, 0)


async def test_a_body_that_is_too_large_and_a_call_that_is_not_there(doors: Doors) -> None:
    furnish(doors)
    token = await doors.visitor()
    large = await doors.ask("POST", "cart/put", token, body=b" " * 4_001)
    assert large.error == (413, "too_large")
    for method, what in (("POST", "cart"), ("POST", "cart/none"), ("GET", "cart/put")):
        assert (await doors.ask(method, what, token)).error == (404, "not_found")
    for method, what in (("GET", "cart"), ("GET", "product?id=1"), ("POST", "cart/put")):
        assert (await doors.ask(method, what)).error == (401, "not_authentic")


async def test_nobody_sees_or_fills_the_cart_of_another(doors: Doors) -> None:
    cream, *_ = furnish(doors)
    mine, theirs = await doors.visitor(), await doors.visitor()
    await put(doors, mine, "c-1", cream)
    assert (await doors.ask("GET", "cart", theirs)).json == EMPTY
    assert (await put(doors, theirs, "c-1", cream)).json["pieces"] == 1
    assert (await doors.ask("GET", "cart", mine)).json["pieces"] == 1


async def test_what_was_put_in_is_said_once_and_the_bot_knows_it(shop: Doors) -> None:
    cream, *_ = furnish(shop)
    token = await shop.visitor()
    await talking(shop, token)
    for _ in range(2):
        await put(shop, token, "c-1", cream)
    said = shop.all("SELECT text, client_id FROM message WHERE dedupe_key LIKE 'press:%'")
    assert said == [("I put 1 × Kettle Cream / S in your cart.", "press:c-1")]
    await shop.say(token, "c-more", "make it two")
    async with asyncio.timeout(60):
        while True:
            if (await shop.ask("GET", "cart", token)).json["pieces"] == 2:
                break
            await asyncio.sleep(0.01)


async def test_a_change_by_the_bot_or_another_window_is_told_live(shop: Doors) -> None:
    cream, *_ = furnish(shop)
    token = await shop.visitor()
    await put(shop, token, "c-1", cream)
    socket = shop.socket()
    socket.say({"type": "hello", "token": token, "cursor": None})
    await socket.hear("welcome")
    await put(shop, token, "c-2", cream)
    frame = await socket.hear("events")
    assert {"kind": "cart"} in frame["events"]


async def test_earlier_conversations_are_read_page_by_page(shop: Doors) -> None:
    token, other = await shop.visitor(), await shop.visitor()
    for number in range(3):
        await talking(shop, token, f"c-{number}", number + 1)
        shop.db.write_now(lambda s: s.run("UPDATE conversation SET status = 'closed'"))
    await talking(shop, other, "c-other", 4)
    opened = (await shop.session(token)).json
    assert opened["has_earlier"] is True
    newest = opened["conversation"]["messages"][0]
    places: list[tuple[int, int]] = []
    more, first = True, (newest["conversation"], newest["seq"])
    while more:
        where = f"history?conversation={first[0]}&before_seq={first[1]}&limit=1"
        page = (await shop.ask("GET", where, token)).json
        places = [(m["conversation"], m["seq"]) for m in page["messages"]] + places
        more, first = page["has_earlier"], places[0]
    mine = [row[0] for row in shop.all("SELECT id FROM conversation ORDER BY id")][:2]
    assert places == [(one, seq) for one in mine for seq in (1, 2)]
    stranger = await shop.visitor()
    theirs = await shop.ask("GET", "history?conversation=999&before_seq=1", stranger)
    assert theirs.json == {"messages": [], "has_earlier": False}
    assert (await shop.session(other)).json["has_earlier"] is False
