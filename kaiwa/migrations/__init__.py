"""The schema's history. The first line of each version says what it does and whether it locks."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from kaiwa.vocabulary.errors import Unreachable

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "versions"


def migrate(url: str) -> str:
    """Bring the database at `url` to the newest schema; the revision it is at afterwards."""
    present = revision(url)
    if present == newest():
        return present
    # Alembic takes longer to import than most commands take to run.
    from alembic import command

    _prepare(url)
    command.upgrade(_config(url), "head")
    return newest()


def revision(url: str) -> str | None:
    """The revision the database is at, or None when it is empty."""
    try:
        return _sqlite_revision(url) if url.startswith("sqlite") else _postgres_revision(url)
    except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
        return None
    except psycopg.OperationalError as error:
        raise Unreachable(f"PostgreSQL does not answer: {error}") from error


def newest() -> str:
    """The revision this version of the program needs: files are named `NNNN_what.py`."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def _sqlite_revision(url: str) -> str | None:
    path = url.removeprefix("sqlite:///")
    if not Path(path).exists():
        return None
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    return None if row is None else str(row[0])


def _postgres_revision(url: str) -> str | None:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _config(url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("sqlalchemy.url", _alchemy_url(url).replace("%", "%%"))
    return config


def _alchemy_url(url: str) -> str:
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else url


def _prepare(url: str) -> None:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
