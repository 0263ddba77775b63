"""A conversation: one customer's open episode across all channels, with who answers it.

`epoch` is the lease: it grows whenever the answering side changes, and whoever acts must name the
epoch it saw. `last_seq` numbers messages without gaps.
"""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.conversations.message import Sender
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros, optional_micros

AnsweredBy: TypeAlias = Literal["bot", "agent", "nobody"]
# When nothing is due: a moment (in micros) that never comes keeps one order for all of them.
NEVER: Final = 9_000_000_000_000_000


class Conversation(msgspec.Struct, frozen=True):
    """One row. Times are UTC; `identity_id` is the address the customer spoke from last.

    `priority` is a place in `PRIORITIES`; put aside (`snoozed_until`) it is in no view but its own.
    `due_at` is when the next of its clocks (`due_kind`) runs out, `late` whether one has; `urgency`
    is the priority as the list sorts it, one step more urgent when late.
    """

    id: int
    merchant_id: int
    customer_id: int
    identity_id: int | None
    channel: str
    status: Literal["open", "closed"]
    answered_by: AnsweredBy
    epoch: int
    assignee_id: int | None
    language: Language
    last_seq: int
    last_in_seq: int
    last_out_seq: int
    read_seq: int
    unread: int
    misunderstood: int
    preview: str
    preview_sender: Sender
    waiting_since: datetime | None
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    priority: int = 2
    snoozed_until: datetime | None = None
    team_id: int | None = None
    urgency: int = 3
    due_at: datetime | None = None
    due_kind: str | None = None
    late: bool = False


class Opening(msgspec.Struct, frozen=True):
    """How a new conversation begins."""

    language: Language
    answered_by: AnsweredBy = "bot"


COLUMNS = (
    "id, merchant_id, customer_id, identity_id, channel, status, answered_by, epoch, assignee_id,"
    " language, last_seq, last_in_seq, last_out_seq, read_seq, unread, misunderstood, preview,"
    " preview_sender, waiting_since, opened_at, updated_at, closed_at, priority, snoozed_until,"
    " team_id, urgency, due_at, due_kind, late"
)


def current(session: Session, identity: Identity, opening: Opening, now: datetime) -> Conversation:
    """The customer's open conversation, held for this transaction; opened if there is none."""
    found = open_of(session, identity.merchant_id, identity.customer_id)
    if found is not None:
        return found
    session.run(
        """INSERT INTO conversation (merchant_id, customer_id, identity_id, channel, status,
          answered_by, epoch, language, last_seq, last_in_seq, last_out_seq, read_seq, unread,
          misunderstood, preview, preview_sender, opened_at, updated_at)
        VALUES (:merchant_id, :customer, :identity, :channel, 'open', :by, 1, :language,
          0, 0, 0, 0, 0, 0, '', 'customer', :now, :now)
        ON CONFLICT (customer_id) WHERE status = 'open' DO NOTHING""",
        merchant_id=identity.merchant_id,
        customer=identity.customer_id,
        identity=identity.id,
        channel=identity.channel,
        by=opening.answered_by,
        language=opening.language,
        now=now,
    )
    found = open_of(session, identity.merchant_id, identity.customer_id)
    assert found is not None
    return found


def open_of(session: Session, merchant_id: int, customer_id: int) -> Conversation | None:
    """The customer's open conversation, held for this transaction, or None."""
    row = session.one(
        f"""SELECT {COLUMNS} FROM conversation WHERE customer_id = :customer
        AND merchant_id = :merchant_id AND status = 'open'{session.lock}""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    return None if row is None else from_row(row)


def held(session: Session, merchant_id: int, conversation_id: int) -> Conversation:
    """One conversation, held so that nobody else changes it in this transaction; `NotFound`."""
    return _one(session, merchant_id, conversation_id, session.lock)


def conversation(session: Session, merchant_id: int, conversation_id: int) -> Conversation:
    """One conversation as it stands; `NotFound`."""
    return _one(session, merchant_id, conversation_id, "")


def newest_of(session: Session, merchant_id: int, customer_id: int) -> Conversation | None:
    """The customer's open conversation, else the one closed last."""
    row = session.one(
        f"""SELECT {COLUMNS} FROM conversation WHERE customer_id = :customer
        AND merchant_id = :merchant_id ORDER BY CASE status WHEN 'open' THEN 0 ELSE 1 END,
        id DESC LIMIT 1""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    return None if row is None else from_row(row)


def all_of(session: Session, merchant_id: int, customer_id: int) -> list[Conversation]:
    """Every conversation of the customer, newest first, at most 50."""
    rows = session.all(
        f"""SELECT {COLUMNS} FROM conversation WHERE customer_id = :customer
        AND merchant_id = :merchant_id ORDER BY id DESC LIMIT 50""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    return [from_row(row) for row in rows]


def which_of(session: Session, merchant_id: int, ids: list[int]) -> list[int]:
    """Those of these ids that are conversations of the merchant."""
    if not ids:
        return []
    marks = ", ".join(f":id{n}" for n in range(len(ids)))
    # `+`: SQLite would rather walk all of the merchant's conversations than look these up.
    rows = session.all(
        f"SELECT id FROM conversation WHERE +merchant_id = :merchant_id AND id IN ({marks})",
        merchant_id=merchant_id,
        **{f"id{n}": value for n, value in enumerate(ids)},
    )
    return [row[0] for row in rows]


def set_misunderstood(session: Session, conv: Conversation, count: int) -> None:
    """How many times in a row the bot did not understand."""
    if count != conv.misunderstood:
        session.run(
            """UPDATE conversation SET misunderstood = :count
            WHERE id = :id AND merchant_id = :merchant_id""",
            count=count,
            id=conv.id,
            merchant_id=conv.merchant_id,
        )


def changed(session: Session, conv: Conversation) -> None:
    """Tell the desk and the widget that the conversation looks different now."""
    session.nudge(Nudge("conversation", conv.merchant_id, conv.id))


def from_row(row: Row) -> Conversation:
    """Read a row of `COLUMNS`."""
    values: list[Any] = [
        *row[:18],
        optional_micros(row[18]),
        from_micros(row[19]),
        from_micros(row[20]),
        optional_micros(row[21]),
        row[22],
        optional_micros(row[23]),
        *row[24:26],
        None if row[26] == NEVER else from_micros(row[26]),
        row[27],
        bool(row[28]),
    ]
    return Conversation(*values)


def _one(session: Session, merchant_id: int, conversation_id: int, lock: str) -> Conversation:
    row = session.one(
        f"""SELECT {COLUMNS} FROM conversation
        WHERE id = :id AND merchant_id = :merchant_id{lock}""",
        id=conversation_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such conversation.")
    return from_row(row)
