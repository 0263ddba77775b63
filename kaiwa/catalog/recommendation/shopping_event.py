"""A shopping event: somebody looked at a product, put it into the cart, or bought it.

Events of one visitor with less than half an hour between them are one visit; what was bought
together is a visit of its own, with a negative number. What pages tell is a hint, never a fact:
it moves what is recommended and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.vocabulary.time import to_micros

Kind: TypeAlias = Literal["view", "cart", "purchase"]

PAUSE: Final = timedelta(minutes=30)
KEPT: Final = timedelta(days=400)
LEARNING: Final = timedelta(minutes=1)
_MOST_WORDS: Final = 50
_LONGEST: Final = 255


class Shopper(msgspec.Struct, frozen=True):
    """Who did it: a word that stays the same for a visitor, and the customer where one is known."""

    visitor: str
    customer_id: int | None = None


class Purchase(msgspec.Struct, frozen=True):
    """An order as far as it teaches anything: `number` is its id, whoever keeps orders."""

    number: int
    variant_ids: tuple[int, ...]
    customer_id: int | None
    at: datetime


def note_seen(
    session: Session, merchant_id: int, who: Shopper, product_id: int, now: datetime
) -> None:
    """Somebody looked at a product. The same again, without another between, says nothing new."""
    _note(session, merchant_id, who, product_id, ("view", now))


def note_in_cart(
    session: Session, merchant_id: int, who: Shopper, product_ids: Sequence[int], now: datetime
) -> None:
    """These are in somebody's cart now; what was there in this visit before is not told again."""
    last = _last(session, merchant_id, who)
    known = set[int]()
    if last is not None and to_micros(now) - last[1] < _micros(PAUSE):
        rows = session.all(
            """SELECT product_id FROM shopping_event WHERE merchant_id = :merchant_id
            AND visitor = :visitor AND visit = :visit AND kind = 'cart'""",
            merchant_id=merchant_id,
            visitor=who.visitor,
            visit=last[0],
        )
        known = {row[0] for row in rows}
    for product_id in dict.fromkeys(product_ids):
        if product_id not in known:
            _note(session, merchant_id, who, product_id, ("cart", now))


def note_bought(session: Session, merchant_id: int, bought: Purchase) -> None:
    """An order was placed. Told again, it counts once."""
    marks = ", ".join(str(int(one)) for one in bought.variant_ids) or "0"
    noted = session.run(
        f"""INSERT INTO shopping_event (merchant_id, visitor, customer_id, product_id, kind, visit,
        source, at) SELECT DISTINCT :merchant_id, CAST(:visitor AS text),
        CAST(:customer AS bigint), product_id, 'purchase', CAST(:visit AS bigint),
        CAST(:visitor AS text) || ':' || CAST(product_id AS text), CAST(:at AS bigint)
        FROM variant WHERE merchant_id = :merchant_id AND id IN ({marks}) ORDER BY product_id
        ON CONFLICT (merchant_id, source) DO NOTHING""",
        merchant_id=merchant_id,
        visitor=f"order:{bought.number}",
        customer=bought.customer_id,
        visit=-bought.number,
        at=to_micros(bought.at),
    )
    if noted:
        _plan_learning(session, merchant_id, bought.at)


def products_called(session: Session, merchant_id: int, words: Sequence[str]) -> list[int]:
    """The products that a page means by handles or SKUs, in their order; unknown words are none."""
    # A page may send anything: what no handle can be is not asked for.
    sane = (word for word in words if 0 < len(word) <= _LONGEST and "\0" not in word)
    asked = list(dict.fromkeys(sane))[:_MOST_WORDS]
    if not asked:
        return []
    names = {f"word_{place}": word for place, word in enumerate(asked)}
    marks = ", ".join(f":{name}" for name in names)
    rows = session.all(
        f"""SELECT handle, id FROM product WHERE merchant_id = :merchant_id
        AND handle IN ({marks}) UNION ALL SELECT sku, product_id FROM variant
        WHERE merchant_id = :merchant_id AND sku IN ({marks})""",
        merchant_id=merchant_id,
        **names,
    )
    found: dict[str, int] = {}
    for word, product_id in rows:
        found.setdefault(word, product_id)
    return list(dict.fromkeys(found[word] for word in asked if word in found))


def lately(
    session: Session, merchant_id: int, who: Shopper, limit: int = 50
) -> list[tuple[int, Kind, int]]:
    """Product, kind and visit of the person's last events, newest first."""
    rows = session.all(
        """SELECT at, id, product_id, kind, visit FROM shopping_event
        WHERE merchant_id = :merchant_id AND visitor = :visitor ORDER BY id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        visitor=who.visitor,
        limit=limit,
    )
    if who.customer_id is not None:
        people = person_ids(session, merchant_id, who.customer_id)
        marks = ", ".join(map(str, people)) or "0"
        rows += session.all(
            f"""SELECT at, id, product_id, kind, visit FROM shopping_event
            WHERE merchant_id = :merchant_id AND customer_id IN ({marks})
            ORDER BY id DESC LIMIT :limit""",
            merchant_id=merchant_id,
            limit=limit,
        )
    return [row[2:] for row in sorted(set(rows), reverse=True)[:limit]]


def forget_events(session: Session, now: datetime) -> int:
    """Drop what is older than 400 days; how many."""
    return session.run(
        """DELETE FROM shopping_event WHERE at < :before""",  # every merchant: upkeep
        before=to_micros(now - KEPT),
    )


def _note(
    session: Session, merchant_id: int, who: Shopper, product_id: int, what: tuple[Kind, datetime]
) -> None:
    kind, now = what
    last = _last(session, merchant_id, who)
    same_visit = last is not None and to_micros(now) - last[1] < _micros(PAUSE)
    if last is not None and same_visit and last[2:] == (product_id, kind):
        return
    row = session.one(
        """INSERT INTO shopping_event (merchant_id, visitor, customer_id, product_id, kind, visit,
        at) VALUES (:merchant_id, :visitor, :customer, :product, :kind, :visit, :at)
        RETURNING id""",
        merchant_id=merchant_id,
        visitor=who.visitor,
        customer=who.customer_id,
        product=product_id,
        kind=kind,
        visit=last[0] if last is not None and same_visit else 0,
        at=to_micros(now),
    )
    assert row is not None
    if not same_visit:
        # A visit is called by its first event.
        session.run(
            "UPDATE shopping_event SET visit = id WHERE merchant_id = :merchant_id AND id = :id",
            merchant_id=merchant_id,
            id=row[0],
        )
        _plan_learning(session, merchant_id, now)


def _last(session: Session, merchant_id: int, who: Shopper) -> tuple[int, int, int, str] | None:
    row = session.one(
        """SELECT visit, at, product_id, kind FROM shopping_event
        WHERE merchant_id = :merchant_id AND visitor = :visitor ORDER BY id DESC LIMIT 1""",
        merchant_id=merchant_id,
        visitor=who.visitor,
    )
    return None if row is None else (row[0], row[1], row[2], row[3])


def _plan_learning(session: Session, merchant_id: int, now: datetime) -> None:
    job = NewJob(
        "catalog", "learn", str(merchant_id), key=f"learn:{merchant_id}", due_at=now + LEARNING
    )
    enqueue(session, job, now)


def _micros(length: timedelta) -> int:
    return length // timedelta(microseconds=1)
