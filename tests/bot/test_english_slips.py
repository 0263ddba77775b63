"""English typed in haste is put right towards what shoppers and the shop say, and names are not."""

from collections.abc import Sequence

import pytest

from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.bot.order.money_awaited import as_refund
from kaiwa.bot.slips.english import as_meant
from kaiwa.bot.slips.shorthand import spelled_out
from kaiwa.bot.slips.shouted import not_shouted

_GOODS = frozenset("enamel mug shower curtain hook dishwasher bag plaid".split())


def _among(words: Sequence[str]) -> list[str]:
    return [one for one in words if one in _GOODS]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lokking for a showr curtian", "looking for a shower curtain"),
        ("adn the bathmat the lrage", "and the bathmat the large"),
        ("ad one to the crat", "add one to the cart"),
        ("n the dishwaher", "and the dishwasher"),
        ("r the bags back yet", "are the bags back yet"),
        ("do u have enaml", "do you have enamel"),
        ("& the bag", "and the bag"),
        ("which mugs r in it", "which mugs are in it"),
        ("Ill take it, whos it by", "I'll take it, who's it by"),
        ("how hevy is the wite mug", "how heavy is the white mug"),
        ("thats rght, geen then", "thats right, green then"),
    ],
)
def test_letters_and_slips_are_read_as_they_were_meant(typed: str, meant: str) -> None:
    assert as_meant(spelled_out(typed), _among) == meant


@pytest.mark.parametrize(
    "said",
    [
        "how heavy is the u lock",
        "ship it to Marten at marten@exmaple.com",
        "the plaid one, and no hints for santa",
        "coupon CRAT10",
        "白のエナメルを2つ",
    ],
)
def test_names_addresses_codes_and_right_words_stay(said: str) -> None:
    assert as_meant(spelled_out(said), _among) == said


def test_money_that_is_waited_for_is_a_refund() -> None:
    assert as_refund("when do i see the cash") == "when do i see the refund"
    assert as_refund("do you take cash") == "do you take cash"
    assert as_refund("how much money do i save") == "how much money do i save"


@pytest.mark.parametrize("said", ["yes go on", "both items yes", "yes, all of it"])
def test_a_yes_to_all_of_it_is_a_yes(said: str) -> None:
    assert verdict(said, "en") == "yes"


@pytest.mark.parametrize("said", ["both", "go on then what", "yes but only one of them"])
def test_what_says_less_or_more_is_none(said: str) -> None:
    assert verdict(said, "en") is None


def test_japanese_says_yes_to_both() -> None:
    assert verdict("はい、両方です", "ja") == "yes"
    assert verdict("両方", "ja") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("IS SHIPPING FREE NOW?", "is shipping free now?"),
        ("I WANT TO USE CODE SAVE10", "I want to use code SAVE10"),
        ("WHERE IS ORDER J310", "where is order J310"),
        ("COUPON WELCOME", "COUPON WELCOME"),
        ("LB-W60 X4", "LB-W60 X4"),
        ("Is THAT so", "Is THAT so"),
    ],
)
def test_capitals_are_read_as_they_are_spoken(typed: str, meant: str) -> None:
    assert not_shouted(typed) == meant
