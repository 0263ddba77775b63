"""What is on the list now, and what the cart makes: asked in words that name neither."""

import pytest

from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, Sold
from tests.bot.skills.test_ordering import CAKE


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.sells(CAKE, Sold(price=1_800))
    return shop


@pytest.mark.parametrize(
    ("language", "first", "said"),
    [
        ("en", "save the castella on my wish list", "and what's on there now?"),
        ("ja", "カステラをお気に入りに入れて", "いま何が入ってる？"),
    ],
)
def test_the_list_is_shown(shop: Shop, language: Language, first: str, said: str) -> None:
    talk = shop.talk(language)
    assert talk.say(first).acts == ("wishlist_add",)
    answer = talk.say(said)
    assert (answer.acts, answer.products) == (("wishlist_view",), ("cake",))


@pytest.mark.parametrize("said", ["What does that make?", "what's that together"])
def test_the_cart_is_summed_up(shop: Shop, said: str) -> None:
    talk = shop.talk("en")
    talk.say("two of the castella please")
    assert talk.say(said).acts == ("view_cart",)
