"""How urgent a conversation is: said by people, put first in the list by the desk."""

from datetime import datetime

from kaiwa.conversations.conversation import Conversation, changed, held
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.reply_clock import retime_clocks
from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.priority import PRIORITIES, Priority


def set_priority(
    session: Session, merchant_id: int, ids: tuple[int, int | None], wanted: Priority, now: datetime
) -> Conversation:
    """Say how urgent conversation `ids[0]` is, for agent `ids[1]`, or by a rule (None).

    What runs for it is due by the targets of that priority. Said before, nothing happens.
    """
    if wanted not in PRIORITIES:
        raise Invalid(f"The priority must be one of {', '.join(PRIORITIES)}.")
    conv = held(session, merchant_id, ids[0])
    if PRIORITIES[conv.priority] == wanted:
        return conv
    session.run(
        """UPDATE conversation SET priority = :place, urgency = :place + 1 - late
        WHERE id = :id AND merchant_id = :merchant_id""",
        place=PRIORITIES.index(wanted),
        id=conv.id,
        merchant_id=merchant_id,
    )
    note_happening(session, conv, "priority", now, agent_id=ids[1], reason=wanted)
    retime_clocks(session, conv, now)
    changed(session, conv)
    return held(session, merchant_id, conv.id)
