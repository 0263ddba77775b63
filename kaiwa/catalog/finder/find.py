"""The verb: from what a shopper typed to products, with what was understood and what was let go.

Constraints are filters on what the text finds. When nothing is left they are let go one by one,
the least binding first, and the answer says which. A price bound is never ignored in silence.
"""

import time
from typing import Final

import msgspec
import numpy as np

from kaiwa.catalog.finder.ranking import Floats, Ints, Ranked, added
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import Product, products
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.catalog.understanding.understand import understand, without
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

CANDIDATES: Final = 1_000
EVERY: Final = 20_000
ENOUGH: Final = 5  # with fewer left by the filters, the search looks further
OF_CATEGORY: Final = 0.15  # what being of the named category adds to a score
_STEPS: Final = (
    ("size", ("size",)),
    ("colour", ("colour",)),
    ("gender", ("gender",)),
    ("in_stock", ("in_stock",)),
    ("brand", ("brand",)),
)
DEARER: Final = 1.2
WELL: Final = 0.5


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
    found = _scores(shelf, asked, CANDIDATES)
    kept, at, relaxed = _filtered(shelf, asked, found)
    if (relaxed or len(at) < min(limit, ENOUGH)) and len(found.ids) >= CANDIDATES:
        # A narrow filter emptied the best: look behind them before letting anything go.
        found = _scores(shelf, asked, EVERY)
        kept, at, relaxed = _filtered(shelf, asked, found)
    left = Ranked(found.ids[at], found.scores[at])
    shown = _ordered(shelf, kept, left)
    results = _results(session, shelf, kept, (shown.ids[:limit], shown.scores[:limit]))
    took_ms = (time.perf_counter() - begun) * 1000
    return Answer(asked, relaxed, results, len(at), shelf.columns.counts(left.ids), took_ms)


def _scores(shelf: Shelf, asked: Understood, most: int) -> Ranked:
    if not (text := asked.terms or asked.brand):
        ids = shelf.columns.all_ids()
        return Ranked(ids, np.zeros(len(ids)))
    found = shelf.matcher.match(text, most)
    if asked.brand:
        found = added([found, shelf.matcher.match(asked.brand, most).times(OF_CATEGORY)])
    if asked.category:
        same = shelf.columns.of_category(found.ids, asked.category)
        found = Ranked(found.ids, found.scores + OF_CATEGORY * same)
    return found.best_first()


def _filtered(
    shelf: Shelf, asked: Understood, found: Ranked
) -> tuple[Understood, Ints, tuple[str, ...]]:
    relaxed: list[str] = []
    for name, step in _ways(asked):
        if name:
            relaxed.append(name)
        at = shelf.columns.filtered(found.ids, step)
        at = at[shelf.without_words(found.ids[at], _unwanted_words(step))]
        if len(at):
            return step, at, tuple(relaxed)
    return asked, np.zeros(0, np.int64), tuple(relaxed)


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


def _ordered(shelf: Shelf, asked: Understood, found: Ranked) -> Ranked:
    if asked.order not in ("price_asc", "price_desc"):
        return found
    if len(found.scores):
        # Only among what fits the words well: the cheapest of all is rarely what was meant.
        well = found.scores >= WELL * found.scores[0]
        found = Ranked(found.ids[well], found.scores[well])
    prices = [(shelf.columns.offers(one, asked) or (0, False))[0] for one in found.ids.tolist()]
    sign = -1 if asked.order == "price_desc" else 1
    order = np.argsort(sign * np.asarray(prices, np.int64), kind="stable")
    return Ranked(found.ids[order], found.scores[order])


def _results(
    session: Session, shelf: Shelf, asked: Understood, ranked: tuple[Ints, Floats]
) -> tuple[Found, ...]:
    ids = ranked[0].tolist()
    scores = dict(zip(ids, ranked[1].tolist(), strict=True))
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
