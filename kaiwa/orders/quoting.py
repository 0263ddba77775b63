"""What a checkout costs now, and what is still missing: everything read again, nothing silent."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.cart_record import CartRow, cart_row
from kaiwa.orders.checkout_record import Body, Checkout, Line
from kaiwa.orders.command import Command
from kaiwa.orders.coupon import Coupon
from kaiwa.orders.holding import held_items
from kaiwa.orders.notice import Notice
from kaiwa.orders.offer import offers
from kaiwa.orders.payment_method import Method, methods
from kaiwa.orders.pricing import Item, Using, bill_for, with_coupons
from kaiwa.orders.redemption import Redeemer
from kaiwa.orders.shipping import (
    Delivery,
    Option,
    Parcel,
    Rate,
    option,
    parcel_to,
    rates_for,
    shipping_part,
)
from kaiwa.orders.terms import Terms, terms
from kaiwa.orders.totals import Bill, Part, total_up


class Quote(msgspec.Struct, frozen=True):
    """The checkout as it is now, and what the shopper may choose from."""

    body: Body
    options: tuple[Option, ...]
    methods: tuple[Method, ...]
    coupons: tuple[Coupon, ...]


class _Ways(msgspec.Struct, frozen=True):
    parcel: Parcel
    rates: tuple[Rate, ...]
    options: tuple[Option, ...]


def quoted(
    session: Session, command: Command, cart: CartRow, found: Checkout, *, said: bool = False
) -> Quote:
    """Read everything again. Called with the cart held; holds stock.

    Another total than was shown is told, unless the shopper just `said` something new.
    """
    items, notices = held_items(session, command, cart, found)
    rules = terms(session, command.merchant_id)
    codes = cart.codes if found.body.codes is None else found.body.codes
    who = Redeemer(found.id, found.customer_id, found.body.buyer.email or None)
    using = Using(codes, who, command.at)

    def lowered(bill: Bill) -> tuple[Bill, list[Notice], list[Coupon]]:
        return with_coupons(session, command.merchant_id, bill, items, using)

    goods = bill_for(cart.currency, rules.rounding, items)
    ways = _ways(session, command, found.body, (items, lowered(goods)[0], rules))
    body, told = _deliverable(found.body, ways)
    bill = _plus(goods, *_taxed(_charges(body, ways, rules), cart.currency))
    body, offered, fee = _payable(session, command, body, total_up(lowered(bill)[0]).total_minor)
    bill, refused, working = lowered(_plus(bill, *_taxed(fee, cart.currency)))
    if body.method_id != found.body.method_id:
        told.append(Notice("payment_unavailable"))
    told = [*notices, *told, *refused]
    total, before = total_up(bill).total_minor, found.totals.total_minor
    if found.body.lines and total != before and (told or not said):
        told.append(Notice("total_changed", was=before, now=total))
    lines = tuple(_line(item) for item in items if item.quantity)
    body = msgspec.structs.replace(
        body, bill=bill, lines=lines, notices=tuple(told), missing=_missing(body, lines, total)
    )
    return Quote(body, ways.options if ways else (), offered, tuple(working))


def options_of(session: Session, command: Command, found: Checkout) -> tuple[Option, ...]:
    """The ways to send what the checkout holds, at today's price and from today; only reads."""
    now = offers(session, command.merchant_id, [line.variant_id for line in found.body.lines])
    items = [Item(now[one.variant_id], one.quantity) for one in found.body.lines]
    cart = cart_row(session, command.merchant_id, found.cart_id)
    codes = cart.codes if found.body.codes is None else found.body.codes
    who = Redeemer(found.id, found.customer_id, found.body.buyer.email or None)
    rules = terms(session, command.merchant_id)
    bill = bill_for(cart.currency, rules.rounding, items)
    using = Using(codes, who, command.at)
    goods, _, _ = with_coupons(session, command.merchant_id, bill, items, using)
    ways = _ways(session, command, found.body, (items, goods, rules))
    return ways.options if ways else ()


