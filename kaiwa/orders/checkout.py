"""A checkout session: from cart to order. Each command reads prices and stock again and says so.

It holds stock for as long as it lives (six hours), and a cart has one that lives.
"""

import secrets
from datetime import timedelta
from typing import Final

import msgspec

from kaiwa.catalog.stock import release
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.orders.address import PostalAddress, checked_address
from kaiwa.orders.cart_record import CartRow, cart_of_checkout, cart_row, holder_of
from kaiwa.orders.checkout_record import (
    ENDED,
    Body,
    Buyer,
    Checkout,
    Gift,
    State,
    checkout_row,
    living_checkout,
    move,
)
from kaiwa.orders.command import Command, once, require_version
from kaiwa.orders.coupon import folded_code
from kaiwa.orders.default_address import default_address
from kaiwa.orders.payment_method import Method
from kaiwa.orders.quoting import Quote, quoted
from kaiwa.orders.redemption import give_back
from kaiwa.orders.shipping import Delivery, Option
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import Bill, Totals
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.time import to_micros

TTL: Final = timedelta(hours=6)
PAYING: Final[frozenset[State]] = frozenset({"completing", "needs_buyer", "needs_auth"})
LONGEST_MESSAGE: Final = 500


class OpenCheckout(msgspec.Struct, frozen=True):
    """Begin to buy what is in the cart; `customer_id` says for whom when the cart is nobody's."""

    cart_id: int
    customer_id: int | None = None


class UpdateCheckout(msgspec.Struct, frozen=True):
    """Say more. None keeps what was said; an empty `codes`, `Gift()` or `Delivery()` clears it.

    `step` is the page of the checkout that was left with this.
    """

    checkout_id: int
    buyer: Buyer | None = None
    address: PostalAddress | None = None
    rate_id: int | None = None
    delivery: Delivery | None = None
    gift: Gift | None = None
    method_id: int | None = None
    codes: tuple[str, ...] | None = None
    step: str | None = None


class CancelCheckout(msgspec.Struct, frozen=True):
    """Give it up; the cart stays."""

    checkout_id: int


