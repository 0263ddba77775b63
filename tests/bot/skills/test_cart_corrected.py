"""What is in the cart is set or swapped, or more is put in, by what is said of it."""

import pytest

from kaiwa.engines.db import Database
from tests.bot.skills.shop import Shop, Talk, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.fixture
def filled(database: Database) -> Talk:
    shop = Shop(database)
    sold_here(shop)
    talk = shop.talk()
    talk.say("帆布トートの白を2つとサコッシュ「こまどり」を1つカートに入れて")
    assert cart(talk) == {"tote-0": 2, "sacoche-0": 1}
    return talk


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("サコッシュは3つにするわ", {"tote-0": 2, "sacoche-0": 3}),
        ("サコッシュ3つにしとく", {"tote-0": 2, "sacoche-0": 3}),
        ("帆布トートの青もひとつ追加で", {"tote-0": 2, "tote-2": 1, "sacoche-0": 1}),
        ("you know what, make the sacoche three", {"tote-0": 2, "sacoche-0": 3}),
    ],
)
def test_a_number_is_set_or_added_as_it_is_said(
    filled: Talk, text: str, left: dict[str, int]
) -> None:
    filled.say(text)
    assert cart(filled) == left
