"""A cart: what a shopper means to buy. It remembers variants and quantities, never prices.

Each look reads prices and stock anew and says what changed. A customer has one active cart.
"""

import secrets
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.merchant import merchant
from kaiwa.orders.cart_record import (
    CartRow,
    CartState,
    Wanted,
    active_cart,
    cart_row,
    editable,
    reserved,
    set_cart_state,
    wanted,
)
from kaiwa.orders.checkout import drop_payment, end
from kaiwa.orders.checkout_record import living_checkout
from kaiwa.orders.command import Command, once
from kaiwa.orders.coupon import folded_code
from kaiwa.orders.notice import Notice
from kaiwa.orders.offer import Offer, offers
from kaiwa.orders.pricing import Item, Using, bill_for, with_coupons
from kaiwa.orders.redemption import Redeemer
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import Totals, total_up
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import to_micros

MOST_OF_ONE: Final = 999
MOST_LINES: Final = 100
MOST_CODES: Final = 5


class CreateCart(msgspec.Struct, frozen=True):
    """Ask for a cart; a customer who has an active one gets that."""

    customer_id: int | None = None
    conversation_id: int | None = None


class AddToCart(msgspec.Struct, frozen=True):
    """Put more of a variant in."""

    cart_id: int
    variant_id: int
    quantity: int = 1


class ChangeLine(msgspec.Struct, frozen=True):
    """Have exactly so many of a variant; 0 takes it out."""

    cart_id: int
    variant_id: int
    quantity: int


class SetCodes(msgspec.Struct, frozen=True):
    """Have exactly these coupon codes."""

    cart_id: int
    codes: tuple[str, ...]


class CancelCart(msgspec.Struct, frozen=True):
    """Throw the cart away."""

    cart_id: int


class CartLine(msgspec.Struct, frozen=True):
    """A line as it can be bought now: `quantity` is what there is of the `wanted`."""

    variant_id: int
    product_id: int
    sku: str
    title: str
    unit: Money
    wanted: int
    quantity: int
    amount: Money


class Cart(msgspec.Struct, frozen=True):
    """A cart as it is now. `notices` say what differs from what the shopper saw or asked for."""

    id: int
    key: str
    customer_id: int | None
    channel: str
    currency: str
    state: CartState
    version: int
    codes: tuple[str, ...]
    lines: tuple[CartLine, ...]
    totals: Totals
    notices: tuple[Notice, ...]


def create_cart(session: Session, command: Command, request: CreateCart) -> Cart:
    """A new cart, or the customer's active one."""
    return once(session, command, request, Cart, lambda: _create(session, command, request))


def add_to_cart(session: Session, command: Command, request: AddToCart) -> Cart:
    """Put more in, up to what there is."""
    if request.quantity < 1:
        raise Invalid("A quantity is at least 1.")

    def effect() -> Cart:
        found = editable(session, command, request.cart_id)
        known = {line.variant_id: line for line in wanted(session, command.merchant_id, found.id)}
        if request.variant_id not in known and len(known) >= MOST_LINES:
            raise Invalid(f"A cart holds at most {MOST_LINES} different articles.")
        before = known.get(request.variant_id)
        more = (before.quantity if before else 0) + request.quantity
        notices = _put(session, command, found, request.variant_id, more)
        return _changed(session, command, found, notices)

    return once(session, command, request, Cart, effect)


def change_line(session: Session, command: Command, request: ChangeLine) -> Cart:
    """Have exactly so many, up to what there is; 0 takes the line out."""
    if request.quantity < 0:
        raise Invalid("A quantity is not negative.")

    def effect() -> Cart:
        found = editable(session, command, request.cart_id)
        lines = wanted(session, command.merchant_id, found.id)
        if all(line.variant_id != request.variant_id for line in lines):
            raise NotFound("This is not in the cart.")
        notices = _put(session, command, found, request.variant_id, request.quantity)
        return _changed(session, command, found, notices)

    return once(session, command, request, Cart, effect)


def set_codes(session: Session, command: Command, request: SetCodes) -> Cart:
    """Replace the coupon codes. One that can never work is told of and left out."""

    def effect() -> Cart:
        found = editable(session, command, request.cart_id)
        codes = tuple(dict.fromkeys(folded_code(code) for code in request.codes if code.strip()))
        if len(codes) > MOST_CODES:
            raise Invalid(f"At most {MOST_CODES} coupons can be used together.")
        _set_codes(session, command, found.id, codes)
        cart = _changed(session, command, found, [])
        hopeless = {
            notice.about
            for notice in cart.notices
            if notice.code in ("coupon_invalid", "coupon_expired", "coupon_used_up")
        }
        if hopeless:
            kept = tuple(code for code in codes if code not in hopeless)
            _set_codes(session, command, found.id, kept)
            cart = msgspec.structs.replace(cart, codes=kept)
        return cart

    return once(session, command, request, Cart, effect)


def cancel_cart(session: Session, command: Command, request: CancelCart) -> Cart:
    """Throw the cart away, and its checkout with it; its last state."""

    def effect() -> Cart:
        found = editable(session, command, request.cart_id)
        last = show_cart(session, command, found.id)
        begun = living_checkout(session, command.merchant_id, found.id)
        if begun is not None:
            drop_payment(session, command, begun)
            end(session, command, begun, "canceled")
        set_cart_state(session, command, found.id, "cancelled")
        return msgspec.structs.replace(last, state="cancelled", version=found.version + 1)

    return once(session, command, request, Cart, effect)


