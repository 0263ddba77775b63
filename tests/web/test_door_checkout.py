"""Buying in the chat: each step of the checkout by the visitor's token, on both databases."""

import asyncio
from datetime import date
from typing import Any

import pytest

from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.terms import GiftWrap, Terms, set_terms
from tests.web.asgi import Answer
from tests.web.doors import NOW, OTHER_CHAT, Doors
from tests.web.test_door_selling import furnish as furnish_shop
from tests.web.test_door_selling import put, talking

BUYING = ("checkout", "shop_order", "payment", "idempotency")
ADDRESS = {
    "name": "佐藤 あかり",
    "postal_code": "１８００００４",
    "region": "東京都",
    "city": "武蔵野市吉祥寺本町",
    "line1": "2-14-8",
    "phone": "090-0000-1234",
    "email": "akari@example.jp",
}


def furnish(doors: Doors) -> list[int]:
    """What is sold, and how it can be paid: at the door, by transfer, by test."""

    def work(session: Session) -> None:
        secrets = Secrets(bytes(range(32)))
        for new in (
            NewMethod("cod", "cash_on_delivery", fee_minor=330, most_minor=30_000),
            NewMethod("bank", "bank_transfer", settings={"bank": "Mizuho", "days": "7"}),
            NewMethod("test", "test_provider"),
        ):
            add_method(session, 1, new, secrets)
        set_terms(session, 1, Terms(wraps=(GiftWrap("box", {"ja": "箱", "en": "Box"}, 330),)))

    found = furnish_shop(doors)
    doors.db.write_now(work)
    return found


class Buyer:
    """Somebody with something in the cart. Every press has a key of its own."""

    def __init__(self, doors: Doors, token: str) -> None:
        self.doors, self.token = doors, token
        self.seen: dict[str, Any] = {}
        self._presses = 0

    async def ask(self, what: str, body: dict[str, Any], language: str = "en") -> Answer:
        answer = await self.doors.ask("POST", f"{what}?lang={language}", self.token, body=body)
        if answer.status == 200:
            self.seen = answer.json
        return answer

    async def press(self, step: str, **said: Any) -> Answer:
        self._presses += 1
        body = {"key": f"b-{self._presses}", "id": self.seen["id"], "version": self.seen["version"]}
        return await self.ask(f"checkout/{step}", body | said)

    async def order(self, instrument: str = "") -> Answer:
        body = {"id": self.seen["id"], "version": self.seen["version"], "instrument": instrument}
        return await self.ask("checkout/order", body)

    async def look(self) -> dict[str, Any]:
        where = f"checkout?id={self.seen['id']}&lang=en"
        self.seen = (await self.doors.ask("GET", where, self.token)).json
        return self.seen

    async def reviewed(self, kind: str) -> None:
        """Everything said, up to the review."""
        assert (await self.press("address", **ADDRESS)).status == 200
        assert (await self.press("delivery")).status == 200
        way = next(one["id"] for one in self.seen["payment"]["ways"] if one["kind"] == kind)
        assert (await self.press("payment", way=way)).status == 200
        assert self.seen["step"] == "review"


async def begun(doors: Doors, quantity: int = 1) -> Buyer:
    cream, *_ = furnish(doors)
    token = await doors.visitor()
    await put(doors, token, "c-1", cream, quantity)
    buyer = Buyer(doors, token)
    assert (await buyer.ask("checkout/begin", {"key": "b-0"})).status == 200
    return buyer


def bought(doors: Doors) -> dict[str, int]:
    return {table: doors.count(table) for table in BUYING}


