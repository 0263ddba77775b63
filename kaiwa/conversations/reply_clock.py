"""The clocks of a conversation that people answer: first reply, next reply, resolution.

A clock starts and ends with what happens. When the shop has a target for it, it is due after so
much office time by the hours in force when it started; what is not done by then is late, which is
a line in the timeline and moves the conversation up by one step of priority. The conversation's
own row says which of its clocks is due next. All of it is called with the conversation held.
"""

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.conversations.conversation import NEVER, Conversation, changed
from kaiwa.conversations.happening import note_happening
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.engines.queue import NewJob, cancel, enqueue
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.office_time import office_time_after, office_time_between
from kaiwa.merchants.routing import Target, routing
from kaiwa.vocabulary.priority import PRIORITIES
from kaiwa.vocabulary.time import from_micros, optional_micros, to_micros

ClockKind: TypeAlias = Literal["first", "next", "resolution"]
Outcome: TypeAlias = Literal["met", "stopped"]
KINDS: Final[tuple[ClockKind, ...]] = ("first", "next", "resolution")


class ReplyClock(msgspec.Struct, frozen=True):
    """One clock; without `due_at` there was no target for it when it started."""

    id: int
    conversation_id: int
    kind: ClockKind
    started_at: datetime
    due_at: datetime | None
    late_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None


_COLUMNS = "id, conversation_id, kind, started_at, due_at, late_at, ended_at, outcome"


def reply_clocks(session: Session, merchant_id: int, conversation_id: int) -> list[ReplyClock]:
    """Every clock of the conversation, in the order in which they started."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM reply_clock WHERE conversation_id = :id
        AND merchant_id = :merchant_id ORDER BY id""",
        id=conversation_id,
        merchant_id=merchant_id,
    )
    return [_clock(row) for row in rows]


def need_person(session: Session, conv: Conversation, now: datetime) -> None:
    """From now on somebody waits for the first word of a person."""
    running = {one.kind for one in _running(session, conv)}
    for kind in ("first", "resolution"):
        if kind not in running:
            _start(session, conv, kind, now)
    _show(session, conv)


def wait_for_person(session: Session, conv: Conversation, now: datetime) -> None:
    """The customer wrote to people who owed nothing: the next reply is waited for."""
    running = {one.kind for one in _running(session, conv)}
    if running & {"first", "next"}:
        return
    _start(session, conv, "next", now)
    _show(session, conv)


def person_answered(session: Session, conv: Conversation, now: datetime) -> None:
    """An agent has answered: what was waited for is met."""
    ended = [one for one in _running(session, conv) if one.kind != "resolution"]
    _end(session, conv, ended, "met", now)


def settle_clocks(session: Session, conv: Conversation, now: datetime) -> None:
    """The matter is settled: nobody owes an answer any more."""
    running = _running(session, conv)
    _end(session, conv, [one for one in running if one.kind == "resolution"], "met", now)
    _end(session, conv, [one for one in running if one.kind != "resolution"], "stopped", now)


def stop_clocks(session: Session, conv: Conversation, now: datetime) -> None:
    """The bot answers again: people owe nothing."""
    _end(session, conv, _running(session, conv), "stopped", now)


def retime_clocks(session: Session, conv: Conversation, now: datetime) -> None:
    """The priority is another one: what runs is due by its targets, from when it started."""
    for one in _running(session, conv):
        due = _due(session, conv, one.kind, one.started_at)
        if due == one.due_at:
            continue
        _cancel_timer(session, one)
        late_at = one.late_at if due is not None and due <= now else None
        session.run(
            """UPDATE reply_clock SET due_at = CAST(:due AS bigint),
            late_at = CAST(:late AS bigint) WHERE id = :id AND merchant_id = :merchant_id""",
            due=due,
            late=late_at,
            id=one.id,
            merchant_id=conv.merchant_id,
        )
        if due is not None and late_at is None:
            _plan(session, conv, (one.id, due), now)
    _show(session, conv)


def note_late(session: Session, conv: Conversation, timer: tuple[int, int], now: datetime) -> bool:
    """The time of clock `timer[0]` has come (`timer[1]`, micros).

    False when it has ended or is due at another time meanwhile.
    """
    for one in _running(session, conv):
        if one.id != timer[0] or one.due_at is None or to_micros(one.due_at) != timer[1]:
            continue
        if one.late_at is not None:
            return False
        session.run(
            """UPDATE reply_clock SET late_at = :late
            WHERE id = :id AND merchant_id = :merchant_id""",
            late=now,
            id=one.id,
            merchant_id=conv.merchant_id,
        )
        note_happening(session, conv, "breached", now, reason=one.kind)
        _show(session, conv)
        return True
    return False


