"""Which of our rows stands for what in a store, and how new the last thing told of it was."""

from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.catalog.sync import Source
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import to_micros

Linked: TypeAlias = Literal["product", "variant", "order"]

NEVER: Final = -1


class Link(msgspec.Struct, frozen=True):
    """One row; `version` is the store's time of the last change that was taken, in micros."""

    local_id: int
    version: int

    def is_newer_than(self, updated_at: datetime) -> bool:
        """Whether what is told is older than what is known."""
        return self.version > to_micros(updated_at)


def link(session: Session, source: Source, what: Linked, external_id: str) -> Link | None:
    """What stands for it here; None when it is new. Seen in this run, however old it is."""
    row = session.one(
        """UPDATE store_link SET run = CASE WHEN run < :run THEN :run ELSE run END
        WHERE merchant_id = :merchant_id AND store_id = :store AND what = :what
        AND external_id = :external RETURNING local_id, version""",
        merchant_id=source.owner.id,
        store=source.store.id,
        what=what,
        external=external_id,
        run=source.run,
    )
    return None if row is None else Link(row[0], row[1])


def put_link(
    session: Session,
    source: Source,
    what: Linked,
    told: tuple[str, datetime | None],
    local_id: int,
) -> None:
    """Remember what stands for it, and how new it is; without a time, older than anything."""
    external_id, updated_at = told
    session.run(
        """INSERT INTO store_link
        (merchant_id, store_id, what, external_id, local_id, version, run)
        VALUES (:merchant_id, :store, :what, :external, :local, :version, :run)
        ON CONFLICT (store_id, what, external_id) DO UPDATE SET local_id = excluded.local_id,
        version = CASE WHEN store_link.version > excluded.version THEN store_link.version
        ELSE excluded.version END""",
        merchant_id=source.owner.id,
        store=source.store.id,
        what=what,
        external=external_id,
        local=local_id,
        version=NEVER if updated_at is None else to_micros(updated_at),
        run=source.run,
    )


def is_linked(session: Session, merchant_id: int, what: Linked, local_id: int) -> bool:
    """Whether one of our rows stands for something in any store."""
    row = session.one(
        """SELECT 1 FROM store_link
        WHERE merchant_id = :merchant_id AND what = :what AND local_id = :local""",
        merchant_id=merchant_id,
        what=what,
        local=local_id,
    )
    return row is not None


def not_seen(session: Session, source: Source, what: Linked) -> list[int]:
    """Our rows that this run did not meet: after a whole one, they are gone there."""
    rows = session.all(
        """SELECT local_id FROM store_link WHERE merchant_id = :merchant_id
        AND store_id = :store AND what = :what AND run < :run""",
        merchant_id=source.owner.id,
        store=source.store.id,
        what=what,
        run=source.run,
    )
    return [int(row[0]) for row in rows]


def external_ids(
    session: Session, merchant_id: int, store_id: int, variant_ids: list[int]
) -> dict[int, str]:
    """What these variants are called in the store, where it sells them."""
    marks = ", ".join(str(int(one)) for one in variant_ids) or "0"
    rows = session.all(
        f"""SELECT local_id, external_id FROM store_link WHERE merchant_id = :merchant_id
        AND store_id = :store AND what = 'variant' AND local_id IN ({marks}) ORDER BY id""",
        merchant_id=merchant_id,
        store=store_id,
    )
    return {row[0]: row[1] for row in rows}
