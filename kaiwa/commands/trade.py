"""import orders, coupons and parcels, export orders: what was sold, in and out."""

import argparse
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from kaiwa.catalog.importing.table import rows_of, unreadable
from kaiwa.catalog.importing.text_file import TOO_LONG, has_bad_bytes, lines_of, open_text
from kaiwa.commands.data import export_lines
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.listeners import announce_orders
from kaiwa.merchants.merchant import Merchant
from kaiwa.orders.command import Command
from kaiwa.orders.coupon import put_coupon
from kaiwa.orders.export import exported_orders
from kaiwa.orders.import_coupons import read_coupon
from kaiwa.orders.import_orders import read_order, take_order
from kaiwa.orders.parcel_file import take_news
from kaiwa.vocabulary.errors import Invalid, NotFound

BATCH = 200

Rows: TypeAlias = Iterator[tuple[int, Any]]
# The names of the columns, and what a row says in each.
Row: TypeAlias = tuple[list[str], list[str]]
Take: TypeAlias = Callable[[Session, Merchant, Any], bool]


def add(commands: Commands) -> None:
    """Add the group."""
    imports = group(commands, "import", "take data in")
    orders = command(imports, "orders", _import_orders, "orders from JSON lines", merchant=True)
    orders.add_argument("file", type=Path, help='{"number","placed_at","lines":[…],…} a line')
    coupons = command(imports, "coupons", _import_coupons, "coupons from a CSV", merchant=True)
    coupons.add_argument("file", type=Path, help="code,percent,amount,min_subtotal,…")
    parcels = command(imports, "parcels", _import_parcels, "a carrier's news", merchant=True)
    parcels.add_argument("file", type=Path, help="tracking_number,status,occurred_at")
    exports = group(commands, "export", "give data out as JSON lines")
    one = command(exports, "orders", export_lines, "all orders", merchant=True)
    one.set_defaults(lines=(exported_orders,))


def _import_orders(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house, open_text(chosen.file) as file:
        now = house.clock.now()
        rows = ((place, line) for place, line in enumerate(lines_of(file), 1) if line.strip())

        def take(session: Session, owner: Merchant, line: str) -> bool:
            if TOO_LONG in line:
                raise Invalid("The line is too long.")
            if has_bad_bytes(line):
                raise Invalid("Some bytes are neither UTF-8 nor Shift_JIS.")
            return take_order(session, owner, read_order(line), now)

        return _take_all(house.db.write_now, chosen, rows, take)


def _import_coupons(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house, open_text(chosen.file) as file:
        now = house.clock.now()
        rows = _table(file, "code")

        def take(session: Session, owner: Merchant, row: Row) -> bool:
            cells = {name.casefold(): cell.strip() for name, cell in _readable(row).items()}
            return put_coupon(session, owner.id, read_coupon(cells, owner), now)

        return _take_all(house.db.write_now, chosen, rows, take)


def _import_parcels(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house, open_text(chosen.file) as file:
        now = house.clock.now()

        def take(session: Session, owner: Merchant, row: Row) -> bool:
            by = Command(owner.id, "import", "import", now)
            return take_news(session, by, _readable(row), owner.timezone, announce_orders)

        return _take_all(house.db.write_now, chosen, _table(file, None), take)


def _table(file: TextIO, needed: str | None) -> Rows:
    rows = rows_of(file)
    _, head = next(rows, (1, list[str]()))
    names = [name.strip() for name in head]
    if needed is not None and needed not in map(str.casefold, names):
        raise Invalid(f"The first line must name the columns, {needed} among them.")
    return ((place, (names, cells)) for place, cells in rows)


def _readable(row: Row) -> dict[str, str]:
    names, cells = row
    if (reason := unreadable(cells)) is not None:
        raise Invalid(reason)
    padded = [*cells, *("" for _ in names)]
    return {name: cell for name, cell in zip(names, padded, strict=False) if name}


def _take_all(
    write: Callable[[Callable[[Session], int]], int],
    chosen: argparse.Namespace,
    rows: Rows,
    take: Take,
) -> int:
    """Take the rows in batches; a bad row is told and never stops the rest."""
    taken = fresh = refused = 0
    while batch := list(islice(rows, BATCH)):
        bad: dict[int, str] = {}

        def work(session: Session, batch: list[tuple[int, Any]] = batch, bad=bad) -> int:  # type: ignore[no-untyped-def]
            owner = the_merchant(session, chosen)
            new = 0
            for place, row in batch:
                try:
                    new += take(session, owner, row)
                except (Invalid, NotFound) as error:
                    bad[place] = error.message
            return new

        fresh += write(work)
        taken += len(batch) - len(bad)
        refused += len(bad)
        for place, reason in bad.items():
            sys.stderr.write(f"line {place}: {reason}\n")
    print(f"taken: {taken} ({fresh} new), refused: {refused}")
    return 1 if refused and not taken else 0
