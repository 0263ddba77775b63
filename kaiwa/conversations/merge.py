"""Two customers turn out to be one person, or turn out not to be: the same move there and back.

A merge moves addresses and conversations from the absorbed customer to the kept one and records
exactly what it moved; taking it back moves the same things again. Nothing is destroyed. Merges that
build on one another are taken back from the last to the first.
"""

from datetime import datetime

import msgspec

from kaiwa.conversations.calling import call_router
from kaiwa.conversations.conversation import Conversation, changed, conversation, open_of
from kaiwa.conversations.fact import Announce
from kaiwa.conversations.happening import note_happening
from kaiwa.conversations.parting import PARTED, part
from kaiwa.conversations.reply_clock import need_person, retime_clocks, stop_clocks
from kaiwa.customers.customer import customer, learn_name, unlearn_name
from kaiwa.customers.grade import through
from kaiwa.customers.identity import Evidence, identities, identity, relink
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound


class Moved(msgspec.Struct, frozen=True):
    """What a merge moved: identities with their grade before, and conversations.

    `closed` is the conversation it closed, for a customer has only one open. `name` is what the
    kept customer is called since, having had no name before.
    """

    identities: tuple[tuple[int, str], ...]
    conversations: tuple[int, ...]
    closed: int | None = None
    name: str | None = None


class Merge(msgspec.Struct, frozen=True):
    """A recorded merge; `undone` when it was taken back."""

    id: int
    merchant_id: int
    kept_id: int
    absorbed_id: int
    moved: Moved
    undone: bool


_COLUMNS = "id, merchant_id, kept_id, absorbed_id, moved, undone_at"


def merge_customers(
    session: Session,
    merchant_id: int,
    pair: tuple[int, int],
    evidence: Evidence,
    now: datetime,
) -> Merge:
    """Make `pair[1]` part of `pair[0]`. The absorbed one's open conversation is closed first."""
    kept, absorbed = pair
    if kept == absorbed:
        raise Invalid("A customer cannot be merged with itself.")
    _hold(session, merchant_id, pair)
    closed = _join_open(session, merchant_id, pair, now)
    links = identities(session, merchant_id, absorbed)
    if not links:
        raise Conflict("There is nothing to merge: that customer has no address.")
    moved = Moved(
        tuple((link.id, link.grade) for link in links),
        _move_conversations(session, merchant_id, (absorbed, kept), None),
        closed,
        _lent_name(session, merchant_id, pair),
    )
    for link in links:
        grade = through(link.grade, evidence.grade)
        relink(session, link, kept, Evidence(grade, evidence.words, evidence.by), now)
    row = session.one(
        f"""INSERT INTO customer_merge
        (merchant_id, kept_id, absorbed_id, evidence, grade, moved, merged_at, merged_by)
        VALUES (:merchant_id, :kept, :absorbed, :words, :grade, :moved, :now, :by)
        RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        kept=kept,
        absorbed=absorbed,
        words=evidence.words,
        grade=evidence.grade,
        moved=msgspec.json.encode(moved).decode(),
        now=now,
        by=evidence.by,
    )
    assert row is not None
    session.nudge(Nudge("customer", merchant_id, ref=kept))
    session.nudge(Nudge("customer", merchant_id, ref=absorbed))
    return _merge(row)


def undo_merge(
    session: Session, merchant_id: int, merge_id: int, by: str, now: datetime, announce: Announce
) -> Merge:
    """Move back what the merge moved, as far as it still stands where the merge put it.

    Of conversations in which both have spoken since, each gets what is theirs.
    `Conflict` when it was taken back before, or a later merge has moved the same things on.
    """
    merge, merged_at = _standing(session, merchant_id, merge_id)
    kept, absorbed = merge.kept_id, merge.absorbed_id
    _hold(session, merchant_id, (kept, absorbed))
    for identity_id, grade in merge.moved.identities:
        found = identity(session, merchant_id, identity_id)
        if found.customer_id == kept:
            back = Evidence(grade, f"merge {merge.id} taken back", by)  # type: ignore[arg-type]
            relink(session, found, absorbed, back, now)
    if merge.moved.name is not None:
        unlearn_name(session, merchant_id, kept, merge.moved.name)
    _close_second(session, merchant_id, merge, now)
    _move_conversations(session, merchant_id, (kept, absorbed), merge.moved.conversations)
    if merge.moved.closed is not None:
        _open_again(session, merge, merged_at, now)
    for way in ((kept, absorbed), (absorbed, kept)):
        part(session, merchant_id, way, announce, now)
    for customer_id in (kept, absorbed):
        _answer_own_addresses(session, merchant_id, customer_id)
    session.run(
        """UPDATE customer_merge SET undone_at = :now, undone_by = :by
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        by=by,
        id=merge_id,
        merchant_id=merchant_id,
    )
    for customer_id in (kept, absorbed):
        session.nudge(Nudge("customer", merchant_id, ref=customer_id))
    return merge


