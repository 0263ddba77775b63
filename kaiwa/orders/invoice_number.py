"""The number of a qualified invoice issuer (適格請求書発行事業者の登録番号): T and 13 digits.

The first digit checks the other twelve as it does in a corporate number (法人番号): from the right,
the digits count once and twice in turn, and 9 less the sum's remainder by 9 is the first.
Source: 法人番号の指定等に関する省令, article 2.
"""

import re
import unicodedata
from typing import Final

from kaiwa.vocabulary.errors import Invalid

_SHAPE: Final = re.compile(r"T[0-9]{13}")
_BETWEEN: Final = re.compile(r"[\s\-‐‑–—―−ー]")


def checked_invoice_number(written: str) -> str:
    """The number as it is printed, from any width, case and spacing; `Invalid` says what to do."""
    number = _BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()
    if not _SHAPE.fullmatch(number):
        raise Invalid(
            f"A qualified invoice number is T and 13 digits, such as T7010705000725: {written!r}."
        )
    if check_digit(number[2:]) != int(number[1]):
        raise Invalid(
            f"The check digit of {number} is wrong: look at the notice of registration again."
        )
    return number


def check_digit(digits: str) -> int:
    """What stands before these twelve digits, 1 to 9."""
    weighted = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return 9 - sum(weighted) % 9
