"""Recommendation: how often the next product is among the first twenty, and what asking costs.

Quality replays each shop's newest tenth of visits: a generated shop, and with `--clicks FILE` real
ones, tab-separated with a line of headings and the columns SessionId, ItemId, Time (seconds), as
the public RSC15 samples are; with `--asked FILE` those visits are asked instead of the newest
tenth. Peers on the 100k sample, asked with its own test visits: popularity 0.069, sequential rules
0.516, V-SKNN 0.581, both together 0.591 hits@20. Speed is CPU of this thread, `--products` 50,000
and `--events` 400,000, the database included.
"""

import csv
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench import _catalogue, _measure
from kaiwa.catalog.recommendation import WISHES, For, Knowing, Learned, Wish, recommend
from kaiwa.catalog.recommendation.choosing import Score, replay, replay_on
from kaiwa.catalog.recommendation.trail import Events
from kaiwa.engines.db import Database, Session

QUESTIONS = 1_000
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LENGTHS = (1, 2, 2, 3, 4, 5, 8, 12)


def read_clicks(path: Path, first_visit: int = 0) -> Events:
    """The visits of a file in its order; visits are numbered as they begin."""
    with path.open(encoding="utf-8") as file:
        rows = [
            (float(row["Time"]), int(row["SessionId"]), int(row["ItemId"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]
    began: dict[int, float] = {}
    for at, visit, _ in rows:
        began[visit] = min(at, began.get(visit, at))
    number = {
        visit: first_visit + place
        for place, visit in enumerate(sorted(began, key=began.__getitem__), 1)
    }
    table = [(item, number[visit], 0, int(at * 1e6)) for at, visit, item in sorted(rows)]
    return Events(*(np.ascontiguousarray(column) for column in np.array(table, np.int64).T))


def shop_clicks(products: int, events: int) -> Events:
    """A made-up shop: few products draw most looks, and a visit stays near one taste."""
    luck = random.Random(11)
    rows: list[tuple[int, int, int, int]] = []
    visit = 0
    while len(rows) < events:
        visit += 1
        at = min(products - 1, int(luck.paretovariate(0.5)) - 1)
        for _ in range(luck.choice(LENGTHS)):
            rows.append((at + 1, visit, 0, visit * 60_000_000))
            step = luck.choice((1, 1, 2, 3, 7, 40))
            at = (at + step) % products if luck.random() < 0.8 else luck.randrange(products)
    return Events(*(np.ascontiguousarray(column) for column in np.array(rows, np.int64).T))


def tell(name: str, told: tuple[str, dict[str, Score], int]) -> None:
    chosen, scores, questions = told
    for method, score in scores.items():
        mark = " (chosen)" if method == chosen else ""
        print(f"{name} {method}{mark} hits@20 {score.hits:.3f} MRR@20 {score.rank:.3f}")
    best, popular = scores[chosen].hits, max(scores["popular"].hits, 1e-9)
    _measure.say(
        f"{name} {questions} questions, chosen against popularity", best / popular, "times", "5"
    )


def store(db: Database, shop: int, events: Events) -> list[int]:
    """Write the events as the shop's; the ids of its products, which they are about."""
    ids = [
        row[0]
        for row in db.read_now(
            lambda s: s.all("SELECT id FROM product WHERE merchant_id = :m ORDER BY id", m=shop)
        )
    ]
    rows = [
        {"m": shop, "v": f"v{visit}", "p": ids[(product - 1) % len(ids)], "n": visit, "at": at,
         "k": "cart" if place % 9 == 0 else "view"}
        for place, (product, visit, at) in enumerate(
            zip(events.product.tolist(), events.visit.tolist(), events.at.tolist(), strict=True)
        )
    ]  # fmt: skip
    rows += [
        {"m": shop, "v": f"o{row['n']}", "p": row["p"], "n": -row["n"], "at": row["at"],
         "k": "purchase"}
        for row in rows if row["n"] % 12 == 0
    ]  # fmt: skip

    def work(session: Session, some: list[dict[str, object]]) -> None:
        session.many(
            """INSERT INTO shopping_event (merchant_id, visitor, product_id, kind, visit, at)
            VALUES (:m, :v, :p, :k, :n, :at)""",
            some,
        )

    for start in range(0, len(rows), 10_000):
        db.write_now(lambda s, some=rows[start : start + 10_000]: work(s, some))  # type: ignore[misc]
    return ids


def measure_speed(db: Database, shop: int, events: Events) -> None:
    ids = store(db, shop, events)
    learned = Learned(shop)
    before, begun = _measure.rss_mb(), time.process_time()
    db.read_now(learned.catch_up)
    _measure.say("learned from nothing, CPU", time.process_time() - begun, "s")
    _measure.say("memory of what was learned", _measure.rss_mb() - before, "MB")
    learned.method = "both"
    luck = random.Random(5)
    visits = events.visit.tolist()

    def ask(wish: Wish) -> float:
        some = tuple(ids[int(luck.paretovariate(0.5)) % len(ids)] for _ in range(3))
        who = For(some[:1], some[1:], visitor=f"v{luck.choice(visits)}")
        knowing = Knowing(learned)

        def work(session: Session) -> float:
            start = time.thread_time()
            recommend(session, knowing, wish, who)
            return (time.thread_time() - start) * 1000

        return db.read_now(work)

    for wish in WISHES:
        for _ in range(20):
            ask(wish)
        taken = sorted(ask(wish) for _ in range(QUESTIONS))
        _measure.say(f"recommend {wish} CPU p50", taken[QUESTIONS // 2], "ms")
        _measure.say(f"recommend {wish} CPU p99", taken[int(QUESTIONS * 0.99)], "ms", "5")


def main() -> None:
    parser = _measure.parser()
    parser.add_argument("--products", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=400_000)
    parser.add_argument("--clicks", type=Path)
    parser.add_argument("--asked", type=Path)
    given = parser.parse_args()
    if given.clicks:
        clicks = read_clicks(given.clicks)
        if given.asked:
            asked = read_clicks(given.asked, int(clicks.visit.max()))
            tell("clicks", replay_on(clicks, asked))
        else:
            tell("clicks", replay(clicks))
    events = shop_clicks(given.products, given.events)
    tell("made-up shop", replay(events))
    with _measure.measured_database(given) as (db, _):
        measure_speed(db, _catalogue.fill(db, given.products), events)


if __name__ == "__main__":
    main()
