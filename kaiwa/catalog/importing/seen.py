"""Names a file has told already, kept on disk: a file of any size takes the same memory."""

import sqlite3


class Seen:
    """Remembers for each name the line where it came first. For one thread."""

    def __init__(self) -> None:
        # An empty name is a database of our own in a temporary file, gone with the connection.
        self._names = sqlite3.connect("", isolation_level=None)
        self._names.execute("PRAGMA journal_mode = OFF")
        self._names.execute("CREATE TABLE name (name TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self._names.execute("BEGIN")

    def before(self, name: str, line: int) -> int | None:
        """The line where the name came first; None, and remembered, when this is the first."""
        fresh = self._names.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (name, line))
        if fresh.rowcount:
            return None
        row = self._names.execute("SELECT line FROM name WHERE name = ?", (name,)).fetchone()
        return int(row[0])