class GoesBack(msgspec.Struct, frozen=True):
    """What taking a merge back would move: addresses, whole conversations, and single messages.

    The messages are those said since in a conversation of the other one.
    """

    addresses: int
    conversations: int
    messages: int


def goes_back(session: Session, merge: Merge) -> GoesBack:
    """What would move if the merge were taken back now."""
    own = {one.id for one in identities(session, merge.merchant_id, merge.kept_id)}
    addresses = own & {identity_id for identity_id, _ in merge.moved.identities}
    rows = session.all(
        """SELECT m.conversation_id, m.identity_id, count(*) FROM message m
        JOIN conversation c ON c.id = m.conversation_id AND c.merchant_id = m.merchant_id
        WHERE m.merchant_id = :merchant_id AND c.customer_id = :kept AND m.body <> :parted
        GROUP BY m.conversation_id, m.identity_id""",
        merchant_id=merge.merchant_id,
        kept=merge.kept_id,
        parted=PARTED,
    )
    whole = set(merge.moved.conversations)
    mixed = sum(n for where, who, n in rows if (where in whole) != (who in addresses))
    here = session.all(
        """SELECT id FROM conversation WHERE merchant_id = :merchant_id
        AND customer_id = :kept""",
        merchant_id=merge.merchant_id,
        kept=merge.kept_id,
    )
    return GoesBack(len(addresses), len(whole & {row[0] for row in here}), mixed)


def _lent_name(session: Session, merchant_id: int, pair: tuple[int, int]) -> str | None:
    name = customer(session, merchant_id, pair[1]).name
    return name if name and learn_name(session, merchant_id, pair[0], name) else None


def _standing(session: Session, merchant_id: int, merge_id: int) -> tuple[Merge, int]:
    row = session.one(
        f"""SELECT {_COLUMNS}, merged_at FROM customer_merge
        WHERE id = :id AND merchant_id = :merchant_id{session.lock}""",
        id=merge_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such merge.")
    merge = _merge(row[:6])
    if merge.undone:
        raise Conflict("This merge was taken back already.")
    later = session.one(
        """SELECT min(id) FROM customer_merge WHERE merchant_id = :merchant_id
        AND absorbed_id = :kept AND id > :id AND undone_at IS NULL""",
        merchant_id=merchant_id,
        kept=merge.kept_id,
        id=merge_id,
    )
    if later is not None and later[0] is not None:
        raise Conflict("A later merge builds on this one. Take that back first.", merge=later[0])
    return merge, int(row[6])


def merges(session: Session, merchant_id: int, customer_id: int) -> list[Merge]:
    """The merges a customer was part of, oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM customer_merge WHERE merchant_id = :merchant_id
        AND (kept_id = :id OR absorbed_id = :id) ORDER BY id""",
        merchant_id=merchant_id,
        id=customer_id,
    )
    return [_merge(row) for row in rows]


def _hold(session: Session, merchant_id: int, pair: tuple[int, int]) -> None:
    rows = session.all(
        f"""SELECT id FROM customer WHERE merchant_id = :merchant_id AND id IN (:a, :b)
        ORDER BY id{session.lock}""",
        merchant_id=merchant_id,
        a=pair[0],
        b=pair[1],
    )
    if len(rows) != len(set(pair)):
        raise NotFound("There is no such customer.")


