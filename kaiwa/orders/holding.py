"""Holding stock for a checkout: as many as there are of what its cart wants, and what fell short.

Called with the cart held, so nobody else changes what is wanted.
"""

from datetime import datetime, timedelta
from typing import Final

from kaiwa.catalog.stock import Held, reserve
from kaiwa.engines.db import Session
from kaiwa.orders.cart_record import CartRow, holder_of, reserved, wanted
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.command import Command
from kaiwa.orders.notice import Notice
from kaiwa.orders.offer import Offer, offers
from kaiwa.orders.pricing import Item

# The checkout's own end lets go of the stock. This is for one that is being paid at that moment,
# whose payment is given up after a day.
SPARE: Final = timedelta(hours=48)


def held_items(
    session: Session, command: Command, cart: CartRow, found: Checkout
) -> tuple[list[Item], list[Notice]]:
    """The cart's lines with what is held of each, at today's price; and every difference."""
    lines = {line.variant_id: line for line in wanted(session, command.merchant_id, cart.id)}
    mine = reserved(session, command.merchant_id, cart.id)
    now = offers(session, command.merchant_id, {*lines, *mine})
    shown = {line.variant_id: line for line in found.body.lines}
    items: list[Item] = []
    notices: list[Notice] = []
    # In the order of ids, so that two checkouts never wait for each other crosswise.
    for variant_id in sorted(now):
        offer, line = now[variant_id], lines.get(variant_id)
        asked = line.quantity if line and offer.price.currency == cart.currency else 0
        got = _hold(session, command, found, (offer, asked, mine.get(variant_id, 0)))
        if line is None:
            continue
        items.append(Item(offer, got))
        was = shown.get(variant_id)
        notices += _short(offer, min(line.quantity, was.quantity) if was else line.quantity, got)
        price = was.unit_minor if was else line.seen_minor
        if price != offer.price.amount_minor:
            notices.append(Notice("price_changed", offer.sku, price, offer.price.amount_minor))
    places = {variant_id: place for place, variant_id in enumerate(lines)}
    return sorted(items, key=lambda item: places[item.offer.variant_id]), notices


def hold_until(session: Session, command: Command, found: Checkout, until: datetime) -> None:
    """Keep what is held for longer: the buyer was given more time."""
    for variant_id, quantity in reserved(session, command.merchant_id, found.cart_id).items():
        what, holder = Held(variant_id, quantity), holder_of(found.cart_id)
        reserve(session, command.merchant_id, what, holder, until + SPARE, command.at)


def _hold(session: Session, command: Command, found: Checkout, what: tuple[Offer, int, int]) -> int:
    offer, asked, mine = what
    count = min(asked, offer.available + mine if offer.sold else 0)
    place, holder = command.merchant_id, holder_of(found.cart_id)
    if count != mine:
        held = Held(offer.variant_id, count)
        if not reserve(session, place, held, holder, found.expires_at + SPARE, command.at):
            # Somebody was faster. The failed attempt holds the shop's counter: this look is true.
            fresh = offers(session, place, [offer.variant_id])[offer.variant_id]
            count = min(count, fresh.available + mine)
            held = Held(offer.variant_id, count)
            reserve(session, place, held, holder, found.expires_at + SPARE, command.at)
    return count


def _short(offer: Offer, was: int, got: int) -> list[Notice]:
    if got >= was:
        return []
    if not offer.sold:
        return [Notice("item_unavailable", offer.sku, was, got)]
    return [Notice("quantity_adjusted" if got else "out_of_stock", offer.sku, was, got)]
