"""Tells where an order is, from its records: parcels, days, what is still to be paid or to return.

Nothing is promised that no record says.
"""

import re
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kaiwa.bot import payloads
from kaiwa.bot.nlu.slot import Email, OrderNumber, Phone
from kaiwa.bot.order.identifying import ask_which, of_order, own_orders
from kaiwa.bot.order.refusing import lines_of
from kaiwa.bot.order.words import address_words, articles, local_day, titles, total
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer
from kaiwa.carriers import carrier
from kaiwa.languages.dates import day_words, when_words
from kaiwa.languages.strings import strings
from kaiwa.orders.order import Order
from kaiwa.orders.payment import payments_of
from kaiwa.orders.progress import STEP_OF, STEPS
from kaiwa.orders.refund import refunds_of
from kaiwa.orders.return_request import returns_of
from kaiwa.orders.shipment import Shipment, news_of, shipments_of
from kaiwa.orders.shipping import rate
from kaiwa.orders.terms import terms
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, OrderStatusBlock, ReplyAction

_WHEN: Final = re.compile(
    r"いつ|何日|何時|届く(?:の|予定|日)|到着|着き?ます|\bwhen\b|\barriv|\bhow long\b"
    r"|\beta\b|\bexpect",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"履歴|一覧|全部の?注文|注文を?(?:全部|すべて)|過去の注文|これまでの注文"
    r"|\b(?:all|my|past|recent|previous) orders\b|\border history\b|\bmy purchases\b",
    re.IGNORECASE,
)
_LINKS: Final = ("voucher_url", "instructions_url", "url")


def status_blocks(case: Case, found: Order) -> tuple[Block, ...]:
    """The order as it stands: one block that reads whole where a channel shows words only."""
    parcels = shipments_of(case.shop.session, case.shop.merchant.id, found.id)
    state = case.say(f"aftersale.state_{found.state}")
    first = parcels[-1] if parcels else None
    words = "\n".join(_lines(case, found, parcels))
    block = OrderStatusBlock(
        number=found.number,
        status=state,
        steps=() if found.state == "cancelled" else tuple(_steps(case)),
        step_index=STEP_OF[found.state],
        carrier=_carrier(found, first) if first else "",
        tracking_number=(first.tracking_number or "") if first else "",
        url=first.link if first else None,
        alt_text=words,
        speech=words,
    )
    return (block,)


def _steps(case: Case) -> list[str]:
    return [case.say(f"aftersale.step_{one}") for one in STEPS]


def _lines(case: Case, found: Order, parcels: list[Shipment]) -> list[str]:
    day = local_day(case, found.placed_at)
    state = case.say(f"aftersale.state_{found.state}")
    lines = [case.say("aftersale.status_head", number=found.number, day=day, state=state)]
    lines.append(articles(case, found) if found.state != "cancelled" else "")
    if found.state != "cancelled":
        lines.append(case.say("aftersale.status_total", total=total(found).label()))
        lines += [_parcel(case, found, one, len(parcels)) for one in parcels]
        lines += [_wish(case, found), *_due(case, found)]
        if not parcels and address_words(found):
            lines.append(case.say("aftersale.status_to", address=address_words(found)))
    lines += [*_returns(case, found), *_refunds(case, found)]
    return [line for line in lines if line]


def _carrier(found: Order, one: Shipment) -> str:
    """Who carries it: by the parcel, else by what was told when the order came."""
    if one.carrier == "generic":
        return found.body.carrier_name
    return carrier(one.carrier).name


def _parcel(case: Case, found: Order, one: Shipment, count: int) -> str:
    key = f"aftersale.parcel_{one.state}"
    at = local_day(case, one.state_at)
    name = _carrier(found, one)
    by = case.say("aftersale.by", carrier=name) if name else ""
    sentence = case.say(key, day=at, by=by)
    news = news_of(case.shop.session, case.shop.merchant.id, one.id)
    words = news[-1].words if news else ""
    named = titles(case, found)
    inside = case.listed(named.get(part, "") for part in one.lines) if count > 1 else ""
    track = ""
    if one.tracking_number:
        track = case.say("aftersale.track", number=one.tracking_number, link=one.link or "").strip()
    lead, aside = ("{}：", "（{}）") if case.language == "ja" else ("{}: ", " ({})")
    parts = (lead.format(inside) if inside else "", sentence, aside.format(words) if words else "")
    return "\n".join(part for part in ("".join(parts), track) if part)


