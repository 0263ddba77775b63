"""Writes what a file tells into the catalog, a batch a transaction, and counts as it goes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from kaiwa.catalog.change import next_change
from kaiwa.catalog.importing import RefusedRow, Shop, ToldProduct
from kaiwa.catalog.importing.json_lines import read_json_lines
from kaiwa.catalog.importing.shopify import read_shopify
from kaiwa.catalog.importing.text_file import open_text
from kaiwa.catalog.product import product_by_handle, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import put_variants, retire_others, sellers_of
from kaiwa.engines.db import Database, Session

BATCH: Final = 500


class Progress(msgspec.Struct):
    """How far an import is; grows while it runs."""

    rows: int = 0
    products: int = 0
    fresh: int = 0
    refused: int = 0


Heard: TypeAlias = Callable[[RefusedRow], None]
Went: TypeAlias = Callable[[Progress], None]


class Import(msgspec.Struct, frozen=True):
    """One import: whose, when, and who hears of it while it runs."""

    merchant_id: int
    shop: Shop
    now: datetime
    refused: Heard
    went: Went


def import_products(db: Database, path: Path, one: Import) -> Progress:
    """Take every product of the file that can be taken, and tell of each row that cannot.

    Products are known by their handle and variants by their SKU or options, so that a second
    import of the same file changes nothing. An import that is cut off can be run again.
    """
    progress = Progress()
    with open_text(path) as file:
        read = read_json_lines if path.suffix in (".jsonl", ".ndjson", ".json") else read_shopify
        told = read(file, one.shop)
        while batch := list(islice(told, BATCH)):
            refused = [row for row in batch if isinstance(row, RefusedRow)]
            products = [row for row in batch if isinstance(row, ToldProduct)]
            fresh, clashes = db.write_now(
                lambda s, these=products: _put_all(s, one, these)  # type: ignore[misc]
            )
            clashing = {row.line for row in clashes}
            taken = [told for told in products if told.line not in clashing]
            progress.products += len(taken)
            progress.fresh += fresh
            progress.rows += sum(told.rows for told in taken)
            for row in _by_line([*refused, *clashes]):
                progress.refused += 1
                one.refused(row)
            one.went(progress)
    return progress


def _by_line(rows: list[RefusedRow]) -> Iterator[RefusedRow]:
    yield from sorted(rows, key=lambda row: row.line)


def _put_all(
    session: Session, one: Import, products: list[ToldProduct]
) -> tuple[int, list[RefusedRow]]:
    change = next_change(session, one.merchant_id)
    fresh, clashes = 0, []
    for told in products:
        known = product_by_handle(session, one.merchant_id, told.text.handle)
        skus = [variant.text.sku for variant in told.variants if variant.text.sku]
        sellers = sellers_of(session, one.merchant_id, skus)
        taken = [sku for sku, by in sellers.items() if known is None or by != known.id]
        if taken:
            reason = f"Another product has the SKU {taken[0]!r}."
            clashes.append(RefusedRow(told.line, reason))
            continue
        _put(session, one, told, change)
        fresh += known is None
    return fresh, clashes


def _put(session: Session, one: Import, told: ToldProduct, change: int) -> None:
    product_id = put_product(session, one.merchant_id, told.text, one.now, change)
    texts = [variant.text for variant in told.variants]
    ids = put_variants(session, one.merchant_id, product_id, texts, one.now)
    if told.complete:
        # A refused row must not take from sale what it failed to tell.
        retire_others(session, one.merchant_id, product_id, ids, one.now)
    for variant_id, variant in zip(ids, told.variants, strict=True):
        level = variant.level
        if level is None:
            _uncounted(session, one.merchant_id, variant_id, change)
        else:
            set_stock(session, one.merchant_id, variant_id, level, change)


def _uncounted(session: Session, merchant_id: int, variant_id: int, change: int) -> None:
    # The file does not count: what is known stays, and what is new sells without counting.
    known = session.one(
        "SELECT 1 FROM stock WHERE merchant_id = :merchant_id AND variant_id = :variant_id",
        merchant_id=merchant_id,
        variant_id=variant_id,
    )
    if known is None:
        set_stock(session, merchant_id, variant_id, Level(tracked=False), change)
