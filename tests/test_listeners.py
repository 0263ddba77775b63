"""What shoppers do reaches the recommendations, and what pages claim never breaks anything."""

from importlib import import_module

from kaiwa.catalog.recommendation.shopping_event import Shopper, lately
from kaiwa.conversations.fact import CartSeen, MessageReceived, PageSeen
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database
from kaiwa.listeners import announce_orders, announcer
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from tests.orders.shop import Shop
from tests.orders.till import Till


def noted(till: Till) -> list[tuple[str, str, int | None]]:
    """The handle, what was done and by which customer, oldest first."""
    rows = till.db.read_now(
        lambda s: s.all(
            """SELECT p.handle, e.kind, e.customer_id FROM shopping_event e
            JOIN product p ON p.id = e.product_id WHERE e.merchant_id = :m ORDER BY e.id""",
            m=till.shop.merchant_id,
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


def test_pages_and_carts_are_noted_by_whom_they_come_from(database: Database) -> None:
    till = Till(Shop(database))
    till.shop.article("CUP")
    till.shop.article("TEA")
    m, who = till.shop.merchant_id, till.shop.customer()
    announce = announcer(SetClock(till.shop.now))

    def story(s) -> None:
        announce(s, PageSeen(m, 7, who, "cup"))
        announce(s, PageSeen(m, 7, who, "TEA"))
        announce(s, PageSeen(m, 7, who, "no such thing\0"))
        announce(s, CartSeen(m, 7, who, ("TEA", "", "NOPE")))
        announce(s, CartSeen(m, 7, who))

    database.write_now(story)
    assert noted(till) == [("cup", "view", who), ("tea", "view", who), ("tea", "cart", who)]
    found = database.read_now(lambda s: lately(s, m, Shopper("identity:7")))
    assert [kind for _, kind, _ in found] == ["cart", "view", "view"]


def test_orders_from_before_are_counted_by_the_migration(database: Database) -> None:
    till = Till(Shop(database))
    cup, tea = till.shop.article("CUP"), till.shop.article("TEA")
    till.bought((cup, 2), (tea, 1))
    gone = till.bought((cup, 1))
    database.write_now(
        lambda s: cancel_order(s, till.shop.command(), CancelOrder(gone.id), till.announce)
    )
    fill = import_module("kaiwa.migrations.versions.0004_recommendation").FILL
    for _ in range(2):
        database.write_now(lambda s: s.run(fill))
    assert noted(till) == [("cup", "purchase", None), ("tea", "purchase", None)]


def test_an_order_is_noted_once_however_it_goes_on(database: Database) -> None:
    till = Till(Shop(database))
    till.announce = announce_orders  # type: ignore[method-assign]
    till.paying._announce = announce_orders
    cup, tea = till.shop.article("CUP"), till.shop.article("TEA")
    bought = till.bought((cup, 2), (tea, 1))
    assert noted(till) == [("cup", "purchase", None), ("tea", "purchase", None)]
    database.write_now(
        lambda s: cancel_order(s, till.shop.command(), CancelOrder(bought.id), announce_orders)
    )
    assert len(noted(till)) == 2


def test_the_bot_is_not_called_where_a_person_answers(database: Database) -> None:
    announce = announcer(SetClock(Shop(database).now))

    def turns(answered_by: str) -> int:
        def story(s) -> int:
            announce(s, MessageReceived(1, 2, 3, answered_by))
            return s.all("SELECT count(*) FROM job WHERE kind = 'turn'")[0][0]

        return database.write_now(story)

    assert turns("agent") == 0
    # Who waits for a person may call it back.
    assert turns("nobody") == 1
