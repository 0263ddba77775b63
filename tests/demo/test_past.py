"""The example shop's past: believable, the same again, and all of it taken in."""

from collections import Counter
from datetime import datetime, timedelta

from kaiwa.carriers import carrier
from kaiwa.demo.past import Past, articles, numbers, past_orders, take_past
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.order import order, order_by_number
from kaiwa.orders.return_request import returns_of
from kaiwa.orders.shipment import shipments_of
from tests.demo.shop import NOW, opened


def _past(database: Database, at: datetime = NOW) -> tuple[Merchant, list[Past]]:
    owner, _ = opened(database)
    goods = database.read_now(lambda s: articles(s, owner.id))
    return owner, past_orders(goods, at)


def test_it_is_half_a_year_of_about_sixty_people(database: Database) -> None:
    _, past = _past(database)
    assert len(past) >= 120
    assert 55 <= len({one.person for one in past}) <= 65
    at = [datetime.fromisoformat(one.told.placed_at) for one in past]
    assert at == sorted(at)
    assert NOW - timedelta(days=183) <= at[0] <= NOW - timedelta(days=175)
    assert NOW - timedelta(days=1) < at[-1] < NOW
    states = Counter(one.told.status for one in past)
    assert states.keys() == {"unfulfilled", "shipped", "delivered", "cancelled"}
    assert min(states.values()) >= 4


def test_the_same_moment_gives_the_same_orders_and_a_later_one_the_same_goods(
    database: Database,
) -> None:
    owner, past = _past(database)
    goods = database.read_now(lambda s: articles(s, owner.id))
    assert past_orders(goods, NOW) == past
    later = past_orders(goods, NOW + timedelta(days=40))
    assert [one.told.lines for one in later] == [one.told.lines for one in past]


def test_what_belongs_together_was_bought_together(database: Database) -> None:
    _, past = _past(database)
    baskets = [{line.sku for line in one.told.lines} for one in past]

    def both(one: str, other: str) -> int:
        return sum(
            any(sku.startswith(one) for sku in skus) and any(sku.startswith(other) for sku in skus)
            for skus in baskets
        )

    assert both("DR-ASG", "CF-KDC") >= 5
    assert both("TP-KMR", "TE-SEN") >= 4
    assert both("TP-KMR", "JN-STR") == 0


def test_every_order_is_taken_as_it_is_told(database: Database) -> None:
    owner, past = _past(database)
    database.write_now(lambda s: take_past(s, owner, past, NOW))

    def story(s: Session) -> None:
        states: Counter[str] = Counter()
        for one in past:
            order_id = order_by_number(s, owner.id, str(one.told.number))
            assert order_id is not None
            found = order(s, owner.id, order_id)
            states[found.state] += 1
            assert found.name == one.told.name
            assert all(line.variant_id for line in found.lines)
            for parcel in shipments_of(s, owner.id, order_id):
                assert parcel.carrier == one.told.carrier != "generic"
                assert parcel.tracking_number is not None
                kind = carrier(parcel.carrier)
                assert kind.number(parcel.tracking_number) == parcel.tracking_number
            asked = [back.state for back in returns_of(s, owner.id, order_id)]
            assert asked == ([one.returned] if one.returned else [])
        told = Counter(one.told.status for one in past)
        assert states["processing"] == told["unfulfilled"]
        assert states["cancelled"] == told["cancelled"]
        assert states["shipped"] == told["shipped"]

    database.read_now(story)


def test_the_people_of_the_conversations_have_their_orders(database: Database) -> None:
    _, past = _past(database)
    by_number = {str(one.told.number): one for one in past}
    called = numbers(past)
    inoue = by_number[called["inoue"]].told
    assert (inoue.name, inoue.status) == ("井上 さくら", "delivered")
    assert [line.sku for line in inoue.lines] == ["KT-SZK-CL"]
    assert by_number[called["ono"]].told.status == "unfulfilled"