def first_replies(session: Session, merchant_id: int, since: datetime) -> list[timedelta]:
    """How long each first reply took that was given since then, from the need of a person on.

    Office time, as targets count it: nobody is slow at night.
    """
    shop = merchant(session, merchant_id)
    hours, zone = shop.settings.voice.hours, shop.timezone
    rows = session.all(
        """SELECT started_at, ended_at FROM reply_clock WHERE merchant_id = :merchant_id
        AND kind = 'first' AND ended_at >= :since AND outcome = 'met'""",
        merchant_id=merchant_id,
        since=since,
    )
    spans = [(from_micros(row[0]), from_micros(row[1])) for row in rows]
    return [office_time_between(hours, begin, end, zone) for begin, end in spans]


def _start(session: Session, conv: Conversation, kind: ClockKind, now: datetime) -> None:
    due = _due(session, conv, kind, now)
    if due is None and kind != "first":
        # The first reply is measured also where no time is set for it.
        return
    row = session.one(
        """INSERT INTO reply_clock (merchant_id, conversation_id, kind, started_at, due_at)
        VALUES (:merchant_id, :conversation, :kind, :now, CAST(:due AS bigint))
        ON CONFLICT (conversation_id, kind) WHERE ended_at IS NULL DO NOTHING RETURNING id""",
        merchant_id=conv.merchant_id,
        conversation=conv.id,
        kind=kind,
        now=now,
        due=due,
    )
    if row is not None and due is not None:
        _plan(session, conv, (row[0], due), now)


def _due(session: Session, conv: Conversation, kind: ClockKind, start: datetime) -> datetime | None:
    settings = routing(session, conv.merchant_id)
    if not settings.targets and not settings.inbox_targets:
        return None
    row = session.one(
        """SELECT c.priority, i.inbox_id FROM conversation c
        LEFT JOIN identity i ON i.id = c.identity_id AND i.merchant_id = c.merchant_id
        WHERE c.id = :id AND c.merchant_id = :merchant_id""",
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    assert row is not None
    minutes = _minutes(settings.target(PRIORITIES[row[0]], row[1]), kind)
    if minutes is None:
        return None
    shop = merchant(session, conv.merchant_id)
    hours = shop.settings.voice.hours
    return office_time_after(hours, start, timedelta(minutes=minutes), shop.timezone)


def _minutes(target: Target, kind: ClockKind) -> int | None:
    return {
        "first": target.first_m, "next": target.next_m, "resolution": target.resolution_m
    }[kind]  # fmt: skip


def _end(
    session: Session,
    conv: Conversation,
    clocks: list[ReplyClock],
    outcome: Outcome,
    now: datetime,
) -> None:
    for one in clocks:
        session.run(
            """UPDATE reply_clock SET ended_at = :now, outcome = :outcome
            WHERE id = :id AND merchant_id = :merchant_id""",
            now=now,
            outcome=outcome,
            id=one.id,
            merchant_id=conv.merchant_id,
        )
        _cancel_timer(session, one)
        if one.kind == "first" and outcome == "met":
            session.nudge(Nudge("first_reply", conv.merchant_id, conv.id, one.id))
    if clocks:
        _show(session, conv)


def _running(session: Session, conv: Conversation) -> list[ReplyClock]:
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM reply_clock WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND ended_at IS NULL ORDER BY id""",
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    return [_clock(row) for row in rows]


def _show(session: Session, conv: Conversation) -> None:
    """The conversation's row says what is due next, and whether it is late."""
    due = [(one.due_at, one) for one in _running(session, conv) if one.due_at is not None]
    first = min(due, key=lambda pair: pair[0], default=None)
    late = int(any(one.late_at is not None for _, one in due))
    moved = session.run(
        """UPDATE conversation SET due_at = :due, due_kind = CAST(:kind AS text), late = :late,
        urgency = priority + 1 - :late WHERE id = :id AND merchant_id = :merchant_id
        AND (due_at <> :due OR late <> :late OR urgency <> priority + 1 - :late
          OR COALESCE(due_kind, '') <> COALESCE(CAST(:kind AS text), ''))""",
        due=NEVER if first is None else first[0],
        kind=None if first is None else first[1].kind,
        late=late,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    if moved:
        changed(session, conv)


def _plan(session: Session, conv: Conversation, timer: tuple[int, datetime], now: datetime) -> None:
    clock_id, due = timer
    payload = f"{conv.merchant_id} {conv.id} {clock_id} {to_micros(due)}"
    enqueue(session, NewJob("desk", "breach", payload, _key(clock_id, due), due_at=due), now)


def _cancel_timer(session: Session, clock: ReplyClock) -> None:
    # One that runs already finds that the clock has ended.
    if clock.due_at is not None and clock.late_at is None:
        cancel(session, _key(clock.id, clock.due_at))


def _key(clock_id: int, due: datetime) -> str:
    return f"breach:{clock_id}:{to_micros(due)}"


def _clock(row: Row) -> ReplyClock:
    return ReplyClock(
        row[0],
        row[1],
        row[2],
        from_micros(row[3]),
        optional_micros(row[4]),
        optional_micros(row[5]),
        optional_micros(row[6]),
        row[7],
    )
