"""What a shopper says on the pages of a checkout, one function a form.

Each runs in one transaction and returns where the browser goes: the checkout's own path with the
step or the sentence to show.
"""

from datetime import date
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.orders import cart as c
from kaiwa.orders.cart_record import cart_row
from kaiwa.orders.checkout import (
    CheckoutView,
    OpenCheckout,
    UpdateCheckout,
    open_checkout,
    update_checkout,
)
from kaiwa.orders.checkout_record import Buyer, Checkout, Gift
from kaiwa.orders.command import Command
from kaiwa.orders.coupon import folded_code
from kaiwa.orders.shipping import Delivery
from kaiwa.web.checkout_address import AddressForm
from kaiwa.web.checkout_visit import Visit, first_unfinished

NOW: Final = "#now"
_HOPELESS: Final = (
    "coupon_invalid", "coupon_expired", "coupon_used_up", "coupon_already_used",
)  # fmt: skip
_LATE: Final = ("date_unavailable", "slot_unavailable")


def address_said(session: Session, at: Visit, form: AddressForm) -> str:
    """The address is kept; an address that nothing is sent to is asked for again."""
    assert form.address is not None
    shown = _update(session, at, buyer=form.buyer, address=form.address, step="address")
    return _next(at, shown)


def delivery_said(session: Session, at: Visit) -> str:
    """Day, slot, way of sending, wrapping and card."""
    ask = at.ask
    try:
        day = date.fromisoformat(ask.field("day")) if ask.field("day") else None
    except ValueError:
        return f"{at.path}?step=delivery&told=day{NOW}"
    shown = _update(
        session,
        at,
        delivery=Delivery(day, ask.field("slot") or None),
        rate_id=_number(ask.field("rate")),
        gift=Gift(ask.field("wrap") or None, ask.field("message")),
        step="delivery",
    )
    late = any(one.code in _LATE for one in shown.checkout.body.notices)
    return f"{at.path}?step=delivery{NOW}" if late else _next(at, shown)


def payment_said(session: Session, at: Visit) -> str:
    """The way to pay; nothing to pay needs none."""
    method_id = _number(at.ask.field("way"))
    if method_id is None and at.checkout.totals.total_minor:
        return f"{at.path}?step=payment&told=way{NOW}"
    shown = _update(session, at, method_id=method_id, step="payment")
    refused = "payment" in shown.checkout.body.missing
    return f"{at.path}?step=payment{NOW}" if refused else _next(at, shown)


def coupon_said(session: Session, at: Visit) -> str:
    """One code more, or one less. A code that can never work is told of and not kept."""
    codes = _codes(session, at)
    back = f"{at.path}?step={at.ask.field('step') or 'review'}"
    if at.ask.field("remove"):
        _update(session, at, codes=tuple(one for one in codes if one != at.ask.field("remove")))
        return back
    code = folded_code(at.ask.field("code"))
    if not code or len(code) > 100 or (code not in codes and len(codes) >= c.MOST_CODES):
        return f"{back}&told=coupon_invalid"
    shown = _update(session, at, codes=tuple(dict.fromkeys((*codes, code))))
    refused = [one.code for one in shown.checkout.body.notices if one.about == code]
    if any(one in _HOPELESS for one in refused):
        _update(session, at, codes=codes)
    return f"{back}&told={refused[0] if refused else 'coupon_applied'}"


def quantity_said(session: Session, at: Visit) -> str:
    """So many of an article; none takes it out."""
    back = f"{at.path}?step={at.ask.field('step') or 'review'}"
    variant_id, quantity = _number(at.ask.field("variant")), _number(at.ask.field("quantity"))
    if variant_id is None or quantity is None:
        return back
    request = c.ChangeLine(at.checkout.cart_id, variant_id, min(quantity, c.MOST_OF_ONE))
    told = c.change_line(session, at.command(), request).notices
    _update(session, at)
    short = [one.code for one in told if one.code in ("quantity_adjusted", "out_of_stock")]
    return f"{back}&told={short[0]}" if short else back


def again(session: Session, command: Command, old: Checkout) -> Checkout:
    """A new checkout of the same articles, with what was said of the buyer and the address."""
    cart = cart_row(session, command.merchant_id, old.cart_id)
    cart_id = cart.id
    if cart.state != "active":
        cart_id = c.create_cart(session, command, c.CreateCart()).id
        for line in old.body.lines:
            request = c.AddToCart(cart_id, line.variant_id, line.quantity)
            c.add_to_cart(session, command, request)
    found = open_checkout(session, command, OpenCheckout(cart_id, old.customer_id)).checkout
    if found.body.address is not None or found.state not in ("open", "ready"):
        return found
    step = "address" if old.body.address else None
    said = UpdateCheckout(found.id, old.body.buyer, old.body.address, gift=old.body.gift, step=step)
    return update_checkout(session, command, said).checkout


def _update(session: Session, at: Visit, **said: object) -> CheckoutView:
    said.setdefault("buyer", at.checkout.body.buyer)
    buyer = said["buyer"]
    assert isinstance(buyer, Buyer)
    said["buyer"] = msgspec.structs.replace(buyer, language=at.language)
    request = UpdateCheckout(at.checkout.id, **said)  # type: ignore[arg-type]
    return update_checkout(session, at.command(), request)


def _next(at: Visit, shown: CheckoutView) -> str:
    """The first unfinished step, by its own address: the back button leads to the one before."""
    return f"{at.path}?step={first_unfinished(shown.checkout)}{NOW}"


def _codes(session: Session, at: Visit) -> tuple[str, ...]:
    own = at.checkout.body.codes
    return cart_row(session, at.shop.id, at.checkout.cart_id).codes if own is None else own


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
