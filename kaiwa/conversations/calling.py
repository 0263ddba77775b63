"""Calls the router: somebody waits for a person, or a person has room for somebody."""

from datetime import datetime

from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.attendance import attendance
from kaiwa.merchants.routing import routing


def call_router(
    session: Session,
    merchant_id: int,
    now: datetime,
    conversation_id: int = 0,
) -> None:
    """Have the shop's queue looked at; `conversation_id` has just come to it.

    Every call is a job of its own: one that is already running may have looked before.
    """
    if routing(session, merchant_id).on:
        payload = f"{merchant_id} {conversation_id}"
        enqueue(session, NewJob("desk", "route", payload), now)


def call_router_at(
    session: Session, merchant_id: int, timer: tuple[str, datetime], now: datetime
) -> None:
    """Have the queue looked at later, once for each key (`timer[0]`)."""
    job = NewJob("desk", "route", f"{merchant_id} 0", timer[0], due_at=timer[1])
    enqueue(session, job, now)


def call_if_gone(session: Session, merchant_id: int, agent_id: int, now: datetime) -> None:
    """A customer wrote to this agent: if they are gone for too long, others are to answer."""
    settings = routing(session, merchant_id)
    if not settings.on:
        return
    known = attendance(session, merchant_id, agent_id)
    gone = now - settings.grace if known is None else known.gone_since(now)
    if gone is not None:
        due = max(now, gone + settings.grace)
        enqueue(session, NewJob("desk", "release", f"{merchant_id} {agent_id}", due_at=due), now)
