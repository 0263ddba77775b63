"""Bought in the chat: the receipt comes into the thread, and each state of the order once."""

import asyncio
from datetime import timedelta

from kaiwa.engines.db import Session
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.secrets import Secrets
from kaiwa.listeners import announce_orders
from kaiwa.orders.checkout import UpdateCheckout, update_checkout
from kaiwa.orders.command import Command
from kaiwa.orders.completing import CompleteCheckout
from kaiwa.orders.paying import Paying
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipment import ParcelNews, ShipOrder, record_news, ship_order
from tests.orders.till import HANAKO, TOKYO
from tests.waiting import until
from tests.web.doors import Doors
from tests.web.test_door_selling import furnish, put, talking


async def told(shop: Doors, count: int) -> list[str]:
    """What was said of the order, once there are so many."""
    sql = """SELECT m.dedupe_key FROM message m WHERE m.dedupe_key LIKE 'order:%' ORDER BY m.seq"""
    await until(lambda: len(shop.all(sql)) >= count)
    await asyncio.sleep(0.2)
    found = [row[0] for row in shop.all(sql)]
    assert len(found) == count, found
    return found


async def bought(shop: Doors, token: str, variant: int, method: NewMethod) -> int:
    """Put in, gone to the checkout, and bought with this way to pay; the order's id."""
    await put(shop, token, "c-1", variant, 2)
    await shop.ask("POST", "cart/buy", token, body={"key": "c-2"})
    by = Command(1, "shopper", "web", shop.clock.now())

    def said(session: Session) -> int:
        way = add_method(session, 1, method, Secrets(bytes(range(32))))
        (checkout_id,) = session.one("SELECT id FROM checkout") or (0,)
        request = UpdateCheckout(checkout_id, buyer=HANAKO, address=TOKYO, method_id=way)
        update_checkout(session, by, request)
        return int(checkout_id)

    checkout_id = shop.db.write_now(said)
    secrets = Secrets(bytes(range(32)))
    http = AiohttpHttp()
    paying = Paying(shop.db, shop.clock, http, secrets, announce_orders, "https://kaiwa.example")
    done = await paying.complete(by, CompleteCheckout(checkout_id))
    await http.close()
    assert done.order_id is not None, done
    return done.order_id


async def test_a_receipt_and_each_state_once(shop: Doors) -> None:
    cream, *_ = furnish(shop)
    token = await shop.visitor()
    await talking(shop, token)
    order_id = await bought(shop, token, cream, NewMethod("cod", "cash_on_delivery", fee_minor=330))
    assert await told(shop, 1) == [f"order:{order_id}:processing"]
    thread = (await shop.ask("GET", "messages?after_seq=0", token)).json["messages"]
    text, receipt, status = thread[-1]["blocks"]
    assert text["text"] == "Thank you for your order. We'll pack it with care."
    assert [(one["title"], one["quantity"]) for one in receipt["lines"]] == [
        ("Kettle Cream / S", 2)
    ]
    parts = [*receipt["lines"], *receipt["entries"]]
    assert sum(one["total"]["amount_minor"] for one in parts) == 17_930
    assert receipt["total"]["amount_minor"] == 17_930
    assert receipt["url"].startswith("https://kaiwa.example/orders/")
    assert (status["status"], status["step_index"]) == ("Being prepared", 1)
    assert (await shop.ask("GET", "cart", token)).json["pieces"] == 0

    def ship(session: Session) -> None:
        at = shop.clock.now()
        by = Command(1, "agent:1", "desk", at)
        parcel = ship_order(
            session, by, ShipOrder(order_id, "yamato", "481233456675"), announce_orders
        )
        for hours, state in enumerate(("in_transit", "out_for_delivery", "delivered"), 1):
            news = ParcelNews(parcel.id, state, at + timedelta(hours=hours))  # type: ignore[arg-type]
            record_news(session, by, news, announce_orders)

    shop.db.write_now(ship)
    assert (await told(shop, 2))[1] == f"order:{order_id}:delivered"


async def test_who_has_no_open_chat_is_not_written_to(shop: Doors) -> None:
    cream, *_ = furnish(shop)
    token = await shop.visitor()
    await bought(shop, token, cream, NewMethod("cod", "cash_on_delivery"))
    await told(shop, 0)
    assert shop.count("message") == 0
    assert shop.count("conversation") == 0
