"""The same index by SQLite's FTS5, for machines that tantivy has no wheel for.

Its ranking is one BM25 with a weight per field, a little worse than tantivy's, and it is slower on
large shops. Words are stemmed by the table's own tokenizer, which leaves Japanese terms alone.
It is a SQLite file of its own also where the shop's data is in PostgreSQL: the index is derived.
"""

import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from kaiwa.engines.search import ANY, NO_HITS, Clause, Document, Field, Hits, Only
from kaiwa.engines.search.claim import Claim
from kaiwa.vocabulary.errors import Unreachable

_WORD = re.compile(r"[^\W_]+")
_LONGEST: Final = 60
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000")


class FtsIndex:
    """See `TextIndex`. `folder` None keeps it in memory."""

    def __init__(self, folder: Path | None, fields: Sequence[Field]) -> None:
        self._fields = tuple(fields)
        self._folder = folder
        self._claim = Claim(folder)
        self._lock = threading.RLock()
        self._seen = -1
        self._connection = self._open()

    def claim(self) -> bool:
        """See `TextIndex`."""
        return self._claim.take()

    def mark(self) -> str:
        """See `TextIndex`."""
        row = self._run("SELECT mark FROM mark").fetchone()
        return "" if row is None else str(row[0])

    def write(self, documents: Iterable[Document], gone: Iterable[int], mark: str) -> None:
        """Documents and mark in one transaction."""
        if not self.claim():
            raise Unreachable("Another process writes the search index.")
        rows = [self._row(one) for one in documents]
        numbers = [(number,) for number in gone] + [(row[0],) for row in rows]
        names = ", ".join(["rowid", *(field.name for field in self._fields)])
        marks = ", ".join("?" * (len(self._fields) + 1))
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("DELETE FROM text WHERE rowid = ?", numbers)
                self._connection.executemany(f"INSERT INTO text ({names}) VALUES ({marks})", rows)
                self._connection.execute("DELETE FROM mark")
                self._connection.execute("INSERT INTO mark VALUES (?)", (mark,))
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise Unreachable(f"The search index could not be written: {error}") from error

    def clear(self) -> None:
        """See `TextIndex`."""
        if not self.claim():
            raise Unreachable("Another process writes the search index.")
        with self._lock:
            self._connection.executescript("BEGIN; DELETE FROM text; DELETE FROM mark; COMMIT")

    def rest(self) -> None:
        """See `TextIndex`."""
        self._claim.let_go()

    def refresh(self) -> bool:
        """See `TextIndex`."""
        seen = int(self._run("PRAGMA data_version").fetchone()[0])
        fresh, self._seen = seen != self._seen, seen
        return fresh

    def find(self, clauses: Sequence[Clause], most: int, *, every: bool, only: Only = ANY) -> Hits:
        """See `TextIndex`."""
        if not clauses or only.among == ():
            return NO_HITS
        asked = _together([_match(one) for one in clauses], every=every)
        asked = _together([asked, *(_match(one) for one in only.within)], every=True)
        for one in only.without:
            asked = f"({asked}) NOT {_match(one)}"
        among = ""
        if only.among is not None:
            among = f"AND rowid IN ({', '.join(str(int(number)) for number in only.among)})"
        with self._lock:
            rows = self._connection.execute(
                f"""SELECT rowid, rank FROM text WHERE text MATCH ? {among}
                AND rank MATCH '{self._ranking(clauses)}' ORDER BY rank LIMIT ?""",
                (asked, most),
            ).fetchall()
        if not rows:
            return NO_HITS
        numbers, ranks = zip(*rows, strict=True)
        return Hits(np.array(numbers, np.int64), -np.array(ranks, np.float64))

    def has(self, clause: Clause) -> bool:
        """See `TextIndex`."""
        return self.answers(clause)

    def answers(self, clause: Clause) -> bool:
        """See `TextIndex`."""
        return len(self.find([clause], 1, every=True).numbers) > 0

    def stems(self, text: str) -> list[str]:
        """The words; the table's tokenizer takes off their endings."""
        return [word for word in _WORD.findall(text.casefold()) if len(word) <= _LONGEST]

    def close(self) -> None:
        """See `TextIndex`."""
        self.rest()
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._folder is None:
            return self._made(":memory:")
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / "texts.db"
        try:
            return self._made(str(path))
        except sqlite3.DatabaseError as error:
            # Whatever is there cannot be read: it is made again, unless another just makes it.
            if not self._claim.take():
                raise Unreachable(f"The search index cannot be read now: {error}") from error
            for left in self._folder.glob("texts.db*"):
                left.unlink()
            made = self._made(str(path))
            self._claim.let_go()
            return made

    def _made(self, path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            names = ", ".join(field.name for field in self._fields)
            connection.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS text USING fts5({names}, "
                "tokenize = 'porter unicode61 remove_diacritics 2')"
            )
            connection.execute("CREATE TABLE IF NOT EXISTS mark (mark TEXT)")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _row(self, document: Document) -> tuple[object, ...]:
        texts = (document.texts.get(field.name, "") for field in self._fields)
        return (document.number, *texts)

    def _run(self, sql: str) -> sqlite3.Cursor:
        with self._lock:
            return self._connection.execute(sql)

    def _ranking(self, clauses: Sequence[Clause]) -> str:
        worth: dict[str, float] = {}
        for clause in clauses:
            for term in clause.terms:
                worth[term.field] = max(worth.get(term.field, 0.0), term.weight)
        weights = (str(worth.get(field.name, 1.0)) for field in self._fields)
        return f"bm25({', '.join(weights)})"


def _match(clause: Clause) -> str:
    fields: dict[str, list[str]] = {}
    for term in clause.terms:
        fields.setdefault(term.text, []).append(term.field)
    ways = [f"{{{' '.join(names)}}} : {_quoted(text)}" for text, names in fields.items()]
    ways += [_together([_match(p) for p in parts], every=True) for parts in clause.others if parts]
    best = _together(ways, every=False)
    for one in clause.unless:
        best = f"({best} NOT {_match(one)})"
    return best


def _together(parts: Sequence[str], *, every: bool) -> str:
    return parts[0] if len(parts) == 1 else f"({(' AND ' if every else ' OR ').join(parts)})"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""').replace("\0", " ")
    return f'"{doubled}"'
