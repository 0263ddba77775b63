"""What a customer takes back: its words and bytes go, and that something was said stays."""

from datetime import datetime

import msgspec

from kaiwa.conversations.message import Message, by_external_id, changed
from kaiwa.conversations.recording import PREVIEW
from kaiwa.conversations.search import forget_message
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.content import Media, Unsent


def said_by(found: Message, identity: Identity | None) -> bool:
    """Whether the message was this person's to change."""
    # Without a sender the provider vouches that the message was its writer's to change.
    return found.direction == "in" and (identity is None or found.identity_id == identity.id)


def take_back(
    session: Session, inbox: Inbox, external_id: str, identity: Identity | None, now: datetime
) -> str:
    """Forget the message and all its parts; one that has not come yet is forgotten when it does."""
    found = by_external_id(session, inbox.merchant_id, inbox.id, external_id)
    if found is None:
        session.run(
            """INSERT INTO early_unsend (merchant_id, inbox_id, external_id)
            VALUES (:merchant_id, :inbox, :external)
            ON CONFLICT (inbox_id, external_id) DO NOTHING""",
            merchant_id=inbox.merchant_id,
            inbox=inbox.id,
            external=external_id,
        )
        return "unsent early"
    if not said_by(found, identity):
        return "not theirs"
    part = 1
    while found is not None:
        _forget(session, found, now)
        part += 1
        found = by_external_id(session, inbox.merchant_id, inbox.id, f"{external_id}#{part}")
    return "unsent"


def _forget(session: Session, found: Message, now: datetime) -> None:
    session.run(
        """UPDATE message SET body = :body, text = '', unsent_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        body=msgspec.json.encode(Unsent()).decode(),
        now=now,
        id=found.id,
        merchant_id=found.merchant_id,
    )
    change_preview(session, found, "")
    content = found.content
    if isinstance(content, Media) and content.file is not None:
        enqueue(session, NewJob("media", "forget_file", payload=content.file.key), now)
    forget_message(session, found.merchant_id, found.id)
    changed(session, found)


def change_preview(session: Session, found: Message, text: str) -> None:
    """The conversation's preview follows its last message."""
    shown = session.run(
        """UPDATE conversation SET preview = :preview WHERE id = :id
        AND merchant_id = :merchant_id AND last_seq = :seq""",
        preview=text[:PREVIEW],
        id=found.conversation_id,
        merchant_id=found.merchant_id,
        seq=found.seq,
    )
    if shown:
        session.nudge(Nudge("conversation", found.merchant_id, found.conversation_id))


def was_taken_back(session: Session, inbox: Inbox, external_id: str) -> bool:
    """Whether the message was taken back before it came."""
    row = session.one(
        """SELECT 1 FROM early_unsend WHERE inbox_id = :inbox AND external_id = :external
        AND merchant_id = :merchant_id""",
        inbox=inbox.id,
        external=external_id,
        merchant_id=inbox.merchant_id,
    )
    return row is not None
