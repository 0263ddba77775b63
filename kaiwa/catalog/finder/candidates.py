"""Products that answer the words of a query, and which of them keep its constraints.

The best by their words are filtered in memory. A narrow filter may leave too few of them: then
those that pass it are counted first, and the words are looked for among them or further down.
"""

from typing import Final

import numpy as np

from kaiwa.catalog.finder.columns import bounds_variants
from kaiwa.catalog.finder.matching import BEST, FEW
from kaiwa.catalog.finder.ranking import NONE, Ints, Ranked
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.categories import is_the_thing
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.names import known_names
from kaiwa.catalog.understanding.understand import without
from kaiwa.engines.search import Clause, Only, Term

# Close to each other: what is fetched for nothing costs more than the looking.
DEPTHS: Final = (BEST, 700, 1_000, 1_400, 2_000, 2_800, 4_000, 5_600, 8_000, 12_000, 20_000)
DEEPER: Final = 3  # times as deep, where a depth had too few that pass
AMONG: Final = (
    600  # so many ids the index is asked for one by one; more cost what looking further does
)
AS_WISHED: Final = 0.2  # what speaking of the purpose, or being without the unwanted, adds
# What being of the named category adds, as a share of the best score: where it is what is sought
# in the first place, and where it only is in the text.
OF_CATEGORY: Final = 0.6
NEAR_CATEGORY: Final = 0.15


class Candidates:
    """What one query finds, asked for with fewer and fewer constraints."""

    def __init__(self, shelf: Shelf, asked: Understood) -> None:
        self._shelf = shelf
        self._asked = asked
        unwanted = [word for word in asked.exclude if word not in COLOURS]
        self._without = shelf.matcher.speaking_of(unwanted)
        self._wishes = shelf.matcher.wished(asked.purpose, asked.exclude)
        self.top = 0.0  # the best score by words alone
        self._known: dict[tuple[str | None, int], Ranked] = {}
        names = known_names(shelf.facets)
        is_it = asked.category and is_the_thing(asked.terms, asked.category, names)
        self._worth = OF_CATEGORY if is_it else NEAR_CATEGORY

    def fitting(self, asked: Understood, enough: int) -> Ranked:
        """Those that keep the constraints, best first."""
        if not (self._asked.terms or self._asked.brand):
            left = self._kept(self._words(asked, BEST), asked) if self._wishes else NONE
            return self._and(left, self._wordless(asked), enough)
        columns, bounded = self._shelf.columns, _bounds(asked)
        # The index itself finds only products of the brand.
        share = columns.share(without(asked, "brand")) if bounded else 1.0
        if bounded and share * len(columns) <= 4 * AMONG:
            passing = columns.every(asked)
            if len(passing) <= AMONG:
                return self._among(passing, asked)
        depth = _depth(enough, share)
        found = self._words(asked, depth)
        left = self._kept(found, asked)
        if len(left.ids) >= enough or len(found.ids) < FEW or depth == DEPTHS[-1] or not bounded:
            return left
        return self._kept(self._words(asked, min(DEEPER * depth, DEPTHS[-1])), asked)

    def _among(self, passing: Ints, asked: Understood) -> Ranked:
        """Those that answer the words, of a few that keep the constraints."""
        if not len(passing):
            return NONE
        return self._kept(
            self._scored(asked, BEST, self._only(asked, tuple(passing.tolist()))), asked
        )

    def _words(self, asked: Understood, most: int) -> Ranked:
        key = (asked.brand, most)
        if key not in self._known:
            found = self._scored(asked, most, self._only(asked))
            self.top = max(self.top, *found.scores[:1].tolist(), 0.0)
            self._known[key] = found
        return self._known[key]

    def _only(self, asked: Understood, among: tuple[int, ...] | None = None) -> Only:
        within: tuple[Clause, ...] = ()
        if asked.brand:
            stems = self._shelf.index.stems(asked.brand)
            within = tuple(Clause((Term("brand", stem),)) for stem in stems)
        return Only(among, within, self._without)

    def _scored(self, asked: Understood, most: int, only: Only) -> Ranked:
        text = self._asked.terms or self._asked.brand or ""
        if text:
            found = self._shelf.matcher.match(text, most, only)
        else:
            found = self._shelf.matcher.speaking_best(self._wishes, most, only)
        if not len(found.ids) or not (self._asked.category or (text and self._wishes)):
            return found
        scores, top = found.scores, found.scores[0]
        if self._asked.category:
            same = self._shelf.columns.of_category(found.ids, self._asked.category)
            scores = scores + self._worth * top * same
        if text and self._wishes:
            scores = scores + AS_WISHED * top * np.isin(found.ids, self._wished(only))
        return Ranked(found.ids, scores).best_first()

    def _wished(self, only: Only) -> Ints:
        """Those that have most of what is wished for."""
        return self._shelf.index.find(self._wishes, BEST, every=False, only=only).numbers

    def _kept(self, found: Ranked, asked: Understood) -> Ranked:
        return found.at(self._shelf.columns.filtered(found.ids, asked))

    def _and(self, best: Ranked, others: Ranked, enough: int) -> Ranked:
        """The best; where they are too few, the others behind them."""
        if len(best.ids) >= enough:
            return best
        return best.then(others.at(np.flatnonzero(~np.isin(others.ids, best.ids))))

    def _wordless(self, asked: Understood) -> Ranked:
        ids = self._shelf.columns.every(asked)
        if self._without:
            spoken = self._shelf.index.find(self._without, len(ids) + 1, every=False)
            ids = ids[~np.isin(ids, spoken.numbers)]
        return Ranked(ids, np.zeros(len(ids)))


def _depth(enough: int, share: float) -> int:
    """So many of the best by their words have enough that pass, where the two are independent."""
    return next((one for one in DEPTHS if one * share >= 2 * enough), DEPTHS[-1])


def _bounds(asked: Understood) -> bool:
    return bounds_variants(asked) or asked.gender is not None
