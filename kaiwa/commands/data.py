"""import and export: a shop's data in and out, JSON lines."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from kaiwa.catalog.importing import RefusedRow, Shop
from kaiwa.catalog.importing.taking import Import, Progress, import_products
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.conversations.export import exported_events, exported_messages, exported_ratings
from kaiwa.conversations.form_asking import exported_form_answers
from kaiwa.customers.export import exported_customers
from kaiwa.engines.db import Database, Session
from kaiwa.knowledge.entries import put_entries
from kaiwa.knowledge.importing import read_faq
from kaiwa.orders.abandoned_cart import exported_abandoned_carts
from kaiwa.vocabulary.errors import NotFound

Lines: TypeAlias = Callable[[Session, int, int], Iterable[tuple[int, dict[str, Any]]]]
PROGRESS_S = 2.0


def add(commands: Commands) -> None:
    """Add the group."""
    imports = group(commands, "import", "take data in")
    faq = command(imports, "faq", _import_faq, "questions and answers from a CSV", merchant=True)
    faq.add_argument("file", type=Path, help="question,answer,language,tags")
    products = command(
        imports, "products", _import_products, "products from a CSV or JSON lines", merchant=True
    )
    products.add_argument("file", type=Path, help="Shopify's product CSV, or .jsonl")
    exports = group(commands, "export", "give data out as JSON lines")
    for what, lines in (
        ("messages", (exported_messages,)),
        ("customers", (exported_customers,)),
        (
            "events",
            (exported_events, exported_abandoned_carts, exported_ratings, exported_form_answers),
        ),
    ):
        one = command(exports, what, export_lines, f"all {what}", merchant=True)
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


def _import_products(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        owner = house.db.read_now(lambda s: the_merchant(s, chosen))
        shop = Shop(owner.currency, owner.language)
        telling = Import(owner.id, shop, house.clock.now(), _say_refused, _Meter().show)
        done = import_products(house.db, chosen.file, telling)
    print(
        f"taken: {done.rows} rows ({done.products} products, {done.fresh} new), "
        f"refused: {done.refused}"
    )
    return 1 if done.refused and not done.rows else 0


def _say_refused(row: RefusedRow) -> None:
    sys.stderr.write(f"line {row.line}: {row.reason}\n")


class _Meter:
    """Says on standard error how far an import is, every few seconds."""

    def __init__(self) -> None:
        self._said_at = time.monotonic()

    def show(self, progress: Progress) -> None:
        if time.monotonic() - self._said_at < PROGRESS_S:
            return
        self._said_at = time.monotonic()
        sys.stderr.write(f"{progress.rows} rows taken, {progress.refused} refused …\n")


def export_lines(chosen: argparse.Namespace) -> int:
    """Write what each of `chosen.lines` gives, page by page, each page from one snapshot."""
    with opened(chosen) as house:
        merchant_id = house.db.read_now(lambda s: the_merchant(s, chosen).id)
        for lines in chosen.lines:
            _export(house.db, merchant_id, lines)
    return 0


def _export(db: Database, merchant_id: int, lines: Lines) -> None:
    place = 0
    while page := db.read_now(lambda s, at=place: list(lines(s, merchant_id, at))):  # type: ignore[misc]
        for line in page:
            sys.stdout.buffer.write(msgspec.json.encode(line[1]) + b"\n")
        place = page[-1][0]
