"""Changes the day or the time slot of an order that was not sent, within what its carrier takes."""

import datetime as dt
import re
from typing import Final

from kaiwa.bot.nlu.slot import Clock, Day
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.carriers import carrier
from kaiwa.languages.dates import day_words, slot_words, when_words
from kaiwa.orders.allowed import allowed
from kaiwa.orders.change import ChangeOrder
from kaiwa.orders.order import Order
from kaiwa.orders.shipping import Delivery, rate
from kaiwa.orders.terms import terms

_AT_THE_DOOR: Final = re.compile(
    r"置き配|おきはい|玄関(?:前|先)|ドアの前|宅配(?:ボックス|box)|置いて(?:おいて|いって|もら|ほし|くだ)|ポストに"
    r"|\b(?:left?|leave|drop)\b.{0,20}\b(?:door|porch|neighbou?r|box|doorstep|lobby)\b",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"時?以降|時?過ぎ|時より後|\bafter\b", re.IGNORECASE)
_NO_DAY: Final = re.compile(
    r"最短|なるべく早|できるだけ早|早く|\basap\b|\bas soon as\b|\bsooner\b|\bearlier\b", re.I
)


def _request(case: Case, found: Order) -> Outcome:
    if _AT_THE_DOOR.search(case.turn.text):
        return _at_the_door(case, found)
    if "change_delivery" not in allowed(found):
        return too_late(case, found)
    day, clock = case.slot(Day), case.slot(Clock)
    slots = carrier(found.body.carrier).slots
    slot = _pressed(case, slots)
    if slot is None and clock is not None:
        slot = _slot_of(clock, slots, after=_AFTER.search(case.turn.text) is not None)
    if clock is not None and slot is None:
        return _ask_slot(case, slots, "aftersale.slot_not_there")
    if day is None and slot is None:
        return _ask_day(case, found)
    old = found.body.delivery
    wish = Delivery(day.date if day else old.day, slot or old.slot)
    if refusal := _not_then(case, found, wish.day if day else None):
        return refusal
    return _agreed(case, found, wish)


def _pressed(case: Case, slots: tuple[str, ...]) -> str | None:
    """The slot whose button was pressed, now or before."""
    text = case.turn.text.strip().casefold()
    for one in slots:
        if text == slot_words(one, case.language).casefold():
            case.frame.learnt["slot"] = one
    return case.frame.learnt.get("slot")


def _agreed(case: Case, found: Order, wish: Delivery) -> Outcome:
    write = ChangeOrder(found.id, delivery=wish)
    when = when_words(wish.day, wish.slot, case.language)
    case.shop.rehearse(write, found, lambda one: one)
    shown = case.say("aftersale.delivery_shown", number=found.number, when=when)
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    text = case.say("aftersale.delivery_done", number=found.number, when=when)
    return Outcome(said(text), order=done)


def _at_the_door(case: Case, found: Order) -> Outcome:
    """The shop has no such setting: before sending a person notes it, afterwards the carrier."""
    if "change_delivery" in allowed(found):
        return hand_off(case, "policy")
    if found.state in ("shipped", "partly_shipped"):
        before = said(case.say("aftersale.door_carrier"))
        late = too_late(case, found)
        return Outcome((*before, *late.blocks))
    return too_late(case, found)


def _ask_day(case: Case, found: Order) -> Outcome:
    now = found.body.delivery
    key = "aftersale.delivery_which"
    if now.day is not None or now.slot is not None:
        key = "aftersale.delivery_which_now"
    if _NO_DAY.search(case.turn.text):
        key = "aftersale.delivery_earliest"
    when = when_words(now.day, now.slot, case.language)
    first, last = _window(case, found)
    text = case.say(
        key,
        number=found.number,
        when=when,
        first=day_words(first, case.language),
        last=day_words(last, case.language),
    )
    return case.ask("day", text)


def _ask_slot(case: Case, slots: tuple[str, ...], key: str) -> Outcome:
    names = [slot_words(one, case.language) for one in slots]
    return case.ask("time", case.say(key, slots=case.listed(names)), names)


def _not_then(case: Case, found: Order, day: dt.date | None) -> Outcome | None:
    if day is None:
        return None
    first, last = _window(case, found)
    if first <= day <= last:
        return None
    text = case.say(
        "aftersale.day_not_there",
        day=day_words(day, case.language),
        first=day_words(first, case.language),
        last=day_words(last, case.language),
    )
    return case.ask("day", text)


def _window(case: Case, found: Order) -> tuple[dt.date, dt.date]:
    """The days that can be wished for now."""
    days = 1
    if found.body.rate_id is not None:
        days = max(1, rate(case.shop.session, case.shop.merchant.id, found.body.rate_id).days)
    first = case.shop.today + dt.timedelta(days=days)
    ahead = terms(case.shop.session, case.shop.merchant.id).days_ahead
    return first, first + dt.timedelta(days=max(ahead, 1))


def _slot_of(clock: Clock, slots: tuple[str, ...], *, after: bool) -> str | None:
    """The carrier's slot that holds the time told: the narrowest that fits."""
    begin = clock.at.hour + clock.at.minute / 60
    end = clock.until.hour + clock.until.minute / 60 if clock.until else begin
    best: tuple[float, str] | None = None
    for one in slots:
        low, high = _hours(one)
        inside = low <= begin and end <= high and begin < high
        if after and not clock.until:
            inside = begin <= low or low <= begin < high
        elif clock.until and not inside:
            inside = begin <= low and high <= end
        score = abs(low - begin) + (0 if low >= begin or not after else 0.5)
        if inside and (best is None or score < best[0]):
            best = (score, one)
    return best[1] if best else None


def _hours(slot: str) -> tuple[float, float]:
    if slot == "am":
        return 8, 12
    if slot == "pm":
        return 12, 21
    begin, _, end = slot.partition("-")
    return (float(begin), float(end)) if begin.isdecimal() and end.isdecimal() else (0, 0)


def _serve(case: Case) -> Outcome:
    return of_order(case, "change_delivery", _request)


SKILL = Skill("delivery_request", ("delivery_request",), _serve)
