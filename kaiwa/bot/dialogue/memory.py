"""Keeps the dialogue state of each conversation in the database."""

from datetime import datetime

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import to_micros


def dialogue(session: Session, merchant_id: int, conversation_id: int) -> Dialogue:
    """The state; an empty one before the first turn, or when an older version wrote another form.

    Forgetting is always possible: whatever was meant can be asked again.
    """
    row = session.one(
        """SELECT state FROM dialogue WHERE merchant_id = :merchant_id
        AND conversation_id = :conversation""",
        merchant_id=merchant_id,
        conversation=conversation_id,
    )
    if row is None:
        return Dialogue()
    try:
        return msgspec.json.decode(row[0], type=Dialogue)
    except msgspec.DecodeError:
        return Dialogue()


def forget_dialogue(session: Session, merchant_id: int, conversation_id: int) -> None:
    """Begin anew: what was meant before was not all of one person."""
    session.run(
        """DELETE FROM dialogue WHERE merchant_id = :merchant_id
        AND conversation_id = :conversation""",
        merchant_id=merchant_id,
        conversation=conversation_id,
    )


def keep_dialogue(
    session: Session, merchant_id: int, conversation_id: int, state: Dialogue, now: datetime
) -> None:
    """Write the state; the caller holds the conversation, so the last writer is the right one."""
    session.run(
        """INSERT INTO dialogue (conversation_id, merchant_id, state, updated_at)
        VALUES (:conversation, :merchant_id, :state, :now)
        ON CONFLICT (conversation_id) DO UPDATE SET state = excluded.state,
        updated_at = excluded.updated_at WHERE dialogue.merchant_id = excluded.merchant_id""",
        conversation=conversation_id,
        merchant_id=merchant_id,
        state=msgspec.json.encode(state).decode(),
        now=to_micros(now),
    )