class CheckoutView(msgspec.Struct, frozen=True):
    """A checkout with what may be chosen now."""

    checkout: Checkout
    totals: Totals
    options: tuple[Option, ...] = ()
    methods: tuple[str, ...] = ()
    method_ids: tuple[int, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.checkout.state


def open_checkout(session: Session, command: Command, request: OpenCheckout) -> CheckoutView:
    """A checkout of the cart, or the one it has. `Conflict` when nothing of it can be bought.

    A new one begins with the customer's default address.
    """

    def effect() -> CheckoutView:
        cart = cart_row(session, command.merchant_id, request.cart_id, session.lock)
        if cart.state != "active":
            raise Conflict(f"This cart is {cart.state}.", state=cart.state)
        found = living_checkout(session, command.merchant_id, cart.id)
        if found is not None and (
            found.state == "completing" or (found.state in PAYING and command.at < found.expires_at)
        ):
            return view(found)
        if found is not None and command.at >= found.expires_at:
            drop_payment(session, command, found)
            end(session, command, found, "expired")
            found = None
        if found is None:
            found = _begin(session, command, cart, request.customer_id)
        shown = requoted(session, command, cart, found)
        if not shown.checkout.body.lines:
            notices = shown.checkout.body.notices
            raise Conflict("Nothing in this cart can be bought now.", notices=notices)
        return shown

    return once(session, command, request, CheckoutView, effect)


def update_checkout(session: Session, command: Command, request: UpdateCheckout) -> CheckoutView:
    """Take what was said and quote again; a payment that was begun is given up."""

    def effect() -> CheckoutView:
        cart, found = held(session, command, request.checkout_id)
        body = _said(session, command, found.body, request)
        if found.state in ("needs_buyer", "needs_auth"):
            drop_payment(session, command, found)
        return requoted(session, command, cart, found, body)

    return once(session, command, request, CheckoutView, effect)


def cancel_checkout(session: Session, command: Command, request: CancelCheckout) -> CheckoutView:
    """Give it up: what it held can be bought by others. `Conflict` while it is being paid."""

    def effect() -> CheckoutView:
        _, found = held(session, command, request.checkout_id)
        drop_payment(session, command, found)
        return view(end(session, command, found, "canceled"))

    return once(session, command, request, CheckoutView, effect)


def show_checkout(session: Session, command: Command, checkout_id: int) -> Checkout:
    """The checkout as last quoted; one whose time has run out shows as expired."""
    found = checkout_row(session, command.merchant_id, checkout_id)
    if found.state not in (*ENDED, "completing") and command.at >= found.expires_at:
        return msgspec.structs.replace(found, state="expired")
    return found


def expire_checkout(session: Session, command: Command, checkout_id: int) -> bool:
    """End it when its time has run out; whether it did. One being paid is left alone."""
    cart_of_checkout(session, command.merchant_id, checkout_id)
    found = checkout_row(session, command.merchant_id, checkout_id, session.lock)
    if found.state in (*ENDED, "completing") or command.at < found.expires_at:
        return False
    drop_payment(session, command, found)
    end(session, command, found, "expired")
    return True


def held(
    session: Session, command: Command, checkout_id: int, *, paying: bool = False
) -> tuple[CartRow, Checkout]:
    """The checkout and its cart, held for a change. `Conflict` when it may not be changed."""
    # The cart first, always: whoever changes a cart looks at its checkout next.
    cart = cart_of_checkout(session, command.merchant_id, checkout_id)
    found = checkout_row(session, command.merchant_id, checkout_id, session.lock)
    if paying and found.state == "completing":
        return cart, found
    if found.state in ENDED or found.state == "completing":
        raise Conflict(f"This checkout is {found.state}.", state=found.state)
    if command.at >= found.expires_at:
        raise Conflict("This checkout has expired. Begin again from the cart.", state="expired")
    require_version(command, found.version)
    return cart, found


def requoted(
    session: Session, command: Command, cart: CartRow, found: Checkout, body: Body | None = None
) -> CheckoutView:
    """Quote again and store it: ready when nothing is missing, else open."""
    said = body is not None
    found = msgspec.structs.replace(found, body=body or found.body)
    quote = quoted(session, command, cart, found, said=said)
    quiet = msgspec.structs.replace(quote.body, pay_url=None)
    state: State = "open" if quiet.missing else "ready"
    return view(move(session, command, found, state, quiet), quote)


def plan_expiry(session: Session, command: Command, found: Checkout) -> None:
    """Have it end when its time has run out."""
    job = NewJob(
        "orders",
        "expire_checkout",
        payload=f"{command.merchant_id} {found.id}",
        key=f"expire:{found.id}:{found.version}",
        due_at=max(found.expires_at, command.at),
    )
    enqueue(session, job, command.at)


def view(found: Checkout, quote: Quote | None = None) -> CheckoutView:
    """The checkout for a caller: without the accounts that its payment methods carry."""
    offered: tuple[Method, ...] = quote.methods if quote else ()
    return CheckoutView(
        found,
        found.totals,
        quote.options if quote else (),
        tuple(one.code for one in offered),
        tuple(one.id for one in offered),
    )


def end(session: Session, command: Command, found: Checkout, state: State) -> Checkout:
    """End it without an order: stock and coupons are free again. Called with it held."""
    # Coupons before stock, as in paying: whoever holds both took them in this order.
    give_back(session, command.merchant_id, found.id)
    release(session, command.merchant_id, holder_of(found.cart_id))
    return move(session, command, found, state)


def drop_payment(session: Session, command: Command, found: Checkout) -> None:
    """Whatever payment was begun is no longer waited for; if it comes, it is given back."""
    session.run(
        """UPDATE payment SET state = 'abandoned', updated_at = :now
        WHERE merchant_id = :merchant_id AND checkout_id = :checkout
        AND state IN ('needs_buyer', 'needs_auth')""",
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        checkout=found.id,
    )
    give_back(session, command.merchant_id, found.id)


def _begin(session: Session, command: Command, cart: CartRow, customer_id: int | None) -> Checkout:
    who = cart.customer_id or customer_id
    address = None if who is None else default_address(session, command.merchant_id, who)
    row = session.one(
        """INSERT INTO checkout (merchant_id, key, cart_id, customer_id, channel, principal, state,
        version, body, expires_at, created_at, updated_at)
        VALUES (:merchant_id, :key, :cart, :customer, :channel, :principal, 'open', 0, :body,
        :expires, :now, :now) RETURNING id""",
        merchant_id=command.merchant_id,
        key=secrets.token_urlsafe(24),
        cart=cart.id,
        customer=who,
        channel=command.channel,
        principal=command.principal,
        body=msgspec.json.encode(Body(Bill(cart.currency, ()), address=address)).decode(),
        expires=to_micros(command.at + TTL),
        now=to_micros(command.at),
    )
    assert row is not None
    found = checkout_row(session, command.merchant_id, int(row[0]))
    plan_expiry(session, command, found)
    return found


def _said(session: Session, command: Command, body: Body, request: UpdateCheckout) -> Body:
    if request.gift is not None:
        if request.gift.wrap is not None:
            terms(session, command.merchant_id).wrap(request.gift.wrap)
        if len(request.gift.message) > LONGEST_MESSAGE:
            raise Invalid(f"A message is at most {LONGEST_MESSAGE} characters.", field="message")
    buyer = body.buyer if request.buyer is None else request.buyer
    if buyer.email and ("@" not in buyer.email or len(buyer.email) > 254):
        raise Invalid("This is no e-mail address.", field="email")
    codes = body.codes if request.codes is None else tuple(map(folded_code, request.codes))
    return msgspec.structs.replace(
        body,
        buyer=buyer,
        address=checked_address(request.address) if request.address else body.address,
        rate_id=request.rate_id or body.rate_id,
        delivery=body.delivery if request.delivery is None else request.delivery,
        gift=body.gift if request.gift is None else request.gift,
        method_id=request.method_id or body.method_id,
        codes=codes,
        steps=tuple(dict.fromkeys((*body.steps, *filter(None, [request.step])))),
    )
