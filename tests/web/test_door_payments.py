"""The doors of providers and carriers: 200 means that it had its effect, anything else none."""

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kaiwa.carriers.signed_news import sign
from kaiwa.engines.db import Database
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipment import Shipment, ShipOrder, ship_order, shipments_of
from kaiwa.orders.webhook_key import carrier_path, carrier_secret, payment_path
from kaiwa.web import throttle
from tests.fakes.stripe_http import WEBHOOK_SECRET, signed
from tests.orders.counter import KEYS, Counter
from tests.orders.shop import Shop
from tests.web.asgi import Answer, call
from tests.web.doors import NOW, Doors

SECRETS = Secrets(bytes(range(32)))


class Street:
    """The server's doors on a shop whose orders are paid through the stand-in."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.doors = Doors(db, folder, work=False)
        shop = Shop(db)
        shop.now = NOW
        self.counter = Counter(shop)
        self.merchant_id = shop.merchant_id
        new = NewMethod("own", "stripe", "", 0, None, KEYS, None, {"kind": "card"})
        method_id = db.write_now(lambda s: add_method(s, shop.merchant_id, new, SECRETS))
        self.path = payment_path(SECRETS, shop.merchant_id, method_id)

    async def tell(self, body: bytes, **given: str) -> Answer:
        signature = signed(body, NOW.timestamp(), given.get("secret", WEBHOOK_SECRET))
        headers = {"stripe-signature": signature}
        return await call(
            self.doors.app, "POST", given.get("path", self.path), headers=headers, body=body
        )

    def paid(self) -> int:
        return self.doors.count("payment", "state = 'paid'")


@pytest.fixture
def street(database: Database, tmp_path: Path) -> Street:
    return Street(database, tmp_path)


def voucher_paid(street: Street) -> bytes:
    """An order waits for its voucher; the event says that it was paid."""
    street.counter.pay("konbini")
    street.counter.news()
    street.counter.fake.platform.succeed(street.counter.intent())
    (event,) = street.counter.news()
    return event


async def test_a_providers_word_is_taken_and_safe_to_repeat(street: Street) -> None:
    event = await asyncio.to_thread(voucher_paid, street)
    answers = await asyncio.gather(*(street.tell(event) for _ in range(8)))
    assert {answer.status for answer in answers} == {200}
    assert street.paid() == 1
    assert street.doors.all("SELECT paid_minor FROM shop_order") == [(1650,)]


async def test_a_forged_word_changes_nothing(street: Street) -> None:
    event = await asyncio.to_thread(voucher_paid, street)
    assert (await street.tell(event, secret="whsec_other")).error == (401, "not_authentic")
    unsigned = await call(street.doors.app, "POST", street.path, body=event)
    assert unsigned.error == (401, "not_authentic")
    assert street.paid() == 0


@pytest.mark.parametrize("end", ["", "x", "/more", "-", "\u0660"])
async def test_a_wrong_address_is_none(street: Street, end: str) -> None:
    event = await asyncio.to_thread(voucher_paid, street)
    merchant, method, tag = street.path.rpartition("/")[2].split("-", 2)
    for path in (
        street.path + end if end else "/webhooks/payments/",
        f"/webhooks/payments/{int(merchant) + 1}-{method}-{tag}",
        f"/webhooks/payments/{merchant}-{int(method) + 1}-{tag}",
        f"/webhooks/payments/{merchant}-{method}-{tag[:-1]}A{end}",
    ):
        assert (await street.tell(event, path=path)).error == (404, "not_found")
    assert (await call(street.doors.app, "GET", street.path)).status == 404
    assert street.paid() == 0


async def test_what_is_too_large_or_no_event_changes_nothing(street: Street) -> None:
    event = await asyncio.to_thread(voucher_paid, street)
    assert (await street.tell(event + b" " * 1_000_001)).error == (413, "too_large")
    assert (await street.tell(b"[]")).error == (400, "invalid")
    assert (await street.tell(b'{"id":"e","type":"new.kind","data":{"object":1}}')).status == 200
    assert street.paid() == 0


async def test_too_many_words_at_once_are_held_back(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: 100.0))
    answers = [await street.tell(b"{}", secret="whsec_other") for _ in range(560)]
    held = [answer for answer in answers if answer.status == 429]
    assert held
    assert int(held[0].headers["retry-after"]) >= 1


def sent(street: Street, number: str = "1234-5678-9013") -> Shipment:
    """A parcel is on its way with Yamato."""
    counter = street.counter
    bought = counter.bought((counter.shop.article("CUP"), 1))
    request = ShipOrder(bought.id, "yamato", number)
    return counter.db.write_now(
        lambda s: ship_order(s, counter.shop.command(), request, counter.announce)
    )


async def news(street: Street, events: list[object], carrier: str = "yamato", **given: str):
    body = json.dumps({"events": events}).encode()
    secret = given.get("secret") or carrier_secret(SECRETS, street.merchant_id, carrier)
    path = given.get("path") or carrier_path(SECRETS, street.merchant_id, carrier)
    headers = {"kaiwa-signature": sign(body, secret, NOW)}
    return await call(street.doors.app, "POST", path, headers=headers, body=body)


def arrived(number: str = "123456789013", status: str = "配達完了") -> dict[str, str]:
    return {"tracking_number": number, "status": status, "occurred_at": "2026-11-21T13:00:00+09:00"}


def state(street: Street, parcel: Shipment) -> str:
    (found,) = street.counter.db.read_now(
        lambda s: shipments_of(s, street.merchant_id, parcel.order_id)
    )
    return found.state


async def test_a_carriers_news_moves_the_parcel_once(street: Street) -> None:
    parcel = await asyncio.to_thread(sent, street)
    first, again = await news(street, [arrived()]), await news(street, [arrived()])
    assert first.json == {"taken": 1, "moved": 1, "refused": []}
    assert again.json == {"taken": 1, "moved": 0, "refused": []}
    assert state(street, parcel) == "delivered"
    old = arrived(status="輸送中") | {"occurred_at": "2026-11-21T09:00:00+09:00"}
    assert (await news(street, [old])).json["moved"] == 0
    assert state(street, parcel) == "delivered"


async def test_one_bad_event_does_not_stop_the_others(street: Street) -> None:
    parcel = await asyncio.to_thread(sent, street)
    events = [7, {"status": "x"}, arrived("999"), arrived(status="???"), arrived(), None]
    answer = await news(street, events)
    assert (answer.status, answer.json["taken"], answer.json["moved"]) == (200, 1, 1)
    assert [(one["event"], one["error"]) for one in answer.json["refused"]] == [
        (0, "invalid"),
        (1, "invalid"),
        (2, "not_found"),
        (3, "invalid"),
        (5, "invalid"),
    ]
    assert state(street, parcel) == "delivered"


async def test_forged_or_misdirected_news_changes_nothing(street: Street) -> None:
    parcel = await asyncio.to_thread(sent, street)
    own = carrier_path(SECRETS, street.merchant_id, "yamato")
    neighbour = carrier_path(SECRETS, street.merchant_id + 1, "yamato")
    sagawa = carrier_secret(SECRETS, street.merchant_id, "sagawa")
    assert (await news(street, [arrived()], secret="ksec_0")).error == (401, "not_authentic")
    assert (await news(street, [arrived()], secret=sagawa)).error == (401, "not_authentic")
    assert (await news(street, [arrived()], path=own[:-1])).error == (404, "not_found")
    assert (await news(street, [arrived()], path=neighbour)).error == (401, "not_authentic")
    assert (await news(street, [arrived()], path=own.replace("yamato", "owl"))).status == 404
    told = await news(street, [arrived()], "sagawa")
    assert told.json["refused"][0]["error"] == "not_found", "the parcel is another carrier's"
    assert state(street, parcel) == "shipped"
