"""What is offered while somebody types."""

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.finder.suggestion import suggestions
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods


def test_suggestions_follow_the_sound_of_what_is_typed(database: Database) -> None:
    def story(s):
        shelf = Shelf(goods(s), None)
        shelf.catch_up(s)
        assert suggestions(shelf, "すに")[0] == "スニーカー"
        assert suggestions(shelf, "さい")[0] == "財布"
        assert suggestions(shelf, "黒い ワイ") == []
        assert suggestions(shelf, "blue mu") == ["blue Mugs", "blue mug"]
        assert suggestions(shelf, "  ") == []

    database.write_now(story)
