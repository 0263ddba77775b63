"""What providers tell of our messages afterwards. Late and repeated receipts change nothing."""

from datetime import datetime

from kaiwa.conversations.message import COLUMNS as MESSAGE_COLUMNS
from kaiwa.conversations.message import Message, State, advance, by_external_id, from_row
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.event import Delivered, Failed, Read


def note_delivered(
    session: Session, inbox: Inbox, identity: Identity | None, heard: Delivered
) -> str:
    """One message, or everything up to a seq or time, has arrived."""
    found = _meant(session, inbox, identity, heard)
    return _advance_all(session, found, "delivered")


def note_read(session: Session, inbox: Inbox, identity: Identity | None, heard: Read) -> str:
    """One message, or everything up to a seq or time, has been read."""
    found = _meant(session, inbox, identity, heard)
    return _advance_all(session, found, "read")


def note_failed(session: Session, inbox: Inbox, heard: Failed) -> str:
    """The provider says later that a message did not arrive."""
    found = by_external_id(session, inbox.merchant_id, inbox.id, heard.external_id)
    if found is None:
        return "unknown message"
    advance(session, found, "failed", heard.reason, final=heard.permanent)
    return "failed"


def _advance_all(session: Session, found: list[Message], state: State) -> str:
    moved = sum(advance(session, one, state) for one in found)
    return f"{state} {moved}"


def _meant(
    session: Session, inbox: Inbox, identity: Identity | None, heard: Delivered | Read
) -> list[Message]:
    if heard.external_id is not None:
        found = by_external_id(session, inbox.merchant_id, inbox.id, heard.external_id)
        return [] if found is None else [found]
    if identity is None:
        return []
    return _up_to(session, identity, heard.up_to_seq, heard.up_to_at)


def _up_to(
    session: Session, identity: Identity, seq: int | None, at: datetime | None
) -> list[Message]:
    limit = "seq <= :limit" if seq is not None else "recorded_at <= :limit"
    if seq is None and at is None:
        return []
    rows = session.all(
        f"""SELECT {MESSAGE_COLUMNS} FROM message WHERE identity_id = :identity
        AND merchant_id = :merchant_id AND direction = 'out'
        AND state IN ('queued', 'sending', 'accepted', 'delivered') AND {limit}
        AND conversation_id = (SELECT max(conversation_id) FROM message
          WHERE identity_id = :identity AND merchant_id = :merchant_id)
        ORDER BY seq LIMIT 500""",
        identity=identity.id,
        merchant_id=identity.merchant_id,
        limit=seq if seq is not None else at,
    )
    return [from_row(row) for row in rows]
