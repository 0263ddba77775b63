"""Notes: what agents write to each other, and the bot to them. They never leave the desk."""

from datetime import datetime
from typing import Any

import msgspec

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.mention import Named, mention, mentions_in
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.merchants.agent import agent
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.time import from_micros

LONGEST_NOTE = 10_000


class Note(msgspec.Struct, frozen=True):
    """A note, standing after message `after_seq`; without an agent it is the bot's.

    Whispered, it is for the agent `to_id` above all; `mentions` are the agents it names with @.
    `client_id` is what its writer named it, so that a page knows its own.
    """

    id: int
    conversation_id: int
    after_seq: int
    agent_id: int | None
    agent_name: str
    text: str
    at: datetime
    client_id: str
    to_id: int | None = None
    to_name: str | None = None
    mentions: tuple[Named, ...] = ()


class NewNote(msgspec.Struct, frozen=True):
    """What to write down; the same `client_id` twice is one note."""

    conversation_id: int
    agent_id: int
    client_id: str
    text: str
    to_id: int | None = None


_SELECT = """SELECT n.id, n.conversation_id, n.after_seq, n.agent_id, COALESCE(a.name, ''), n.text,
    n.at, n.client_id, n.to_agent_id, w.name FROM note n
    LEFT JOIN agent a ON a.id = n.agent_id AND a.merchant_id = n.merchant_id
    LEFT JOIN agent w ON w.id = n.to_agent_id AND w.merchant_id = n.merchant_id"""


def write_note(session: Session, merchant_id: int, new: NewNote, now: datetime) -> Note:
    """Add a note at the present end of the conversation."""
    text = new.text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Invalid(f"A note needs 1 to {LONGEST_NOTE} characters.")
    agent(session, merchant_id, new.agent_id)
    conv = held(session, merchant_id, new.conversation_id)
    row = session.one(
        """INSERT INTO note (merchant_id, conversation_id, agent_id, client_id, after_seq, text, at,
          to_agent_id)
        VALUES (:merchant_id, :conversation, :agent, :client, :after, :text, :now,
          CAST(:to AS bigint))
        ON CONFLICT (conversation_id, client_id) DO NOTHING RETURNING id""",
        merchant_id=merchant_id,
        conversation=conv.id,
        agent=new.agent_id,
        client=new.client_id,
        after=conv.last_seq,
        text=text,
        now=now,
        to=new.to_id,
    )
    if row is not None:
        mention(session, merchant_id, (row[0], conv.id, new.agent_id), text, now)
        session.nudge(Nudge("note", merchant_id, conv.id, row[0]))
    found = session.one(
        f"""{_SELECT} WHERE n.conversation_id = :conversation AND n.client_id = :client
        AND n.merchant_id = :merchant_id""",
        conversation=conv.id,
        client=new.client_id,
        merchant_id=merchant_id,
    )
    assert found is not None
    return _note(found, mentions_in(session, merchant_id, conv.id))


def whisper(session: Session, merchant_id: int, new: NewNote, now: datetime) -> Note:
    """Tell whoever answers the conversation something that only the staff sees.

    `Conflict` when it is nobody, or oneself.
    """
    conv = held(session, merchant_id, new.conversation_id)
    if conv.answered_by != "agent" or conv.assignee_id in (None, new.agent_id):
        raise Conflict("Nobody else answers this conversation.", reason="nobody")
    told = msgspec.structs.replace(new, to_id=conv.assignee_id)
    return write_note(session, merchant_id, told, now)


def write_bot_note(
    session: Session, conv: Conversation, told: tuple[str, str], now: datetime
) -> None:
    """Leave the people at the desk a note (its client id, its text). Conversation held."""
    client_id, text = told
    row = session.one(
        """INSERT INTO note (merchant_id, conversation_id, client_id, after_seq, text, at)
        SELECT c.merchant_id, c.id, CAST(:client AS text), c.last_seq, CAST(:text AS text),
        CAST(:now AS bigint) FROM conversation c
        WHERE c.merchant_id = :merchant_id AND c.id = :conversation
        ON CONFLICT (conversation_id, client_id) DO NOTHING RETURNING id""",
        merchant_id=conv.merchant_id,
        conversation=conv.id,
        client=client_id,
        text=text[:LONGEST_NOTE],
        now=now,
    )
    if row is not None:
        session.nudge(Nudge("note", conv.merchant_id, conv.id, row[0]))


def notes(
    session: Session, merchant_id: int, conversation_id: int, only: int | None = None
) -> list[Note]:
    """The conversation's notes in order, the last 200; or the one with id `only`."""
    rows = session.all(
        f"""{_SELECT} WHERE n.conversation_id = :conversation AND n.merchant_id = :merchant_id
        AND n.id >= :first AND n.id <= :last ORDER BY n.id DESC LIMIT 200""",
        conversation=conversation_id,
        merchant_id=merchant_id,
        first=only or 0,
        last=only or 2**62,
    )
    named = mentions_in(session, merchant_id, conversation_id)
    return [_note(row, named) for row in reversed(rows)]


def _note(row: Row, named: dict[int, tuple[Named, ...]]) -> Note:
    values: list[Any] = [*row[:6], from_micros(row[6]), *row[7:], named.get(row[0], ())]
    return Note(*values)
