"""What is told to be kept is kept as it is written; what is asked beside it is put right."""

import pytest

from kaiwa.bot.slips.shorthand import spelled_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat r the colours", "what are the colours"),
        ("ad one nd a mug w/o lid", "add one and a mug without lid"),
        ("cn u check w my order nr", "can you check with my order number"),
        ("Wat time do u open? Wen cn i come", "what time do you open? when can i come"),
        ("sry i dont hav it", "sorry i don't have it"),
    ],
)
def test_shorthand_is_spelled_out(typed: str, meant: str) -> None:
    assert spelled_out(typed) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Fargo, ND 58102",
        "write to ad@nd.example or wen@oder.example",
        "a print by Ad Wat of the CN tower",
        "the u-lock and code NR",
        "https://shop.example/wat/nd",
    ],
)
def test_places_names_codes_and_links_are_no_shorthand(said: str) -> None:
    assert spelled_out(said) == said
