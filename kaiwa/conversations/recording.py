"""Puts a message into its conversation at the next seq. Called with the conversation held."""

from datetime import datetime

import msgspec

from kaiwa.conversations.calling import call_if_gone, call_router
from kaiwa.conversations.conversation import Conversation, changed
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.reply_clock import need_person, wait_for_person
from kaiwa.conversations.search import index_message
from kaiwa.customers.identity import Identity
from kaiwa.engines.db import Nudge, Session

PREVIEW = 200


class Recording(msgspec.Struct, frozen=True):
    """What to record; `text` are its plain words, `body` its JSON.

    `external_id` or `dedupe_key` makes it happen once.
    """

    direction: str
    sender: str
    state: str
    text: str
    body: str
    external_id: str | None = None
    dedupe_key: str | None = None
    client_id: str | None = None
    agent_id: int | None = None
    occurred_at: datetime | None = None
    retry_key: str | None = None
    mark_read_token: str | None = None
    only_free: bool = False


def record(
    session: Session, conv: Conversation, identity: Identity, new: Recording, now: datetime
) -> tuple[int, int] | None:
    """Insert at seq `last_seq + 1`: (message id, seq), or None when it was recorded before."""
    row = session.one(
        """INSERT INTO message (merchant_id, conversation_id, seq, direction, sender, agent_id,
          inbox_id, identity_id, external_id, client_id, dedupe_key, state, text, body, retry_key,
          mark_read_token, occurred_at, recorded_at, only_free)
        SELECT c.merchant_id, c.id, c.last_seq + 1, :direction, :sender, CAST(:agent AS bigint),
          CAST(:inbox AS bigint), CAST(:identity AS bigint), :external, :client, :dedupe, :state,
          :text, :body, :retry, :token, CAST(:occurred AS bigint), CAST(:now AS bigint),
          CAST(:only_free AS smallint)
        FROM conversation c WHERE c.id = :conversation AND c.merchant_id = :merchant_id
        ON CONFLICT DO NOTHING RETURNING id, seq""",
        merchant_id=conv.merchant_id,
        conversation=conv.id,
        direction=new.direction,
        sender=new.sender,
        agent=new.agent_id,
        inbox=identity.inbox_id,
        identity=identity.id,
        external=new.external_id,
        client=new.client_id,
        dedupe=new.dedupe_key,
        state=new.state,
        text=new.text,
        body=new.body,
        retry=new.retry_key,
        token=new.mark_read_token,
        occurred=new.occurred_at,
        now=now,
        only_free=int(new.only_free),
    )
    if row is None:
        return None
    message_id, seq = int(row[0]), int(row[1])
    _move_end(session, conv, identity, new, seq, now)
    if new.direction == "in" and conv.snoozed_until is not None:
        note_happening(session, conv, "woken", now, reason="reply")
    if new.direction == "in" and conv.answered_by != "bot":
        _tell_people(session, conv, now)
    index_message(session, conv.merchant_id, message_id, new.text)
    session.nudge(Nudge("message", conv.merchant_id, conv.id, message_id))
    changed(session, conv)
    return message_id, seq


def _tell_people(session: Session, conv: Conversation, now: datetime) -> None:
    if conv.waiting_since is not None and conv.snoozed_until is None:
        return
    if conv.last_seq == 0:
        need_person(session, conv, now)
    else:
        wait_for_person(session, conv, now)
    if conv.answered_by == "nobody":
        call_router(session, conv.merchant_id, now, conv.id)
    elif conv.assignee_id is not None:
        call_if_gone(session, conv.merchant_id, conv.assignee_id, now)


def _move_end(
    session: Session,
    conv: Conversation,
    identity: Identity,
    new: Recording,
    seq: int,
    now: datetime,
) -> None:
    inbound = new.direction == "in"
    side = (
        "last_in_seq = :seq, unread = unread + 1, identity_id = :identity, channel = :channel,"
        " waiting_since = COALESCE(waiting_since, :now), snoozed_until = NULL"
        if inbound
        else "last_out_seq = :seq"
    )
    session.run(
        f"""UPDATE conversation SET last_seq = :seq, {side}, preview = :preview,
        preview_sender = :sender, updated_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        seq=seq,
        preview=new.text[:PREVIEW],
        sender=new.sender,
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
        **({"identity": identity.id, "channel": identity.channel} if inbound else {}),
    )
