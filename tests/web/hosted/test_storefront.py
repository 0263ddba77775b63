"""The door of a product page: what it takes, what it refuses, and that refusing leaves nothing."""

import json
from types import SimpleNamespace

import jwt
import pytest

from kaiwa.web import throttle
from tests.web.asgi import Answer, call
from tests.web.doors import CHAT, IDENTITY_SECRET, LINE, NOW, SHOP
from tests.web.hosted.counter import ADDRESS, Counter
from tests.web.hosted.window import Window

DOOR = f"/shop/{CHAT}/checkout"
NOTHING = {"cart": 0, "checkout": 0}


def there_is(counter: Counter) -> dict[str, int]:
    return {table: counter.doors.count(table) for table in NOTHING}


async def ask(counter: Counter, body: dict[str, object], **headers: str) -> Answer:
    given = {"content-type": "application/json", "origin": SHOP, **headers}
    raw = json.dumps(body).encode()
    return await call(counter.doors.app, "POST", DOOR, headers=given, body=raw)


async def test_a_program_is_given_an_absolute_address(counter: Counter) -> None:
    lines = [{"sku": "KETTLE", "quantity": 2}, {"sku": "TEA"}]
    answer = await ask(counter, {"lines": lines, "language": "en", "coupon": "HARU"})
    assert answer.status == 201
    url = answer.json["continue_url"]
    assert url.startswith("https://kaiwa.example/checkout/")
    window = Window(counter.doors, "en")
    await window.go(url)
    assert counter.checkout(window).body.buyer.language == "en"
    assert counter.checkout(window).totals.amount_of("discount") == -1889


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"sku": "NOSUCH"}, 404, "取り扱っていません。（NOSUCH）"),
        ({}, 400, "商品が選ばれていません。"),
        ({"sku": "KETTLE", "quantity": "many"}, 400, "数量は1から999まで"),
        ({"sku": "KETTLE", "quantity": "1000"}, 400, "数量は1から999まで"),
        ({"sku": "KETTLE", "quantity": "-1"}, 400, "数量は1から999まで"),
        ({"sku": "KETTLE", "identity": "forged"}, 401, "ログインの有効期限が切れています。"),
        ({"sku": "KETTLE", "token": "forged"}, 401, "ログインの有効期限が切れています。"),
    ],
)
async def test_what_is_refused_has_its_page_and_leaves_nothing(
    counter: Counter, fields: dict[str, str], status: int, said: str
) -> None:
    window = Window(counter.doors)
    await window.post(DOOR, list(fields.items()), origin=SHOP)
    assert (window.answer.status, said in window.text) == (status, True), window.text
    assert there_is(counter) == NOTHING


async def test_what_is_sold_out_is_said_and_nothing_is_begun(counter: Counter) -> None:
    counter.price("CUP", "湯呑み", 1100, stock=0)
    window = Window(counter.doors)
    await window.post(DOOR, [("sku", "CUP")], origin=SHOP)
    assert window.answer.status == 409
    assert "いまご購入いただけません" in window.text
    assert there_is(counter) == NOTHING


async def test_fewer_than_asked_for_is_told(counter: Counter) -> None:
    window = await counter.begin(("CUP", 3))
    assert "在庫が足りないため、数量を減らしました。" in window.text
    assert counter.checkout(window).body.lines[0].quantity == 1


async def test_a_page_that_may_not_show_the_chat_may_not_sell_either(counter: Counter) -> None:
    window = Window(counter.doors)
    await window.post(DOOR, [("sku", "KETTLE")], origin="https://evil.example")
    assert window.answer.status == 403
    assert there_is(counter) == NOTHING


@pytest.mark.parametrize("door", [f"/shop/{LINE}/checkout", "/shop/nobody/checkout", "/shop/x"])
async def test_only_the_shops_own_chat_opens_the_door(counter: Counter, door: str) -> None:
    window = Window(counter.doors)
    await window.post(door, [("sku", "KETTLE")], origin=SHOP)
    assert window.answer.status == 404


async def test_a_body_that_is_too_large_or_no_form_is_not_read(counter: Counter) -> None:
    assert (await ask(counter, {"lines": [{"sku": "K" * 70_000}]})).error == (413, "too_large")
    assert (await ask(counter, {"lines": "KETTLE"})).error == (400, "invalid")
    answer = await ask(counter, {}, **{"content-type": "text/xml"})
    assert answer.status == 400
    assert there_is(counter) == NOTHING


async def test_somebody_who_begins_again_and_again_has_to_wait(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: 100.0))
    found = [(await ask(counter, {"lines": [{"sku": "TEA"}]})).status for _ in range(41)]
    assert found == [201] * 40 + [429]
    assert (await ask(counter, {"lines": [{"sku": "TEA"}]})).headers["retry-after"] == "1"


async def test_looking_at_a_link_begins_nothing(counter: Counter) -> None:
    window = Window(counter.doors)
    await window.go(f"{DOOR}?sku=KETTLE&quantity=2&coupon=HARU")
    assert "細口ケトル「しずく」 数量 2 ¥17,600" in window.text
    assert there_is(counter) == NOTHING
    await window.send("/checkout")
    assert "1 お届け先" in window.text
    assert counter.checkout(window).totals.amount_of("discount") == -1760


async def test_a_link_to_an_unknown_article_says_so(counter: Counter) -> None:
    window = Window(counter.doors)
    await window.go(f"{DOOR}?sku=NOSUCH")
    assert window.answer.status == 404
    assert "（NOSUCH）" in window.text


async def test_who_is_signed_in_finds_the_addresses_of_before(counter: Counter) -> None:
    claims = {"sub": "42", "name": "佐藤 あかり", "exp": NOW.timestamp() + 600}
    identity = jwt.encode(claims, IDENTITY_SECRET, algorithm="HS256")
    begin = [("sku", "KETTLE"), ("identity", identity)]
    window = Window(counter.doors)
    await window.post(DOOR, begin, origin=SHOP)
    await window.send("/address", **ADDRESS)
    await window.send("/delivery")
    await window.send("/payment", way=counter.methods["card"])
    await window.send("/order")
    (placed,) = counter.orders()
    assert placed.customer_id is not None

    again = Window(counter.doors)
    await again.post(DOOR, begin, origin=SHOP)
    assert "以前のお届け先 佐藤 あかり 様" in again.text
    nothing = dict.fromkeys((*ADDRESS, "country"), "")
    await again.send("/address", **{**nothing, "saved": "0", "email": ADDRESS["email"]})
    assert counter.checkout(again).body.address == placed.body.address


async def test_a_strangers_browser_sees_no_addresses_of_before(counter: Counter) -> None:
    window = await counter.begin(("KETTLE", 1))
    assert "以前のお届け先" not in window.text
