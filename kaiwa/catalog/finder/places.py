"""Where each product's row is: a table by id where the ids lie close together, else a sorted list.

A shop alone in its database, or that was read in at once, has ids that lie close. Those of one
among many do not, and a table would be mostly holes.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from kaiwa.catalog.finder.ranking import Ints

_LATE: Final = 4_096
_HOLES: Final = 4  # places of the table that a row may take


class Places:
    """Rows by id. Rows are numbered 0, 1, 2 … as they are added."""

    def __init__(self, ids: Ints | None = None) -> None:
        self._ids: Ints = np.zeros(64, np.int64) if ids is None else ids
        self._count = 0 if ids is None else len(ids)
        self._late: dict[int, int] = {}
        self._low = 0
        self._table: npt.NDArray[np.int32] = np.zeros(0, np.int32)
        self._sorted: Ints = np.zeros(0, np.int64)
        self._order: Ints = self._sorted
        self._sort()

    def __len__(self) -> int:
        return self._count

    @property
    def ids(self) -> Ints:
        """The id of each row."""
        return self._ids[: self._count]

    def add(self, number: int) -> int:
        """The row of an id that has none yet."""
        row = self._count
        if row == len(self._ids):
            self._ids = np.resize(self._ids, max(64, row * 2))
        self._ids[row] = number
        self._count += 1
        if row == 0:
            self._sort()
        elif self._has_place(number):
            self._table[number - self._low] = row
        else:
            self._late[number] = row
            if len(self._late) > max(_LATE, self._count // 8):
                self._sort()
        return row

    def row(self, number: int) -> int:
        """The row of this id, -1 where there is none."""
        place = number - self._low
        if 0 <= place < len(self._table):
            found = int(self._table[place])
        else:
            at = int(np.searchsorted(self._sorted, number))
            there = at < len(self._sorted) and self._sorted[at] == number
            found = int(self._order[at]) if there else -1
        return found if found >= 0 else self._late.get(number, -1)

    def rows(self, numbers: Ints) -> Ints:
        """The row of each of these ids, -1 where there is none."""
        found = self._in_table(numbers) if len(self._table) else self._in_list(numbers)
        if self._late:
            for place in np.flatnonzero(found < 0).tolist():
                found[place] = self._late.get(int(numbers[place]), -1)
        return found

    def _in_table(self, numbers: Ints) -> Ints:
        places = numbers - self._low
        # As a number without sign, what lies before the table lies far behind it.
        inside = places.view(np.uint64) < len(self._table)
        if np.count_nonzero(inside) == len(inside):
            return self._table.take(places).astype(np.int64)
        found: Ints = np.full(len(numbers), -1)
        found[inside] = self._table[places[inside]]
        return found

    def _in_list(self, numbers: Ints) -> Ints:
        if not len(self._sorted):
            return np.full(len(numbers), -1)
        at = np.minimum(np.searchsorted(self._sorted, numbers), len(self._sorted) - 1)
        found: Ints = np.where(self._sorted[at] == numbers, self._order[at], -1)
        return found

    def _has_place(self, number: int) -> bool:
        """Whether the table reaches so far, or may: it grows as a list does."""
        place, length = number - self._low, len(self._table)
        if place < 0 or not length:
            return False
        if place >= length:
            if place >= self._longest():
                return False
            more = np.full(max(place + 1, length * 3 // 2) - length, -1, np.int32)
            self._table = np.concatenate([self._table, more])
        return True

    def _longest(self) -> int:
        return _LATE + _HOLES * self._count

    def _sort(self) -> None:
        """Make the table or the list anew, with all that came late."""
        ids = self.ids
        self._late = {}
        self._table = np.zeros(0, np.int32)
        self._sorted = self._order = np.zeros(0, np.int64)
        self._low = int(ids.min()) if len(ids) else 0
        span = int(ids.max()) - self._low + 1 if len(ids) else 0
        if span <= self._longest():
            self._table = np.full(span, -1, np.int32)
            self._table[ids - self._low] = np.arange(len(ids), dtype=np.int32)
        else:
            self._order = np.argsort(ids, kind="stable")
            self._sorted = ids[self._order]
