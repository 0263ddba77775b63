"""Replacing articles of an order by other variants of the same products, at today's price.

The order keeps its old lines with nothing left of them, and gets new ones beside them. What a line
was lowered by goes over to the one that takes its place.
"""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from kaiwa.catalog.stock import Held, reserve, take
from kaiwa.catalog.variant import variant
from kaiwa.engines.db import Session
from kaiwa.orders.adjustment import Change, adjust
from kaiwa.orders.allowed import require_allowed
from kaiwa.orders.cancellation import put_back
from kaiwa.orders.command import Command, once
from kaiwa.orders.discount import Discount
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.gift_card import gift_card, require_balance
from kaiwa.orders.holding import SPARE
from kaiwa.orders.later_payment import Later, pay_later
from kaiwa.orders.offer import Offer, offers
from kaiwa.orders.order import Order, OrderLine, order
from kaiwa.orders.own import held_order
from kaiwa.orders.saved_method import SavedMethod, method_for
from kaiwa.orders.tax import TaxClass
from kaiwa.orders.totals import Bill, Part, total_up, with_quantities
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.money import Money


class ReplaceItems(msgspec.Struct, frozen=True):
    """Send these variants instead: `lines` say which variant takes the place of which part.

    A difference is paid by the saved way; what is paid too much goes back to it when it is a gift
    card, else to what paid for the order.
    """

    order_id: int
    lines: dict[str, int]
    saved_method_id: int


class Swap(msgspec.Struct, frozen=True):
    """One line and what takes its place, so many of it, at the price agreed."""

    part: str
    variant_id: int
    quantity: int
    unit_minor: int
    sku: str
    title: str
    tax_class: TaxClass
    tax_included: bool

    @property
    def new_part(self) -> str:
        """The name in the bill of what takes the place."""
        return f"{self.part}~{self.variant_id}"


def replace_items(
    session: Session, command: Command, request: ReplaceItems, announce: AnnounceOrders
) -> Order:
    """Replace them all, or nothing; `Conflict` once it is on its way."""

    def effect() -> Order:
        found = held_order(session, command, request.order_id)
        require_allowed(found, "replace")
        way = method_for(session, command.merchant_id, found, request.saved_method_id)
        swaps = agreed(session, command, found, request.lines)
        holder = f"replace:{found.id}:{found.version}"
        hold(session, command, swaps, (holder, SPARE))
        put_back(session, command, found, {one.part: one.quantity for one in swaps})
        swap(session, command, found, (swaps, way, "replaced", holder), announce)
        return order(session, command.merchant_id, found.id)

    return once(session, command, request, Order, effect)


def agreed(
    session: Session, command: Command, found: Order, lines: Mapping[str, int]
) -> list[Swap]:
    """What takes the place of what, at today's prices. `Invalid`, or `Conflict` without stock.

    Another variant of the same product, for all that is left of a line.
    """
    if not lines:
        raise Invalid("Say what is to be replaced, and by what.", field="lines")
    now = offers(session, command.merchant_id, set(lines.values()))
    known = {line.part: line for line in found.lines}
    swaps = []
    for part, variant_id in lines.items():
        line, offer = known.get(part), now.get(variant_id)
        if line is None or not found.left(part):
            raise Conflict("There is nothing of it to replace.", reason="quantity")
        if offer is None or not _alike(session, command, line, offer):
            raise Invalid("It can only be another variant of the same product.", field="lines")
        if not offer.sold or offer.price.currency != found.currency:
            raise Conflict("This variant is not sold any more.", reason="item_unavailable")
        swaps.append(
            Swap(
                part, variant_id, found.left(part), offer.price.amount_minor,
                offer.sku, offer.title, offer.tax_class, offer.tax_included,
            )
        )  # fmt: skip
    return swaps


