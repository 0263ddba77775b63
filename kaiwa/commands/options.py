"""Options every command takes, and what they lead to."""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeAlias, cast

import structlog
import structlog.tracebacks

from kaiwa.engines.db import Session
from kaiwa.house import House, build
from kaiwa.merchants.merchant import Merchant, merchant_called
from kaiwa.migrations import migrate, newest, revision
from kaiwa.settings import Settings, read_settings
from kaiwa.vocabulary.errors import Invalid

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = Callable[[argparse.Namespace], int | None]


def command(
    commands: Commands, name: str, run: Run, words: str, *, merchant: bool = False
) -> argparse.ArgumentParser:
    """Add a command with the options all of them take."""
    parser = commands.add_parser(name, help=words, description=words)
    parser.add_argument("--data", metavar="DIR", help="the data directory (KAIWA_DATA)")
    parser.add_argument(
        "--database-url", metavar="URL", help="a PostgreSQL instead (KAIWA_DATABASE_URL)"
    )
    if merchant:
        parser.add_argument("--merchant", "-m", required=True, metavar="M", help="slug, id or name")
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, words: str) -> Commands:
    """The commands under `name`, such as `import …`; begun by whoever asks first."""
    if name not in commands.choices:
        commands.add_parser(name, help=words).add_subparsers()
    inner = commands.choices[name]._actions
    return next(one for one in inner if isinstance(one, argparse._SubParsersAction))


def settings_of(chosen: argparse.Namespace) -> Settings:
    """The settings the options lead to."""
    server = {name: getattr(chosen, name, None) for name in ("host", "port", "public_url")}
    return read_settings(chosen.data, chosen.database_url, **server)


@contextmanager
def opened(chosen: argparse.Namespace, *, create: bool = False) -> Iterator[House]:
    """The house of the data directory, closed afterwards.

    The schema is brought up to date when `create`; else an old one is refused with what to run.
    """
    settings = settings_of(chosen)
    quiet_logs()
    if create:
        migrate(settings.database_url)
    else:
        require_schema(settings)
    house = build(settings)
    try:
        yield house
    finally:
        house.close()


def require_schema(settings: Settings) -> None:
    """`Invalid` unless the database has the newest schema."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    if settings.database_url.startswith("sqlite:///") and not path.exists():
        raise Invalid(f"There is no database in {settings.data}. Run: kaiwa migrate")
    present = revision(settings.database_url)
    if present != newest():
        raise Invalid(f"The database is at {present}, not {newest()}. Run: kaiwa migrate")


def the_merchant(session: Session, chosen: argparse.Namespace) -> Merchant:
    """The merchant the options name."""
    return merchant_called(session, chosen.merchant)


def quiet_logs() -> None:
    """Logs as one JSON line each on standard error, warnings and worse."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Never the local variables: they hold what customers wrote, and secrets.
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _StandardError())),
        cache_logger_on_first_use=True,
    )


class _StandardError:
    """Standard error as it is when something is logged, not as it was at the start."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def pairs(texts: list[str] | None) -> dict[str, Any]:
    """`NAME=VALUE` options as a dict."""
    found = [text.partition("=") for text in texts or []]
    if bad := [name for name, equals, _ in found if not equals]:
        raise Invalid(f"Write it as NAME=VALUE: {', '.join(bad)}")
    return {name: value for name, _, value in found}