def _wish(case: Case, found: Order) -> str:
    wish = found.body.delivery
    if found.state == "delivered" or (wish.day is None and wish.slot is None):
        return ""
    return case.say("aftersale.wish", when=when_words(wish.day, wish.slot, case.language))


def _due(case: Case, found: Order) -> list[str]:
    """How to pay what is open: the number for the shop till, the page, the last moment."""
    if found.state != "awaiting_payment":
        return []
    lines = [case.say("aftersale.due", total=total(found).label())]
    paid = payments_of(case.shop.session, case.shop.merchant.id, found.id)
    last = paid[-1] if paid and paid[-1].state == "pending" else None
    if last is None or last.outcome is None:
        return lines
    told = dict(last.outcome.instructions)
    link = next((told.pop(name) for name in _LINKS if name in told), last.outcome.url)
    known = strings(case.language)
    for name, value in told.items():
        if value and f"hosted.pay.{name}" in known and name != "days":
            words = known.get(f"hosted.pay.{name}.{value}", value)
            lines.append(f"{case.say(f'hosted.pay.{name}')}：{words}")
    if link and link.startswith(("https://", "http://")):
        lines.append(link)
    if last.outcome.expires_at is not None:
        day = local_day(case, last.outcome.expires_at)
        lines.append(case.say("aftersale.due_until", day=day))
    return lines


def _returns(case: Case, found: Order) -> list[str]:
    named = {line.part: line.title for line in found.lines} | titles(case, found)
    lines = []
    for one in returns_of(case.shop.session, case.shop.merchant.id, found.id):
        what = case.listed(f"{named.get(part, '')} ×{count}" for part, count in one.lines.items())
        kind = "exchange" if one.wants else "return"
        lines.append(case.say(f"aftersale.{kind}_{one.state}", what=what))
    return lines


def _refunds(case: Case, found: Order) -> list[str]:
    back = [
        one
        for one in refunds_of(case.shop.session, case.shop.merchant.id, found.id)
        if one.state != "failed"
    ]
    if not back:
        return []
    amount = Money(sum(one.amount.amount_minor for one in back), found.currency).label()
    done = all(one.state == "completed" for one in back)
    return [case.say("aftersale.refund_done" if done else "aftersale.refund_open", amount=amount)]


def _expected(case: Case, found: Order) -> str:
    """When it will arrive, as far as a record says."""
    if found.state in ("delivered", "cancelled"):
        return ""
    wish = found.body.delivery
    if wish.day is not None:
        when = when_words(wish.day, wish.slot, case.language)
        return case.say("aftersale.expected_wish", when=when)
    if found.body.rate_id is not None:
        days = rate(case.shop.session, case.shop.merchant.id, found.body.rate_id).days
        local = found.placed_at.astimezone(ZoneInfo(case.shop.merchant.timezone)).date()
        day = day_words(max(local + timedelta(days=days), case.shop.today), case.language)
        return case.say("aftersale.expected_about", day=day)
    told = terms(case.shop.session, case.shop.merchant.id).words.get(case.language)
    if told is not None and told.delivery_time and found.state != "shipped":
        return case.say("aftersale.expected_terms", words=told.delivery_time)
    return case.say("aftersale.expected_unknown")


def _status(case: Case, found: Order) -> Outcome:
    expected = _expected(case, found) if _WHEN.search(case.turn.text) else ""
    blocks = (*lines_of(expected), *status_blocks(case, found)) if expected else None
    return Outcome((*(blocks or status_blocks(case, found)), *_ways_on(case, found)), order=found)


def _ways_on(case: Case, found: Order) -> tuple[Block, ...]:
    acts = {
        "awaiting_payment": ("cancel_order", "change_address"),
        "processing": ("cancel_order", "change_address", "delivery_request"),
        "delivered": ("return_request", "review"),
    }.get(found.state, ())
    return offer(
        tuple(
            ReplyAction(
                label=case.say(f"act.{one}"), text=case.say(f"act.{one}"), payload=payloads.act(one)
            )
            for one in acts
        )
    )


def _serve(case: Case) -> Outcome:
    named = case.slot(OrderNumber) or case.slot(Email) or case.slot(Phone)
    if named is None and _ALL.search(case.turn.text):
        every = own_orders(case)
        if len(every) > 1:
            return ask_which(case, every)
    return of_order(case, None, _status)


SKILL = Skill("order_status", ("order_status",), _serve)
