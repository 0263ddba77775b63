"""What happened to a conversation besides words: handed off, taken, closed. One line each."""

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.conversations.conversation import Conversation
from kaiwa.engines.db import Nudge, Session
from kaiwa.vocabulary.time import from_micros

Kind: TypeAlias = Literal[
    "handoff_requested", "taken", "handed_back", "assigned", "closed", "reopened", "followed",
    "unfollowed", "merged", "unmerged", "flagged", "came_back", "answered_outside", "referred",
    "parted", "priority", "labelled", "unlabelled", "snoozed", "woken",
    "continued", "rerouted", "opted_out", "opted_in", "arrived", "account_linked",
    "account_unlinked", "code_sent",
    "address_proven",
    "routed", "requeued", "breached",
    "team_assigned", "order_cancelled", "order_moved", "order_returned", "order_refunded", "rated",
]  # fmt: skip


class Happening(msgspec.Struct, frozen=True):
    """One line in the timeline, standing after message `after_seq`."""

    id: int
    conversation_id: int
    after_seq: int
    kind: Kind
    agent_id: int | None
    agent_name: str | None
    reason: str | None
    at: datetime


def note_happening(
    session: Session,
    conv: Conversation,
    kind: Kind,
    now: datetime,
    *,
    agent_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Add a line at the present end of the conversation."""
    row = session.one(
        """INSERT INTO happening
        (merchant_id, conversation_id, after_seq, kind, agent_id, reason, at)
        SELECT merchant_id, id, last_seq, :kind, CAST(:agent AS bigint), :reason, :now
        FROM conversation WHERE id = :id AND merchant_id = :merchant_id RETURNING id""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        kind=kind,
        agent=agent_id,
        reason=reason,
        now=now,
    )
    if row is not None:
        session.nudge(Nudge("happening", conv.merchant_id, conv.id, row[0]))


def happenings(
    session: Session, merchant_id: int, conversation_id: int, only: int | None = None
) -> list[Happening]:
    """The conversation's lines in order, the last 200; or the one with id `only`."""
    rows = session.all(
        """SELECT h.id, h.conversation_id, h.after_seq, h.kind, h.agent_id, a.name, h.reason, h.at
        FROM happening h
        LEFT JOIN agent a ON a.id = h.agent_id AND a.merchant_id = h.merchant_id
        WHERE h.conversation_id = :conversation AND h.merchant_id = :merchant_id
        AND h.id >= :first AND h.id <= :last ORDER BY h.id DESC LIMIT 200""",
        conversation=conversation_id,
        merchant_id=merchant_id,
        first=only or 0,
        last=only or 2**62,
    )
    found: list[Happening] = []
    for row in reversed(rows):
        values: list[Any] = [*row[:7], from_micros(row[7])]
        found.append(Happening(*values))
    return found
