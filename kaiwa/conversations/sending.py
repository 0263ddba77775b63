"""What is written down of a message while it is on its way, in the sender's transaction."""

from datetime import datetime

import msgspec

from kaiwa.conversations.message import Message, changed
from kaiwa.conversations.preparing import Dispatch
from kaiwa.engines.db import Session
from kaiwa.merchants.metered_use import note_metered


def spend_token(session: Session, message: Message, token: str) -> bool:
    """Take the reply token for this message; False when another one has it."""
    return bool(
        session.run(
            """UPDATE reply_handle SET spent_by = :message WHERE token = :token
            AND merchant_id = :merchant_id AND (spent_by IS NULL OR spent_by = :message)""",
            message=message.id,
            token=token,
            merchant_id=message.merchant_id,
        )
    )


def note_sent(session: Session, message: Message, wires: int, ids: tuple[str, ...]) -> None:
    """The provider has accepted the first `wires` calls and gave these ids."""
    session.run(
        """UPDATE message SET sent_wires = :sent,
        external_id = COALESCE(external_id, CAST(:external AS text))
        WHERE id = :id AND merchant_id = :merchant_id AND sent_wires < :sent""",
        sent=wires,
        external=ids[0] if ids else None,
        id=message.id,
        merchant_id=message.merchant_id,
    )


def note_sent_as(session: Session, message: Message, dispatch: Dispatch) -> None:
    """From here on it goes out as this."""
    session.run(
        """UPDATE message SET sent_as = :sent_as, degradations = :lost
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'sending'""",
        sent_as=msgspec.json.encode(dispatch).decode(),
        lost=msgspec.json.encode(dispatch.degradations).decode(),
        id=message.id,
        merchant_id=message.merchant_id,
    )


def back_to_queue(session: Session, message: Message, error: str) -> None:
    """Nothing is in doubt: the next attempt begins where the provider has accepted nothing yet.

    A message of which a part was sent keeps what it is sent as, so that the rest follows; so does
    the last word to who opted out, to whom no way leads any more.
    """
    session.run(
        """UPDATE message SET state = 'queued', error = :error,
        sent_as = CASE WHEN sent_wires > 0 OR dedupe_key LIKE 'opting:%' THEN sent_as END
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'sending'""",
        error=error,
        id=message.id,
        merchant_id=message.merchant_id,
    )
    session.run(
        """UPDATE reply_handle SET spent_by = NULL
        WHERE identity_id = :identity AND merchant_id = :merchant_id AND spent_by = :id
        AND NOT EXISTS (SELECT 1 FROM message
          WHERE message.id = :id AND message.sent_wires > 0)""",
        identity=message.identity_id,
        id=message.id,
        merchant_id=message.merchant_id,
    )
    changed(session, message)


def drop_route(session: Session, message: Message) -> None:
    """The way it was sent is closed and was not used: look for another one."""
    session.run(
        """UPDATE message SET state = 'queued', sent_as = NULL
        WHERE id = :id AND merchant_id = :merchant_id AND state = 'sending'""",
        id=message.id,
        merchant_id=message.merchant_id,
    )


def note_error(session: Session, message: Message, error: str) -> None:
    """Why it is not there yet."""
    session.run(
        "UPDATE message SET error = :error WHERE id = :id AND merchant_id = :merchant_id",
        error=error,
        id=message.id,
        merchant_id=message.merchant_id,
    )
    changed(session, message)


def spend_quota(session: Session, message: Message, now: datetime) -> None:
    """One metered message more, and less of the quota if it is known."""
    note_metered(session, message.merchant_id, message.inbox_id, now)
    session.run(
        """UPDATE inbox SET quota_left = quota_left - 1 WHERE id = :id
        AND merchant_id = :merchant_id AND quota_left > 0""",
        id=message.inbox_id,
        merchant_id=message.merchant_id,
    )
