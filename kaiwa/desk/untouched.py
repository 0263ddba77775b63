"""What was given to an agent who is at the desk and does not touch it goes to somebody else.

Off unless the shop sets a time. Untouched is what nobody has opened or answered since it was given;
it moves only where somebody else is there and has room, and who let it lie does not get it again
as long as that is so.
"""

from datetime import datetime, timedelta

from kaiwa.conversations.calling import call_router
from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.handoff import give_up
from kaiwa.desk.staff import staff
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.routing import Routing, routing

WHY = "untouched"


def watch_untouched(session: Session, conv: Conversation, settings: Routing, now: datetime) -> None:
    """Look later whether the agent who has just been given this has touched it."""
    if settings.untouched_m is None:
        return
    payload = f"{conv.merchant_id} {conv.id} {conv.epoch}"
    due = now + timedelta(minutes=settings.untouched_m)
    enqueue(session, NewJob("desk", "untouched", payload, due_at=due), now)


def pass_on_untouched(
    session: Session, merchant_id: int, lease: tuple[int, int], now: datetime
) -> bool:
    """Take it from who has not touched it (conversation and epoch as it was given); whether."""
    settings = routing(session, merchant_id)
    conv = held(session, merchant_id, lease[0])
    if not settings.on or settings.untouched_m is None or conv.epoch != lease[1]:
        return False
    if conv.answered_by != "agent" or conv.waiting_since is None or conv.unread == 0:
        return False
    if conv.status != "open" or conv.snoozed_until is not None:
        return False
    seats = [one.seat for one in staff(session, merchant_id, settings, now)]
    weight = settings.weight(conv.channel)
    others = [one for one in seats if one.present and one.agent_id != conv.assignee_id]
    if not any(one.has_room(weight) for one in others):
        watch_untouched(session, conv, settings, now)
        return False
    moved = give_up(session, conv, WHY, now)
    if moved:
        call_router(session, merchant_id, now)
    return moved
