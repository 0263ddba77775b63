"""A tantivy index as it stood at one commit, and what was learnt of it by asking.

Questions of one shopper share most of their words, and relaxing a constraint asks the same again.
What is remembered is of this commit alone; the next one has a view of its own.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import tantivy

from kaiwa.engines.search import NO_HITS, Clause, Hits, Only, Term

NUMBER: Final = "number"
KEPT: Final = 256  # questions that are remembered
LONGEST_KEPT: Final = 2_000  # hits; what found more is asked again
_TERMS: Final = 50_000

Asked: TypeAlias = tuple[tuple[Clause, ...], bool, Only]


class View:
    """Searches one commit. Any thread may ask."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._often: dict[tuple[str, str], int] = {}
        self._there: dict[tuple[str, str], bool] = {}
        self._known: OrderedDict[Asked, tuple[int, Hits]] = OrderedDict()
        self._lock = threading.Lock()

    def often(self, term: Term) -> int:
        """How many documents have the term, or had it when they were replaced."""
        key = (term.field, term.text)
        often = self._often.get(key)
        if often is None:
            if len(self._often) >= _TERMS:
                self._often = {}
            often = self._often[key] = self._searcher.doc_freq(*key)
        return often

    def there(self, term: Term, query: Callable[[Term], tantivy.Query]) -> bool:
        """Whether a document has the term now; `query` makes what asks for it."""
        key = (term.field, term.text)
        there = self._there.get(key)
        if there is None:
            if len(self._there) >= _TERMS:
                self._there = {}
            there = self.often(term) > 0 and bool(
                self._searcher.search(query(term), limit=1, count=False).hits
            )
            self._there[key] = there
        return there

    def entries(self, clause: Clause) -> int:
        """How many entries of the index its terms have together."""
        return sum([self.often(term) for term in clause.terms])

    def most(self, clause: Clause) -> int:
        """No more documents than this answer it."""
        ways = [min(map(self.most, parts)) for parts in clause.others if parts]
        return self.entries(clause) + sum(ways)

    def about(self, clause: Clause) -> int:
        """So many documents answer it, where a document that has a word has it in many fields."""
        words: dict[str, int] = {}
        for term in clause.terms:
            words[term.text] = max(words.get(term.text, 0), self.often(term))
        ways = [min(map(self.about, parts)) for parts in clause.others if parts]
        return sum(words.values()) + sum(ways)

    def folded(self, terms: Sequence[Term]) -> Sequence[Term]:
        """Terms that are added up, without those that are in the very same documents."""
        if not any(one.beside for one in terms):
            return terms
        kept = [one for one in terms if not one.beside]
        places = {(one.field, one.text): at for at, one in enumerate(kept)}
        for one in terms:
            if not one.beside:
                continue
            at = places.get((one.field, one.beside))
            if at is None or self.often(kept[at]) != self.often(one):
                kept.append(one)
            else:
                weight = kept[at].weight + one.weight
                kept[at] = Term(one.field, one.beside, weight)
        return kept

    def living(self, clause: Clause) -> Clause | None:
        """The clause without the ways that no document goes; None when none is left."""
        known = self._often
        terms = tuple(
            [one for one in clause.terms if known.get((one.field, one.text)) or self.often(one)]
        )
        if terms and not clause.others and len(terms) == len(clause.terms):
            return clause
        others = []
        for parts in clause.others:
            living = [one for part in parts if (one := self.living(part)) is not None]
            if parts and len(living) == len(parts):
                others.append(tuple(living))
        if not terms and not others:
            return None
        return Clause(terms, tuple(others), clause.unless, clause.added)

    def known(self, asked: Asked, most: int) -> Hits | None:
        """What was found when this was asked for at least as many, or found all there are."""
        with self._lock:
            found = self._known.get(asked)
            if found is None:
                return None
            depth, hits = found
            if len(hits.numbers) == depth < most:
                return None
            self._known.move_to_end(asked)
        return Hits(hits.numbers[:most], hits.scores[:most])

    def find(self, asked: Asked, query: tantivy.Query, most: int) -> Hits:
        """The best for the query, remembered under `asked`."""
        hits = self._found(query, most)
        if len(hits.numbers) <= LONGEST_KEPT:
            with self._lock:
                self._known[asked] = (most, hits)
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
        return hits

    def _found(self, query: tantivy.Query, most: int) -> Hits:
        found: list[Any] = self._searcher.search(query, limit=most, count=False).hits
        if not found:
            return NO_HITS
        told = self._searcher.fast_field_values(NUMBER, [address for _, address in found])
        scores = [score for score, _ in found]
        return Hits(np.array(told, np.int64), np.array(scores, np.float64))
