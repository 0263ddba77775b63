"""No text, however it is made, holds the bot up."""

import datetime as dt
import time

import pytest

from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.understander import Context, Understander

WORST = [
    "1" * 1000,
    "123," * 250,
    "1,234,567,890 " * 70,
    "一十" * 500,
    "under 123 " * 99,
    "予算12" * 200,
    "2個" * 500,
    "one " * 250,
    "yes " * 300,
    "はい、" * 300,
    "order 1a-" * 120,
    "0120-" * 200,
    "a.b" * 300 + "@",
    "、" * 1000,
    "カートに入れて、送料は？" * 80,
    "red " * 250,
    "\u0301" * 1000,
    "😀" * 1000,
    "あ" * 10_000,
]


@pytest.mark.parametrize("text", WORST, ids=lambda text: text[:12])
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    understander = Understander(Models())
    understander.read("こんにちは", Context())
    understander.read("hello", Context())
    begun = time.thread_time()
    assert understander.read(text, Context(today=dt.date(2026, 1, 1))).commands
    assert time.thread_time() - begun < 0.5
