"""What is asked of the shop and what of its goods: by what each has to say."""

import pytest

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.asking.measure_asked import asks_money, tells_money
from kaiwa.bot.asking.subject import SUBJECT_ONLY, is_told_whole, worth
from kaiwa.bot.dialogue.state import Asked, Dialogue, Frame, Showing
from kaiwa.bot.nlu.gazetteer import Gazetteer
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.nlu.title_words import TitleWords
from kaiwa.catalog.product import Product
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros

FITTED = FaqEntry(1, "Do sofas come assembled?", "Yes, but for the legs.", "en")
TIMES = FaqEntry(2, "How long does delivery take?", "Sofas take three weeks.", "en")
CLEANING = FaqEntry(3, "ソファの洗い方を教えてください", "水でふいてください。", "ja")


def is_goods(word: str) -> bool:
    return word in ("sofa", "lamp", "ソファ")


def sold(title: str, facts: dict[str, str]) -> Product:
    return Product(
        1, "one", title, "", "", "", (), facts, (), "active", None, from_micros(0), 1, {}
    )


@pytest.mark.parametrize(
    ("said", "language", "entry"),
    [
        ("how wide is the sofa", "en", FITTED),
        ("is the sofa heavier than the lamp", "en", FITTED),
        ("ソファの脚は何製ですか", "ja", CLEANING),
    ],
)
def test_an_entry_that_shares_only_the_goods_is_worth_less(
    said: str, language: Language, entry: FaqEntry
) -> None:
    assert worth(said, language, entry, is_goods) == SUBJECT_ONLY


@pytest.mark.parametrize(
    ("said", "language", "entry"),
    [
        ("does the sofa come put together", "en", FITTED),
        ("how long do sofas usually take", "en", TIMES),
        ("ソファは洗えますか", "ja", CLEANING),
        ("sofa?", "en", FITTED),  # nothing is asked of it
    ],
)
def test_what_is_asked_and_told_keeps_its_score(
    said: str, language: Language, entry: FaqEntry
) -> None:
    assert worth(said, language, entry, is_goods) == 1.0


def test_the_entry_that_tells_what_is_asked_goes_before_the_one_of_the_same_goods() -> None:
    def weighed(text: str, language: Language, entry: FaqEntry) -> float:
        return worth(text, language, entry, is_goods)

    index = FaqIndex([FITTED, TIMES], weighed)
    assert index.search("how long do sofas usually take", "en")[0].entry == TIMES
    assert index.worth("how wide is the sofa", FITTED) == SUBJECT_ONLY


def test_all_that_is_asked_stands_in_the_question_or_not() -> None:
    assert is_told_whole("do lamps come assembled", "en", FITTED, is_goods)
    assert not is_told_whole("do lamps come assembled and charged", "en", FITTED, is_goods)
    assert not is_told_whole("the lamp", "en", FITTED, is_goods)


def test_a_price_is_told_in_money() -> None:
    assert asks_money("打ち直しっていくら?") and asks_money("how much is it")
    assert not asks_money("how much does it weigh")
    assert tells_money("4,400円から") and tells_money("it is free") and not tells_money("できます")


def test_a_part_that_is_asked_for_by_its_name_is_told_by_its_measure() -> None:
    kettle = sold("Kettle", {"Tank": "1.8 L", "Lid": "A tank that lifts out"})
    found = evidence(question("how big is the water tank", "en", [kettle]), kettle)
    assert found[0].text == "1.8 L"


def test_time_of_sowing_is_told_by_an_attribute_of_that_name() -> None:
    seeds = sold("Peas", {"Sow": "Indoors in March", "Seeds": "25"})
    found = evidence(question("when should i plant them", "en", [seeds]), seeds)
    assert (found[0].text, found[0].named) == ("Indoors in March", True)


def test_it_means_what_an_option_is_asked_of_until_something_is_shown() -> None:
    frame = Frame("add_to_cart", (Named((7,)),), Asked("size"))
    waiting = Dialogue(turn=4, frames=(frame,))
    assert waiting.near == (7,)
    assert Dialogue(turn=4, frames=(frame,), focus=(3,)).near == (3,)
    assert Dialogue(turn=4, frames=(frame,), showings=(Showing(4, ()),)).near == ()
    assert Dialogue(turn=4, frames=(Frame("add_to_cart", (Named((7,)),)),)).near == ()


def test_a_word_of_a_title_is_one_and_its_beginning_is_none() -> None:
    words = TitleWords()
    words.add(sold("Walnut tables", {}))
    assert words.has("table") and words.has(fold("tables")) and not words.has("tab")


def test_who_can_do_something_speaks_of_no_can() -> None:
    words = TitleWords()
    words.add(sold("Soup, 12 cans", {}))
    assert not words.said_in("can it be washed")
    assert Gazetteer(1).find("can it be washed") == []
