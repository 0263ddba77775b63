"""Two customers turn out to be one person, or turn out not to be: the same move there and back.

A merge moves addresses and conversations from the absorbed customer to the kept one and records
exactly what it moved; taking it back moves the same things again. Nothing is destroyed.
"""

from datetime import datetime

import msgspec

from kaiwa.customers.identity import Evidence, identities, identity, relink
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound


class Moved(msgspec.Struct, frozen=True):
    """What a merge moved: identities with their grade before, and conversations."""

    identities: tuple[tuple[int, str], ...]
    conversations: tuple[int, ...]


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
    _close_open(session, merchant_id, pair, now)
    links = identities(session, merchant_id, absorbed)
    if not links:
        raise Conflict("There is nothing to merge: that customer has no address.")
    moved = Moved(
        tuple((link.id, link.grade) for link in links),
        _move_conversations(session, merchant_id, (absorbed, kept), None),
    )
    for link in links:
        grade = link.grade if link.grade != "first_seen" else evidence.grade
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


def undo_merge(session: Session, merchant_id: int, merge_id: int, by: str, now: datetime) -> Merge:
    """Move back what the merge moved, as far as it still stands where the merge put it."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM customer_merge
        WHERE id = :id AND merchant_id = :merchant_id{session.lock}""",
        id=merge_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such merge.")
    merge = _merge(row)
    if merge.undone:
        raise Conflict("This merge was taken back already.")
    _hold(session, merchant_id, (merge.kept_id, merge.absorbed_id))
    for identity_id, grade in merge.moved.identities:
        found = identity(session, merchant_id, identity_id)
        if found.customer_id == merge.kept_id:
            back = Evidence(grade, f"merge {merge.id} taken back", by)  # type: ignore[arg-type]
            relink(session, found, merge.absorbed_id, back, now)
    _move_conversations(
        session, merchant_id, (merge.kept_id, merge.absorbed_id), merge.moved.conversations
    )
    session.run(
        """UPDATE customer_merge SET undone_at = :now, undone_by = :by
        WHERE id = :id AND merchant_id = :merchant_id""",
        now=now,
        by=by,
        id=merge_id,
        merchant_id=merchant_id,
    )
    for customer_id in (merge.kept_id, merge.absorbed_id):
        session.nudge(Nudge("customer", merchant_id, ref=customer_id))
    return merge


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


def _close_open(session: Session, merchant_id: int, pair: tuple[int, int], now: datetime) -> None:
    # One open conversation per customer: the kept customer's stays, else the absorbed one's.
    rows = session.all(
        """SELECT id, customer_id FROM conversation WHERE merchant_id = :merchant_id
        AND customer_id IN (:kept, :absorbed) AND status = 'open'""",
        merchant_id=merchant_id,
        kept=pair[0],
        absorbed=pair[1],
    )
    if len(rows) < 2:
        return
    session.run(
        """UPDATE conversation SET status = 'closed', closed_at = :now, waiting_since = NULL,
        updated_at = :now, epoch = epoch + 1
        WHERE merchant_id = :merchant_id AND customer_id = :absorbed AND status = 'open'""",
        now=now,
        merchant_id=merchant_id,
        absorbed=pair[1],
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
