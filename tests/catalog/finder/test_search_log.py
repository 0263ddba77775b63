"""Searches without a hit and without a choice are the merchant's to-do list."""

from datetime import timedelta

from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.search_log import (
    chosen,
    new_id,
    without_choice,
    without_hit,
    write_down,
)
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods
from tests.catalog.shop import NOW


def test_what_was_not_found_or_not_opened_is_counted(database: Database) -> None:
    shop = database.write_now(goods)
    shelf = Shelf(shop, None)

    def story(s):
        ids = []
        for query in ("zzzz", "ＺＺＺＺ", "スニーカー 5000円以下", "財布", "mug"):
            answer = find(s, shelf, query, Shopper("JPY", "ja"))
            ids.append((new_id(), answer))
            write_down(s, shop, query, answer, NOW, ids[-1][0])
        search_id, answer = ids[-1]
        chosen(s, shop, search_id, answer.results[0].product.id)
        since = NOW - timedelta(days=1)
        assert [(one.query, one.times) for one in without_hit(s, shop, since)][0][1] == 2
        assert {one.query for one in without_hit(s, shop, since)} >= {"スニーカー 5000円以下"}
        assert [one.query for one in without_choice(s, shop, since)] == ["財布"]
        assert without_hit(s, shop + 1, since) == []

    database.write_now(story)
