"""Which number of a text counts pieces, where the article's own name has a number too."""

import pytest

from kaiwa.bot.naming.counts_meant import Counts
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options.plain import plain


@pytest.mark.parametrize(
    ("text", "title", "count"),
    [
        ("4食のやつ2つ入れといて", "ぜんざい 4食", 2),
        ("ペグの8本いりひとつください", "鍛造ペグ 20cm 8本組", 1),
        ("ジャム3本のを2つ", "季節のジャム3本", 2),
        ("two of the bath boats set of 4", "Bath Boats, Set of 4", 2),
        ("ジャムを3本ください", "リネンのエプロン", 3),
    ],
)
def test_the_number_that_the_name_has_counts_nothing(text: str, title: str, count: int) -> None:
    said = plain(text)
    counts = Counts(said)
    counts.leave_names([plain(title)])
    assert counts.within((0, len(said)), (), plain(title)) == Quantity(count)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("sorry, one coral one blue", ["one blue"]),
        ("the red one looks good", []),
        ("two of the white ones", []),
    ],
)
def test_a_further_number_begins_a_further_article(text: str, begins: list[str]) -> None:
    counts = Counts(plain(text))
    assert [plain(text)[at:] for at in counts.each_begins()] == begins
