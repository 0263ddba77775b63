"""The cart as the chat shows it: always read from the records, in the shopper's language."""

from typing import Final

import msgspec

from kaiwa.bot.showing import FEW_LEFT, option_words, title_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.offer import offers as catalog_offers
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say
from kaiwa.orders.cart import MOST_OF_ONE, Cart, CartLine
from kaiwa.orders.coupon import coupons
from kaiwa.orders.notice import Notice
from kaiwa.orders.shipping import all_rates
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money
from kaiwa.web.shapes import Json

_OF_LINES: Final = frozenset(
    {"quantity_adjusted", "out_of_stock", "item_unavailable", "price_changed"}
)

EMPTY: Final[Json] = {
    "pieces": 0,
    "lines": [],
    "codes": [],
    "subtotal": None,
    "discount": None,
    "tax": None,
    "total": None,
    "shipping": None,
    "notices": [],
}


def cart_shape(session: Session, merchant_id: int, cart: Cart, language: Language) -> Json:
    """What the panel shows. Amounts are what would be paid now, shipping not yet among them."""
    now = catalog_offers(session, merchant_id, [one.variant_id for one in cart.lines])
    goods = sum(one.amount.amount_minor for one in cart.lines)
    total = cart.totals.total_minor
    # Where prices are without tax, it is an entry of its own.
    tax = sum(one.amount_minor for one in cart.totals.entries if one.kind == "tax")
    off = total - tax - goods
    return {
        "pieces": sum(one.quantity for one in cart.lines),
        "lines": [_line(cart, one, now.get(one.variant_id), language) for one in cart.lines],
        "codes": list(cart.codes),
        "subtotal": _money(goods, cart.currency),
        "discount": _money(off, cart.currency) if off else None,
        "tax": _money(tax, cart.currency) if tax else None,
        "total": _money(total, cart.currency),
        "shipping": _shipping(session, merchant_id, Money(goods + off, cart.currency)),
        "notices": _told(session, merchant_id, cart, language),
    }


def _line(cart: Cart, line: CartLine, now: Offer | None, language: Language) -> Json:
    told = [one for one in cart.notices if one.about == line.sku and one.code in _OF_LINES]
    images = now.product.images if now else ()
    free = now.free if now else 0
    return {
        "variant": line.variant_id,
        "handle": now.product.handle if now else "",
        "title": title_of(now, language) if now else line.title,
        "options": option_words(now, language) if now else "",
        "image_url": images[0].url if images else None,
        "unit": msgspec.to_builtins(line.unit),
        "wanted": line.wanted,
        "quantity": line.quantity,
        "most": max(free, line.quantity) if free <= FEW_LEFT else MOST_OF_ONE,
        "amount": msgspec.to_builtins(line.amount),
        "notices": [_of_line(one, cart.currency, language) for one in told],
    }


def _of_line(one: Notice, currency: str, language: Language) -> str:
    if one.code == "price_changed":
        was, now = (Money(value or 0, currency).label() for value in (one.was, one.now))
        return say("hosted.notice.price_changed", language, was=was, now=now)
    return say(f"hosted.notice.{one.code}", language, was=one.was, now=one.now)


def _told(session: Session, merchant_id: int, cart: Cart, language: Language) -> list[str]:
    """What is to be said of the whole: why a coupon does not work."""
    refused = [one for one in cart.notices if one.code.startswith("coupon_")]
    known = coupons(session, merchant_id, [one.about for one in refused])
    words = []
    for one in refused:
        rule = known[one.about].rule if one.about in known else None
        least = Money(rule.min_subtotal_minor if rule else 0, cart.currency).label()
        words.append(say(f"hosted.notice.{one.code}", language, about=one.about, now=least))
    return words


def _shipping(session: Session, merchant_id: int, goods: Money) -> Json | None:
    """How far it is to free shipping, where that is so wherever the parcel goes; else nothing."""
    froms = [one.free_from_minor for one in all_rates(session, merchant_id)]
    known = [one for one in froms if one is not None]
    if not froms or len(known) < len(froms):
        return None
    left = max(0, max(known) - goods.amount_minor)
    return {"free_from": _money(max(known), goods.currency), "left": _money(left, goods.currency)}


def _money(amount_minor: int, currency: str) -> Json:
    return {"amount_minor": amount_minor, "currency": currency}
