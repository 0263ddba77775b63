"""The finder at scale: CPU per query with price, stock and facets, freshness, memory, suggestions.

`--products N` (50,000) made-up products in Japanese and English with two variants each; queries of
one to three words, half of them bound by price, colour, size or stock, some misspelt, each asked
once. `--keep DIR` fills and indexes a folder once and then only measures it. Times are CPU of the
asking thread (freshness: the clock, from a commit's return until the next question sees it); memory
is that of a process that opens the shop, above what it had before.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench import _catalogue, _measure
from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.finder import Finder
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import restock
from kaiwa.catalog.variant import VariantText, put_variants, variants_of
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.languages.two_scripts import prepare
from kaiwa.migrations import migrate
from kaiwa.vocabulary.money import Money

PRODUCTS = 50_000
QUERIES = 2_000
TIMES = 200
SHOP = 1
TYPED = "す すに たお いや 財 きー ke wa bamb セ コー でん blue mu 軽い す ra zo".split(" ")


def cpu_ms(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


def wall_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def say(name: str, taken: list[float], limit: str) -> None:
    taken.sort()
    _measure.say(f"{name} p50", taken[len(taken) // 2], "ms")
    _measure.say(f"{name} p99", taken[int(len(taken) * 0.99)], "ms", limit)


def measure_queries(db: Database, finder: Finder, limit: str) -> None:
    queries = list(_catalogue.queries(QUERIES + 50))
    for query in queries[:50]:
        finder.try_now(SHOP, query)

    def ask(query: str) -> None:
        db.read_now(lambda s: finder.find(s, SHOP, query))

    wall: list[float] = []

    def timed(query: str) -> float:
        begun = time.perf_counter()
        took = cpu_ms(lambda: ask(query))
        wall.append((time.perf_counter() - begun) * 1000)
        return took

    say("find CPU", [timed(query) for query in queries[50:]], limit)
    say("find wall", wall, "")


def measure_suggestions(db: Database, finder: Finder) -> None:
    def suggest(typed: str) -> None:
        db.read_now(lambda s: finder.suggest(s, SHOP, typed))

    suggest("か")
    taken = [cpu_ms(lambda t=typed: suggest(t)) for typed in TYPED * 20]  # type: ignore[misc]
    say("suggest CPU", taken, "3")


def measure_freshness(db: Database, finder: Finder) -> None:
    one = db.read_now(lambda s: variants_of(s, SHOP, 1))[0]

    def reprice(session: Session, price: int) -> None:
        text = ProductText("p-0", "軽い茶筅", category="茶器")
        put_product(session, SHOP, text, _catalogue.NOW, next_change(session, SHOP))
        told = [VariantText(Money(price, "JPY"), sku=one.sku, options=one.options)]
        put_variants(session, SHOP, 1, told, _catalogue.NOW)

    stock, price = [], []
    for turn in range(TIMES):
        db.write_now(lambda s: restock(s, SHOP, one.id, 1))
        stock.append(wall_ms(lambda: db.read_now(lambda s: finder.shelf(s, SHOP))))
        db.write_now(lambda s, p=1_000 + turn: reprice(s, p))  # type: ignore[misc]
        price.append(wall_ms(lambda: db.read_now(lambda s: finder.shelf(s, SHOP))))
    say("stock visible after commit", stock, "1")
    say("price visible after commit", price, "1")


def measure_texts(db: Database, finder: Finder) -> None:
    def rename(session: Session, title: str) -> None:
        change = next_change(session, SHOP)
        put_product(session, SHOP, ProductText("p-1", title), _catalogue.NOW, change)

    taken = []
    for turn in range(10):
        word = f"renamed{turn}x"
        db.write_now(lambda s, w=word: rename(s, f"{w} lamp"))  # type: ignore[misc]
        begun = time.perf_counter()
        while finder.try_now(SHOP, word).results[:1] == () or not is_first(finder, word):
            time.sleep(0.005)
        taken.append((time.perf_counter() - begun) * 1000)
    say("new text visible", taken, "500")


def is_first(finder: Finder, word: str) -> bool:
    results = finder.try_now(SHOP, word).results
    return bool(results) and word in results[0].product.title


def measure(url: str, data: Path, _products: int) -> None:
    finder_limit = "3 at 50,000, 10 at 1,000,000"
    before = _measure.rss_mb()
    with closing(open_database(url)) as db:
        finder = Finder(db, data, SystemClock())
        _measure.say("first answer", wall_ms(lambda: finder.try_now(SHOP, "傘")), "ms")
        # A server does this beside its first answers, without being asked.
        prepare(lambda: True)
        _measure.collect_rarely()
        measure_queries(db, finder, finder_limit)
        measure_suggestions(db, finder)
        _measure.say("memory", _measure.rss_mb() - before, "MB", "400 at 1,000,000")
        # From here on as in a server: the texts are written beside the questions.
        finder.start(writes=True)
        # And as in a server, prices and stock are taken over where they are committed.
        db.listen(finder.hear, lambda: None)
        time.sleep(1)
        measure_freshness(db, finder)
        measure_texts(db, finder)
        finder.close()


def build(url: str, data: Path, products: int) -> None:
    with closing(open_database(url)) as db:
        begun = time.process_time()
        _catalogue.fill(db, products)
        _measure.say("catalog filled, CPU", time.process_time() - begun, "s")
        begun = time.process_time()
        finder = Finder(db, data, SystemClock())
        finder.try_now(SHOP, "傘")
        finder.close()
        _measure.say("index and columns built, CPU", time.process_time() - begun, "s")


def run(step: str, url: str, data: Path, products: int) -> None:
    """Each step in a process of its own: what building took is not held against answering."""
    command = [sys.executable, "-m", "bench.finder_speed", "--step", step, "--database-url", url]
    command += ["--dir", str(data), "--products", str(products)]
    subprocess.run(command, check=True)


def main() -> None:
    parser = _measure.parser()
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--step", choices=("build", "measure"))
    given = parser.parse_args()
    if given.step:
        {"build": build, "measure": measure}[given.step](
            given.database_url, given.dir, given.products
        )
    elif given.keep:
        url = f"sqlite:///{given.keep}/kaiwa.db"
        if not given.keep.exists():
            migrate(url)
            run("build", url, given.keep, given.products)
        run("measure", url, given.keep, given.products)
    else:
        with _measure.fresh_database(given) as (url, folder):
            for step in ("build", "measure"):
                run(step, url, folder, given.products)


if __name__ == "__main__":
    main()
