"""What a shop's events taught, in this process: made anew now and then, told each new step at once.

Everything here is made from SQL and may be thrown away. Bounded: `MOST` events, 200 links a
product, and what came since the last making.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from kaiwa.catalog.recommendation.choosing import DEFAULT, Method, choice_of, fused
from kaiwa.catalog.recommendation.neighbours import Neighbours
from kaiwa.catalog.recommendation.popular import Popular
from kaiwa.catalog.recommendation.rules import Rules
from kaiwa.catalog.recommendation.together import Together
from kaiwa.catalog.recommendation.trail import (
    NO_EVENTS,
    Events,
    Ints,
    baskets,
    events_after,
    start_of,
    walks,
)
from kaiwa.engines.db import Session

_OPEN_VISITS: Final = 5_000
SMALL: Final = 2_000  # so few are made anew in milliseconds
_NEW_SHARE: Final = 20


class Learned:
    """One merchant's. `catch_up` belongs to one thread; asking is safe beside it."""

    def __init__(self, merchant_id: int) -> None:
        self.merchant_id = merchant_id
        self.events: Events = NO_EVENTS
        self.reached = 0
        self.method: Method = DEFAULT
        self._made = _Made(np.zeros(0, np.int64), NO_EVENTS, {})
        self._since = 0
        self._open: OrderedDict[int, list[int]] = OrderedDict()

    def catch_up(self, session: Session) -> int:
        """Take over what was committed before this session began; how many events that were."""
        if not self.reached:
            self.reached = start_of(session, self.merchant_id)
        pages: list[Events] = []
        while True:
            page, self.reached = events_after(session, self.merchant_id, self.reached)
            if not len(page):
                break
            pages.append(page)
            self.events = self.events.then(page)
        new = sum(map(len, pages))
        self._since += new
        if new and (len(self.events) < SMALL or self._since > len(self.events) // _NEW_SHARE):
            self.make(session)
        else:
            for page in pages:
                self._take_steps(page)
        choice = choice_of(session, self.merchant_id)
        self.method = DEFAULT if choice is None else choice.method
        return new

    def make(self, session: Session) -> None:
        """Make everything anew from the events taken over so far."""
        codes = np.unique(self.events.product)
        self._made = _Made(codes, self.events, _categories(session, self.merchant_id))
        self._since = 0
        self._open.clear()

    def next_after(self, visit: Sequence[int], most: int) -> list[int]:
        """Products that come next after these (oldest first), by the shop's method."""
        made = self._made
        codes = made.codes_of(visit)
        rules = [code for code, _ in made.rules.after(codes, most)]
        if self.method == "rules":
            return made.ids(rules)
        near = [code for code, _ in made.neighbours.near(codes, most)]
        # A young visit may have no neighbours: the rules fill up.
        order = fused(rules, near) if self.method == "both" else [*near, *rules]
        return made.ids(list(dict.fromkeys(order))[:most])

    def bought_with(self, product_ids: Sequence[int], most: int) -> list[int]:
        """Products that are bought together with these."""
        made = self._made
        found = made.together.with_these(made.codes_of(product_ids), most)
        return made.ids([code for code, _ in found])

    def popular(self, category: str | None, most: int) -> list[int]:
        """What is popular now, in the category or in all."""
        made = self._made
        some = made.popular.all if category is None else made.popular.of_category(category)
        return made.ids(some[:most])

    def _take_steps(self, page: Events) -> None:
        made = self._made
        for visit, product in zip(page.visit.tolist(), page.product.tolist(), strict=True):
            if visit <= 0:
                continue
            so_far = self._open.setdefault(visit, [])
            self._open.move_to_end(visit)
            code = made.code(product)
            made.rules.learn(so_far, code)
            so_far.append(code)
        while len(self._open) > _OPEN_VISITS:
            self._open.popitem(last=False)


class _Made:
    """The answers' tables, all of one making, with products as small numbers."""

    def __init__(self, codes: Ints, events: Events, categories: dict[int, str]) -> None:
        self.count = len(codes)
        self._ids: list[int] = codes.tolist()
        self._code = {product_id: code for code, product_id in enumerate(self._ids)}
        walk, bought = walks(events), baskets(events)
        places = np.searchsorted(codes, walk.product)
        self.rules = Rules(codes, walk, places)
        self.neighbours = Neighbours(len(codes), walk, places)
        self.together = Together(codes, bought, np.searchsorted(codes, bought.product))
        of = [categories.get(one, "") for one in self._ids]
        self.popular = Popular(len(codes), events, np.searchsorted(codes, events.product), of)

    def code(self, product_id: int) -> int:
        """The product's number, new or known."""
        code = self._code.setdefault(product_id, len(self._ids))
        if code == len(self._ids):
            self._ids.append(product_id)
        return code

    def codes_of(self, product_ids: Sequence[int]) -> list[int]:
        """The numbers of those that are known."""
        return [code for one in product_ids if (code := self._code.get(one)) is not None]

    def ids(self, codes: Sequence[int]) -> list[int]:
        """The products behind numbers."""
        return [self._ids[code] for code in codes]


def _categories(session: Session, merchant_id: int) -> dict[int, str]:
    rows = session.all(
        "SELECT id, category FROM product WHERE merchant_id = :merchant_id AND status = 'active'",
        merchant_id=merchant_id,
    )
    return {row[0]: row[1] for row in rows}
