"""A question for hours is answered by hours, and "how much weight" asks for no price."""

import pytest

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.measure_asked import has_unit
from kaiwa.bot.skills.product_question import _PRICE


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("何時間もつ?", "弱で40時間、強で6時間"),
        ("how long does it take to put together?", "30 minutes, tools included"),
        ("何グラムですか", "320g"),
        ("how heavy is it", "1.1 lb"),
    ],
)
def test_the_value_is_of_the_kind_asked_for(question: str, value: str) -> None:
    assert has_unit(question, value)


@pytest.mark.parametrize(
    ("question", "value"), [("何時間もつ?", "usb-c"), ("how heavy is it", "oak")]
)
def test_another_kind_of_value_tells_nothing_of_it(question: str, value: str) -> None:
    assert not has_unit(question, value)


@pytest.mark.parametrize("text", ["how much weight can it take", "how much does it hold"])
def test_how_much_it_bears_is_no_price(text: str) -> None:
    assert not _PRICE.search(text)


@pytest.mark.parametrize("text", ["how much is it", "how much for two", "how much does it cost"])
def test_how_much_it_is_is_one(text: str) -> None:
    assert _PRICE.search(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how much weight can it take", "load"),
        ("ひとりで建てられますか", "assembly"),
        ("is it ok while pregnant", "pregnancy"),
        ("何時間もつ?", "running"),
    ],
)
def test_aspects(text: str, name: str) -> None:
    assert name in {one.name for one in asked(text, ()).aspects}
