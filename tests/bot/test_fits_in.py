"""A measure that was told is answered by the room there is for it."""

import pytest

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.asking.fits_in import asks_to_fit, tells_room
from kaiwa.bot.asking.only_question import only_question, with_its_measure
from kaiwa.catalog.product import Product
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros


def sold(facts: dict[str, str]) -> Product:
    return Product(
        1, "one", "one", "", "", "", (), facts, (), "active", None, from_micros(0), 1, {}
    )


@pytest.mark.parametrize(
    ("asked", "language", "facts", "told"),
    [
        ("will a 12 inch knife fit", "en", {"Pockets": "8", "Longest tool": "13 in"}, "13 in"),
        ("31.8mmです。付きますか", "ja", {"重さ": "90g", "太さ": "22〜32mm"}, "22〜32mm"),
        ("158センチなのですがサイズは", "ja", {"目安": "Sは身長155〜165cm"}, "Sは身長155〜165cm"),
        ("my son is 3 years old, is he old enough", "en", {"For": "2 years and up"}, "2 years"),
    ],
)
def test_the_room_there_is_goes_first(
    asked: str, language: Language, facts: dict[str, str], told: str
) -> None:
    product = sold(facts)
    first = evidence(question(asked, language, (product,)), product)[0]
    assert told in first.text


def test_a_measure_alone_asks_for_no_room() -> None:
    assert asks_to_fit("the 12 inch one is nice") == ()
    assert asks_to_fit("will it fit") == ()


def test_what_is_measured_otherwise_tells_no_room() -> None:
    assert not tells_room("weight", "13 oz", ("length",))
    assert not tells_room("blade", "3 in", ("length",))


def test_only_the_question_is_asked() -> None:
    assert only_question("ミルは高いな… 何グラム挽ける？", "ja") == "何グラム挽ける？"
    assert only_question("Lovely. How heavy is it?", "en") == "How heavy is it?"
    assert only_question("How heavy is it? It is for my aunt.", "en").startswith("How heavy")


def test_the_measure_is_told_before_the_question() -> None:
    whole = "ハンドル径31.8mmです。付きますか"
    assert with_its_measure("付きますか", whole) == whole
    assert with_its_measure("何色ですか", whole) == "何色ですか"