async def test_each_step_is_said_and_the_order_is_placed(doors: Doors) -> None:
    buyer = await begun(doors)
    assert (buyer.seen["step"], buyer.seen["state"]) == ("address", "open")
    assert buyer.seen["lines"][0]["title"] == "Kettle (Cream / S)"
    await buyer.press("address", **ADDRESS)
    assert buyer.seen["step"] == "delivery"
    assert buyer.seen["address"]["values"]["postal_code"] == "180-0004"
    (parcel,) = buyer.seen["delivery"]["options"]
    assert (parcel["title"], parcel["amount"]["amount_minor"]) == ("Parcel", 660)
    day = parcel["first_day"]
    await buyer.press("delivery", rate=parcel["rate"], day=day, wrap="box", message="おめでとう")
    assert buyer.seen["step"] == "payment"
    gift = buyer.seen["delivery"]
    assert (gift["day"], gift["wrap"], gift["message"]) == (day, "box", "おめでとう")
    ways = buyer.seen["payment"]["ways"]
    assert [(one["kind"], one["leaves"]) for one in ways] == [
        ("cash_on_delivery", False),
        ("bank_transfer", False),
        ("test", False),
    ]
    await buyer.press("payment", way=ways[0]["id"])
    assert (buyer.seen["step"], buyer.seen["state"]) == ("review", "ready")
    assert [(one["label"], one["amount"]["amount_minor"]) for one in buyer.seen["sums"]] == [
        ("Subtotal", 8_800),
        ("Shipping", 660),
        ("Gift wrapping", 330),
        ("Fee", 330),
    ]
    assert buyer.seen["total"] == {"amount_minor": 10_120, "currency": "JPY"}
    assert buyer.seen["taxes"] == [{"paid": "At 10%: ¥10,120", "tax": "of which tax ¥920"}]
    assert buyer.seen["points"] == [
        "You pay when the parcel arrives.",
        "Until we start packing you can cancel on the order's page.",
        "Within 8 days of delivery you can ask for a return on the order's page.",
    ]
    await buyer.order()
    assert buyer.seen["state"] == "completed"
    placed = buyer.seen["order"]
    weekday = date.fromisoformat(day)
    assert (placed["number"], placed["rows"], placed["link"]) == ("1001", [], None)
    assert placed["words"] == f"Arrives {weekday:%a} {weekday.day} {weekday:%b}"
    assert placed["url"].startswith("https://kaiwa.example/orders/")
    assert doors.all("SELECT number, total_minor, channel FROM shop_order") == [
        ("1001", 10_120, "web_chat")
    ]


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(doors: Doors) -> None:
    buyer = await begun(doors)
    before, version = bought(doors), buyer.seen["version"]
    wrong = ADDRESS | {"name": "", "postal_code": "123", "email": "akari"}
    answer = await buyer.press("address", **wrong)
    assert answer.error == (400, "invalid")
    assert answer.json["detail"]["fields"] == {
        "name": "Enter a name.",
        "email": "Check the e-mail address. It looks like akari@example.com.",
    }
    code = await buyer.press("address", **ADDRESS | {"postal_code": "123"})
    assert list(code.json["detail"]["fields"]) == ["postal_code"]
    assert (await buyer.look())["version"] == version
    assert bought(doors) == before


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("address", {"name": "x" * 301}),
        ("address", {**ADDRESS, "line2": "a\0"}),
        ("delivery", {"day": "tomorrow"}),
        ("delivery", {"message": "x" * 501}),
        ("delivery", {"wrap": "gold"}),
        ("payment", {"way": "cod"}),
        ("payment", {"way": 2**60}),
        ("payment", {"key": ""}),
        ("payment", {"key": "x" * 65}),
    ],
)
async def test_what_cannot_be_read_changes_nothing(
    doors: Doors, step: str, said: dict[str, Any]
) -> None:
    buyer = await begun(doors)
    before, version = bought(doors), buyer.seen["version"]
    assert (await buyer.press(step, **said)).error == (400, "invalid")
    assert (await buyer.look())["version"] == version
    assert bought(doors) == before


async def test_a_step_pressed_twice_is_one_and_an_old_page_is_refused(doors: Doors) -> None:
    buyer = await begun(doors)
    body = {"key": "twice", "id": buyer.seen["id"], "version": buyer.seen["version"], **ADDRESS}
    first = await buyer.ask("checkout/address", body)
    again = await buyer.ask("checkout/address", body)
    assert first.json == again.json
    stale = await buyer.ask("checkout/delivery", {"key": "late", "id": body["id"], "version": 1})
    assert stale.error == (409, "conflict")
    assert (await buyer.look())["version"] == first.json["version"]


