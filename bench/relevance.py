"""How well the finder finds, on labelled sets that are not part of this repository.

`--data DIR` has `chorus_icecat/`, `ja_sample/`, `query_understanding/`. Labels never reach the
index. English: nDCG@10 (unjudged = 0), condensed, recall@100; Japanese: recall@20; understanding:
exact cases, with a shop that knows every colour and the sizes of clothes and shoes. Means are told
over all queries and over two halves (by the query's checksum), so that a rule which only suits
some of them shows. `--embeddings` measures vectors of titles too; `--embeddings all` also in
English, where making them takes minutes.
"""

import argparse
import csv
import gzip
import json
import math
import statistics
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import _measure
from kaiwa.catalog.finder.dense import PAGE, Dense, Page
from kaiwa.catalog.finder.document import FIELDS, document_of
from kaiwa.catalog.finder.matching import Matcher
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding import Facets
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.understand import understand
from kaiwa.engines.embeddings import open_embedder
from kaiwa.engines.search import TextIndex
from kaiwa.engines.search.fts_index import FtsIndex
from kaiwa.engines.search.tantivy_index import TantivyIndex
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros

BEST = 1_000  # as the finder asks
WITH = " with embeddings"
ENGINES: dict[str, Callable[..., TextIndex]] = {"tantivy": TantivyIndex, "fts5": FtsIndex}
SIZES = frozenset("S M L XL XXL".split()) | {f"{cm}cm" for cm in range(20, 31)}


def product(number: int, told: dict[str, Any], language: Language) -> Product:
    return Product(
        id=number,
        handle=str(number),
        title=told["title"],
        body=told.get("short_description", told.get("description", "")),
        brand=told.get("brand", ""),
        category=told.get("category", ""),
        tags=(),
        attributes={name: str(value) for name, value in told.get("attr_t", {}).items()},
        images=(),
        status="active",
        language=language,
        updated_at=from_micros(0),
        change=1,
    )


def matcher(products: list[Product], *, meaning: bool = False) -> Matcher:
    index, vocabulary = ENGINES[engine()](None, FIELDS), Vocabulary()
    index.write((document_of(one, []) for one in products), [], "")
    for one in products:
        vocabulary.add(f"{one.title} {one.category} {one.brand}")
    return Matcher(index, vocabulary, {}, vectors(products) if meaning else None)


def vectors(products: list[Product]) -> Dense:
    embedder = open_embedder()
    if embedder is None:
        raise SystemExit("vectors need the extra `embeddings`")
    dense = Dense(None, embedder)
    for start in range(0, len(products), PAGE):
        some = {one.id: one.title for one in products[start : start + PAGE]}
        last = start + PAGE >= len(products)
        dense.take(Page("bench", (1, max(some)), some, (), last))
    return dense


def halves(rows: dict[str, float]) -> str:
    """The mean over each half of the queries."""
    parts: list[list[float]] = [[], []]
    for query, value in rows.items():
        parts[zlib.crc32(query.encode()) % 2].append(value)
    return "halves " + " / ".join(f"{statistics.mean(part):.3f}" for part in parts)


def ndcg(ids: list[str], judged: dict[str, int]) -> float:
    def dcg(grades: list[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))

    ideal = dcg(sorted(judged.values(), reverse=True)[:10])
    return dcg([judged.get(one, 0) for one in ids[:10]]) / ideal


