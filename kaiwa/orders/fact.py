"""What siblings may hear of the shop, told in the transaction in which it became true."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from kaiwa.carriers import ShipmentState
from kaiwa.engines.db import Session


class OrderPlaced(msgspec.Struct, frozen=True):
    """An order stands; it may still have to be paid."""

    merchant_id: int
    order_id: int


class OrderPaid(msgspec.Struct, frozen=True):
    """All the money for an order is there."""

    merchant_id: int
    order_id: int


class OrderCancelled(msgspec.Struct, frozen=True):
    """An order will not be sent."""

    merchant_id: int
    order_id: int
    reason: str


class OrderChanged(msgspec.Struct, frozen=True):
    """An order's address, delivery or quantities changed, or money goes back."""

    merchant_id: int
    order_id: int


class PaymentFailed(msgspec.Struct, frozen=True):
    """A checkout was not paid; it can be tried again."""

    merchant_id: int
    checkout_id: int
    reason: str


class PaymentDisputed(msgspec.Struct, frozen=True):
    """The buyer asked the bank for the money of an order; somebody has to answer the provider."""

    merchant_id: int
    order_id: int
    payment_id: int
    reason: str


class ShipmentMoved(msgspec.Struct, frozen=True):
    """There is news of a parcel."""

    merchant_id: int
    order_id: int
    shipment_id: int
    state: ShipmentState


class ReturnMoved(msgspec.Struct, frozen=True):
    """A return was asked for, decided or taken in."""

    merchant_id: int
    order_id: int
    return_id: int
    state: str


OrdersFact: TypeAlias = (
    OrderPlaced
    | OrderPaid
    | OrderCancelled
    | OrderChanged
    | PaymentFailed
    | PaymentDisputed
    | ShipmentMoved
    | ReturnMoved
)
AnnounceOrders: TypeAlias = Callable[[Session, OrdersFact], None]
