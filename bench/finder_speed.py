"""The finder at scale: CPU per query with price, stock and facets, freshness, memory.

`--products N` (50,000) synthetic products with two variants; queries of one to three words, half of
them with a price bound, a colour and stock. Times are CPU of this process.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench import _measure
from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, restock, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.vocabulary.money import Money

PRODUCTS = 50_000
QUERIES = 400
NOW = datetime(2026, 11, 1, tzinfo=UTC)
WHO = Shopper("JPY", "ja")
COLOURS = ("赤", "青", "黒", "白", "ベージュ")
THINGS = (
    "シャツ 財布 炊飯器 湯のみ 急須 リュック 傘 毛布 lamp keyboard backpack mug headphones".split()
)
MANNERS = "軽い 丈夫な 北欧風 有機 防水 slim wireless vintage outdoor folding".split()


def fill(session: Session, shop: int, numbers: range) -> None:
    change = next_change(session, shop)
    for number in numbers:
        luck = random.Random(number)
        thing, word = luck.choice(THINGS), f"series{luck.randint(0, 5_000)}"
        body = " ".join(luck.choices([*THINGS, *MANNERS], k=12))
        text = ProductText(
            f"p-{number}",
            f"{luck.choice(MANNERS)} {thing} {word}",
            f"{body} {word}",
            brand=f"Brand{number % 300}",
            category=thing,
        )
        product_id = put_product(session, shop, text, NOW, change)
        price = luck.randint(3, 300) * 100
        told = [
            VariantText(Money(price, "JPY"), sku=f"{number}-{c}", options={"色": c})
            for c in luck.sample(COLOURS, 2)
        ]
        for variant_id in put_variants(session, shop, product_id, told, NOW):
            set_stock(session, shop, variant_id, Level(luck.randint(0, 9)), change)


def queries() -> list[str]:
    luck = random.Random(7)
    found = []
    for number in range(QUERIES):
        words = [luck.choice(THINGS), luck.choice(MANNERS), f"series{luck.randint(0, 5_000)}"]
        text = " ".join(words[: 1 + number % 3])
        extra = f" {luck.randint(5, 300) * 100}円以下 {luck.choice(COLOURS)} 在庫あり"
        found.append(text + extra * (number % 2))
    return found


def cpu_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def wall_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measure_queries(db: Database, shelf: Shelf) -> None:
    def ask(query: str) -> None:
        db.read_now(lambda s: find(s, shelf, query, WHO))

    for query in queries()[:20]:
        ask(query)
    taken = sorted(cpu_ms(lambda q=query: ask(q)) for query in queries())  # type: ignore[misc]
    _measure.say("find CPU p50", taken[len(taken) // 2], "ms")
    _measure.say("find CPU p99", taken[int(len(taken) * 0.99)], "ms", "3 at 50,000")


def measure_freshness(db: Database, shelf: Shelf, shop: int) -> None:
    row = db.read_now(lambda s: s.one("SELECT max(id) FROM variant WHERE merchant_id = :m", m=shop))
    assert row is not None
    stock = []
    for _ in range(20):
        db.write_now(lambda s: restock(s, shop, row[0], 1))
        stock.append(wall_ms(lambda: db.read_now(shelf.catch_up)))
    _measure.say("stock visible after commit, p50", sorted(stock)[10], "ms", "1")

    def rename(session: Session) -> None:
        text = ProductText("p-0", "軽い 茶筅 renamed")
        put_product(session, shop, text, NOW, next_change(session, shop))

    db.write_now(rename)
    _measure.say("text visible", wall_ms(lambda: db.read_now(shelf.catch_up)), "ms", "500")


def main() -> None:
    parser = _measure.parser()
    parser.add_argument("--products", type=int, default=PRODUCTS)
    given = parser.parse_args()
    with _measure.measured_database(given) as (db, folder):
        shop = db.write_now(lambda s: create_merchant(s, NewMerchant("Bench"), NOW)).id
        for start in range(0, given.products, 500):
            some = range(start, min(start + 500, given.products))
            db.write_now(lambda s, some=some: fill(s, shop, some))  # type: ignore[misc]
        before = _measure.rss_mb()
        shelf = Shelf(shop, folder / "search")
        begun = time.process_time()
        db.read_now(shelf.catch_up)
        _measure.say("index and columns built, CPU", time.process_time() - begun, "s")
        _measure.say("memory of the shelf", _measure.rss_mb() - before, "MB", "400 at 1,000,000")
        measure_queries(db, shelf)
        measure_freshness(db, shelf, shop)
        shelf.close()


if __name__ == "__main__":
    main()
