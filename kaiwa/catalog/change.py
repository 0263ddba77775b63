"""The catalog's change number: every write takes the next one, and readers catch up by it.

Taking a number locks the merchant's counter until the commit. So numbers become visible in their
order, a reader that has seen one has seen all below it, and two writers never wait crosswise.
"""

from typing import Final

from kaiwa.engines.db import Nudge, Session

CHANGED: Final = "catalog"


def next_change(session: Session, merchant_id: int) -> int:
    """The number for what this transaction is about to write; call it before writing.

    Once it is committed, whoever listens to the database is told `CHANGED` of the merchant.
    """
    row = session.one(
        """INSERT INTO catalog_change (merchant_id, number) VALUES (:merchant_id, 1)
        ON CONFLICT (merchant_id) DO UPDATE SET number = catalog_change.number + 1
        RETURNING number""",
        merchant_id=merchant_id,
    )
    assert row is not None
    session.nudge(Nudge(CHANGED, merchant_id))
    return int(row[0])


def last_change(session: Session, merchant_id: int) -> int:
    """The newest number; 0 before anything was written."""
    row = session.one(
        "SELECT number FROM catalog_change WHERE merchant_id = :merchant_id",
        merchant_id=merchant_id,
    )
    return 0 if row is None else int(row[0])


def catalog_mark(session: Session, merchant_id: int) -> str:
    """What tells this merchant's catalog from one that had its number in another database."""
    row = session.one(
        "SELECT created_at, slug FROM merchant WHERE id = :merchant_id", merchant_id=merchant_id
    )
    return "" if row is None else f"{merchant_id} {row[0]} {row[1]}"


def newest_changes(session: Session) -> dict[int, int]:
    """The newest number of each merchant that has a catalog."""
    # every merchant: one glance tells whose catalog has changed
    rows = session.all("SELECT merchant_id, number FROM catalog_change")
    return {row[0]: row[1] for row in rows}
