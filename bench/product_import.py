"""Importing products: seconds for `--rows N` of a CSV that is new, and for the same file again.

`--database-url` a PostgreSQL whose user may create databases; without it, SQLite.
"""

import csv
import random
import time
from pathlib import Path

from bench import _measure
from kaiwa.catalog.importing import Shop
from kaiwa.catalog.importing.taking import Import, Progress, import_products
from kaiwa.engines.db import Database
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from tests.catalog.shop import NOW

ROWS = 5_000
HEADINGS = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Price,Variant Inventory Qty,Variant Grams"
)


def write(path: Path, rows: int) -> None:
    luck = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        told = csv.writer(file)
        told.writerow(HEADINGS.split(","))
        for at in range(rows):
            body, price, there = f"<p>{at} {'です。' * 20}</p>", luck.randint(100, 9_999), at % 10
            told.writerow(
                [f"h-{at}", f"湯のみ {at}", body, f"v{at % 50}", "茶器", "a, b", "TRUE"]
                + ["色", "赤", f"S{at}", str(price), str(there), "300"]
            )


def take(db: Database, path: Path, shop: int) -> Progress:
    one = Import(shop, Shop("JPY", "ja"), NOW, lambda _: None, lambda _: None)
    begun = time.perf_counter()
    done = import_products(db, path, one)
    which = "new" if done.fresh else "again"
    _measure.say(f"{done.rows} rows, {which}", time.perf_counter() - begun, "s")
    return done


def main() -> None:
    parser = _measure.parser()
    parser.add_argument("--rows", type=int, default=ROWS)
    given = parser.parse_args()
    with _measure.measured_database(given) as (db, folder):
        path = folder / "products.csv"
        write(path, given.rows)
        shop = db.write_now(lambda s: create_merchant(s, NewMerchant("Bench"), NOW)).id
        assert take(db, path, shop).fresh == given.rows
        assert take(db, path, shop).fresh == 0


if __name__ == "__main__":
    main()