def show_cart(session: Session, command: Command, cart_id: int) -> Cart:
    """The cart at the prices and stock of now; `NotFound`."""
    found = cart_row(session, command.merchant_id, cart_id)
    lines = wanted(session, command.merchant_id, cart_id)
    now = offers(session, command.merchant_id, [line.variant_id for line in lines])
    mine = reserved(session, command.merchant_id, cart_id) if lines else {}
    pairs = [_line(line, now[line.variant_id], mine, found.currency) for line in lines]
    items = [Item(now[line.variant_id], line.quantity) for line, _ in pairs]
    rounding = terms(session, command.merchant_id).rounding
    bill, refused, _ = with_coupons(
        session,
        command.merchant_id,
        bill_for(found.currency, rounding, items),
        items,
        Using(found.codes, Redeemer(0, found.customer_id), command.at),
    )
    stored = msgspec.structs.asdict(found)
    return Cart(
        **stored,
        lines=tuple(line for line, _ in pairs),
        totals=total_up(bill),
        notices=(*(notice for _, told in pairs for notice in told), *refused),
    )


def _create(session: Session, command: Command, request: CreateCart) -> Cart:
    mine = request.customer_id and active_cart(session, command.merchant_id, request.customer_id)
    if not mine:
        row = session.one(
            """INSERT INTO cart (merchant_id, key, customer_id, conversation_id, channel, currency,
            state, version, codes, created_at, updated_at)
            VALUES (:merchant_id, :key, :customer, :conversation, :channel, :currency,
            'active', 1, '[]', :now, :now)
            ON CONFLICT (customer_id) WHERE state = 'active' DO NOTHING RETURNING id""",
            merchant_id=command.merchant_id,
            key=secrets.token_urlsafe(18),
            customer=request.customer_id,
            conversation=request.conversation_id,
            channel=command.channel,
            currency=merchant(session, command.merchant_id).currency,
            now=to_micros(command.at),
        )
        if row is not None:
            mine = int(row[0])
        elif request.customer_id:
            mine = active_cart(session, command.merchant_id, request.customer_id)
    assert mine
    return show_cart(session, command, mine)


def _put(
    session: Session, command: Command, found: CartRow, variant_id: int, quantity: int
) -> list[Notice]:
    place = {"merchant_id": command.merchant_id, "cart": found.id, "variant": variant_id}
    offer = offers(session, command.merchant_id, [variant_id]).get(variant_id)
    if offer is None:
        raise NotFound("There is no such article.")
    mine = reserved(session, command.merchant_id, found.id).get(variant_id, 0)
    kept = min(quantity, MOST_OF_ONE, _buyable(offer, mine, found.currency))
    if kept:
        session.run(
            """INSERT INTO cart_line (merchant_id, cart_id, variant_id, quantity, seen_minor,
            added_at) VALUES (:merchant_id, :cart, :variant, :quantity, :seen, :now)
            ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity""",
            quantity=kept,
            seen=offer.price.amount_minor,
            now=to_micros(command.at),
            **place,
        )
    elif not quantity:
        # A line that is sold out now stays, as something to wait for.
        session.run(
            """DELETE FROM cart_line WHERE merchant_id = :merchant_id AND cart_id = :cart
            AND variant_id = :variant""",
            **place,
        )
    return _short(offer, quantity, kept)


def _short(offer: Offer, was: int, now: int) -> list[Notice]:
    if was == now:
        return []
    if not offer.sold:
        return [Notice("item_unavailable", offer.sku, was, 0)]
    return [Notice("quantity_adjusted" if now else "out_of_stock", offer.sku, was, now)]


def _buyable(offer: Offer, mine: int, currency: str) -> int:
    if not offer.sold or offer.price.currency != currency:
        return 0
    return offer.available + mine


def _line(
    line: Wanted, offer: Offer, mine: dict[int, int], currency: str
) -> tuple[CartLine, list[Notice]]:
    there = _buyable(offer, mine.get(line.variant_id, 0), currency)
    quantity = min(line.quantity, there)
    notices = _short(offer, line.quantity, quantity)
    if line.seen_minor != offer.price.amount_minor:
        notices.append(
            Notice("price_changed", offer.sku, line.seen_minor, offer.price.amount_minor)
        )
    shown = CartLine(
        line.variant_id,
        offer.product_id,
        offer.sku,
        offer.title,
        offer.price,
        line.quantity,
        quantity,
        offer.price * quantity,
    )
    return shown, notices


def _changed(session: Session, command: Command, found: CartRow, told: list[Notice]) -> Cart:
    set_cart_state(session, command, found.id, "active")
    cart = show_cart(session, command, found.id)
    dearer = {notice.about for notice in cart.notices if notice.code == "price_changed"}
    for line in cart.lines:
        if line.sku in dearer:
            session.run(
                """UPDATE cart_line SET seen_minor = :seen
                WHERE merchant_id = :merchant_id AND cart_id = :cart AND variant_id = :variant""",
                merchant_id=command.merchant_id,
                cart=found.id,
                variant=line.variant_id,
                seen=line.unit.amount_minor,
            )
    notices = dict.fromkeys((*told, *cart.notices))
    return msgspec.structs.replace(cart, notices=tuple(notices))


def _set_codes(session: Session, command: Command, cart_id: int, codes: tuple[str, ...]) -> None:
    session.run(
        "UPDATE cart SET codes = :codes WHERE merchant_id = :merchant_id AND id = :id",
        codes=msgspec.json.encode(codes).decode(),
        merchant_id=command.merchant_id,
        id=cart_id,
    )
