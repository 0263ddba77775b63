"""What a customer buys, as the agents who speak with them see it: orders, cart, wishes."""

from datetime import datetime

import msgspec

from kaiwa.customers.grade import VERIFIED
from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session
from kaiwa.orders.allowed import OrderAction, allowed
from kaiwa.orders.cart import Cart, show_cart
from kaiwa.orders.cart_record import active_cart
from kaiwa.orders.command import Command
from kaiwa.orders.order import Order, order, order_by_number, orders_of
from kaiwa.orders.refund import Refund, refunds_of
from kaiwa.orders.return_request import ReturnRequest, may_be_returned, returns_of
from kaiwa.orders.shipment import Shipment, shipments_of
from kaiwa.orders.wishlist import Wish, wishlist

MOST_ORDERS = 10
MOST_WISHES = 20
_WAYS: tuple[OrderAction, ...] = ("cancel", "change_address", "refund")


class SeenOrder(msgspec.Struct, frozen=True):
    """An order with all that moves around it, and what may be done with it now.

    `own` is False for one that was found by its number and belongs to somebody else, or nobody.
    """

    order: Order
    own: bool
    parcels: list[Shipment]
    returns: list[ReturnRequest]
    refunds: list[Refund]
    ways: list[str]


class Shopping(msgspec.Struct, frozen=True):
    """Everything about one customer that money is in."""

    orders: list[SeenOrder]
    cart: Cart | None
    wishes: list[Wish]


def shopping(session: Session, command: Command, customer_id: int, number: str = "") -> Shopping:
    """The customer's orders (newest first), cart and wishes; with `number` that order only."""
    shop = command.merchant_id
    own = own_orders(session, shop, customer_id)
    if number:
        found = order_by_number(session, shop, number)
        shown = [] if found is None else [order(session, shop, found)]
    else:
        shown = own
    mine = {one.id for one in own}
    return Shopping(
        [seen_order(session, command, one, one.id in mine) for one in shown],
        customer_cart(session, command, customer_id),
        list(wishlist(session, shop, customer_id).wishes[:MOST_WISHES]),
    )


def own_orders(session: Session, merchant_id: int, customer_id: int) -> list[Order]:
    """The customer's orders: their own, and those under addresses that are surely theirs."""
    known = identities(session, merchant_id, customer_id)
    sure = [one.value.casefold() for one in known if one.grade in VERIFIED and "@" in one.value]
    emails = tuple(dict.fromkeys(sure))
    return orders_of(session, merchant_id, customer_id, emails, MOST_ORDERS)


def customer_cart(session: Session, command: Command, customer_id: int) -> Cart | None:
    """The customer's cart at the prices of now, or None."""
    cart_id = active_cart(session, command.merchant_id, customer_id)
    return None if cart_id is None else show_cart(session, command, cart_id)


def seen_order(session: Session, command: Command, found: Order, own: bool) -> SeenOrder:
    """The order as an agent sees it."""
    shop = command.merchant_id
    ways: list[str] = [way for way in _WAYS if way in allowed(found)]
    if may_be_returned(session, command, found):
        ways.append("ask_return")
    return SeenOrder(
        found,
        own,
        shipments_of(session, shop, found.id),
        returns_of(session, shop, found.id),
        list(refunds_of(session, shop, found.id)),
        ways,
    )


def desk_command(
    merchant_id: int,
    agent_id: int,
    now: datetime,
    key: str | None = None,
    version: int | None = None,
) -> Command:
    """The envelope of what an agent commands from the desk."""
    return Command(merchant_id, f"agent:{agent_id}", "desk", now, key, version)
