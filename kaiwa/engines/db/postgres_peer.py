"""How a connection to PostgreSQL is opened: a peer that vanished is noticed in half a minute.

A machine that lost its power, or a firewall that forgot a connection, says no goodbye. By itself
TCP then waits a quarter of an hour for an answer, and two hours where nothing is asked: a worker
would hang on its COMMIT, and the listener would hear nothing and not know it. The server is told
the same about us: the locks of a node that vanished are free again as soon.
"""

from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

# What the driver asks of our side of a connection: probes when it is idle, and a limit for what
# was sent and never acknowledged. A socket file has neither and takes no harm.
OURS: Final = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
# The same of the server's side.
THEIRS: Final = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def address(url: str) -> str:
    """The url with `OURS`; what it says itself of them stays as it says."""
    return make_conninfo("", **{**OURS, **conninfo_to_dict(url)})


def connect(url: str) -> "psycopg.Connection[Any]":
    """A connection that commits each statement by itself, both of its ends watched."""
    connection = psycopg.connect(address(url), autocommit=True)
    try:
        told = ", ".join(
            f"set_config('{name}', '{value}', false)" for name, value in THEIRS.items()
        )
        connection.execute(f"SELECT {told}".encode())
    except BaseException:
        connection.close()
        raise
    return connection
