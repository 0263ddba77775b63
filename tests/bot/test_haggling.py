"""Bargaining is told from buying, in both languages."""

import pytest

from kaiwa.bot.context.haggling import haggles
from kaiwa.bot.options.turned_down import without_turned_down


@pytest.mark.parametrize(
    "text",
    [
        "would you take 50 for the bench",
        "could you do it for $200?",
        "will you match that",
        "give me 20% and it's a deal",
        "the shop next door has the same one for 30",
        "what's the best price you can do",
        "90 cash",
        "もう少し安くしてもらえませんか",
        "2000円にまけてよ",
        "他の店だともっと安いですよ",
        "値引きしてください",
        "knock ten bucks off and ill take two",
        "shave a few dollars off and I'll buy 3",
        "make it $25 and I'll take two",
        "I'll take two if you lower the price",
        "2つ買うから安くして",
        "千円引いてくれたら二つ買います",
        "500円引いてもらえませんか",
    ],
)
def test_another_price_is_wished_for(text: str) -> None:
    assert haggles(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you take the $20 one out",
        "do you have one for 30",
        "show me lamps under $50",
        "I got the same one for my sister",
        "30 of them please",
        "take the $20 one off please",
        "make it 2 and I'll pay now",
        "枝を引いてください",
        "安い順に見せて",
        "2000円のを一つください",
    ],
)
def test_prices_beside_a_wish_are_no_bargaining(text: str) -> None:
    assert not haggles(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("white is a no. sage in small", "sage in small"),
        ("black. olive's a bit much", "black."),
        ("白じゃなくて黒で", "黒で"),
        ("the red one is nice", "the red one is nice"),
    ],
)
def test_what_is_turned_down_is_left_out(text: str, left: str) -> None:
    assert without_turned_down(text).strip() == left
