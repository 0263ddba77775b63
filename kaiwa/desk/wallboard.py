"""A shop's open conversations at a glance, counted as they change and never all again.

Loaded once, then told of each conversation that changed: what it counted for before is taken off
and what it counts for now is added. Looking costs the same whether ten are open or ten thousand,
but for the longest wait, which is looked for among those who wait.
"""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from typing import Final

import msgspec

from kaiwa.conversations.conversation import COLUMNS, Conversation, from_row
from kaiwa.conversations.reply_clock import first_replies
from kaiwa.desk.staff import Load, Member, staff
from kaiwa.engines.db import Session
from kaiwa.merchants.routing import Routing, routing

# Median time from the need of a person to the first message of one, of the replies that were
# given within the last hour; the bot's time before is left out, and what is no office time.
FIRST_REPLY: Final = "first_reply.handoff.median.60m.v2"
FIRST_REPLY_WINDOW: Final = timedelta(minutes=60)


class Totals(msgspec.Struct, frozen=True):
    """`waiting` for a person's answer, `queued` of them for anybody at all; `late` of all."""

    waiting: int
    queued: int
    late: int
    bot: int
    agent: int
    longest_since: datetime | None
    first_reply_s: float | None
    first_replies: int


class Line(msgspec.Struct, frozen=True):
    """A channel with those who wait on it."""

    channel: str
    waiting: int
    longest_since: datetime | None


class _Spot(msgspec.Struct, frozen=True):
    side: str
    assignee: int | None
    channel: str
    since: datetime | None
    late: bool


class Board:
    """One shop's. Not for several threads at once."""

    def __init__(self, settings: Routing) -> None:
        self._settings = settings
        self._spots: dict[int, _Spot] = {}
        self._sides: Counter[str] = Counter()
        self._loads: dict[int, Load] = {}
        self._waiting: dict[str, dict[int, datetime]] = {}
        self._queued: set[int] = set()
        self._late: set[int] = set()
        self._replies: list[timedelta] = []
        self.members: dict[int, Member] = {}

    def put(self, conv: Conversation) -> tuple[set[int], set[str]]:
        """The conversation as it is now; the agents and channels whose lines it changed."""
        old, new = self._spots.get(conv.id), _spot(conv)
        if old == new:
            return set(), set()
        for spot, sign in ((old, -1), (new, 1)):
            if spot is not None:
                self._count(conv.id, spot, sign)
        if new is None:
            del self._spots[conv.id]
        else:
            self._spots[conv.id] = new
        both = [one for one in (old, new) if one is not None]
        agents = {one.assignee for one in both if one.assignee is not None}
        return agents, {one.channel for one in both if one.since is not None}

    def told(self, replies: list[timedelta]) -> None:
        """How long the first replies of the last hour took."""
        self._replies = replies

    def totals(self) -> Totals:
        """All of it in numbers."""
        waits = [since for line in self._waiting.values() for since in line.values()]
        took = [one.total_seconds() for one in self._replies]
        return Totals(
            waiting=len(waits),
            queued=len(self._queued),
            late=len(self._late),
            bot=self._sides["bot"],
            agent=self._sides["agent"],
            longest_since=min(waits, default=None),
            first_reply_s=median(took) if took else None,
            first_replies=len(took),
        )

    def line(self, channel: str) -> Line:
        """Who waits on a channel."""
        waits = self._waiting.get(channel, {})
        return Line(channel, len(waits), min(waits.values(), default=None))

    def lines(self) -> list[Line]:
        """Every channel on which somebody waits or waited."""
        return [self.line(one) for one in sorted(self._waiting)]

    def member(self, agent_id: int) -> Member | None:
        """An agent with what they have open now."""
        found = self.members.get(agent_id)
        if found is None:
            return None
        load = self._loads.get(agent_id, Load())
        return msgspec.structs.replace(found, load=load.weight, has=load.has)

    def _count(self, conv_id: int, spot: _Spot, sign: int) -> None:
        self._sides[spot.side] += sign
        if spot.side == "agent" and spot.assignee is not None:
            old = self._loads.get(spot.assignee, Load())
            weight = self._settings.weight(spot.channel)
            self._loads[spot.assignee] = Load(old.weight + sign * weight, old.has + sign)
        line = self._waiting.setdefault(spot.channel, {}) if spot.since else {}
        if sign < 0:
            line.pop(conv_id, None)
            self._queued.discard(conv_id)
            self._late.discard(conv_id)
            return
        if spot.since is not None:
            line[conv_id] = spot.since
            if spot.side == "nobody":
                self._queued.add(conv_id)
        if spot.late:
            self._late.add(conv_id)


def load_board(session: Session, merchant_id: int, now: datetime) -> Board:
    """The board as it stands."""
    settings = routing(session, merchant_id)
    board = Board(settings)
    rows = session.all(
        f"""SELECT {COLUMNS} FROM conversation WHERE merchant_id = :merchant_id
        AND status = 'open' AND snoozed_until IS NULL""",
        merchant_id=merchant_id,
    )
    for row in rows:
        board.put(from_row(row))
    board.told(first_replies(session, merchant_id, now - FIRST_REPLY_WINDOW))
    board.members = {one.agent.id: one for one in staff(session, merchant_id, settings, now)}
    return board


def _spot(conv: Conversation) -> _Spot | None:
    if conv.status != "open" or conv.snoozed_until is not None:
        return None
    since = None if conv.answered_by == "bot" else conv.waiting_since
    return _Spot(conv.answered_by, conv.assignee_id, conv.channel, since, conv.late)
