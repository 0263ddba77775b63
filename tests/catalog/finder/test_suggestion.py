"""What is offered while somebody types."""

from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods


def test_suggestions_follow_the_sound_of_what_is_typed(database: Database) -> None:
    def story(s):
        shelf = Shelf(goods(s), None)
        shelf.catch_up(s)
        assert shelf.suggester.suggestions("すに")[0] == "スニーカー"
        assert shelf.suggester.suggestions("さい")[0] == "財布"
        assert shelf.suggester.suggestions("黒い ワイ") == []
        assert shelf.suggester.suggestions("blue mu") == ["blue Mugs", "blue mug"]
        assert shelf.suggester.suggestions("  ") == []

    database.write_now(story)
