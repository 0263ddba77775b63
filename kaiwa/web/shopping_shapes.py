"""How orders, carts and wishes look on the desk's wire."""

from typing import TypedDict

from kaiwa.carriers import ShipmentState, carrier
from kaiwa.desk.shopping import SeenOrder
from kaiwa.languages.dates import when_words
from kaiwa.languages.strings import say
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.cart import Cart
from kaiwa.orders.order import Order, OrderState
from kaiwa.orders.progress import STEP_OF, STEPS
from kaiwa.orders.refund import RefundState
from kaiwa.orders.return_request import ReturnState
from kaiwa.orders.shipment import Shipment
from kaiwa.orders.wishlist import Wish
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import iso
from kaiwa.web.shapes import optional


class OrderLineShape(TypedDict):
    """An article of an order; `ordered` once, `quantity` is left of it."""

    part: str
    title: str
    sku: str
    ordered: int
    quantity: int
    amount: Money


class EntryShape(TypedDict):
    """What is neither article nor tax in a total: shipping, fees, discounts."""

    amount: Money


class ParcelShape(TypedDict):
    """A parcel on its way."""

    carrier: str
    number: str | None
    link: str | None
    state: ShipmentState
    at: str


class ReturnShape(TypedDict):
    """What the customer wants to send back, by the parts of the order."""

    id: int
    state: ReturnState
    lines: dict[str, int]


class RefundShape(TypedDict):
    """Money that goes back."""

    state: RefundState
    amount: Money


class OrderShape(TypedDict):
    """An order with its parcels, its money, and what may be done with it (`ways`).

    `own`: it is this customer's, and not one that was found by its number.
    """

    id: int
    number: str
    own: bool
    version: int
    state: OrderState
    state_words: str
    steps: list[str]
    step_index: int
    placed_at: str
    paid_at: str | None
    name: str
    lines: list[OrderLineShape]
    entries: list[EntryShape]
    total: Money
    paid: Money
    refunded: Money
    address: PostalAddress | None
    address_words: str
    delivery: str
    parcels: list[ParcelShape]
    returns: list[ReturnShape]
    refunds: list[RefundShape]
    ways: list[str]


class ShopCartLineShape(TypedDict):
    """A line of a cart of ours."""

    variant: int
    title: str
    sku: str | None
    quantity: int
    amount: Money


class ShopCartShape(TypedDict):
    """A cart of ours at the prices of now, with the codes in it."""

    lines: list[ShopCartLineShape]
    codes: list[str]
    total: Money


class WishShape(TypedDict):
    """An article that somebody keeps for later."""

    variant: int
    title: str
    price: Money
    in_stock: bool
    added_at: str


def order_shape(seen: SeenOrder, language: Language) -> OrderShape:
    """An order with its parcels, its money and what may be done with it."""
    found = seen.order
    return {
        "id": found.id,
        "number": found.number,
        "own": seen.own,
        "version": found.version,
        "state": found.state,
        "state_words": say(f"aftersale.state_{found.state}", language),
        "steps": []
        if found.state == "cancelled"
        else [say(f"aftersale.step_{one}", language) for one in STEPS],
        "step_index": STEP_OF[found.state],
        "placed_at": iso(found.placed_at),
        "paid_at": optional(found.paid_at),
        "name": found.name,
        "lines": _lines(found),
        "entries": _entries(found),
        "total": Money(found.totals.total_minor, found.currency),
        "paid": Money(found.paid_minor, found.currency),
        "refunded": Money(found.refunded_minor, found.currency),
        "address": found.body.address,
        "address_words": _address_words(found),
        "delivery": when_words(found.body.delivery.day, found.body.delivery.slot, language),
        "parcels": [_parcel(one) for one in seen.parcels],
        "returns": [{"id": one.id, "state": one.state, "lines": one.lines} for one in seen.returns],
        "refunds": [
            {"state": one.state, "amount": Money(one.amount.amount_minor, found.currency)}
            for one in seen.refunds
        ],
        "ways": seen.ways,
    }


def cart_shape(cart: Cart) -> ShopCartShape:
    """A cart at the prices of now."""
    return {
        "lines": [
            {
                "variant": one.variant_id,
                "title": one.title,
                "sku": one.sku,
                "quantity": one.quantity,
                "amount": Money(one.amount.amount_minor, cart.currency),
            }
            for one in cart.lines
        ],
        "codes": list(cart.codes),
        "total": Money(cart.totals.total_minor, cart.currency),
    }


def wish_shape(one: Wish) -> WishShape:
    """An article somebody keeps for later, as it is offered now."""
    price = one.offer.price
    return {
        "variant": one.offer.variant_id,
        "title": one.offer.title,
        "price": Money(price.amount_minor, price.currency),
        "in_stock": one.offer.available > 0,
        "added_at": iso(one.added_at),
    }


def _lines(found: Order) -> list[OrderLineShape]:
    return [
        {
            "part": line.part,
            "title": line.title,
            "sku": line.sku or "",
            "ordered": line.quantity,
            "quantity": found.left(line.part),
            "amount": Money(line.unit_minor * found.left(line.part), found.currency),
        }
        for line in found.lines
    ]


def _entries(found: Order) -> list[EntryShape]:
    # Everything but the articles, so that lines and entries always add up to the total.
    items = sum(line.unit_minor * found.left(line.part) for line in found.lines)
    rest = found.totals.total_minor - items
    return [{"amount": Money(rest, found.currency)}] if rest else []


def _parcel(one: Shipment) -> ParcelShape:
    return {
        "carrier": "" if one.carrier == "generic" else carrier(one.carrier).name,
        "number": one.tracking_number,
        "link": one.link,
        "state": one.state,
        "at": iso(one.state_at),
    }


def _address_words(found: Order) -> str:
    address = found.body.address
    return address.one_line() if address is not None else found.body.address_text
