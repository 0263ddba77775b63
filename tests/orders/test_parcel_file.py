"""A carrier's file moves the parcels it names, and says which it cannot read."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.parcel_file import take_news
from kaiwa.orders.shipment import ShipOrder, ship_order, shipments_called
from kaiwa.vocabulary.errors import Invalid, NotFound
from tests.orders.shop import Shop
from tests.orders.till import Till


@pytest.fixture
def till(database: Database) -> Till:
    till = Till(Shop(database))
    bought = till.bought((till.shop.article("CUP"), 1))
    request = ShipOrder(bought.id, "yamato", "123456789013")
    till.db.write_now(lambda s: ship_order(s, till.shop.command(), request, till.announce))
    return till


def take(till: Till, **cells: str) -> bool:
    return till.db.write_now(
        lambda s: take_news(s, till.shop.command(), cells, "Asia/Tokyo", till.announce)
    )


def test_the_carriers_own_words_are_understood(till: Till) -> None:
    row = {"送り状番号": "1234-5678-9013", "状態": "配達完了", "日時": "2026/11/21 10:30"}
    assert take(till, **row) is True
    (parcel,) = till.db.read_now(
        lambda s: shipments_called(s, till.shop.merchant_id, "123456789013")
    )
    assert (parcel.state, parcel.state_at.isoformat()) == ("delivered", "2026-11-21T01:30:00+00:00")
    assert take(till, **row) is False
    moves = [fact for fact in till.facts if type(fact).__name__ == "ShipmentMoved"]
    assert len(moves) == 2


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"status": "delivered"}, Invalid),
        ({"tracking_number": "1", "status": "delivered", "occurred_at": "2026-11-21"}, NotFound),
        ({"tracking_number": "123456789013", "status": "?", "occurred_at": "2026-11-21"}, Invalid),
        ({"tracking_number": "123456789013", "status": "absent", "occurred_at": "noon"}, Invalid),
    ],
)
def test_what_cannot_be_read_is_refused(
    till: Till, cells: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        take(till, **cells)
