"""What two people said in one conversation, each to their own: once they are two again.

The messages themselves move, with all that is known of them, and stand at the end of the other
one's conversation in their order. At the place of each an empty one stays, so that the numbers of
both conversations have no gaps.
"""

from datetime import datetime
from typing import Final

import msgspec

from kaiwa.conversations.conversation import Conversation, changed, held, open_of
from kaiwa.conversations.fact import Announce, ConversationParted
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.recording import PREVIEW
from kaiwa.conversations.reply_clock import need_person, stop_clocks
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.content import Unsent
from kaiwa.vocabulary.time import to_micros

PARTED: Final = msgspec.json.encode(Unsent(parted=True)).decode()
_THEIRS: Final = """FROM message m
    JOIN conversation c ON c.id = m.conversation_id AND c.merchant_id = m.merchant_id
    JOIN identity_link l ON l.identity_id = m.identity_id AND l.ended_at IS NULL
    WHERE m.merchant_id = :merchant_id AND c.customer_id = :owner AND l.customer_id = :other
    AND m.body <> :parted"""

_ENDS: Final = {
    "last_seq": "",
    "last_in_seq": " AND m.direction = 'in' AND m.body <> :parted",
    "last_out_seq": " AND m.direction = 'out'",
}


def part(
    session: Session, merchant_id: int, way: tuple[int, int], announce: Announce, now: datetime
) -> int:
    """Move what was said with `way[1]` out of the conversations of `way[0]`; how much there was.

    Called when every address is its own person's. Each conversation goes on as it was, and so does
    what is parted from it: who waits there, waits on.
    """
    rows = session.all(
        f"SELECT m.id, m.conversation_id, m.seq, m.direction {_THEIRS} ORDER BY c.id, m.seq",
        merchant_id=merchant_id,
        owner=way[0],
        other=way[1],
        parted=PARTED,
    )
    for conversation_id in dict.fromkeys(row[1] for row in rows):
        source = held(session, merchant_id, conversation_id)
        theirs = [row for row in rows if row[1] == conversation_id]
        target = _target(session, source, way[1], theirs, now)
        _move(session, theirs, target)
        _settle(session, source, target, theirs, now)
        announce(session, ConversationParted(merchant_id, source.id))
    return len(rows)


def _target(
    session: Session, source: Conversation, other: int, theirs: list[Row], now: datetime
) -> Conversation:
    """The other one's open conversation for what goes on; else a new one like the source."""
    if source.status == "open" and (found := open_of(session, source.merchant_id, other)):
        return found
    row = session.one(
        """INSERT INTO conversation (merchant_id, customer_id, identity_id, channel, status,
          answered_by, assignee_id, epoch, language, last_seq, last_in_seq, last_out_seq, read_seq,
          unread, misunderstood, preview, preview_sender, opened_at, updated_at, closed_at,
          priority, urgency, team_id)
        SELECT c.merchant_id, CAST(:other AS bigint), m.identity_id, i.channel, c.status,
          c.answered_by, c.assignee_id, 1, c.language, 0, 0, 0, 0, 0, 0, '', 'customer',
          m.recorded_at, CAST(:now AS bigint), c.closed_at, c.priority, c.urgency, c.team_id
        FROM conversation c, message m JOIN inbox i ON i.id = m.inbox_id
          AND i.merchant_id = m.merchant_id
        WHERE c.id = :source AND c.merchant_id = :merchant_id AND m.id = :first
        RETURNING id""",
        merchant_id=source.merchant_id,
        other=other,
        source=source.id,
        first=theirs[0][0],
        now=now,
    )
    assert row is not None
    return held(session, source.merchant_id, row[0])


