"""Amounts in money that is not the shop's: 50 dollars asked of a shop that sells in yen."""

import re
from typing import Final

from kaiwa.catalog.understanding.numerals import NUMBER

_DOLLARS: Final = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"})
# What an amount is called or signed with, and the currencies that are meant by it.
_CALLED: Final = (
    (
        frozenset({"JPY"}),
        re.compile(rf"¥\s*{NUMBER}|{NUMBER}\s*(?:円|えん(?![ぁ-ん])|yen\b|jpy\b)"),
    ),
    (
        _DOLLARS,
        re.compile(rf"\$\s*{NUMBER}|{NUMBER}\s*(?:dollars?\b|bucks?\b|usd\b|ドル|\$(?!\d))"),
    ),
    (frozenset({"EUR"}), re.compile(rf"€\s*{NUMBER}|{NUMBER}\s*(?:euros?\b|eur\b|€|ユーロ)")),
    (frozenset({"GBP"}), re.compile(rf"£\s*{NUMBER}|{NUMBER}\s*(?:quid\b|gbp\b|£)")),
)


def in_other_money(text: str, currency: str) -> bool:
    """Whether an amount is told in another currency than `currency`, and none in that one.

    `text` is NFKC and lower case.
    """
    if not any(currency in meant for meant, _ in _CALLED):
        return False  # of a shop whose money is called the same as another's, nothing is certain
    told = [meant for meant, pattern in _CALLED if pattern.search(text)]
    return bool(told) and all(currency not in meant for meant in told)
