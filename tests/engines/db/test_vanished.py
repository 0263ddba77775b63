"""A peer that vanished says nothing: both ends of a connection are told to notice by themselves.

What no test can do without the rights of an administrator is to take the network away. So this
looks at what the systems on both sides were told.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from kaiwa.engines.db import open_database
from kaiwa.engines.db.postgres_peer import THEIRS, address, connect
from tests.databases import rows

pytestmark = pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux counts so")
WATCHED = {
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE): 1,
    (socket.IPPROTO_TCP, getattr(socket, "TCP_KEEPIDLE", 0)): 10,
    (socket.IPPROTO_TCP, getattr(socket, "TCP_KEEPINTVL", 0)): 5,
    (socket.IPPROTO_TCP, getattr(socket, "TCP_KEEPCNT", 0)): 3,
    (socket.IPPROTO_TCP, getattr(socket, "TCP_USER_TIMEOUT", 0)): 25_000,
}


@contextmanager
def by_tcp(url: str) -> Iterator[str]:
    """The address of a door on the network that leads to the server's socket file."""
    with psycopg.connect(url) as there:
        folder, port = there.info.host, there.info.port
    door = socket.create_server(("127.0.0.1", 0))

    def carry(one: socket.socket, other: socket.socket) -> None:
        with one, other:
            try:
                while some := one.recv(65_536):
                    other.sendall(some)
                other.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def serve() -> None:
        while True:
            try:
                came, _ = door.accept()
            except OSError:
                return
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(f"{folder}/.s.PGSQL.{port}")
            for ends in ((came, behind), (behind, came)):
                threading.Thread(
                    target=carry, args=[end.dup() for end in ends], daemon=True
                ).start()

    threading.Thread(target=serve, daemon=True).start()
    known = {**conninfo_to_dict(url), "host": "127.0.0.1", "port": door.getsockname()[1]}
    try:
        yield " ".join(f"{name}={value}" for name, value in known.items())
    finally:
        door.close()


def told(connection: "psycopg.Connection[Any]") -> dict[tuple[int, int], int]:
    """What our system was told of the connection."""
    with socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as one:
        return {option: one.getsockopt(*option) for option in WATCHED}


def test_our_system_watches_the_server(postgres_url: str) -> None:
    with by_tcp(postgres_url) as url, closing(connect(url)) as connection:
        assert told(connection) == WATCHED


def test_every_connection_of_the_database_is_opened_so(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[dict[tuple[int, int], int]] = []

    def noted(url: str) -> "psycopg.Connection[Any]":
        made = connect(url)
        opened.append(told(made))
        return made

    monkeypatch.setattr("kaiwa.engines.db.postgres.connect", noted)
    with by_tcp(postgres_url) as url, closing(open_database(url)) as db:
        db.write_now(rows_of_nothing)
        db.take_owner()
        listens = threading.Event()
        db.listen(lambda _: None, listens.set)
        assert listens.wait(10)
    assert opened == [WATCHED] * 3


def rows_of_nothing(session: Any) -> Any:
    return rows(session, "SELECT 1")


def test_the_server_is_told_to_watch_us(postgres_url: str) -> None:
    asked = "SELECT name FROM pg_settings WHERE source = 'session' AND name LIKE 'tcp_%'"
    with closing(connect(postgres_url)) as connection:
        assert {name for (name,) in connection.execute(asked)} == set(THEIRS)


def test_what_an_address_says_itself_is_kept() -> None:
    own = conninfo_to_dict(
        address("postgresql://kaiwa@db.test/k?keepalives_idle=60&sslmode=require")
    )
    assert own["keepalives_idle"] == "60"
    assert own["keepalives_count"] == "3"
    assert own["sslmode"] == "require"
    assert (own["host"], own["user"], own["dbname"]) == ("db.test", "kaiwa", "k")
