"""import and export: a shop's data in and out, JSON lines."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.conversations.export import exported_events, exported_messages
from kaiwa.customers.export import exported_customers
from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.importing import read_faq
from kaiwa.vocabulary.errors import NotFound


def add(commands: Commands) -> None:
    """Add the group."""
    imports = commands.add_parser("import", help="take data in").add_subparsers()
    faq = command(imports, "faq", _import_faq, "questions and answers from a CSV", merchant=True)
    faq.add_argument("file", type=Path, help="question,answer,language,tags")
    exports = commands.add_parser("export", help="give data out as JSON lines").add_subparsers()
    for what, lines in (
        ("messages", exported_messages),
        ("customers", exported_customers),
        ("events", exported_events),
    ):
        one = command(exports, what, _export, f"all {what}", merchant=True)
        one.set_defaults(lines=lines)


def _import_faq(chosen: argparse.Namespace) -> int:
    try:
        data = chosen.file.read_bytes()
    except OSError as error:
        raise NotFound(f"{chosen.file} cannot be read: {error.strerror}.") from error
    report = read_faq(data)
    with opened(chosen) as house:
        now = house.clock.now()
        fresh = house.db.write_now(
            lambda s: put_entries(s, the_merchant(s, chosen).id, report.taken, now)
        )
    print(f"taken: {len(report.taken)} ({fresh} new), refused: {len(report.refused)}")
    for row in report.refused:
        sys.stderr.write(f"line {row.line}: {row.reason}\n")
    return 1 if report.refused and not report.taken else 0


def _export(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        merchant_id = house.db.read_now(lambda s: the_merchant(s, chosen).id)
        place = 0
        while True:
            page = house.db.read_now(lambda s, at=place: list(_page(s, chosen, merchant_id, at)))  # type: ignore[misc]
            for line in page:
                sys.stdout.buffer.write(msgspec.json.encode(line[1]) + b"\n")
            if not page:
                return 0
            place = page[-1][0]


def _page(
    session: Session, chosen: argparse.Namespace, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from chosen.lines(session, merchant_id, after)
