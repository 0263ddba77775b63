"""Writes what a file tells into the catalog, a batch a transaction, and counts as it goes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from kaiwa.catalog.assortment import Assortment, Told
from kaiwa.catalog.change import next_change
from kaiwa.catalog.importing import RefusedRow, Shop, ToldProduct
from kaiwa.catalog.importing.json_lines import read_json_lines
from kaiwa.catalog.importing.shopify import read_shopify
from kaiwa.catalog.importing.text_file import open_text
from kaiwa.catalog.product import ids_by_handle, put_products
from kaiwa.catalog.stock import set_levels
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
        for number in count(1):
            batch = list(islice(told, BATCH))
            if not batch:
                break
            refused = [row for row in batch if isinstance(row, RefusedRow)]
            products = [row for row in batch if isinstance(row, ToldProduct)]
            fresh, clashes = db.write_now(
                lambda s, these=products: put_batch(s, one, these)  # type: ignore[misc]
            )
            clashing = {row.line for row in clashes}
            taken = [told for told in products if told.line not in clashing]
            progress.products += len(taken)
            progress.fresh += fresh
            progress.rows += sum(told.rows for told in taken)
            for row in _by_line([*refused, *clashes]):
                progress.refused += 1
                one.refused(row)
            if number & (number - 1) == 0:
                db.write_now(_count_anew)
            one.went(progress)
    return progress


def _count_anew(session: Session) -> None:
    # PostgreSQL plans by what it counted last; a shop that just came was never counted, and each
    # look at a SKU would go through all of its products. Counted when twice as much is there.
    if session.dialect == "postgres":
        for table in ("product", "variant", "stock"):
            session.run(f"ANALYZE {table}")


def _by_line(rows: list[RefusedRow]) -> Iterator[RefusedRow]:
    yield from sorted(rows, key=lambda row: row.line)


def put_batch(
    session: Session, one: Import, products: list[ToldProduct]
) -> tuple[int, list[RefusedRow]]:
    """Write some products, each handle once; how many are new, and those whose SKU is another's.

    A SKU belongs to who sells it when the product's turn comes, in the order of the file.
    """
    change = next_change(session, one.merchant_id)
    known = ids_by_handle(session, one.merchant_id, [told.text.handle for told in products])
    ranges = [
        Told(told.text.handle, [variant.text for variant in told.variants], told.complete)
        for told in products
    ]
    assortment = Assortment(session, one.merchant_id, known, ranges)
    clashes, taken = [], []
    for told, variants in zip(products, ranges, strict=True):
        if (sku := assortment.clash(variants)) is not None:
            clashes.append(RefusedRow(told.line, f"Another product has the SKU {sku!r}."))
        else:
            taken.append((told, variants))
    texts = [told.text for told, _ in taken]
    ids = put_products(session, one.merchant_id, texts, one.now, change)
    variants_of = assortment.put([variants for _, variants in taken], ids, one.now)
    levels = [
        (variant_id, variant.level)
        for told, _ in taken
        for variant_id, variant in zip(variants_of[told.text.handle], told.variants, strict=True)
    ]
    set_levels(session, one.merchant_id, levels, change)
    return sum(text.handle not in known for text in texts), clashes
