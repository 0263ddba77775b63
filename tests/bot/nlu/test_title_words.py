"""Whether a text says a word of any title: a sure no, never a wrong one."""

import string

from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.nlu.title_words import TitleWords, letters_named, title_words
from kaiwa.catalog.product import Product, Translation
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros


def product(title: str, category: str = "", also: str = "") -> Product:
    told: dict[Language, Translation] = {"en": Translation(title=also)} if also else {}
    return Product(
        1, "one", title, "", "", category, (), {}, (), "active", None, from_micros(0), 1, told
    )


def of(*titles: str) -> TitleWords:
    words = TitleWords()
    for one in titles:
        words.add(product(one))
    return words


def test_what_says_no_word_of_a_title_is_known_at_once() -> None:
    words = of("細口ケトル「しずく」0.8L", "Linen apron")
    for text in ("ありがとうございます", "two please", "カートを見せて", "in", "8"):
        assert not words.said_in(fold(text)), text


def test_a_word_of_a_title_is_heard_in_every_spelling() -> None:
    words = of("細口ケトル「しずく」0.8L", "Linen aprons")
    for text in ("けとるある?", "ｹﾄﾙ", "しずくを1つ", "an apron", "LINEN"):
        assert words.said_in(fold(text.casefold())), text


def test_another_language_and_what_is_learnt_later_count() -> None:
    words = TitleWords()
    words.add(product("急須", also="Teapot"))
    assert words.said_in(fold("a teapot"))
    words.settled()
    assert words.said_in(fold("きゅうす"))
    assert not words.said_in(fold("まな板"))
    words.add(product("まな板"))
    assert words.said_in(fold("まな板"))
    assert words.said_in(fold("a teapot"))


_LETTERS = "ケトルしずく急須皿usb " + string.ascii_lowercase[:6] + "sx-'3"
_TEXT = st.text(_LETTERS, max_size=18)


@given(title=_TEXT, category=_TEXT, said=_TEXT)
def test_no_title_that_is_said_is_missed(title: str, category: str, said: str) -> None:
    words, sound = TitleWords(), fold(said.casefold())
    words.add(product(title, category))
    if letters_named(sound, title, category) or title_words(sound, title, category):
        assert words.said_in(sound)
    words.settled()
    if letters_named(sound, title, category) or title_words(sound, title, category):
        assert words.said_in(sound)


def test_singular_and_plural_name_the_same() -> None:
    pairs = (("Linen Dress", "dresses"), ("Ladder Shelf", "shelves"), ("Paring Knives", "a knife"))
    for title, text in (*pairs, ("Storage Boxes", "one box"), ("Cherries", "a cherry")):
        assert letters_named(text, title, ""), text
    assert not letters_named("fine, leave it", "Leaf Pad", "")
    assert not letters_named("address", "Linen Dress", "")
