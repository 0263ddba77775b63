"""Gives those who wait for a person to the people: one shop's queue, as far as there is room.

The queue is in the order of the list: urgency, time to breach, waiting. One at a time routes for a
shop (its settings are held), and every assignment is a compare-and-set on the conversation's
epoch: an agent who takes it by hand meanwhile has it. Outside office hours, and when nobody is
there or has room, everybody stays in the queue; a timer looks again when that ends by the clock.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from kaiwa.conversations.calling import call_router, call_router_at
from kaiwa.conversations.conversation import COLUMNS, Conversation, from_row, held
from kaiwa.conversations.handoff import give, give_up
from kaiwa.conversations.priority import set_priority
from kaiwa.desk.choosing import Need, Seat, choose
from kaiwa.desk.staff import staff
from kaiwa.desk.untouched import WHY, watch_untouched
from kaiwa.engines.db import Session
from kaiwa.merchants.attendance import attendance, note_given
from kaiwa.merchants.hours import opened
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.routing import Routing, Rule, held_routing, routing
from kaiwa.merchants.team import teams
from kaiwa.orders.spent import spent_minor
from kaiwa.vocabulary.priority import PRIORITIES
from kaiwa.vocabulary.time import to_micros

PAGE: Final = 100
MOST_AT_ONCE: Final = 200


def route(session: Session, merchant_id: int, now: datetime) -> int:
    """Give as many as there is room for; how many were given."""
    settings = held_routing(session, merchant_id)
    if not settings.on or _closed(session, merchant_id, now):
        return 0
    seats = [one.seat for one in staff(session, merchant_id, settings, now)]
    members = {one.id: frozenset(one.members) for one in teams(session, merchant_id)}
    given = 0
    for conv in _queue(session, merchant_id):
        if given == MOST_AT_ONCE:
            call_router(session, merchant_id, now)
            break
        if not any(one.present and one.has_room(1) for one in seats):
            break
        need = _need(session, conv, settings, now)
        team = members.get(conv.team_id or 0)
        choice = choose(msgspec.structs.replace(need, team=team), seats)
        if choice is None:
            _look_again(session, conv, settings, now)
            continue
        why = msgspec.json.encode(choice.why).decode()
        if give(session, conv, choice.agent_id, why, now):
            note_given(session, merchant_id, choice.agent_id, now)
            watch_untouched(session, held(session, merchant_id, conv.id), settings, now)
            seats = [_after(one, choice.agent_id, need.weight, now) for one in seats]
            given += 1
    return given


def arrive(session: Session, merchant_id: int, conversation_id: int, now: datetime) -> None:
    """A conversation has come to the queue: rules may make it more urgent, never less."""
    settings = routing(session, merchant_id)
    conv = held(session, merchant_id, conversation_id)
    if not settings.on or conv.answered_by != "nobody" or conv.status == "closed":
        return
    wanted = [rule.raise_to for rule in _fitting(session, conv, settings, now) if rule.raise_to]
    place = min((PRIORITIES.index(one) for one in wanted), default=conv.priority)
    if place < conv.priority:
        set_priority(session, merchant_id, (conv.id, None), PRIORITIES[place], now)


def release(session: Session, merchant_id: int, agent_id: int, now: datetime) -> int:
    """What waits for the answer of an agent who is gone for too long goes back to the queue."""
    settings = held_routing(session, merchant_id)
    known = attendance(session, merchant_id, agent_id)
    gone = now - settings.grace if known is None else known.gone_since(now)
    if not settings.on or gone is None or gone + settings.grace > now:
        return 0
    status = "offline" if known is None else known.present(now)
    rows = session.all(
        f"""SELECT {COLUMNS} FROM conversation WHERE merchant_id = :merchant_id
        AND status = 'open' AND answered_by = 'agent' AND assignee_id = :agent
        AND waiting_since IS NOT NULL AND snoozed_until IS NULL ORDER BY id""",
        merchant_id=merchant_id,
        agent=agent_id,
    )
    released = sum(give_up(session, from_row(row), status, now) for row in rows)
    if released:
        call_router(session, merchant_id, now)
    return released


def _closed(session: Session, merchant_id: int, now: datetime) -> bool:
    shop = merchant(session, merchant_id)
    hours = shop.settings.voice.hours
    if not hours.are_told:
        return False
    how = opened(hours, now, shop.timezone)
    if not how.is_open and how.again is not None and next(_queue(session, merchant_id), None):
        again = how.again.astimezone(UTC)
        timer = (f"opens:{merchant_id}:{to_micros(again)}", again)
        call_router_at(session, merchant_id, timer, now)
    return not how.is_open


def _queue(session: Session, merchant_id: int) -> Iterator[Conversation]:
    after = (-1, 0, 0, 0)
    while True:
        rows = session.all(
            f"""SELECT {COLUMNS} FROM conversation WHERE merchant_id = :merchant_id
            AND status = 'open' AND answered_by = 'nobody' AND waiting_since IS NOT NULL
            AND snoozed_until IS NULL
            AND (urgency, due_at, waiting_since, id) > (:at0, :at1, :at2, :at3)
            ORDER BY urgency, due_at, waiting_since, id LIMIT :limit""",
            merchant_id=merchant_id,
            limit=PAGE,
            **{f"at{n}": value for n, value in enumerate(after)},
        )
        page = [from_row(row) for row in rows]
        yield from page
        if len(page) < PAGE:
            return
        last = rows[-1]
        after = (last[25], last[26], last[18], last[0])


def _need(session: Session, conv: Conversation, settings: Routing, now: datetime) -> Need:
    fitting = _fitting(session, conv, settings, now)
    left_by, passed_over = _not_again(session, conv)
    return Need(
        settings.weight(conv.channel),
        frozenset(rule.skill for rule in fitting if rule.skill),
        conv.language if settings.by_language else None,
        widened=_widens_at(conv, settings, now) <= now,
        left_by=left_by,
        passed_over=passed_over,
    )


def _not_again(session: Session, conv: Conversation) -> tuple[int | None, int | None]:
    """Who had the conversation last and gave it to nobody; who had it last and let it lie."""
    row = session.one(
        """SELECT kind, agent_id, reason FROM happening WHERE conversation_id = :id
        AND merchant_id = :merchant_id
        AND kind IN ('handoff_requested', 'taken', 'assigned', 'routed', 'requeued')
        ORDER BY id DESC LIMIT 1""",
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    if row is None or row[1] is None:
        return None, None
    let_go, let_lie = row[0] == "assigned" and row[2] is None, row[2] == WHY
    return (int(row[1]) if let_go else None), (int(row[1]) if let_lie else None)


def _fitting(session: Session, conv: Conversation, settings: Routing, now: datetime) -> list[Rule]:
    if not settings.rules:
        return []
    inbox_id, spent = _facts(session, conv, settings)
    waited = now - (conv.waiting_since or now)
    return [
        rule
        for rule in settings.rules
        if rule.inbox in (None, inbox_id)
        and rule.language in (None, conv.language)
        and rule.priority in (None, PRIORITIES[conv.priority])
        and (rule.value_minor is None or spent >= rule.value_minor)
        and (rule.waited_m is None or waited >= timedelta(minutes=rule.waited_m))
    ]


def _facts(session: Session, conv: Conversation, settings: Routing) -> tuple[int | None, int]:
    """The inbox the customer wrote to last, and what they have bought for, where rules ask."""
    row = session.one(
        "SELECT inbox_id FROM identity WHERE id = :id AND merchant_id = :merchant_id",
        id=conv.identity_id or 0,
        merchant_id=conv.merchant_id,
    )
    asks = any(rule.value_minor is not None for rule in settings.rules)
    spent = spent_minor(session, conv.merchant_id, conv.customer_id) if asks else 0
    return (None if row is None else int(row[0])), spent


def _widens_at(conv: Conversation, settings: Routing, now: datetime) -> datetime:
    if settings.widen_m is None:
        return now + timedelta(days=1)
    return (conv.waiting_since or now) + timedelta(minutes=settings.widen_m)


def _look_again(session: Session, conv: Conversation, settings: Routing, now: datetime) -> None:
    """Nobody fits who has room: when it may go to anybody, somebody may have."""
    at = _widens_at(conv, settings, now)
    if settings.widen_m is not None and at > now:
        call_router_at(session, conv.merchant_id, (f"widen:{conv.id}:{conv.epoch}", at), now)


def _after(seat: Seat, chosen: int, weight: int, now: datetime) -> Seat:
    if seat.agent_id != chosen:
        return seat
    return msgspec.structs.replace(seat, load=seat.load + weight, given_at=now)
