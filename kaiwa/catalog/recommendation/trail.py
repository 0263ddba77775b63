"""The trail: a merchant's newest shopping events as numpy columns, read on from where it stopped.

At most `MOST` events are kept, 24 bytes each; SQL has the rest and is the truth.
"""

from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from kaiwa.engines.db import Session

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

MOST: Final = 500_000
PAGE: Final = 20_000
KINDS: Final = {"view": 0, "cart": 1, "purchase": 2}


class Events(msgspec.Struct, frozen=True):
    """Columns of events in their order: product, visit, kind (as in `KINDS`), micros."""

    product: Ints
    visit: Ints
    kind: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.product)

    def only(self, which: npt.NDArray[np.bool_]) -> "Events":
        """Those that are marked."""
        return Events(self.product[which], self.visit[which], self.kind[which], self.at[which])

    def then(self, more: "Events") -> "Events":
        """These, followed by `more`; the oldest beyond `MOST` are dropped."""
        return Events(
            *(
                np.concatenate(both)[-MOST:]
                for both in zip(
                    msgspec.structs.astuple(self), msgspec.structs.astuple(more), strict=True
                )
            )
        )


NO_EVENTS: Final = Events(*(np.zeros(0, np.int64) for _ in range(4)))


def events_after(session: Session, merchant_id: int, after: int) -> tuple[Events, int]:
    """The next page of events behind the event with that id, and the id it reaches."""
    rows = session.all(
        """SELECT id, product_id, visit, kind, at FROM shopping_event
        WHERE merchant_id = :merchant_id AND id > :after ORDER BY id LIMIT :limit""",
        merchant_id=merchant_id,
        after=after,
        limit=PAGE,
    )
    if not rows:
        return NO_EVENTS, after
    table = np.array([(row[1], row[2], KINDS[row[3]], row[4]) for row in rows], np.int64)
    return Events(*(np.ascontiguousarray(column) for column in table.T)), int(rows[-1][0])


def start_of(session: Session, merchant_id: int) -> int:
    """The id behind which the newest `MOST` events begin."""
    row = session.one(
        """SELECT id FROM shopping_event WHERE merchant_id = :merchant_id
        ORDER BY id DESC LIMIT 1 OFFSET :most""",
        merchant_id=merchant_id,
        most=MOST,
    )
    return 0 if row is None else int(row[0])


def walks(events: Events) -> Events:
    """The clicks and carts only, visit by visit, each in its order: what sequences are made of.

    The same product twice in a row is one step.
    """
    clicks = events.only(events.visit > 0)
    order = np.lexsort((np.arange(len(clicks)), clicks.visit))
    found = Events(clicks.product[order], clicks.visit[order], clicks.kind[order], clicks.at[order])
    if not len(found):
        return found
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = (found.product[1:] != found.product[:-1]) | (found.visit[1:] != found.visit[:-1])
    return found.only(fresh)


def baskets(events: Events) -> Events:
    """What was bought, order by order."""
    bought = events.only(events.kind == KINDS["purchase"])
    order = np.argsort(bought.visit, kind="stable")
    return Events(bought.product[order], bought.visit[order], bought.kind[order], bought.at[order])
