"""Stock: how many of a variant can be sold now, and who holds some until they pay or give up.

`available = on_hand - reserved`. A holder is a word of the caller's, such as "checkout:17".
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.catalog.change import next_change
from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.time import to_micros

UNLIMITED: Final = 1_000_000


class Held(msgspec.Struct, frozen=True):
    """So many of a variant."""

    variant_id: int
    quantity: int


class Level(msgspec.Struct, frozen=True):
    """What was counted; `tracked` is False where nobody counts, `oversell` sells below zero."""

    on_hand: int = 0
    tracked: bool = True
    oversell: bool = False


class Changed(msgspec.Struct, frozen=True):
    """A variant whose stock was written with that change number, and what is free of it now."""

    change: int
    variant_id: int
    product_id: int
    free: int


_INSERT: Final = """INSERT INTO stock (variant_id, merchant_id, on_hand, tracked, oversell, change)
    VALUES (:variant_id, :merchant_id, :on_hand, :tracked, :oversell, :change)
    ON CONFLICT (variant_id) DO """
_SET: Final = f"""{_INSERT} UPDATE SET on_hand = excluded.on_hand,
    tracked = excluded.tracked, oversell = excluded.oversell, change = excluded.change"""
_SET_WHERE_NONE: Final = f"{_INSERT} NOTHING"


def available(session: Session, merchant_id: int, variant_id: int) -> int:
    """How many can be sold now; `UNLIMITED` where the shop sells without counting."""
    row = session.one(
        """SELECT on_hand - reserved, tracked, oversell FROM stock
        WHERE merchant_id = :merchant_id AND variant_id = :variant_id""",
        merchant_id=merchant_id,
        variant_id=variant_id,
    )
    return 0 if row is None else free_now(row)


def reserve(
    session: Session, merchant_id: int, what: Held, holder: str, until: datetime, now: datetime
) -> bool:
    """Hold `what.quantity` for the holder until then; False, and nothing changed, when too few.

    Asking again replaces what the holder had of this variant, so a repeated call has one effect.
    """
    next_number = next_change(session, merchant_id)
    release_expired(session, merchant_id, now)
    row = session.one(
        """SELECT quantity FROM stock_reservation WHERE merchant_id = :merchant_id
        AND holder = :holder AND variant_id = :variant_id""",
        merchant_id=merchant_id,
        holder=holder,
        variant_id=what.variant_id,
    )
    taken = session.run(
        """UPDATE stock SET reserved = reserved + :more, change = :change
        WHERE merchant_id = :merchant_id AND variant_id = :variant_id
        AND (:more <= 0 OR tracked = 0 OR oversell = 1 OR on_hand - reserved >= :more)""",
        more=what.quantity - (int(row[0]) if row else 0),
        change=next_number,
        merchant_id=merchant_id,
        variant_id=what.variant_id,
    )
    if not taken:
        return False
    session.run(
        """INSERT INTO stock_reservation (merchant_id, variant_id, holder, quantity, expires_at)
        VALUES (:merchant_id, :variant_id, :holder, :quantity, :until)
        ON CONFLICT (merchant_id, holder, variant_id) DO UPDATE SET quantity = excluded.quantity,
        expires_at = excluded.expires_at""",
        merchant_id=merchant_id,
        variant_id=what.variant_id,
        holder=holder,
        quantity=what.quantity,
        until=to_micros(until),
    )
    return True


def held(session: Session, merchant_id: int, holder: str) -> list[Held]:
    """What the holder has reserved."""
    rows = session.all(
        """SELECT variant_id, quantity FROM stock_reservation
        WHERE merchant_id = :merchant_id AND holder = :holder ORDER BY variant_id""",
        merchant_id=merchant_id,
        holder=holder,
    )
    return [Held(*row) for row in rows]


def release(session: Session, merchant_id: int, holder: str) -> list[Held]:
    """Give back all that the holder had; what it was."""
    change = next_change(session, merchant_id)
    let_go = _forget(session, merchant_id, holder)
    _unreserve(session, merchant_id, let_go, change)
    return let_go


def take(session: Session, merchant_id: int, holder: str) -> list[Held]:
    """What the holder had reserved is sold; what it was. A second call finds nothing."""
    change = next_change(session, merchant_id)
    sold = _forget(session, merchant_id, holder)
    for one in sold:
        session.run(
            """UPDATE stock SET reserved = reserved - :quantity, change = :change,
            on_hand = CASE WHEN tracked = 1 THEN on_hand - :quantity ELSE on_hand END
            WHERE merchant_id = :merchant_id AND variant_id = :variant_id""",
            quantity=one.quantity,
            change=change,
            merchant_id=merchant_id,
            variant_id=one.variant_id,
        )
    return sold


def restock(session: Session, merchant_id: int, variant_id: int, quantity: int) -> None:
    """So many came in or back."""
    session.run(
        """UPDATE stock SET on_hand = on_hand + :quantity, change = :change
        WHERE merchant_id = :merchant_id AND variant_id = :variant_id""",
        quantity=quantity,
        change=next_change(session, merchant_id),
        merchant_id=merchant_id,
        variant_id=variant_id,
    )


def release_expired(session: Session, merchant_id: int, now: datetime) -> int:
    """Give back what was held too long; how many reservations that were."""
    rows = session.all(
        """SELECT variant_id, quantity, id FROM stock_reservation
        WHERE merchant_id = :merchant_id AND expires_at <= :now""",
        merchant_id=merchant_id,
        now=to_micros(now),
    )
    if not rows:
        return 0
    change = next_change(session, merchant_id)
    gone = [
        Held(variant_id, quantity)
        for variant_id, quantity, row_id in rows
        # Whoever deletes the row gives its quantity back; nobody does it twice.
        if session.run(
            "DELETE FROM stock_reservation WHERE merchant_id = :merchant_id AND id = :id",
            merchant_id=merchant_id,
            id=row_id,
        )
    ]
    _unreserve(session, merchant_id, gone, change)
    return len(gone)


def set_stock(
    session: Session, merchant_id: int, variant_id: int, level: Level, change: int
) -> None:
    """Write what was counted; what is reserved stays reserved."""
    session.run(_SET, **_counted(merchant_id, variant_id, level, change))


def set_levels(
    session: Session, merchant_id: int, levels: Sequence[tuple[int, Level | None]], change: int
) -> None:
    """`set_stock` for many variants.

    Where the level is None nobody counts: what is known stays, and what is new sells uncounted.
    """
    counted = [_counted(merchant_id, one, level, change) for one, level in levels if level]
    session.many(_SET, counted)
    uncounted = Level(tracked=False)
    fresh = [_counted(merchant_id, one, uncounted, change) for one, level in levels if not level]
    session.many(_SET_WHERE_NONE, fresh)


def level_of(session: Session, merchant_id: int, variant_id: int) -> Level | None:
    """What was counted last; None where nobody has counted yet."""
    row = session.one(
        """SELECT on_hand, tracked, oversell FROM stock
        WHERE merchant_id = :merchant_id AND variant_id = :variant_id""",
        merchant_id=merchant_id,
        variant_id=variant_id,
    )
    return None if row is None else Level(int(row[0]), bool(row[1]), bool(row[2]))


def _counted(merchant_id: int, variant_id: int, level: Level, change: int) -> dict[str, int]:
    return {
        "variant_id": variant_id,
        "merchant_id": merchant_id,
        "on_hand": level.on_hand,
        "tracked": int(level.tracked),
        "oversell": int(level.oversell),
        "change": change,
    }


def _forget(session: Session, merchant_id: int, holder: str) -> list[Held]:
    rows = session.all(
        """DELETE FROM stock_reservation WHERE merchant_id = :merchant_id AND holder = :holder
        RETURNING variant_id, quantity""",
        merchant_id=merchant_id,
        holder=holder,
    )
    return [Held(*row) for row in sorted(rows)]


def _unreserve(session: Session, merchant_id: int, let_go: list[Held], change: int) -> None:
    for one in let_go:
        session.run(
            """UPDATE stock SET reserved = reserved - :quantity, change = :change
            WHERE merchant_id = :merchant_id AND variant_id = :variant_id""",
            quantity=one.quantity,
            change=change,
            merchant_id=merchant_id,
            variant_id=one.variant_id,
        )


def free_of(session: Session, merchant_id: int, variant_ids: Sequence[int]) -> dict[int, int]:
    """`available` for many variants at once."""
    marks = ", ".join(str(int(one)) for one in variant_ids) or "0"
    # The plus keeps the planner from walking all stock of the merchant for a few variants.
    rows = session.all(
        f"""SELECT variant_id, on_hand - reserved, tracked, oversell FROM stock
        WHERE +merchant_id = :merchant_id AND variant_id IN ({marks})""",
        merchant_id=merchant_id,
    )
    return {row[0]: free_now(row[1:]) for row in rows}


def changed_stock(
    session: Session, merchant_id: int, after: int, place: int = 0, limit: int = 1_000
) -> list[Changed]:
    """The next stock of the change feed: written behind (change `after`, variant `place`)."""
    rows = session.all(
        """SELECT s.change, s.variant_id, v.product_id, s.on_hand - s.reserved, s.tracked,
        s.oversell FROM stock s JOIN variant v ON v.id = s.variant_id
        WHERE s.merchant_id = :merchant_id AND (s.change, s.variant_id) > (:after, :place)
        ORDER BY s.change, s.variant_id LIMIT :limit""",
        merchant_id=merchant_id,
        after=after,
        place=place,
        limit=limit,
    )
    return [Changed(row[0], row[1], row[2], free_now(row[3:])) for row in rows]


def free_now(row: Row) -> int:
    """How many can be sold, from `on_hand - reserved, tracked, oversell`."""
    difference, tracked, oversell = row
    return UNLIMITED if oversell or not tracked else max(0, int(difference))
