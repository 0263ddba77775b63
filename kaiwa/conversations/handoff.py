"""Who answers: the lease on a conversation. Exactly one side holds it (P5).

Whoever acts names the epoch it saw. When the lease has moved since, the act is refused with
`Conflict` and nothing happens.
"""

from datetime import datetime

import msgspec

from kaiwa.conversations.calling import call_router
from kaiwa.conversations.conversation import AnsweredBy, Conversation, changed, held
from kaiwa.conversations.fact import Announce, HandoffRequested
from kaiwa.conversations.happening import Kind, note_happening
from kaiwa.conversations.outbox import Outgoing, say
from kaiwa.conversations.rating import ask_rating
from kaiwa.conversations.reply_clock import (
    need_person,
    person_answered,
    settle_clocks,
    stop_clocks,
)
from kaiwa.engines.db import Session
from kaiwa.languages.strings import say_as
from kaiwa.merchants.agent import agent as agent_of
from kaiwa.merchants.agent import agents
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.team import team
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.reply import Reply, TextBlock


class Act(msgspec.Struct, frozen=True):
    """An agent's act on a conversation as the agent saw it (`epoch`)."""

    merchant_id: int
    conversation_id: int
    agent_id: int
    epoch: int


def request_handoff(
    session: Session, conv: Conversation, reason: str, announce: Announce, now: datetime
) -> None:
    """The bot lets go: a person is needed. Called with the conversation held."""
    if conv.answered_by != "bot":
        return
    _move_lease(session, conv, "nobody", None, now)
    session.run(
        """UPDATE conversation SET waiting_since = COALESCE(waiting_since, :now), misunderstood = 0
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    note_happening(session, conv, "handoff_requested", now, reason=reason)
    need_person(session, conv, now)
    announce(session, HandoffRequested(conv.merchant_id, conv.id, reason))


def answered_outside(session: Session, conv: Conversation, now: datetime) -> None:
    """A person answered from outside Kaiwa: the bot lets go. Called with the conversation held."""
    person_answered(session, conv, now)
    _wait_no_more(session, conv)
    if conv.answered_by == "bot":
        _move_lease(session, conv, "nobody", None, now)
        note_happening(session, conv, "answered_outside", now)


def come_back(session: Session, conv: Conversation, now: datetime) -> Conversation:
    """The customer would rather have the bot than wait. Called with the conversation held.

    `Conflict` when a person has taken over, or the conversation is closed.
    """
    if conv.status == "closed" or conv.answered_by == "agent":
        raise Conflict("A person answers this conversation.", reason="lease")
    if conv.answered_by == "bot":
        return conv
    stop_clocks(session, conv, now)
    _wait_no_more(session, conv)
    return _hand(session, conv, ("bot", None), ("came_back", None, None), now)


def take(session: Session, act: Act, now: datetime) -> Conversation:
    """The agent takes the conversation over; the same agent again changes nothing."""
    conv = _seen_open(session, act)
    if conv.answered_by == "agent" and conv.assignee_id == act.agent_id:
        return conv
    before = conv.assignee_id
    names = {} if before is None else {one.id: one.name for one in agents(session, act.merchant_id)}
    line: tuple[Kind, int, str | None] = ("taken", act.agent_id, names.get(before or 0))
    return _hand(session, conv, ("agent", act.agent_id), line, now)


def give(session: Session, conv: Conversation, to: int, why: str, now: datetime) -> bool:
    """The router gives what waits for anybody to agent `to`; `why` is kept in the timeline.

    False, and nothing happens, when the lease is not the one that `conv` was read with.
    """
    moved = session.run(
        """UPDATE conversation SET answered_by = 'agent', assignee_id = :agent, epoch = epoch + 1
        WHERE id = :id AND merchant_id = :merchant_id AND epoch = :epoch AND status = 'open'
        AND answered_by = 'nobody'""",
        agent=to,
        id=conv.id,
        merchant_id=conv.merchant_id,
        epoch=conv.epoch,
    )
    if not moved:
        return False
    note_happening(session, conv, "routed", now, agent_id=to, reason=why)
    changed(session, conv)
    return True


def give_up(session: Session, conv: Conversation, why: str, now: datetime) -> bool:
    """Whoever has the conversation is gone: it waits for anybody. `give`'s opposite."""
    moved = session.run(
        """UPDATE conversation SET answered_by = 'nobody', assignee_id = NULL, epoch = epoch + 1
        WHERE id = :id AND merchant_id = :merchant_id AND epoch = :epoch AND status = 'open'
        AND answered_by = 'agent'""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        epoch=conv.epoch,
    )
    if not moved:
        return False
    note_happening(session, conv, "requeued", now, agent_id=conv.assignee_id, reason=why)
    changed(session, conv)
    return True


def hand_back(session: Session, act: Act, now: datetime) -> Conversation:
    """The agent gives the conversation to the bot; the customer is told."""
    conv = _seen_open(session, act)
    if conv.answered_by == "bot":
        return conv
    stop_clocks(session, conv, now)
    _wait_no_more(session, conv)
    conv = _hand(session, conv, ("bot", None), ("handed_back", act.agent_id, None), now)
    if conv.identity_id is not None:
        manner = merchant(session, conv.merchant_id).settings.voice.manner
        told = Reply((TextBlock(text=say_as(manner, "handoff.handed_back", conv.language)),))
        say(session, conv, Outgoing(told, "bot", f"handed_back:{conv.id}:{conv.epoch}"), now)
    return held(session, conv.merchant_id, conv.id)


def assign(session: Session, act: Act, to: int | None, now: datetime) -> Conversation:
    """Give the conversation to another agent of the merchant, or to nobody (None).

    `NotFound` when there is no such agent, or none who may log in.
    """
    conv = _seen_open(session, act)
    side: AnsweredBy = "nobody" if to is None else "agent"
    if (conv.answered_by, conv.assignee_id) == (side, to):
        return conv
    names = {agent.id: agent.name for agent in agents(session, act.merchant_id)}
    if to is not None and to not in names:
        raise NotFound("There is no such agent.")
    _move_lease(session, conv, side, to, now)
    name = None if to is None else names[to]
    note_happening(session, conv, "assigned", now, agent_id=act.agent_id, reason=name)
    return held(session, conv.merchant_id, conv.id)


def assign_team(session: Session, act: Act, team_id: int | None, now: datetime) -> Conversation:
    """Let a team answer: whoever of it takes the conversation. None: no team any more.

    What an agent of the team has already stays theirs. `NotFound` when there is no such team.
    """
    conv = _seen_open(session, act)
    if conv.team_id == team_id:
        return conv
    found = None if team_id is None else team(session, act.merchant_id, team_id)
    session.run(
        """UPDATE conversation SET team_id = :team WHERE id = :id AND merchant_id = :merchant_id""",
        team=team_id,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    if found is not None and conv.assignee_id not in found.members:
        _move_lease(session, conv, "nobody", None, now)
    name = None if found is None else found.name
    note_happening(session, conv, "team_assigned", now, agent_id=act.agent_id, reason=name)
    changed(session, conv)
    return held(session, conv.merchant_id, conv.id)


def close(session: Session, act: Act, now: datetime) -> Conversation:
    """The matter is settled. The customer's next message opens a new conversation.

    Where the shop wants it, the customer is asked how it was.
    """
    conv = _seen(session, act)
    if conv.status == "closed":
        return conv
    session.run(
        """UPDATE conversation SET status = 'closed', closed_at = :now, waiting_since = NULL,
        unread = 0, snoozed_until = NULL, epoch = epoch + 1, updated_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    note_happening(session, conv, "closed", now, agent_id=act.agent_id)
    settle_clocks(session, conv, now)
    changed(session, conv)
    call_router(session, conv.merchant_id, now)
    ask_rating(session, conv, act.agent_id, now)
    return held(session, conv.merchant_id, conv.id)


def reopen(session: Session, merchant_id: int, ids: tuple[int, int], now: datetime) -> Conversation:
    """Open conversation `ids[0]` again for agent `ids[1]`.

    `Conflict` when the customer has another one open.
    """
    agent_of(session, merchant_id, ids[1])
    conv = held(session, merchant_id, ids[0])
    if conv.status == "open":
        return conv
    # Opening a new conversation needs the customer too: one of the two waits for the other.
    session.one(
        f"""SELECT id FROM customer WHERE id = :id AND merchant_id = :merchant_id{session.lock}""",
        id=conv.customer_id,
        merchant_id=merchant_id,
    )
    row = session.one(
        """SELECT id FROM conversation WHERE customer_id = :customer
        AND merchant_id = :merchant_id AND status = 'open'""",
        customer=conv.customer_id,
        merchant_id=merchant_id,
    )
    if row is not None:
        raise Conflict(
            "The customer has a newer open conversation.",
            reason="newer_open",
            open_conversation=row[0],
        )
    session.run(
        """UPDATE conversation SET status = 'open', closed_at = NULL, answered_by = 'agent',
        assignee_id = :agent, epoch = epoch + 1, updated_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        agent=ids[1],
        now=now,
        id=conv.id,
        merchant_id=merchant_id,
    )
    note_happening(session, conv, "reopened", now, agent_id=ids[1])
    changed(session, conv)
    return held(session, merchant_id, conv.id)


def require_epoch(conv: Conversation, epoch: int) -> None:
    """`Conflict` unless the lease is the one the caller saw."""
    if conv.epoch != epoch:
        raise Conflict("Somebody else has changed who answers this conversation.", reason="lease")


def _wait_no_more(session: Session, conv: Conversation) -> None:
    session.run(
        """UPDATE conversation SET waiting_since = NULL, misunderstood = 0
        WHERE id = :id AND merchant_id = :merchant_id""",
        id=conv.id,
        merchant_id=conv.merchant_id,
    )


def _seen(session: Session, act: Act) -> Conversation:
    agent_of(session, act.merchant_id, act.agent_id)
    conv = held(session, act.merchant_id, act.conversation_id)
    require_epoch(conv, act.epoch)
    return conv


def _seen_open(session: Session, act: Act) -> Conversation:
    conv = _seen(session, act)
    if conv.status == "closed":
        raise Conflict("This conversation is closed. Reopen it first.", reason="closed")
    return conv


def _hand(
    session: Session,
    conv: Conversation,
    to: tuple[AnsweredBy, int | None],
    line: tuple[Kind, int | None, str | None],
    now: datetime,
) -> Conversation:
    _move_lease(session, conv, *to, now)
    note_happening(session, conv, line[0], now, agent_id=line[1], reason=line[2])
    return held(session, conv.merchant_id, conv.id)


def _move_lease(
    session: Session, conv: Conversation, side: AnsweredBy, assignee: int | None, now: datetime
) -> None:
    session.run(
        """UPDATE conversation SET answered_by = :side, assignee_id = :assignee, epoch = epoch + 1
        WHERE id = :id AND merchant_id = :merchant_id""",
        side=side,
        assignee=assignee,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    changed(session, conv)
    # Somebody is to be found for it, or whoever had it has room for another.
    call_router(session, conv.merchant_id, now, conv.id if side == "nobody" else 0)