def _move(session: Session, theirs: list[Row], target: Conversation) -> None:
    merchant_id = target.merchant_id
    for seq, (message_id, source_id, place, _) in enumerate(theirs, target.last_seq + 1):
        session.run(
            """UPDATE message SET conversation_id = :target, seq = :seq
            WHERE id = :id AND merchant_id = :merchant_id""",
            target=target.id,
            seq=seq,
            id=message_id,
            merchant_id=merchant_id,
        )
        row = session.one(
            """INSERT INTO message (merchant_id, conversation_id, seq, direction, sender, inbox_id,
              identity_id, state, text, body, occurred_at, recorded_at)
            SELECT merchant_id, CAST(:source AS bigint), CAST(:place AS integer), 'in', 'customer',
              inbox_id, identity_id, 'accepted', '', :parted, occurred_at, recorded_at
            FROM message WHERE id = :id AND merchant_id = :merchant_id RETURNING id""",
            source=source_id,
            place=place,
            parted=PARTED,
            id=message_id,
            merchant_id=merchant_id,
        )
        assert row is not None
        session.nudge(Nudge("message", merchant_id, source_id, row[0]))
        session.nudge(Nudge("message", merchant_id, target.id, message_id))


def _settle(
    session: Session, source: Conversation, target: Conversation, theirs: list[Row], now: datetime
) -> None:
    unread = sum(seq > source.read_seq for _, _, seq, way in theirs if way == "in")
    is_waiting = source.status == "open" and source.waiting_since is not None
    stays, goes = (_waits(session, one) if is_waiting else None for one in (source, target))
    _end(session, source, max(0, source.unread - unread), stays, now)
    _end(session, target, target.unread + unread, _earlier(target.waiting_since, goes), now)
    if goes is not None and target.answered_by == "bot" != source.answered_by:
        session.run(
            """UPDATE conversation SET answered_by = :side, assignee_id = :agent, epoch = epoch + 1
            WHERE id = :id AND merchant_id = :merchant_id""",
            side=source.answered_by,
            agent=source.assignee_id,
            id=target.id,
            merchant_id=target.merchant_id,
        )
    for conv in (source, target):
        after = held(session, conv.merchant_id, conv.id)
        if after.status == "open" and after.answered_by != "bot" and after.waiting_since:
            need_person(session, after, now)
        elif after.status == "open" and conv.id == source.id:
            stop_clocks(session, after, now)
        note_happening(session, after, "parted", now, reason=str(len(theirs)))
        changed(session, after)


def _end(
    session: Session, conv: Conversation, unread: int, waiting: int | None, now: datetime
) -> None:
    """What the list shows of a conversation, by what is in it now."""
    last = session.one(
        """SELECT text, sender FROM message WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND body <> :parted ORDER BY seq DESC LIMIT 1""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        parted=PARTED,
    )
    ends = ", ".join(
        f"""{column} = COALESCE((SELECT max(seq) FROM message m WHERE m.conversation_id = :id
        AND m.merchant_id = :merchant_id{those}), 0)"""
        for column, those in _ENDS.items()
    )
    session.run(
        f"""UPDATE conversation SET {ends}, unread = :unread, preview = :preview,
        preview_sender = :sender, waiting_since = CAST(:waiting AS bigint), updated_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        unread=unread,
        preview=last[0][:PREVIEW] if last else "",
        sender=last[1] if last else "customer",
        waiting=waiting,
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
        parted=PARTED,
    )


def _earlier(one: datetime | None, other: int | None) -> int | None:
    known = [at for at in (None if one is None else to_micros(one), other) if at is not None]
    return min(known, default=None)


def _waits(session: Session, conv: Conversation) -> int | None:
    """Since when the last words of the customer wait for an answer; None when they have one."""
    row = session.one(
        """SELECT min(recorded_at) FROM message WHERE conversation_id = :id
        AND merchant_id = :merchant_id AND direction = 'in' AND body <> :parted
        AND seq > COALESCE((SELECT max(o.seq) FROM message o WHERE o.conversation_id = :id
          AND o.merchant_id = :merchant_id AND o.direction = 'out'), 0)""",
        id=conv.id,
        merchant_id=conv.merchant_id,
        parted=PARTED,
    )
    return None if row is None or row[0] is None else int(row[0])
