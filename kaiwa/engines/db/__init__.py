"""The database: one `Session` for the same SQL on SQLite and PostgreSQL.

SQL is written once with `:name` parameters; where the two differ, `session.dialect` tells. A unit
of work is a plain function that takes a `Session` and does nothing but SQL: it may run again after
a deadlock, and its effects stand only once `write` has returned.
"""

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

import msgspec

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]
Dialect: TypeAlias = Literal["sqlite", "postgres"]
Work: TypeAlias = Callable[["Session"], T]


class Nudge(msgspec.Struct, frozen=True, array_like=True):
    """Tells the living that something was committed: ids only, the tables are the truth."""

    kind: str
    merchant_id: int
    conversation_id: int = 0
    ref: int = 0
    note: str = ""


class Session(Protocol):
    """One transaction as domain code sees it. Times are given as `datetime`, kept as micros."""

    dialect: Dialect
    lock: str

    def run(self, sql: str, **params: Any) -> int:
        """Execute; the number of rows it touched."""

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row, or None."""

    def all(self, sql: str, **params: Any) -> list[Row]:
        """Every row."""

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Execute once per row of parameters."""

    def nudge(self, nudge: Nudge) -> None:
        """Tell the listeners of this database once the transaction has committed."""

    def owner_lives(self, owner: str) -> bool:
        """Whether the process that called itself `owner` still runs."""


class Database(Protocol):
    """Runs units of work. Raises `Unreachable` when the database cannot take them now."""

    dialect: Dialect

    async def write(self, work: Work[T]) -> T:
        """Run in a transaction; returns only after it is durable."""

    async def read(self, work: Work[T]) -> T:
        """Run on a consistent snapshot; writing is refused."""

    def write_now(self, work: Work[T]) -> T:
        """`write` for callers without an event loop."""

    def read_now(self, work: Work[T]) -> T:
        """`read` for callers without an event loop."""

    def listen(self, heard: Callable[[list[Nudge]], None], missed: Callable[[], None]) -> None:
        """Call `heard` with every committed nudge, from any process, on any thread.

        `missed` is called when nudges may have been lost (the connection was cut).
        """

    def take_owner(self) -> str:
        """A new name for this process that is known to be dead the moment the process is."""

    def keep_owner(self, owner: str) -> None:
        """Make sure the name is still held: what held it may have been a lost connection."""

    def close(self) -> None:
        """Finish what was taken, then let go."""


def open_database(url: str) -> Database:
    """`sqlite:///path/kaiwa.db` or `postgresql://…`; the schema must be there (see `migrate`)."""
    if url.startswith("sqlite:///"):
        from kaiwa.engines.db.sqlite import SqliteDatabase

        return SqliteDatabase(url.removeprefix("sqlite:///"))
    from kaiwa.engines.db.postgres import PostgresDatabase

    return PostgresDatabase(url)
