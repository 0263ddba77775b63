"""An agent is gone for good: what they had in hand waits for anybody."""

from datetime import datetime

from kaiwa.conversations.conversation import held
from kaiwa.conversations.handoff import Act, assign
from kaiwa.engines.db import Session


def leave_all(session: Session, merchant_id: int, ids: tuple[int, int], now: datetime) -> int:
    """Put every open conversation of agent `ids[0]` back into the queue, for agent `ids[1]`.

    How many there were.
    """
    rows = session.all(
        """SELECT id FROM conversation WHERE merchant_id = :merchant_id AND status = 'open'
        AND assignee_id = :agent ORDER BY id""",
        merchant_id=merchant_id,
        agent=ids[0],
    )
    left = 0
    for (conversation_id,) in rows:
        conv = held(session, merchant_id, conversation_id)
        if conv.status == "open" and conv.assignee_id == ids[0]:
            assign(session, Act(merchant_id, conv.id, ids[1], conv.epoch), None, now)
            left += 1
    return left
