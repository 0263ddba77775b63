"""Puts what the shop says into the conversation and on its way, in one transaction."""

import uuid
from datetime import datetime

import msgspec

from kaiwa.channels import Ability, channel
from kaiwa.conversations.conversation import Conversation, changed
from kaiwa.conversations.message import Message, Sender, by_dedupe_key, held_message, message
from kaiwa.conversations.message import changed as message_changed
from kaiwa.conversations.recording import Recording, record
from kaiwa.conversations.reply_clock import person_answered
from kaiwa.customers.identity import Identity, identity
from kaiwa.engines.db import Nudge, Session
from kaiwa.engines.queue import NewJob, cancel, enqueue
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.reply import Reply, plain


class Outgoing(msgspec.Struct, frozen=True):
    """A reply to be sent. The same `dedupe_key` is sent once, whoever asks how often.

    Without `identity_id` it goes where the conversation is held. What is `only_free` is rather left
    unsaid than paid for.
    """

    reply: Reply
    sender: Sender
    dedupe_key: str
    identity_id: int | None = None
    agent_id: int | None = None
    client_id: str | None = None
    not_before: datetime | None = None
    only_free: bool = False


def say(session: Session, conv: Conversation, out: Outgoing, now: datetime) -> Message:
    """Record the reply at the end of the conversation and plan its delivery.

    Called with the conversation held. Said before under this key, it is returned as it is.
    """
    where = identity(session, conv.merchant_id, _address_of(conv, out))
    ours = Ability.CARRIED_BY_US in channel(where.channel).abilities
    recorded = record(
        session,
        conv,
        where,
        Recording(
            direction="out",
            sender=out.sender,
            # What we carry ourselves is with the customer once it is in the thread.
            state="accepted" if ours else "queued",
            text=plain(out.reply.blocks),
            body=msgspec.json.encode(out.reply).decode(),
            dedupe_key=out.dedupe_key,
            client_id=out.client_id,
            agent_id=out.agent_id,
            occurred_at=now,
            retry_key=None if ours else str(uuid.uuid4()),
            only_free=out.only_free,
        ),
        now,
    )
    if recorded is None:
        known = by_dedupe_key(session, conv.merchant_id, out.dedupe_key)
        assert known is not None
        return known
    if not ours:
        _plan(session, where, (conv.merchant_id, recorded[0]), out.not_before, now)
    _stop_waiting(session, conv, out.sender)
    if out.sender == "agent":
        person_answered(session, conv, now)
    return message(session, conv.merchant_id, recorded[0])


def cancel_message(session: Session, merchant_id: int, message_id: int) -> Message:
    """Take a message back that nobody has begun to send; `Conflict` when it is too late."""
    found = held_message(session, merchant_id, message_id)
    begun = found.state != "queued" or found.sent_as is not None
    if begun or not cancel(session, f"deliver:{message_id}"):
        raise Conflict("It is too late: this message is already on its way.", reason="too_late")
    _set_state(session, found, "cancelled")
    return message(session, merchant_id, message_id)


def send_again(
    session: Session, merchant_id: int, message_id: int, *, may_double: bool, now: datetime
) -> Message:
    """Try a failed message again; one whose fate is unknown only if it may arrive twice.

    What was accepted of it stays accepted: only the rest is sent.
    """
    found = held_message(session, merchant_id, message_id)
    if found.state == "unknown" and not may_double:
        raise Conflict(
            "Nobody knows whether this message arrived. It may arrive twice.", reason="may_double"
        )
    if found.state not in ("failed", "unknown") or (found.state == "failed" and found.permanent):
        raise Conflict("This message cannot be sent again.", reason="not_again")
    if by_dedupe_key(session, merchant_id, moved_key(message_id)) is not None:
        raise Conflict("This message went out by another channel.", reason="moved")
    session.run(
        """UPDATE message SET sent_as = CASE WHEN sent_wires > 0 THEN sent_as END,
        attempts = 0, retry_key = :retry WHERE id = :id AND merchant_id = :merchant_id""",
        retry=str(uuid.uuid4()),
        id=message_id,
        merchant_id=merchant_id,
    )
    _set_state(session, found, "queued")
    where = identity(session, merchant_id, found.identity_id)
    _plan(session, where, (merchant_id, message_id), None, now)
    return message(session, merchant_id, message_id)


def moved_key(message_id: int) -> str:
    """Under which a message is said once more at another address, and never twice."""
    return f"moved:{message_id}"


def _address_of(conv: Conversation, out: Outgoing) -> int:
    wanted = out.identity_id or conv.identity_id
    if wanted is None:
        raise Conflict("The customer has no address to answer to.", reason="no_address")
    return wanted


def _plan(
    session: Session,
    where: Identity,
    what: tuple[int, int],
    not_before: datetime | None,
    now: datetime,
) -> None:
    job = NewJob(
        "delivery",
        "deliver",
        payload=f"{what[0]} {what[1]}",
        key=f"deliver:{what[1]}",
        # What is for later must not hold up what is for now.
        lane=f"to:{where.id}" if not_before is None else None,
        due_at=not_before,
    )
    enqueue(session, job, now)


def _stop_waiting(session: Session, conv: Conversation, sender: Sender) -> None:
    # A bot's answer ends the waiting only while the bot is the one to answer.
    if sender == "agent" or (sender == "bot" and conv.answered_by == "bot"):
        session.run(
            """UPDATE conversation SET waiting_since = NULL
            WHERE id = :id AND merchant_id = :merchant_id""",
            id=conv.id,
            merchant_id=conv.merchant_id,
        )


def _set_state(session: Session, found: Message, state: str) -> None:
    session.run(
        """UPDATE message SET state = :state, error = NULL, permanent = 0
        WHERE id = :id AND merchant_id = :merchant_id""",
        state=state,
        id=found.id,
        merchant_id=found.merchant_id,
    )
    message_changed(session, found)


def mark_read(
    session: Session, conv: Conversation, seq: int, *, by_agent: bool, now: datetime
) -> None:
    """The shop has taken in the customer's messages up to `seq`. Conversation held.

    What came after `seq` stays unread, what has not come yet cannot be read.
    """
    seq = min(seq, conv.last_seq)
    unread = _unread_after(session, conv, seq) if by_agent else conv.unread
    if seq <= conv.read_seq and unread == conv.unread:
        return
    rows = session.all(
        """UPDATE message SET state = 'read' WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND direction = 'in' AND state = 'accepted'
        AND seq <= :seq AND seq > :from_seq RETURNING id, mark_read_token, identity_id""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        seq=seq,
        from_seq=conv.read_seq,
    )
    session.run(
        """UPDATE conversation SET read_seq = :seq, unread = :unread
        WHERE id = :id AND merchant_id = :merchant_id""",
        seq=max(seq, conv.read_seq),
        unread=unread,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    for message_id, token, identity_id in rows:
        session.nudge(Nudge("message", conv.merchant_id, conv.id, message_id))
        if token is not None:
            payload = f"{conv.merchant_id} {identity_id} {token}"
            enqueue(session, NewJob("courtesy", "tell_read", payload=payload), now)
    changed(session, conv)


def _unread_after(session: Session, conv: Conversation, seq: int) -> int:
    row = session.one(
        """SELECT count(*) FROM message WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND direction = 'in' AND seq > :seq""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        seq=seq,
    )
    assert row is not None
    return min(conv.unread, int(row[0]))