async def test_an_order_pressed_twice_is_one_order(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("cash_on_delivery")
    body = {"id": buyer.seen["id"], "version": buyer.seen["version"]}
    presses = [buyer.ask("checkout/order", body) for _ in range(2)]
    answers = [one.json["state"] for one in await asyncio.gather(*presses)]
    assert set(answers) <= {"completed", "completing"}
    buyer.seen |= body
    assert (await buyer.order()).json["order"]["number"] == "1001"
    assert (doors.count("shop_order"), doors.count("payment")) == (1, 1)
    late = await buyer.press("payment", way=1)
    assert late.error == (409, "conflict")
    assert (await buyer.look())["state"] == "completed"


async def test_another_price_is_shown_and_not_bought(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("cash_on_delivery")
    doors.db.write_now(lambda s: s.run("UPDATE variant SET amount_minor = 9200"))
    await buyer.order()
    assert (buyer.seen["state"], buyer.seen["order"]) == ("ready", None)
    line = buyer.seen["lines"][0]
    assert (line["amount"]["amount_minor"], line["was"]["amount_minor"]) == (9_200, 8_800)
    assert line["changes"] == ["The price changed from ¥8,800 to ¥9,200"]
    assert [one["code"] for one in buyer.seen["notices"]] == ["total_changed"]
    assert bought(doors)["shop_order"] == bought(doors)["payment"] == 0
    await buyer.order()
    assert (buyer.seen["state"], doors.count("shop_order")) == ("completed", 1)


async def test_what_is_gone_is_said_and_not_bought(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("cash_on_delivery")

    doors.db.write_now(lambda s: s.run("UPDATE product SET status = 'archived'"))
    await buyer.order()
    assert buyer.seen["lines"][0]["quantity"] == 0
    assert buyer.seen["lines"][0]["changes"] != []
    assert (buyer.seen["state"], doors.count("shop_order")) == ("open", 0)


async def test_a_coupon_that_others_used_up_is_said_before_anything_is_bought(
    doors: Doors,
) -> None:
    cream, *_ = furnish(doors)
    once = CouponRule("ONE", "fixed", amount_minor=500, most_uses=1)
    doors.db.write_now(lambda s: put_coupon(s, 1, once, NOW))
    buyers = []
    for at in range(2):
        token = await doors.visitor()
        await put(doors, token, f"c-{at}", cream)
        await doors.ask("POST", "cart/codes", token, body={"key": "c-c", "codes": ["ONE"]})
        buyers.append(Buyer(doors, token))
        await buyers[-1].ask("checkout/begin", {"key": "b-0"})
        await buyers[-1].reviewed("cash_on_delivery")
    first, second = buyers
    await first.order()
    await second.order()
    assert (first.seen["state"], second.seen["state"]) == ("completed", "ready")
    assert "Coupon ONE has all been used." in [one["text"] for one in second.seen["notices"]]
    assert second.seen["total"]["amount_minor"] == first.seen["total"]["amount_minor"] + 500
    assert doors.count("shop_order") == 1


async def test_whose_time_has_run_out_begins_anew_with_what_was_said(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.press("address", **ADDRESS)
    old = buyer.seen["id"]
    doors.clock.move(6 * 3_600 + 1)
    buyer.token = (await doors.session(buyer.token)).json["token"]
    late = await buyer.press("delivery")
    assert late.error == (409, "conflict")
    assert (await buyer.look())["state"] == "expired"
    await buyer.ask("checkout/begin", {"key": "b-new", "after": old})
    assert (buyer.seen["step"], buyer.seen["id"] != old) == ("delivery", True)
    assert buyer.seen["address"]["values"]["line1"] == "2-14-8"


async def test_a_transfer_says_how_to_pay_and_a_test_what_it_is_told(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("bank_transfer")
    await buyer.order()
    placed = buyer.seen["order"]
    assert placed["words"] == "Waiting for your payment"
    assert placed["rows"] == [["Bank", "Mizuho"], ["Last day", "Within 7 days of ordering"]]


@pytest.mark.parametrize(
    ("instrument", "state"),
    [("", "completed"), ("escalate_token", "needs_buyer"), ("fail_token", "ready")],
)
async def test_a_test_payment_does_what_it_is_told(
    doors: Doors, instrument: str, state: str
) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("test")
    await buyer.order(instrument)
    assert buyer.seen["state"] == state
    assert doors.count("shop_order") == (1 if state == "completed" else 0)
    if state == "needs_buyer":
        assert buyer.seen["pay_url"].startswith("http")
        cod = next(w["id"] for w in buyer.seen["payment"]["ways"] if w["kind"] != "test")
        await buyer.press("payment", way=cod)
        assert (buyer.seen["state"], buyer.seen["pay_url"]) == ("ready", None)
    if state == "ready":
        assert [one["code"] for one in buyer.seen["notices"]] == ["payment_failed"]


async def test_who_comes_back_from_paying_is_told_when_asked(doors: Doors) -> None:
    buyer = await begun(doors)
    await buyer.reviewed("test")
    await buyer.order("escalate_token")
    assert (await buyer.look())["state"] == "needs_buyer"
    await buyer.ask("checkout/look", {"id": buyer.seen["id"]})
    assert (buyer.seen["state"], doors.count("shop_order")) == ("completed", 1)


async def test_nobody_sees_or_fills_in_the_checkout_of_another(doors: Doors) -> None:
    mine = await begun(doors)
    await mine.press("address", **ADDRESS)
    before, stranger = bought(doors), Buyer(doors, await doors.visitor())
    stranger.seen = mine.seen
    where = f"checkout?id={mine.seen['id']}"
    assert (await doors.ask("GET", where, stranger.token)).error == (404, "not_found")
    for step in ("address", "delivery", "payment"):
        assert (await stranger.press(step, **ADDRESS)).error == (404, "not_found")
    assert (await stranger.order()).error == (404, "not_found")
    asked = {"id": mine.seen["id"]}
    assert (await stranger.ask("checkout/look", asked)).error == (404, "not_found")
    after = {"key": "b-9", "after": mine.seen["id"]}
    assert (await stranger.ask("checkout/begin", after)).error == (404, "not_found")
    theirs = await doors.visitor(inbox=OTHER_CHAT, origin="https://neighbour.example")
    asked_there = await doors.ask("GET", where, theirs, inbox=OTHER_CHAT)
    assert asked_there.error == (404, "not_found")
    for method, what in (("GET", where), ("POST", "checkout/order"), ("POST", "checkout/begin")):
        assert (await doors.ask(method, what)).error == (401, "not_authentic")
    assert bought(doors) == before


async def test_a_call_that_is_not_there_or_too_large(doors: Doors) -> None:
    token = await doors.visitor()
    assert (await doors.ask("POST", "checkout/none", token)).error == (404, "not_found")
    assert (await doors.ask("GET", "checkout?id=x", token)).error == (400, "invalid")
    assert (await doors.ask("GET", "checkout?id=7", token)).error == (404, "not_found")
    empty = await doors.ask("POST", "checkout/begin", token, body={"key": "b-0"})
    assert empty.error == (409, "conflict")
    large = await doors.ask("POST", "checkout/address", token, body=b" " * 16_001)
    assert large.error == (413, "too_large")
    assert bought(doors) == dict.fromkeys(BUYING, 0)


async def test_a_postal_code_tells_its_places(doors: Doors) -> None:
    token = await doors.visitor()
    found = (await doors.ask("GET", "checkout/places?code=180-0004", token)).json["places"]
    assert [(one["prefecture"], one["city"], one["town"]) for one in found] == [
        ("東京都", "武蔵野市", "吉祥寺本町")
    ]
    assert (await doors.ask("GET", "checkout/places?code=1", token)).json == {"places": []}
    assert (await doors.ask("GET", "checkout/places?code=180-0004")).status == 401


async def test_what_was_said_elsewhere_is_told_live(shop: Doors) -> None:
    buyer = await begun(shop)
    socket = shop.socket()
    socket.say({"type": "hello", "token": buyer.token, "cursor": None})
    await socket.hear("welcome")
    await buyer.press("address", **ADDRESS)
    mine = {"kind": "checkout", "checkout": buyer.seen["id"], "version": buyer.seen["version"]}
    # What went before it may be told late, and apart.
    assert await socket.until(
        lambda s: any(mine in one["events"] for one in s.frames if one["type"] == "events")
    )


async def test_the_receipt_with_its_tax_comes_into_the_thread(shop: Doors) -> None:
    buyer = await begun(shop)
    await talking(shop, buyer.token)
    await buyer.reviewed("cash_on_delivery")
    await buyer.order()
    async with asyncio.timeout(60):
        while True:
            thread = (await shop.ask("GET", "messages?after_seq=0", buyer.token)).json["messages"]
            receipts = [b for m in thread for b in m["blocks"] if b["type"] == "receipt"]
            if receipts:
                break
            await asyncio.sleep(0.01)
    (receipt,) = receipts
    assert (receipt["number"], receipt["total"]["amount_minor"]) == ("1001", 9_790)
    assert receipt["taxes"] == ["At 10%: ¥9,790, of which tax ¥890"]
    assert receipt["url"].startswith("https://kaiwa.example/orders/")
