"""The wallboards that somebody looks at in this process, and what they hear of a change.

Every event says how things stand, not what changed, so that of several the newest is enough.
"""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

import msgspec

from kaiwa.conversations.conversation import Conversation
from kaiwa.conversations.reply_clock import first_replies
from kaiwa.desk.staff import Member, staff
from kaiwa.desk.wallboard import FIRST_REPLY, FIRST_REPLY_WINDOW, Board, Line, Totals, load_board
from kaiwa.engines.db import Session
from kaiwa.engines.live import LiveEvent
from kaiwa.merchants.attendance import Status
from kaiwa.merchants.role import Role
from kaiwa.merchants.routing import routing
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso
from kaiwa.web.context import Context
from kaiwa.web.shapes import optional


class TotalsShape(TypedDict):
    """The whole shop now; `first_reply_s` by the definition of that id."""

    waiting: int
    queued: int
    late: int
    bot: int
    agent: int
    longest_since: str | None
    first_reply_s: float | None
    first_replies: int
    first_reply_definition: str


class LineShape(TypedDict):
    """A channel with those who wait on it."""

    channel: str
    waiting: int
    longest_since: str | None


class BoardAgentShape(TypedDict):
    """An agent; `load` is what they have open by weight, `has` how many conversations."""

    id: int
    name: str
    role: Role
    status: Status
    since: str | None
    load: int
    has: int
    capacity: int
    skills: list[str]
    languages: list[Language]


class BoardShape(TypedDict):
    """How things stand: the shop, its channels, its agents."""

    totals: TotalsShape
    channels: list[LineShape]
    agents: list[BoardAgentShape]


class Boards:
    """One per process. Boards are read and changed by the threads that read the database."""

    def __init__(self) -> None:
        self._boards: dict[int, Board] = {}
        self._lock = threading.Lock()

    def load(self, session: Session, merchant_id: int, now: datetime) -> BoardShape:
        """The board as it stands; from here on it is kept for whoever follows it."""
        with self._lock:
            board = self._boards[merchant_id] = load_board(session, merchant_id, now)
            return {
                "totals": _totals(board.totals()),
                "channels": [_line(one) for one in board.lines()],
                "agents": [_member(one) for one in board.members.values()],
            }

    def conversation_changed(self, conv: Conversation) -> list[LiveEvent]:
        """What those who look at the board hear of it."""
        with self._lock:
            board = self._boards.get(conv.merchant_id)
            if board is None:
                return []
            agents, channels = board.put(conv)
            events = [_event(conv.merchant_id, "board", {"totals": _totals(board.totals())})]
            found = [board.member(one) for one in agents]
            events += [self._agent(conv.merchant_id, one) for one in found if one is not None]
            events += [
                _event(conv.merchant_id, f"board_channel:{one}", {"line": _line(board.line(one))})
                for one in channels
            ]
            return events

    def attendance_changed(
        self, session: Session, merchant_id: int, agent_id: int, now: datetime
    ) -> list[LiveEvent]:
        """An agent came, went or said what they are."""
        with self._lock:
            board = self._boards.get(merchant_id)
            if board is None:
                return []
            everybody = staff(session, merchant_id, routing(session, merchant_id), now)
            board.members = {one.agent.id: one for one in everybody}
            found = board.member(agent_id)
            return [] if found is None else [self._agent(merchant_id, found)]

    def first_reply(self, session: Session, merchant_id: int, now: datetime) -> list[LiveEvent]:
        """Somebody was answered for the first time."""
        with self._lock:
            board = self._boards.get(merchant_id)
            if board is None:
                return []
            board.told(first_replies(session, merchant_id, now - FIRST_REPLY_WINDOW))
            return [_event(merchant_id, "board", {"totals": _totals(board.totals())})]

    def forget(self, merchant_id: int) -> None:
        """Nobody looks at it any more."""
        with self._lock:
            self._boards.pop(merchant_id, None)

    def _agent(self, merchant_id: int, member: Member) -> LiveEvent:
        return _event(merchant_id, f"board_agent:{member.agent.id}", {"agent": _member(member)})


def boards(context: Context) -> Boards:
    """The boards of this process."""
    found: Boards = context.doing.setdefault("boards", Boards())
    return found


def topic_of_board(merchant_id: int) -> str:
    """Everything of a shop's board."""
    return f"board:{merchant_id}"


def _event(merchant_id: int, key: str, told: Mapping[str, object]) -> LiveEvent:
    body = msgspec.json.encode({"kind": "board", **told})
    return LiveEvent(topic_of_board(merchant_id), body, key)


def _totals(totals: Totals) -> TotalsShape:
    return {
        "waiting": totals.waiting,
        "queued": totals.queued,
        "late": totals.late,
        "bot": totals.bot,
        "agent": totals.agent,
        "longest_since": optional(totals.longest_since),
        "first_reply_s": totals.first_reply_s,
        "first_replies": totals.first_replies,
        "first_reply_definition": FIRST_REPLY,
    }


def _line(line: Line) -> LineShape:
    return {
        "channel": line.channel,
        "waiting": line.waiting,
        "longest_since": optional(line.longest_since),
    }


def _member(one: Member) -> BoardAgentShape:
    return {
        "id": one.agent.id,
        "name": one.agent.name,
        "role": one.agent.role,
        "status": one.status,
        "since": None if one.since is None else iso(one.since),
        "load": one.load,
        "has": one.has,
        "capacity": one.capacity,
        "skills": list(one.ability.skills),
        "languages": list(one.ability.languages),
    }