def hold(session: Session, command: Command, swaps: list[Swap], how: tuple[str, timedelta]) -> None:
    """Keep the new articles for this holder so long; `Conflict` when there are too few."""
    holder, long = how
    counts: dict[int, int] = {}
    for one in swaps:
        counts[one.variant_id] = counts.get(one.variant_id, 0) + one.quantity
    for variant_id in sorted(counts):
        what = Held(variant_id, counts[variant_id])
        if not reserve(session, command.merchant_id, what, holder, command.at + long, command.at):
            raise Conflict("There is not enough of this variant.", reason="out_of_stock")


def difference_minor(found: Order, swaps: list[Swap]) -> int:
    """What the order costs more after it, or less."""
    return total_up(_swapped(found, swaps)).total_minor - found.totals.total_minor


def require_payable(
    session: Session, command: Command, way: SavedMethod, difference: Money
) -> None:
    """`Conflict` when the gift card could not pay the difference."""
    if way.gift_card_id is not None and difference.amount_minor > 0:
        card = gift_card(session, command.merchant_id, way.gift_card_id)
        require_balance(card, difference, command.at)


def swap(
    session: Session,
    command: Command,
    found: Order,
    how: tuple[list[Swap], SavedMethod, str, str],
    announce: AnnounceOrders,
) -> int:
    """Make it the order's bill, and pay or owe the difference; the adjustment. Order held."""
    swaps, way, reason, holder = how
    bill = _swapped(found, swaps)
    take(session, command.merchant_id, holder)
    for one in swaps:
        _add_line(session, command, found, one)
    lines = {one.part: one.quantity for one in swaps}
    change = Change("change", reason, bill, lines, refund_to=way.gift_card_id)
    adjustment_id = adjust(session, command, found, change, announce)
    more = total_up(bill).total_minor - found.totals.total_minor
    if more > 0:
        later = Later(Money(more, found.currency), way)
        pay_later(session, command, order(session, command.merchant_id, found.id), later, announce)
    return adjustment_id


def _alike(session: Session, command: Command, line: OrderLine, offer: Offer) -> bool:
    if line.variant_id is None or line.variant_id == offer.variant_id:
        return False
    return variant(session, command.merchant_id, line.variant_id).product_id == offer.product_id


def _swapped(found: Order, swaps: list[Swap]) -> Bill:
    bill = with_quantities(found.bill, {one.part: 0 for one in swaps})
    parts = list(bill.parts)
    for one in swaps:
        place = 1 + next(at for at, part in enumerate(parts) if part.key == one.part)
        new = Part(
            one.new_part, "item", one.unit_minor, one.quantity,
            one.tax_class, one.tax_included, one.title,
        )  # fmt: skip
        parts.insert(place, new)
    whole = msgspec.structs.replace(bill, parts=tuple(parts))
    return msgspec.structs.replace(whole, discounts=_carried(found.bill, whole, swaps))


def _carried(before: Bill, after: Bill, swaps: list[Swap]) -> tuple[Discount, ...]:
    names = {one.part: one.new_part for one in swaps}
    room = {part.key: part.amount_minor for part in after.parts}
    carried = []
    for discount in before.discounts:
        shares = {}
        for key, share in discount.shares.items():
            to = names.get(key, key)
            shares[to] = min(share, room[to])
            room[to] -= shares[to]
        amount = sum(shares.values())
        carried.append(msgspec.structs.replace(discount, amount_minor=amount, shares=shares))
    return tuple(carried)


def _add_line(session: Session, command: Command, found: Order, one: Swap) -> None:
    session.run(
        """INSERT INTO order_line (merchant_id, order_id, variant_id, part, sku, title, quantity,
        unit_minor, tax_class, tax_included) VALUES (:merchant_id, :order, :variant, :part, :sku,
        :title, :quantity, :unit, :tax_class, :tax_included)""",
        merchant_id=command.merchant_id,
        order=found.id,
        variant=one.variant_id,
        part=one.new_part,
        sku=one.sku,
        title=one.title,
        quantity=one.quantity,
        unit=one.unit_minor,
        tax_class=one.tax_class,
        tax_included=int(one.tax_included),
    )
