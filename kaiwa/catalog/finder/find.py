"""The verb: from what a shopper typed to products, with what was understood and what was let go.

Constraints are filters on what the text finds. When nothing is left they are let go one by one,
the least binding first, and the answer says which. A price bound is never ignored in silence.
"""

import time
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import Product, products
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.understand import understand, without
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

CANDIDATES: Final = 2_000
EVERY: Final = 50_000
OF_CATEGORY: Final = 0.15  # what being of the named category adds to a score
_STEPS: Final = (
    ("size", ("size",)),
    ("colour", ("colour",)),
    ("gender", ("gender",)),
    ("in_stock", ("in_stock",)),
    ("brand", ("brand",)),
)
DEARER: Final = 1.2


class Found(msgspec.Struct, frozen=True):
    """One result: the product, the variant to show of it, its price now, and its score."""

    product: Product
    variant: Variant
    price: Money
    in_stock: bool
    score: float


class Answer(msgspec.Struct, frozen=True):
    """What was found, what was understood, and which constraints were let go for it."""

    asked: Understood
    relaxed: tuple[str, ...]
    results: tuple[Found, ...]
    total: int
    facets: dict[str, dict[str, int]]
    took_ms: float


class Shopper(msgspec.Struct, frozen=True):
    """The shop's currency and the language to take where the script does not tell."""

    currency: str
    language: Language


def find(session: Session, shelf: Shelf, query: str, who: Shopper, limit: int = 20) -> Answer:
    """Products for `query`, best first. The shelf catches up first, so prices are of now."""
    begun = time.perf_counter()
    shelf.catch_up(session)
    asked = understand(query, shelf.facets, who.currency, who.language)
    scores = _scores(shelf, asked, CANDIDATES)
    kept, ids, relaxed = _filtered(shelf, asked, scores)
    if (relaxed or len(ids) < limit) and len(scores) >= CANDIDATES:
        # A narrow filter emptied the best: look behind them before letting anything go.
        scores = _scores(shelf, asked, EVERY)
        kept, ids, relaxed = _filtered(shelf, asked, scores)
    shown = _ordered(shelf, kept, ids)
    results = _results(session, shelf, kept, [(one, scores[one]) for one in shown[:limit]])
    took_ms = (time.perf_counter() - begun) * 1000
    return Answer(asked, relaxed, results, len(ids), shelf.columns.counts(ids), took_ms)


def _scores(shelf: Shelf, asked: Understood, most: int) -> dict[int, float]:
    named = " ".join(word for word in (asked.brand, asked.terms) if word)
    text = asked.terms or named
    if not text:
        return dict.fromkeys(shelf.columns.all_ids(), 0.0)
    scores = shelf.matcher.match(text, most)
    if asked.brand:
        for one, score in shelf.matcher.match(asked.brand, most).items():
            scores[one] = scores.get(one, 0.0) + score * OF_CATEGORY
    if asked.category:
        for one in shelf.columns.of_category(list(scores), asked.category):
            scores[one] += OF_CATEGORY
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _filtered(
    shelf: Shelf, asked: Understood, scores: dict[int, float]
) -> tuple[Understood, list[int], tuple[str, ...]]:
    ids = list(scores)
    relaxed: list[str] = []
    for name, step in _ways(asked):
        if name:
            relaxed.append(name)
        kept = [ids[at] for at in shelf.columns.filtered(ids, step)]
        if kept := shelf.without_words(kept, _unwanted_words(step)):
            return step, kept, tuple(relaxed)
    return asked, [], tuple(relaxed)


def _ways(asked: Understood) -> list[tuple[str, Understood]]:
    """The query as asked, then with one constraint less at a time; only those it has."""
    ways = [("", asked)]
    plain = Understood(asked.language, asked.terms)
    for name, fields in _STEPS:
        now = ways[-1][1]
        if any(getattr(now, field) != getattr(plain, field) for field in fields):
            ways.append((name, without(now, *fields)))
    now = ways[-1][1]
    if now.price_max is not None or now.price_min is not None:
        if now.price_max is not None:
            wider = msgspec.structs.replace(now, price_max=round(now.price_max * DEARER))
            ways.append(("price", wider))
        ways.append(("price_off", without(now, "price_min", "price_max")))
    return ways


def _unwanted_words(asked: Understood) -> tuple[str, ...]:
    return tuple(word for word in asked.exclude if word not in COLOURS)


def _ordered(shelf: Shelf, asked: Understood, ids: list[int]) -> list[int]:
    if asked.order not in ("price_asc", "price_desc"):
        return ids
    # Only among what fits the words well: the cheapest of all is rarely what was meant.
    prices = {one: (shelf.columns.offers(one, asked) or (0, False))[0] for one in ids}
    return sorted(ids, key=lambda one: prices[one], reverse=asked.order == "price_desc")


def _results(
    session: Session, shelf: Shelf, asked: Understood, ranked: Sequence[tuple[int, float]]
) -> tuple[Found, ...]:
    ids = [one for one, _ in ranked]
    scores = dict(ranked)
    variants = variants_of_all(session, shelf.merchant_id, ids)
    found = []
    for product in products(session, shelf.merchant_id, ids):
        best = shelf.columns.best_variant(product.id, asked)
        variant = next((one for one in variants.get(product.id, ()) if one.id == best), None)
        offer = shelf.columns.offers(product.id, asked)
        if variant is not None and offer is not None:
            score = round(scores[product.id], 4)
            found.append(Found(product, variant, variant.price, offer[1], score))
    return tuple(found)
