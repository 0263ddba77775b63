"""How orders, carts and wishes look on the desk's wire."""

from kaiwa.carriers import carrier
from kaiwa.desk.shopping import SeenOrder
from kaiwa.languages.dates import when_words
from kaiwa.languages.strings import say
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.cart import Cart
from kaiwa.orders.order import Order
from kaiwa.orders.progress import STEP_OF, STEPS
from kaiwa.orders.shipment import Shipment
from kaiwa.orders.wishlist import Wish
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.shapes import Json, optional


def money_shape(amount_minor: int, currency: str) -> Json:
    """An amount."""
    return {"amount_minor": amount_minor, "currency": currency}


def order_shape(seen: SeenOrder, language: Language) -> Json:
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
        "total": money_shape(found.totals.total_minor, found.currency),
        "paid": money_shape(found.paid_minor, found.currency),
        "refunded": money_shape(found.refunded_minor, found.currency),
        "address": _address(found.body.address),
        "address_words": _address_words(found),
        "delivery": when_words(found.body.delivery.day, found.body.delivery.slot, language),
        "parcels": [_parcel(one) for one in seen.parcels],
        "returns": [{"id": one.id, "state": one.state, "lines": one.lines} for one in seen.returns],
        "refunds": [
            {"state": one.state, "amount": money_shape(one.amount.amount_minor, found.currency)}
            for one in seen.refunds
        ],
        "ways": seen.ways,
    }


def cart_shape(cart: Cart) -> Json:
    """A cart at the prices of now."""
    return {
        "lines": [
            {
                "variant": one.variant_id,
                "title": one.title,
                "sku": one.sku,
                "quantity": one.quantity,
                "amount": money_shape(one.amount.amount_minor, cart.currency),
            }
            for one in cart.lines
        ],
        "codes": list(cart.codes),
        "total": money_shape(cart.totals.total_minor, cart.currency),
    }


def wish_shape(one: Wish) -> Json:
    """An article somebody keeps for later, as it is offered now."""
    price = one.offer.price
    return {
        "variant": one.offer.variant_id,
        "title": one.offer.title,
        "price": money_shape(price.amount_minor, price.currency),
        "in_stock": one.offer.available > 0,
        "added_at": iso(one.added_at),
    }


def _lines(found: Order) -> list[Json]:
    return [
        {
            "part": line.part,
            "title": line.title,
            "sku": line.sku or "",
            "ordered": line.quantity,
            "quantity": found.left(line.part),
            "amount": money_shape(line.unit_minor * found.left(line.part), found.currency),
        }
        for line in found.lines
    ]


def _entries(found: Order) -> list[Json]:
    # Everything but the articles, so that lines and entries always add up to the total.
    items = sum(line.unit_minor * found.left(line.part) for line in found.lines)
    rest = found.totals.total_minor - items
    return [{"amount": money_shape(rest, found.currency)}] if rest else []


def _parcel(one: Shipment) -> Json:
    return {
        "carrier": "" if one.carrier == "generic" else carrier(one.carrier).name,
        "number": one.tracking_number,
        "link": one.link,
        "state": one.state,
        "at": iso(one.state_at),
    }


def _address(one: PostalAddress | None) -> Json | None:
    if one is None:
        return None
    return {name: getattr(one, name) for name in PostalAddress.__struct_fields__}


def _address_words(found: Order) -> str:
    address = found.body.address
    return address.one_line() if address is not None else found.body.address_text
