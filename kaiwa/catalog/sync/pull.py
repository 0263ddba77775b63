"""A pull: everything of one sort that a store has, or what changed since the last time.

Its row is the place to go on from. A slice and the place behind it are one commit, so whoever is
killed between two slices loses nothing, and whoever is killed in one takes it again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import archive_product
from kaiwa.catalog.sync import Source, Taker
from kaiwa.catalog.sync.link import not_seen
from kaiwa.engines.db import Row, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.store import ConnectedStore
from kaiwa.stores import Page, Told, Unread, What
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import optional_micros, to_micros

# Everything is asked for again after this, so that what was missed or deleted is noticed.
WHOLE_EVERY: Final = timedelta(hours=24)
LONGEST_TROUBLE: Final = 500


class Pull(msgspec.Struct, frozen=True):
    """One row. `taken` and `refused` count this run; `trouble` is the last refusal in words."""

    store_id: int
    what: What
    run: int
    whole: bool
    cursor: str | None
    since: str | None
    taken: int
    refused: int
    trouble: str | None
    begun_at: datetime | None
    ended_at: datetime | None
    whole_at: datetime | None

    @property
    def is_going(self) -> bool:
        """Whether it has begun and not ended."""
        return self.begun_at is not None and self.ended_at is None


_COLUMNS = (
    "store_id, what, run, whole, cursor, since, taken, refused, trouble, begun_at, ended_at,"
    " whole_at"
)


def pulls(session: Session, merchant_id: int, store_id: int) -> list[Pull]:
    """How far each pull of a store is."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM store_pull
        WHERE merchant_id = :merchant_id AND store_id = :store ORDER BY id""",
        merchant_id=merchant_id,
        store=store_id,
    )
    return [_pull(row) for row in rows]


def pull(
    session: Session, merchant_id: int, store_id: int, what: What, lock: str = ""
) -> Pull | None:
    """One pull; with `session.lock` it stays ours until the end."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM store_pull WHERE merchant_id = :merchant_id
        AND store_id = :store AND what = :what{lock}""",
        merchant_id=merchant_id,
        store=store_id,
        what=what,
    )
    return None if row is None else _pull(row)


def begin_pull(
    session: Session, store: ConnectedStore, what: What, now: datetime, *, whole: bool = False
) -> Pull:
    """Begin to pull, or go on with the one that is going; the first, and one a day, is whole."""
    session.run(
        """INSERT INTO store_pull (merchant_id, store_id, what, run, whole, taken, refused)
        VALUES (:merchant_id, :store, :what, 0, 1, 0, 0) ON CONFLICT (store_id, what) DO NOTHING""",
        merchant_id=store.merchant_id,
        store=store.id,
        what=what,
    )
    found = pull(session, store.merchant_id, store.id, what, session.lock)
    assert found is not None
    if not found.is_going:
        late = found.whole_at is None or now - found.whole_at >= WHOLE_EVERY
        every = whole or late or found.since is None
        found = msgspec.structs.replace(
            found,
            run=found.run + 1,
            whole=every,
            cursor=None if every else found.since,
            taken=0,
            refused=0,
            trouble=None,
            begun_at=now,
            ended_at=None,
        )
        _write(session, store.merchant_id, found)
    plan_slice(session, store, what, now)
    return found


def plan_slice(session: Session, store: ConnectedStore, what: What, now: datetime) -> None:
    """Have the next slice fetched; one at a time of each store."""
    job = NewJob(
        "stores",
        "pull_slice",
        payload=f"{store.merchant_id} {store.id} {what}",
        key=f"pull:{store.id}:{what}",
        lane=f"store:{store.id}",
    )
    enqueue(session, job, now)


def take_slice(
    session: Session, source: Source, going: Pull, page: Page, takers: Mapping[type, Taker]
) -> Pull:
    """Take a page and move the place behind it; the pull after it."""
    taken, refused = take_all(session, source, page.told, takers)
    ends = page.next is None
    now = msgspec.structs.replace(
        going,
        cursor=page.next,
        since=page.resume if ends else going.since,
        taken=going.taken + taken,
        refused=going.refused + len(refused),
        trouble=refused[-1] if refused else going.trouble,
        ended_at=source.now if ends else None,
        whole_at=source.now if ends and going.whole else going.whole_at,
    )
    _write(session, source.owner.id, now)
    if ends and going.whole and going.what == "products":
        _archive_missing(session, source)
    return now


def stop_pull(session: Session, merchant_id: int, going: Pull, trouble: str, now: datetime) -> None:
    """The store refused: the pull ends, with the reason for people to see."""
    ended = msgspec.structs.replace(going, trouble=trouble[:LONGEST_TROUBLE], ended_at=now)
    _write(session, merchant_id, ended)


def take_all(
    session: Session, source: Source, told: Sequence[Told], takers: Mapping[type, Taker]
) -> tuple[int, list[str]]:
    """Take what can be taken; how much, and why the rest was refused. One never stops another."""
    taken, refused = 0, []
    for one in told:
        try:
            taken += _take(session, source, one, takers)
        except Invalid as error:
            about = getattr(one, "external_id", None)
            refused.append(f"{about or '?'}: {error.message}"[:LONGEST_TROUBLE])
    return taken, refused


def _take(session: Session, source: Source, one: Told, takers: Mapping[type, Taker]) -> bool:
    if isinstance(one, Unread):
        raise Invalid(one.reason)
    try:
        clean = b"\\u0000" not in msgspec.json.encode(one)
    except UnicodeError:
        clean = False
    if not clean:
        raise Invalid("There is something in it that is no text.")
    taker = takers.get(type(one))
    return taker is not None and taker(session, source, one)


def _archive_missing(session: Session, source: Source) -> None:
    change = next_change(session, source.owner.id)
    for product_id in not_seen(session, source, "product"):
        archive_product(session, source.owner.id, product_id, source.now, change)


def _write(session: Session, merchant_id: int, now: Pull) -> None:
    session.run(
        """UPDATE store_pull SET run = :run, whole = :whole, cursor = :cursor, since = :since,
        taken = :taken, refused = :refused, trouble = :trouble, begun_at = :begun,
        ended_at = :ended, whole_at = :whole_at
        WHERE merchant_id = :merchant_id AND store_id = :store AND what = :what""",
        run=now.run,
        whole=int(now.whole),
        cursor=now.cursor,
        since=now.since,
        taken=now.taken,
        refused=now.refused,
        trouble=now.trouble,
        begun=now.begun_at and to_micros(now.begun_at),
        ended=now.ended_at and to_micros(now.ended_at),
        whole_at=now.whole_at and to_micros(now.whole_at),
        merchant_id=merchant_id,
        store=now.store_id,
        what=now.what,
    )


def _pull(row: Row) -> Pull:
    times = [optional_micros(one) for one in row[9:12]]
    values: list[Any] = [*row[:3], bool(row[3]), *row[4:9], *times]
    return Pull(*values)
