"""What a checkout page shows: read from the records as they were last quoted, nothing invented."""

from typing import Any

import msgspec

from kaiwa.engines.db import Session
from kaiwa.languages.strings import say, strings
from kaiwa.orders.address import PREFECTURES
from kaiwa.orders.address_book import known_addresses
from kaiwa.orders.cart_record import wanted
from kaiwa.orders.checkout_record import Checkout
from kaiwa.orders.offer import Offer, offers
from kaiwa.orders.payment_method import method
from kaiwa.orders.quoting import options_of, today_of
from kaiwa.orders.shipping import Option, all_rates
from kaiwa.orders.terms import terms
from kaiwa.orders.totals import Totals
from kaiwa.web.articles import Article, articles
from kaiwa.web.checkout_address import AddressForm, as_filled
from kaiwa.web.checkout_days import weeks
from kaiwa.web.checkout_visit import STEPS, Step, Visit
from kaiwa.web.hosted_words import Words
from kaiwa.web.payment_ways import Way, way, ways_of

_OF_LINES = frozenset({"price_changed", "quantity_adjusted", "out_of_stock", "item_unavailable"})


class ShownLine(msgspec.Struct, frozen=True):
    """An article in the summary; `changes` are sentences about what differs from before."""

    variant_id: int
    title: str
    quantity: int
    amount_minor: int
    was_minor: int | None
    reduced: bool
    picture: str
    changes: tuple[str, ...]


class ToldNotice(msgspec.Struct, frozen=True):
    """A sentence about the whole, and which one it is."""

    code: str
    text: str


class Row(msgspec.Struct, frozen=True):
    """A line of the totals."""

    kind: str
    label: str
    amount_minor: int


def seen(
    session: Session, words: Words, at: Visit, step: Step, form: AddressForm | None
) -> dict[str, Any]:
    """Everything the page of one step needs. `form` is an address that was typed wrong."""
    found = at.checkout
    return {
        "checkout": found,
        "said": found.body,
        "step": step,
        "steps": STEPS,
        "lines": shown_lines(session, words, found),
        "rows": total_rows(words, found.totals),
        "total_minor": found.totals.total_minor,
        "taxes": found.totals.taxes,
        "notices": [one.text for one in notices_told(words, found)],
        "codes": found.body.codes or (),
        "pieces": sum(line.quantity for line in found.body.lines),
        "option": _option_shown(session, at),
        "way": way_chosen(session, words, found),
        "rules": terms(session, at.shop.id),
        **_of_step(session, words, at, (step, form)),
    }


def total_rows(words: Words, totals: Totals) -> list[Row]:
    """The entries of the totals but the last, in words."""
    return [
        Row(
            one.kind,
            words.say(f"total.{one.kind}", title=one.title).strip(),
            one.amount_minor,
        )
        for one in totals.entries[:-1]
    ]


def shown_lines(session: Session, words: Words, found: Checkout) -> list[ShownLine]:
    """The articles, with those that cannot be had any more greyed at their place."""
    shop_id = words.shop.id
    held = {line.variant_id: line for line in found.body.lines}
    in_cart = [line.variant_id for line in wanted(session, shop_id, found.cart_id)]
    ids = list(dict.fromkeys([*in_cart, *held]))
    now = offers(session, shop_id, ids)
    seen = articles(session, shop_id, now.values(), words.language)
    return [_line(words, found, now[one], seen.get(one, Article())) for one in ids if one in now]


def _line(words: Words, found: Checkout, offer: Offer, seen: Article) -> ShownLine:
    line = next((one for one in found.body.lines if one.variant_id == offer.variant_id), None)
    told = [one for one in found.body.notices if one.about == offer.sku and one.code in _OF_LINES]
    price = next((one for one in told if one.code == "price_changed"), None)
    part = found.body.bill.part(line.part_key) if line else None
    quantity = line.quantity if line else 0
    changes = tuple(
        words.say(
            f"notice.{one.code}",
            was=words.money(one.was or 0) if one.code == "price_changed" else one.was,
            now=words.money(one.now or 0) if one.code == "price_changed" else one.now,
        )
        for one in told
    )
    return ShownLine(
        offer.variant_id,
        seen.title or (line.title if line else offer.title),
        quantity,
        line.unit_minor * quantity if line else 0,
        price.was * quantity if price and price.was is not None and quantity else None,
        part is not None and part.tax_class == "reduced",
        seen.picture,
        changes or (() if line else (words.say("notice.item_unavailable"),)),
    )


def notices_told(words: Words, found: Checkout) -> list[ToldNotice]:
    """What is to be told about the whole, in the shopper's words."""
    told: list[ToldNotice] = []
    for one in found.body.notices:
        if one.code in _OF_LINES:
            continue
        if one.code == "payment_failed":
            known = f"payment_failed.{one.about}" in strings(words.language)
            reason = one.about if known else "declined"
            sentence = say(f"payment_failed.{reason}", words.language)
            told.append(ToldNotice(one.code, sentence))
            continue
        amounts = {
            name: words.money(value) for name in ("was", "now")
            if (value := getattr(one, name)) is not None
        }  # fmt: skip
        facts = {"was": "", "now": "", "about": one.about} | amounts
        told.append(ToldNotice(one.code, words.say(f"notice.{one.code}", **facts)))
    return told


def _option_shown(session: Session, at: Visit) -> Option | None:
    chosen = at.checkout.body.rate_id
    if chosen is None:
        return None
    found = options_of(session, at.command(), at.checkout)
    return next((one for one in found if one.rate_id == chosen), None)


def way_chosen(session: Session, words: Words, found: Checkout) -> Way | None:
    """The way to pay that was chosen."""
    if found.body.method_id is None:
        return None
    return way(method(session, words.shop.id, found.body.method_id), words, chosen=True)


def _of_step(
    session: Session, words: Words, at: Visit, what: tuple[Step, AddressForm | None]
) -> dict[str, Any]:
    step, form = what
    found = at.checkout
    match step:
        case "address":
            sent_to = countries_sent_to(session, at.shop.id)
            return {
                "form": form or as_filled(found, sent_to[0]),
                "countries": sent_to,
                "saved": known_addresses(session, at.shop.id, found.customer_id),
                "prefectures": PREFECTURES,
            }
        case "delivery":
            return _delivery(session, at)
        case "payment":
            return {"ways": ways_of(session, words, found)}
        case _:
            return {}


def countries_sent_to(session: Session, merchant_id: int) -> list[str]:
    """Where the shop has rates to, the first one first."""
    rates = all_rates(session, merchant_id)
    return list(dict.fromkeys(one.country for one in rates)) or ["JP"]


def _delivery(session: Session, at: Visit) -> dict[str, Any]:
    found = options_of(session, at.command(), at.checkout)
    asked = at.ask.query.get("rate", "")
    wanted_id = int(asked) if asked.isdecimal() and len(asked) < 18 else at.checkout.body.rate_id
    chosen = next((one for one in found if one.rate_id == wanted_id), found[0] if found else None)
    today = today_of(session, at.shop.id, at.now)
    return {
        "options": found,
        "chosen": chosen,
        "weeks": weeks(chosen, today) if chosen else [],
    }
