"""What every bench needs: a database of its own, one printed line a number, the process's size."""

import argparse
import gc
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kaiwa.engines.db import Database, open_database
from kaiwa.migrations import migrate
from tests.databases import PostgresCopies


def say(name: str, value: float, unit: str, limit: str = "") -> None:
    """One number a line, its limit or peer beside it."""
    text = f"{value:.0f}" if value >= 100 else f"{value:.3g}"
    print(f"{name} {text} {unit}" + (f" (limit {limit})" if limit else ""), flush=True)


def parser() -> argparse.ArgumentParser:
    """The options every bench on a database takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database-url", help="a PostgreSQL whose user may create databases")
    parser.add_argument("--dir", type=Path, help="where the SQLite file goes; its disk is measured")
    return parser


def arguments() -> argparse.Namespace:
    return parser().parse_args()


@contextmanager
def fresh_database(given: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """The address of an empty database at the newest schema, and the folder it may be in."""
    with tempfile.TemporaryDirectory(dir=given.dir) as folder:
        if given.database_url is None:
            url = f"sqlite:///{folder}/kaiwa.db"
            migrate(url)
            yield url, Path(folder)
            return
        with closing(PostgresCopies(given.database_url)) as copies:
            url = copies.fresh()
            yield url, Path(folder)
            copies.drop(url)


@contextmanager
def measured_database(given: argparse.Namespace) -> Iterator[tuple[Database, Path]]:
    """The same, open."""
    with fresh_database(given) as (url, folder), closing(open_database(url)) as db:
        yield db, folder


def collect_rarely() -> None:
    """As the server sets the collector once it has started (kaiwa/app.py)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def rss_mb() -> float:
    """The memory this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