def english(folder: Path, *, meaning: bool) -> None:
    with gzip.open(folder / "products.jsonl.gz", "rt", encoding="utf-8") as file:
        told = [json.loads(line) for line in file]
    found = matcher([product(int(one["id"]), one, "en") for one in told], meaning=meaning)
    judgments: dict[str, dict[str, int]] = {}
    with (folder / "judgments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            judgments.setdefault(row["query"], {})[row["id"]] = int(row["grade"])
    rows: dict[str, tuple[float, ...]] = {}
    for query, judged in judgments.items():
        if max(judged.values()) < 1:
            continue
        ids = [str(one) for one in found.match(query, BEST).ids.tolist()[:100]]
        good = {one for one, grade in judged.items() if grade >= 2} or {
            one for one, grade in judged.items() if grade >= 1
        }
        known = [one for one in ids if one in judged]
        recall = len(good & set(ids)) / len(good)
        seen = sum(one in judged for one in ids[:10]) / 10
        rows[query] = (ndcg(ids, judged), ndcg(known, judged), recall, seen, float(not ids))
    names = ("nDCG@10", "condensed nDCG@10", "recall@100", "judged@10", "without a hit")
    limits = (">= 0.80", ">= 0.82", ">= 0.94", "", "0")
    for at, (name, limit) in enumerate(zip(names, limits, strict=True)):
        column = {query: row[at] for query, row in rows.items()}
        title = f"English{WITH * meaning} {name}"
        _measure.say(title, statistics.mean(column.values()), halves(column), limit)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def japanese(folder: Path, *, meaning: bool) -> None:
    told = lines(folder / "products.jsonl")
    found = matcher([product(one["id"] + 1, one, "ja") for one in told], meaning=meaning)
    classes: dict[str, list[float]] = {}
    rows: dict[str, float] = {}
    empty = 0
    for asked in lines(folder / "queries.jsonl"):
        good = {
            one["id"] + 1
            for one in told
            if one["type"] == asked["type"] and asked["color"] in (None, one["color"])
        }
        ids = found.match(asked["query"], BEST).ids.tolist()
        empty += not ids
        rows[asked["query"]] = len(good & set(ids[:20])) / len(good)
        classes.setdefault(asked["class"], []).append(rows[asked["query"]])
    every = [value for values in classes.values() for value in values]
    limit = ">= 0.89" if meaning else ">= 0.83"
    title = f"Japanese{WITH * meaning}"
    _measure.say(f"{title} recall@20", statistics.mean(every), halves(rows), limit)
    _measure.say(f"{title} queries without a hit", empty, f"of {len(every)}", "0")
    for name, values in classes.items():
        _measure.say(f"  {name}", statistics.mean(values), f"recall@20 of {len(values)}")


def understanding(folder: Path) -> None:
    facets = Facets(colours=frozenset(COLOURS), sizes=SIZES)
    cases = lines(folder / "cases.jsonl")
    wrong = [
        (case["query"], case["slots"], found)
        for case in cases
        if (found := slots(case["query"], facets)) != case["slots"]
    ]
    _measure.say("understood exactly", len(cases) - len(wrong), f"of {len(cases)}")
    for one in wrong:
        print("  ", *one)


def slots(query: str, facets: Facets) -> dict[str, Any]:
    asked = understand(query, facets, "JPY", "ja")
    unwanted = [word for word in asked.exclude if word in COLOURS]
    told: dict[str, Any] = {
        "min": asked.price_min,
        "max": asked.price_max,
        "color": asked.colour[0] if asked.colour else None,
        "not_color": unwanted[0] if unwanted else None,
        "size": asked.size,
        "gender": asked.gender,
        "stock": asked.in_stock or None,
        "sort": {"price_asc": "price", "popular": "pop"}.get(asked.order or ""),
    }
    return {name: value for name, value in told.items() if value is not None}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, help="the folder with the labelled sets")
    parser.add_argument("--embeddings", choices=["japanese", "all"], nargs="?", const="japanese")
    parser.add_argument("--engine", choices=ENGINES, default="tantivy")
    return parser.parse_args()


def engine() -> str:
    return str(arguments().engine)


def main() -> None:
    given = arguments()
    if given.data is None:
        print("the labelled sets are not part of the repository: name them with --data DIR")
        return
    english(given.data / "chorus_icecat", meaning=False)
    japanese(given.data / "ja_sample", meaning=False)
    if given.embeddings is not None:
        japanese(given.data / "ja_sample", meaning=True)
    if given.embeddings == "all":
        english(given.data / "chorus_icecat", meaning=True)
    understanding(given.data / "query_understanding")


if __name__ == "__main__":
    main()
