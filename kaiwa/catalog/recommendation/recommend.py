"""Recommends products: gathers candidates for a wish, keeps what may be shown, says why.

Whatever leads to a product, it is in stock, shown, not left out by the merchant, not the product
that is looked at, not in the cart, and not bought before unless it is food or drink. When the
first source has too little, the next fills up, each with its own reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import Product, product, products
from kaiwa.catalog.recommendation.buyable import Buyable, buyable, newest
from kaiwa.catalog.recommendation.learned import Learned
from kaiwa.catalog.recommendation.reason import Reason
from kaiwa.catalog.recommendation.shopping_event import Shopper, lately
from kaiwa.catalog.recommendation.similar import alike
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session

Wish: TypeAlias = Literal["similar", "bought_together", "next_in_session", "personal", "popular"]
Source: TypeAlias = tuple[Iterable[int], Reason]

WISHES: Final[tuple[Wish, ...]] = (
    "similar", "bought_together", "next_in_session", "personal", "popular",
)  # fmt: skip
_GATHERED: Final = 40
_OF_CATEGORY: Final = 3  # at most one in three of a category, where several may be shown


class For(msgspec.Struct, frozen=True):
    """Whom something is recommended to, and beside what.

    `products` are looked at now, newest last; `cart` is what is in the cart. `visitor` is the word
    under which this visitor's events are noted.
    """

    products: tuple[int, ...] = ()
    cart: tuple[int, ...] = ()
    visitor: str = ""
    customer_id: int | None = None


class Recommendation(msgspec.Struct, frozen=True):
    """A product that can be bought now, the variant to show, and why."""

    product: Product
    variant: Variant
    reason: Reason


class Knowing(msgspec.Struct, frozen=True):
    """What recommending rests on: what was learned, and the shelf where there is one."""

    learned: Learned
    shelf: Shelf | None = None


def recommend(
    session: Session, knowing: Knowing, wish: Wish, who: For, limit: int = 6
) -> list[Recommendation]:
    """At most `limit` products for the wish, best first; no product twice."""
    asking = _Asking(session, knowing, who)
    chosen: dict[int, tuple[Buyable, Reason]] = {}
    narrow = wish == "similar"
    for ids, reason in asking.sources(wish):
        if len(chosen) >= limit:
            break
        some = [one for one in ids if one not in chosen and one not in asking.unwanted]
        asking.keep(chosen, some[:_GATHERED], reason, limit if narrow else limit * _OF_CATEGORY)
    picked = list(chosen.values()) if narrow else _spread(list(chosen.values()), limit)
    return asking.told(picked[:limit])


class _Asking:
    """One call: what is known of the shopper, and where candidates come from."""

    def __init__(self, session: Session, knowing: Knowing, who: For) -> None:
        self._session = session
        self._knowing = knowing
        self._learned = knowing.learned
        self._merchant_id = knowing.learned.merchant_id
        self._who = who
        shopper = Shopper(who.visitor, who.customer_id)
        known = who.visitor or who.customer_id is not None
        self._lately = lately(session, self._merchant_id, shopper) if known else []
        self.unwanted = {*who.products, *who.cart}
        self._bought = {one for one, kind, _ in self._lately if kind == "purchase"}

    def sources(self, wish: Wish) -> Iterator[Source]:
        """Where candidates come from, best source first."""
        match wish:
            case "similar":
                yield from self._similar()
            case "bought_together":
                yield from self._together()
                yield from self._next()
            case "next_in_session":
                yield from self._next()
                yield from self._similar()
            case "personal":
                yield from self._personal()
            case "popular":
                pass
        yield from self._popular(here=wish != "personal")

    def keep(
        self,
        chosen: dict[int, tuple[Buyable, Reason]],
        ids: Sequence[int],
        reason: Reason,
        most: int,
    ) -> None:
        """Add those that may be shown, in their order."""
        there = buyable(self._session, self._merchant_id, ids) if ids else {}
        for one in ids:
            found = there.get(one)
            if found is not None and len(chosen) < most and self._again(found):
                chosen[one] = (found, reason)

    def told(self, picked: Sequence[tuple[Buyable, Reason]]) -> list[Recommendation]:
        """As it is handed out."""
        ids = [one.product_id for one, _ in picked]
        shown = {one.id: one for one in products(self._session, self._merchant_id, ids)}
        sold = variants_of_all(self._session, self._merchant_id, ids)
        return [
            Recommendation(shown[one.product_id], variant, reason)
            for one, reason in picked
            for variant in sold[one.product_id]
            if variant.id == one.variant_id
        ]

    def _again(self, found: Buyable) -> bool:
        return found.eaten or found.product_id not in self._bought

    def _similar(self) -> Iterator[Source]:
        if self._who.products and self._knowing.shelf is not None:
            one = self._anchor()
            yield (
                alike(self._session, self._knowing.shelf, one, _GATHERED),
                Reason("similar", one.title),
            )

    def _together(self) -> Iterator[Source]:
        if with_these := [*self._who.products, *self._who.cart]:
            yield self._learned.bought_with(with_these, _GATHERED), Reason("bought_together")

    def _next(self) -> Iterator[Source]:
        if visit := self._visit():
            yield self._learned.next_after(visit, _GATHERED), Reason("next")

    def _personal(self) -> Iterator[Source]:
        seen = list(dict.fromkeys(one for one, _, _ in self._lately))
        if not seen:
            return
        titles = {one.id: one for one in products(self._session, self._merchant_id, seen[:2])}
        for product_id in seen[:2]:
            if one := titles.get(product_id):
                yield (
                    self._learned.next_after([product_id], _GATHERED // 2),
                    Reason("personal", one.title),
                )
        yield self._learned.next_after(seen[::-1], _GATHERED), Reason("next")
        for one in titles.values():
            yield from self._popular_in(one.category)

    def _popular(self, *, here: bool) -> Iterator[Source]:
        if here and self._who.products:
            yield from self._popular_in(self._anchor().category)
        yield self._learned.popular(None, _GATHERED), Reason("popular")
        yield newest(self._session, self._merchant_id, None, _GATHERED), Reason("new")

    def _popular_in(self, category: str) -> Iterator[Source]:
        if category:
            about = Reason("popular_here", category)
            yield self._learned.popular(category, _GATHERED), about
            yield newest(self._session, self._merchant_id, category, _GATHERED), Reason("new")

    def _anchor(self) -> Product:
        return product(self._session, self._merchant_id, self._who.products[-1])

    def _visit(self) -> list[int]:
        """The products of the visit under way, oldest first, those looked at now last."""
        visits = [visit for _, _, visit in self._lately if visit > 0]
        before = (
            [one for one, _, visit in reversed(self._lately) if visit == visits[0]]
            if visits
            else []
        )
        now = set(self._who.products)
        return [*(one for one in before if one not in now), *self._who.products]


def _spread(found: list[tuple[Buyable, Reason]], limit: int) -> list[tuple[Buyable, Reason]]:
    """The best, but not all of one category while there are others; the order stays."""
    share = max(1, -(-limit // _OF_CATEGORY))
    counts: dict[str, int] = {}
    first: list[tuple[Buyable, Reason]] = []
    rest: list[tuple[Buyable, Reason]] = []
    for one in found:
        category = one[0].category
        counts[category] = counts.get(category, 0) + 1
        (first if not category or counts[category] <= share else rest).append(one)
    return [*first, *rest][:limit]
