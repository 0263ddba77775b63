"""Newest, best selling and best rated: what shoppers ask to see first is first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.recommendation.shopping_event import (
    Purchase,
    note_bought,
    note_seen,
)
from kaiwa.catalog.recommendation.shopping_event import Shopper as Visitor
from kaiwa.catalog.review import NewReview, decide_review, put_review
from kaiwa.catalog.variant import variants_of
from kaiwa.customers.customer import new_customer
from kaiwa.engines.db import Database, Session
from tests.catalog.finder.shops import goods
from tests.catalog.shop import NOW

WHO = Shopper("JPY", "ja")


class Standing:
    """A shop whose wallets, shirts and the rest are bought and rated in one word."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.shop = db.write_now(goods)
        self.other = db.write_now(lambda s: goods(s, "Tori"))
        self.shelf = Shelf(self.shop, None)
        self._orders = 0

    def handles(self, query: str) -> list[str]:
        found = self.db.read_now(lambda s: find(s, self.shelf, query, WHO))
        return [one.product.handle for one in found.results]

    def bought(self, handle: str, times: int, shop: int = 0, days_ago: int = 0) -> None:
        def work(session: Session) -> None:
            shop_id = shop or self.shop
            variant = variants_of(session, shop_id, product_of(session, shop_id, handle))[0]
            for _ in range(times):
                self._orders += 1
                at = NOW - timedelta(days=days_ago)
                note_bought(session, shop_id, Purchase(self._orders, (variant.id,), None, at))

        self.db.write_now(work)

    def rated(self, handle: str, *ratings: int, shown: bool = True) -> None:
        def work(session: Session) -> None:
            product_id = product_of(session, self.shop, handle)
            for rating in ratings:
                buyer = new_customer(session, self.shop, NOW)
                new = NewReview(product_id, buyer, rating)
                review = put_review(session, self.shop, new, NOW)
                if shown:
                    decide_review(session, self.shop, review.id, "published", NOW)

        self.db.write_now(work)


def product_of(session: Session, shop: int, handle: str) -> int:
    row = session.one(
        "SELECT id FROM product WHERE merchant_id = :shop AND handle = :handle",
        shop=shop,
        handle=handle,
    )
    assert row is not None
    return int(row[0])


@pytest.fixture
def shop(database: Database) -> Iterator[Standing]:
    found = Standing(database)
    yield found
    found.shelf.close()


def test_the_newest_is_what_came_last(shop: Standing) -> None:
    assert shop.handles("新着の財布")[:2] == ["cloth-wallet", "wallet"]
    assert shop.handles("新しい順")[:2] == ["headphones", "mug"]


def test_what_sells_best_is_first_and_only_in_this_shop(shop: Standing) -> None:
    shop.bought("wallet", 1)
    shop.bought("cloth-wallet", 3, shop=shop.other)
    assert shop.handles("売れ筋の財布")[:2] == ["wallet", "cloth-wallet"]
    shop.bought("cloth-wallet", 2)
    assert shop.handles("人気の財布")[:2] == ["cloth-wallet", "wallet"]
    shop.bought("tea", 9)
    assert shop.handles("人気順")[:3] == ["tea", "cloth-wallet", "wallet"]


def test_what_sold_long_ago_counts_less_and_looks_count_nothing(shop: Standing) -> None:
    shop.bought("wallet", 3, days_ago=120)
    shop.bought("cloth-wallet", 1)

    def look(session: Session) -> None:
        wallet = product_of(session, shop.shop, "wallet")
        for number in range(5):
            note_seen(session, shop.shop, Visitor(f"v{number}"), wallet, NOW)

    shop.db.write_now(look)
    assert shop.handles("売れてる財布")[:2] == ["cloth-wallet", "wallet"]


def test_one_five_is_not_yet_better_than_many_fours(shop: Standing) -> None:
    shop.rated("wallet", 5)
    shop.rated("cloth-wallet", *[4, 5] * 10)
    assert shop.handles("評価の高い財布")[:2] == ["cloth-wallet", "wallet"]


def test_bad_ratings_stand_behind_none_and_hidden_reviews_count_nothing(shop: Standing) -> None:
    shop.rated("cloth-wallet", 1, 2, 1)
    shop.rated("wallet", 1, 1, 1, 1, shown=False)
    assert shop.handles("レビューの良い財布")[:2] == ["wallet", "cloth-wallet"]
