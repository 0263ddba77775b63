"""The verb: from what a shopper typed to products, with what was understood and what was let go.

Constraints are filters on what the text finds. When nothing is left they are let go one by one,
the least binding first, and the answer says which. A price bound is never ignored in silence.
"""

import time
from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np

from kaiwa.catalog.finder.candidates import Candidates
from kaiwa.catalog.finder.ranking import NONE, Ranked
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.standing import STANDINGS
from kaiwa.catalog.offer import Offer, offers
from kaiwa.catalog.product import Product
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.understanding.understand import understand, without
from kaiwa.catalog.variant import Variant
from kaiwa.engines.db import Session
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

ENOUGH: Final = 10  # with fewer left by the filters, the search looks further
LONGEST: Final = 500  # letters of a query that are read
MOST: Final = 1_000  # results at once
_STEPS: Final = ("size", "colour", "gender", "in_stock", "brand")
DEARER: Final = 1.2
FITTING: Final = 0.25  # of the best score by words: less is no answer where a bound can be let go
WELL: Final = 0.5


class Found(msgspec.Struct, frozen=True, gc=False):
    """One result: the product, the variant to show of it, its price now, and its score."""

    product: Product
    variant: Variant
    price: Money
    in_stock: bool
    score: float


class Answer(msgspec.Struct, frozen=True):
    """What was found, what was understood, and which constraints were let go for it.

    `search_id` is what the finder kept the search under, for telling what was opened of it.
    """

    asked: Understood
    relaxed: tuple[str, ...]
    results: tuple[Found, ...]
    total: int
    facets: dict[str, dict[str, int]]
    took_ms: float
    search_id: int = 0


class Shopper(msgspec.Struct, frozen=True):
    """The shop's currency and the language to take where the script does not tell."""

    currency: str
    language: Language


def find(session: Session, shelf: Shelf, query: str, who: Shopper, limit: int = 20) -> Answer:
    """Products for `query`, best first. The shelf catches up first, so prices are of now."""
    begun = time.perf_counter()
    shelf.catch_up(session)
    with shelf.lock:
        asked = understand(query[:LONGEST], shelf.facets, who.currency, who.language)
    return _answered(session, shelf, asked, limit, begun)


def find_understood(session: Session, shelf: Shelf, asked: Understood, limit: int = 20) -> Answer:
    """`find` for a query that was understood already."""
    begun = time.perf_counter()
    shelf.catch_up(session)
    return _answered(session, shelf, asked, limit, begun)


def _answered(
    session: Session, shelf: Shelf, asked: Understood, limit: int, begun: float
) -> Answer:
    limit = min(limit, MOST)
    with shelf.lock:
        kept, left, relaxed = _filtered(shelf, asked, min(limit, ENOUGH))
        facets = shelf.columns.counts(left.ids)
        shown = _ordered(session, shelf, kept, left).at(slice(limit))
        best = shelf.columns.best(shown.ids, kept)
    results = _results(session, shelf.merchant_id, best.variant_ids.tolist(), shown, kept)
    took_ms = (time.perf_counter() - begun) * 1000
    return Answer(asked, relaxed, results, len(left.ids), facets, took_ms)


def _filtered(
    shelf: Shelf, asked: Understood, enough: int
) -> tuple[Understood, Ranked, tuple[str, ...]]:
    relaxed: list[str] = []
    candidates = Candidates(shelf, asked)
    faint: tuple[Understood, Ranked, tuple[str, ...]] | None = None
    for name, step in _ways(asked):
        if name:
            relaxed.append(name)
        found = candidates.fitting(step, enough)
        if not len(found.ids):
            continue
        best = found.scores[0]
        # Of gifts the one that fits less is one, and the bound holds; what fits not at all is none.
        if best >= FITTING * candidates.top or best > 0 and not _names_a_thing(asked):
            return step, found, tuple(relaxed)
        faint = faint or (step, found, tuple(relaxed))
    return faint or (asked, NONE, _nothing(asked, candidates, relaxed))


def _names_a_thing(asked: Understood) -> bool:
    return bool(asked.terms or asked.brand or asked.category)


def _nothing(asked: Understood, candidates: Candidates, relaxed: list[str]) -> tuple[str, ...]:
    # Where no word of it is known here, no bound was to blame.
    unknown = asked.terms and not candidates.top
    return ("words",) if unknown else tuple(relaxed)


def _ways(asked: Understood) -> Iterator[tuple[str, Understood]]:
    """The query as asked, then with one constraint less at a time; only those it has."""
    yield "", asked
    now, plain = asked, Understood(asked.language, asked.terms)
    for name in _STEPS:
        if getattr(now, name) != getattr(plain, name):
            now = without(now, name)
            yield name, now
    if now.price_max is not None:
        yield "price", msgspec.structs.replace(now, price_max=round(now.price_max * DEARER))
    if now.price_max is not None or now.price_min is not None:
        yield "price_off", without(now, "price_min", "price_max")


def _ordered(session: Session, shelf: Shelf, asked: Understood, found: Ranked) -> Ranked:
    if asked.order is None or not len(found.ids):
        return found
    # Only among what fits the words well: the cheapest of all is rarely what was meant.
    fits = found.scores >= WELL * found.scores[0]
    well = found.at(np.flatnonzero(fits))
    if (standing := STANDINGS.get(asked.order)) is not None:
        worth = standing(session, shelf.merchant_id, well.ids)
        best_first = well.at(np.argsort(-worth, kind="stable"))
        return best_first.then(found.at(np.flatnonzero(~fits)))
    sign = -1 if asked.order == "price_desc" else 1
    prices = sign * shelf.columns.prices(well.ids, asked)
    return well.at(np.argsort(prices, kind="stable"))


def _results(
    session: Session, merchant_id: int, variant_ids: list[int], ranked: Ranked, asked: Understood
) -> tuple[Found, ...]:
    """What is shown is read now; what no longer is as it was asked for is left out."""
    told = offers(session, merchant_id, variant_ids)
    scores = np.round(ranked.scores, 4).tolist()
    return tuple(
        Found(one.product, one.variant, one.variant.price, one.free > 0, score)
        for variant_id, score in zip(variant_ids, scores, strict=True)
        if (one := told.get(variant_id)) is not None and _holds(one, asked)
    )


def _holds(offer: Offer, asked: Understood) -> bool:
    amount = offer.variant.price.amount_minor
    dear = asked.price_max is not None and amount > asked.price_max
    cheap = asked.price_min is not None and amount < asked.price_min
    return not (dear or cheap or (asked.in_stock and offer.free <= 0))
