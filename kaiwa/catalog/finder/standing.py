"""How products stand with shoppers: which came last, sell best and are rated best.

Sales are what orders told (`shopping_event`), ratings those of reviews that are shown. Both are
read when they are asked for, so a review that was just shown counts.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np

from kaiwa.catalog.finder.ranking import Floats, Ints
from kaiwa.catalog.understanding import Order
from kaiwa.engines.db import Row, Session

MONTH: Final = 30 * 24 * 3600 * 1_000_000  # microseconds; each month ago counts half of the next
# A product without reviews stands at USUAL, and one with few of them near it.
USUAL: Final = 3.5
USUAL_WEIGHT: Final = 5
NAMED: Final = 1_000  # more products than this are not named one by one

Standing: TypeAlias = Callable[[Session, int, Ints], Floats]


def newness(_session: Session, _merchant_id: int, ids: Ints) -> Floats:
    """Numbers are given in the order in which products came to the catalog."""
    return ids.astype(np.float64)


def sales(session: Session, merchant_id: int, ids: Ints) -> Floats:
    """How many orders had each of these products; those of a month before count half."""
    rows = session.all(
        f"""SELECT product_id, at / {MONTH}, count(*) FROM shopping_event
        WHERE merchant_id = :merchant_id AND kind = 'purchase'{_among(ids)} GROUP BY 1, 2""",
        merchant_id=merchant_id,
    )
    newest = max((row[1] for row in rows), default=0)
    return _summed(ids, [(row[0], row[2] * 0.5 ** (newest - row[1])) for row in rows])


def ratings(session: Session, merchant_id: int, ids: Ints) -> Floats:
    """The Bayesian mean of the ratings that are shown of each of these products."""
    rows = session.all(
        f"""SELECT product_id, count(*), sum(rating) FROM review
        WHERE merchant_id = :merchant_id AND state = 'published'{_among(ids)}
        GROUP BY product_id""",
        merchant_id=merchant_id,
    )
    return USUAL + _summed(ids, [(row[0], _mean(row) - USUAL) for row in rows])


STANDINGS: Final[dict[Order, Standing]] = {"new": newness, "popular": sales, "rated": ratings}


def _among(ids: Ints) -> str:
    if len(ids) > NAMED:
        return ""
    return f" AND product_id IN ({', '.join(map(str, ids.tolist())) or '0'})"


def _mean(row: Row) -> float:
    return (USUAL * USUAL_WEIGHT + float(row[2])) / (USUAL_WEIGHT + int(row[1]))


def _summed(ids: Ints, told: Sequence[tuple[int, float]]) -> Floats:
    known: dict[int, float] = {}
    for product_id, worth in told:
        known[product_id] = known.get(product_id, 0.0) + worth
    return np.array([known.get(one, 0.0) for one in ids.tolist()], np.float64)
