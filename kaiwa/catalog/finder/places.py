"""Where each product's row is: ids that come in order need no table, others a small one."""

from typing import Final

import numpy as np

from kaiwa.catalog.finder.ranking import Ints

_LATE: Final = 4_096


class Places:
    """Rows by id. Rows are numbered 0, 1, 2 … as they are added."""

    def __init__(self, ids: Ints | None = None) -> None:
        self._ids: Ints = np.zeros(64, np.int64) if ids is None else ids
        self._count = 0 if ids is None else len(ids)
        self._sorted = self._ids[: self._count]
        self._order: Ints | None = None
        self._late: dict[int, int] = {}
        if self._count and bool((self._sorted[1:] <= self._sorted[:-1]).any()):
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
        if self._order is None and (row == 0 or number > self._ids[row - 1]):
            self._sorted = self._ids[: self._count]
            return row
        if self._order is None:
            self._order = np.arange(row)
            self._sorted = self._ids[:row].copy()
        self._late[number] = row
        if len(self._late) > max(_LATE, self._count // 8):
            self._sort()
        return row

    def row(self, number: int) -> int:
        """The row of this id, -1 where there is none."""
        late = self._late.get(number)
        if late is not None:
            return late
        at = int(np.searchsorted(self._sorted, number))
        if at == len(self._sorted) or self._sorted[at] != number:
            return -1
        return at if self._order is None else int(self._order[at])

    def rows(self, numbers: Ints) -> Ints:
        """The row of each of these ids, -1 where there is none."""
        if not len(self._sorted):
            found: Ints = np.full(len(numbers), -1)
        else:
            at = np.minimum(np.searchsorted(self._sorted, numbers), len(self._sorted) - 1)
            rows = at if self._order is None else self._order[at]
            found = np.where(self._sorted[at] == numbers, rows, -1)
        if self._late:
            for place in np.flatnonzero(found < 0).tolist():
                found[place] = self._late.get(int(numbers[place]), -1)
        return found

    def _sort(self) -> None:
        self._order = np.argsort(self.ids, kind="stable")
        self._sorted = self.ids[self._order]
        self._late = {}
