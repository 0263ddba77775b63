"""What a text message tells its reader to write is what the bot understands."""

import pytest

from kaiwa.channels.sms.render import render
from kaiwa.engines.db import Database
from kaiwa.vocabulary.language import Language
from tests.bot.skills.shop import Shop, sold_here
from tests.bot.skills.test_ordering import cart


@pytest.mark.parametrize(
    ("asked", "language", "first", "last"),
    [
        ("かばんを見せて", "ja", "1番", "2番"),
        ("What do you have under 9000 yen?", "en", "#1", "#2"),
    ],
)
def test_the_words_under_the_products_put_the_named_one_into_the_cart(
    database: Database, asked: str, language: Language, first: str, last: str
) -> None:
    shop = Shop(database)
    sold_here(shop)
    talk = shop.talk(language=language)
    texts, _ = render(talk.say(asked).reply)
    line = next(one for one in texts[0].splitlines() if one.startswith("> "))
    words, numbers = line.removeprefix("> ").split(" / ")[0].rsplit(" ", 1)
    assert numbers.startswith(f"{first}-")
    second = next(one for one in texts[0].splitlines() if one.startswith("2. "))
    before = cart(talk)
    said = talk.say(f"{words} {last}")
    assert before == {}
    named = " ".join(str(block) for block in said.reply.blocks)
    assert second.removeprefix("2. ").rpartition(" ")[0] in named