def _join_open(
    session: Session, merchant_id: int, pair: tuple[int, int], now: datetime
) -> int | None:
    # One open conversation per customer: the kept customer's goes on, for the other one too.
    stays, ends = (open_of(session, merchant_id, customer_id) for customer_id in pair)
    if stays is None or ends is None:
        return None
    _close(session, ends, now)
    handed_off = stays.answered_by == "bot" and ends.answered_by != "bot"
    side, agent = (
        (ends.answered_by, ends.assignee_id)
        if handed_off
        else (stays.answered_by, stays.assignee_id)
    )
    waits = [one.waiting_since for one in (stays, ends) if one.waiting_since is not None]
    session.run(
        """UPDATE conversation SET waiting_since = :since, unread = :unread, answered_by = :side,
        assignee_id = :agent, priority = :priority, urgency = :priority + 1 - late,
        snoozed_until = NULL, epoch = epoch + 1
        WHERE id = :id AND merchant_id = :merchant_id""",
        since=min(waits, default=None),
        unread=stays.unread + ends.unread,
        side=side,
        agent=agent,
        priority=min(stays.priority, ends.priority),
        id=stays.id,
        merchant_id=merchant_id,
    )
    if handed_off:
        need_person(session, stays, now)
    retime_clocks(session, stays, now)
    changed(session, stays)
    call_router(session, merchant_id, now, stays.id if side == "nobody" else 0)
    return ends.id


def _close_second(session: Session, merchant_id: int, merge: Merge, now: datetime) -> None:
    # Whoever gets something back may have begun to talk anew meanwhile.
    comes = open_of(session, merchant_id, merge.kept_id)
    if comes is None or comes.id not in merge.moved.conversations:
        return
    if open_of(session, merchant_id, merge.absorbed_id) is not None:
        _close(session, comes, now)


def _close(session: Session, conv: Conversation, now: datetime) -> None:
    session.run(
        """UPDATE conversation SET status = 'closed', closed_at = :now, waiting_since = NULL,
        unread = 0, updated_at = :now, snoozed_until = NULL, epoch = epoch + 1
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        id=conv.id,
        merchant_id=conv.merchant_id,
    )
    note_happening(session, conv, "merged", now)
    stop_clocks(session, conv, now)
    changed(session, conv)


def _open_again(session: Session, merge: Merge, merged_at: int, now: datetime) -> None:
    if open_of(session, merge.merchant_id, merge.absorbed_id) is not None:
        return
    opened = session.run(
        """UPDATE conversation SET status = 'open', closed_at = NULL, updated_at = :now,
        epoch = epoch + 1 WHERE id = :id AND merchant_id = :merchant_id
        AND customer_id = :customer AND status = 'closed' AND closed_at = :at""",
        now=now,
        id=merge.moved.closed,
        merchant_id=merge.merchant_id,
        customer=merge.absorbed_id,
        at=merged_at,
    )
    if opened and merge.moved.closed is not None:
        conv = conversation(session, merge.merchant_id, merge.moved.closed)
        note_happening(session, conv, "unmerged", now)
        changed(session, conv)


def _answer_own_addresses(session: Session, merchant_id: int, customer_id: int) -> None:
    # They are two people again: neither's conversation may answer to the other's address.
    own = identities(session, merchant_id, customer_id)
    rows = session.all(
        """SELECT id, identity_id, channel FROM conversation
        WHERE customer_id = :customer AND merchant_id = :merchant_id""",
        customer=customer_id,
        merchant_id=merchant_id,
    )
    for conversation_id, identity_id, channel in rows:
        if any(address.id == identity_id for address in own):
            continue
        session.run(
            """UPDATE conversation SET identity_id = :identity, channel = :channel
            WHERE id = :id AND merchant_id = :merchant_id""",
            identity=own[0].id if own else None,
            channel=own[0].channel if own else channel,
            id=conversation_id,
            merchant_id=merchant_id,
        )


def _move_conversations(
    session: Session, merchant_id: int, way: tuple[int, int], only: tuple[int, ...] | None
) -> tuple[int, ...]:
    rows = session.all(
        """SELECT id FROM conversation WHERE merchant_id = :merchant_id AND customer_id = :source
        ORDER BY id""",
        merchant_id=merchant_id,
        source=way[0],
    )
    ids = tuple(row[0] for row in rows if only is None or row[0] in only)
    for conversation_id in ids:
        session.run(
            """UPDATE conversation SET customer_id = :target
            WHERE id = :id AND merchant_id = :merchant_id""",
            target=way[1],
            id=conversation_id,
            merchant_id=merchant_id,
        )
    return ids


def _merge(row: Row) -> Merge:
    merge_id, merchant_id, kept_id, absorbed_id, moved, undone_at = row
    undone = undone_at is not None
    return Merge(
        merge_id, merchant_id, kept_id, absorbed_id, msgspec.json.decode(moved, type=Moved), undone
    )
