"""Cards an agent puts beside an answer: named by what they are of, filled from records at sending.

An agent names the thing and never types a price, a code's worth or a state (P4).
"""

from typing import Any, Final, TypeAlias

import msgspec

from kaiwa.carriers import carrier
from kaiwa.customers.consent import consent_state
from kaiwa.customers.identity import Identity
from kaiwa.desk.reply_facts import local_day
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.cart import Cart
from kaiwa.orders.coupon import Coupon, coupons, folded_code
from kaiwa.orders.order import Order
from kaiwa.orders.progress import STEP_OF, STEPS
from kaiwa.orders.shipment import Shipment, shipments_of
from kaiwa.vocabulary.errors import NotFound, Refused
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, CouponBlock, OrderStatusBlock, Receipt, ReceiptLine

MOST_CARDS: Final = 10
# E-mail and text messages with advertising need a consent; where people write by an account they
# follow, only a refusal stands against it (decision 0019).
_ASK_FIRST: Final = frozenset({"email", "sms"})


class _Card(msgspec.Struct, frozen=True, tag_field="type"):
    pass


class ProductSeen(_Card, frozen=True, tag="product"):
    """A variant at the price (minor units) the agent saw it at."""

    variant: int
    seen_minor: int


class CouponCard(_Card, frozen=True, tag="coupon"):
    """A coupon of the shop, by its code."""

    code: str


class OrderCard(_Card, frozen=True, tag="order"):
    """Where an order stands."""

    order: int


class CartCard(_Card, frozen=True, tag="cart"):
    """What is in the customer's cart."""


class CheckoutCard(_Card, frozen=True, tag="checkout"):
    """What is in the cart, and the page where it is paid."""


class FormCard(_Card, frozen=True, tag="form"):
    """A form of the shop, to be filled in."""

    form: int


class StickerCard(_Card, frozen=True, tag="sticker"):
    """A sticker of ours, by its name."""

    sticker: str


Card: TypeAlias = (
    ProductSeen | CouponCard | OrderCard | CartCard | CheckoutCard | FormCard | StickerCard
)


def coupon_block(
    session: Session, shop: Merchant, code: str, to: tuple[Identity, Language], now: Any
) -> Block:
    """The coupon as it is good now. `Refused` when it is not, or the address takes no offers."""
    where, language = to
    found = coupons(session, shop.id, [folded_code(code)]).get(folded_code(code))
    if found is None:
        raise NotFound("There is no such coupon.")
    if (ended := found.refusal(found.rule.min_subtotal_minor, now)) is not None:
        raise Refused(f"The coupon {found.rule.code} is not good now ({ended}).", reason="coupon")
    state = consent_state(session, shop.id, where.id)
    if state == "refused" or (state != "granted" and where.channel in _ASK_FIRST):
        raise Refused("This address takes no offers.", reason="no_consent")
    worth = coupon_words(found, shop.currency, language)
    ends = found.rule.ends_at
    return CouponBlock(
        title=worth,
        code=found.rule.code,
        description=_least(found, shop.currency, language),
        expires_at=ends,
        alt_text=say("desk.coupon.plain", language, worth=worth, code=found.rule.code),
        speech=worth,
    )


def coupon_words(found: Coupon, currency: str, language: Language) -> str:
    """What a coupon takes off: 10% off, ¥500 off, free shipping."""
    rule = found.rule
    if rule.kind == "free_shipping":
        return say("desk.coupon.free_shipping", language)
    if rule.kind == "fixed":
        amount = Money(rule.amount_minor, currency).label()
        return say("desk.coupon.fixed", language, amount=amount)
    percent = f"{rule.percent_hundredths / 100:g}"
    return say("desk.coupon.percent", language, percent=percent)


def _least(found: Coupon, currency: str, language: Language) -> str:
    if not found.rule.min_subtotal_minor:
        return ""
    least = Money(found.rule.min_subtotal_minor, currency).label()
    return say("desk.coupon.least", language, least=least)


def order_block(
    session: Session, shop: Merchant, found: Order, language: Language, url: str | None
) -> Block:
    """The order as it stands; its words read whole where a channel shows words only."""
    parcels = shipments_of(session, shop.id, found.id)
    state = say(f"aftersale.state_{found.state}", language)
    day = local_day(shop, found.placed_at, language)
    head = say("aftersale.status_head", language, number=found.number, day=day, state=state)
    lines = [head, *_articles(found, language)]
    lines += [_parcel(shop, one, language) for one in parcels]
    words = "\n".join(line for line in lines if line)
    last = parcels[-1] if parcels else None
    return OrderStatusBlock(
        number=found.number,
        status=state,
        steps=()
        if found.state == "cancelled"
        else tuple(say(f"aftersale.step_{one}", language) for one in STEPS),
        step_index=STEP_OF[found.state],
        carrier=_carrier(last) if last else "",
        tracking_number=(last.tracking_number or "") if last else "",
        url=url or (last.link if last else None),
        alt_text=f"{words}\n{url}" if url else words,
        speech=head,
    )


def _articles(found: Order, language: Language) -> list[str]:
    left = [(line.title, found.left(line.part)) for line in found.lines]
    shown = [f"・{title} ×{count}" for title, count in left if count]
    total = Money(found.totals.total_minor, found.currency).label()
    return [*shown, say("aftersale.status_total", language, total=total)] if shown else []


def _carrier(one: Shipment) -> str:
    return "" if one.carrier == "generic" else carrier(one.carrier).name


def _parcel(shop: Merchant, one: Shipment, language: Language) -> str:
    by = say("aftersale.by", language, carrier=_carrier(one)) if _carrier(one) else ""
    day = local_day(shop, one.state_at, language)
    words = say(f"aftersale.parcel_{one.state}", language, day=day, by=by)
    if not one.tracking_number:
        return words
    track = say("aftersale.track", language, number=one.tracking_number, link=one.link or "")
    return f"{words}\n{track.strip()}"


def cart_block(cart: Cart, titles: dict[int, str], language: Language) -> Block:
    """The cart at the prices of now: its lines and what is taken off make its total."""
    lines = tuple(
        ReceiptLine(titles.get(one.variant_id, one.title), one.quantity, one.amount)
        for one in cart.lines
    )
    total = Money(cart.totals.total_minor, cart.currency)
    off = total.amount_minor - sum(one.total.amount_minor for one in lines)
    entry = ReceiptLine(say("buying.discount", language), 1, Money(off, cart.currency))
    entries = (entry,) if off else ()
    rows = [f"{one.title} ×{one.quantity} {one.total.label()}" for one in lines]
    words = "\n".join([*rows, say("buying.total", language, total=total.label())])
    return Receipt(
        number="", lines=lines, entries=entries, total=total, alt_text=words, speech=words
    )