def today_of(session: Session, merchant_id: int, at: datetime) -> date:
    """The shop's calendar day."""
    return at.astimezone(ZoneInfo(merchant(session, merchant_id).timezone)).date()


def _ways(
    session: Session, command: Command, body: Body, cost: tuple[list[Item], Bill, Terms]
) -> _Ways | None:
    if body.address is None:
        return None
    items, goods, rules = cost
    left = sum(goods.left(part) for part in goods.parts)
    weights = [item.offer.weight_g * item.quantity for item in items]
    parcel = parcel_to(body.address, weights, left)
    rates = tuple(rates_for(session, command.merchant_id, parcel))
    shop = merchant(session, command.merchant_id)
    today = command.at.astimezone(ZoneInfo(shop.timezone)).date()
    # On a day off nothing is packed.
    leaves = shop.settings.voice.hours.next_working(today)
    options = tuple(option(one, parcel, leaves, rules.days_ahead) for one in rates)
    return _Ways(parcel, rates, options)


def _deliverable(body: Body, ways: _Ways | None) -> tuple[Body, list[Notice]]:
    """The body with a way to send it, and without a day or slot that cannot be kept."""
    if ways is None:
        return body, []
    if not ways.options:
        return msgspec.structs.replace(body, rate_id=None), [Notice("address_undeliverable")]
    chosen = next((one for one in ways.options if one.rate_id == body.rate_id), ways.options[0])
    day, slot = body.delivery.day, body.delivery.slot
    notices = []
    if day is not None and not chosen.first_day <= day <= chosen.last_day:
        notices.append(Notice("date_unavailable", day.isoformat()))
        day = None
    if slot is not None and slot not in chosen.slots:
        notices.append(Notice("slot_unavailable", slot))
        slot = None
    return (
        msgspec.structs.replace(body, rate_id=chosen.rate_id, delivery=Delivery(day, slot)),
        notices,
    )


def _charges(body: Body, ways: _Ways | None, rules: Terms) -> list[Part]:
    parts = []
    if ways is not None:
        parts += [shipping_part(r, ways.parcel) for r in ways.rates if r.id == body.rate_id]
    if body.gift.wrap is not None:
        wrap = next((one for one in rules.wraps if one.code == body.gift.wrap), None)
        if wrap is not None:
            parts.append(Part("gift_wrap", "gift_wrap", wrap.amount_minor, title=wrap.code))
    return parts


def _taxed(parts: list[Part], currency: str) -> list[Part]:
    """Only Japan's consumption tax is known here: what is charged in another currency has none."""
    if currency == "JPY":
        return parts
    return [msgspec.structs.replace(one, tax_class="exempt") for one in parts]


def _payable(
    session: Session, command: Command, body: Body, total_minor: int
) -> tuple[Body, tuple[Method, ...], list[Part]]:
    offered = tuple(methods(session, command.merchant_id, total_minor))
    chosen = next((one for one in offered if one.id == body.method_id), None)
    body = msgspec.structs.replace(body, method_id=chosen and chosen.id)
    if chosen is None or not chosen.fee_minor:
        return body, offered, []
    return body, offered, [Part("fee", "fee", chosen.fee_minor, title=chosen.title)]


def _plus(bill: Bill, *parts: Part) -> Bill:
    return msgspec.structs.replace(bill, parts=(*bill.parts, *parts))


def _line(item: Item) -> Line:
    offer = item.offer
    return Line(offer.variant_id, offer.sku, offer.title, item.quantity, offer.price.amount_minor)


def _missing(body: Body, lines: tuple[Line, ...], total_minor: int) -> tuple[str, ...]:
    wants = {
        "items": not lines,
        "email": not (body.buyer.email or body.buyer.phone),
        "address": body.address is None,
        "shipping": body.address is not None and body.rate_id is None,
        "payment": body.method_id is None and total_minor > 0,
    }
    return tuple(name for name, missing in wants.items() if missing)
