"""How many of what: 何枚貼れますか is told by 160枚, 何色入り by what it comes in."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kaiwa.languages.en import stem

_ASKED: Final = re.compile(
    r"何(?P<ja>枚|個|本|袋|冊|杯|回|巻|色|粒|ページ|食|包|組|束|か所|箇所)"
    r"|\bhow many (?P<en>[a-z]{3,16})\b"
)
# How many are wanted, left or cheaper is told by no page.
_OF_BUYING: Final = re.compile(
    r"買|注文|購入|割引|安く|在庫|残|まで|以上|から|届|必要|おすすめ"
    r"|\b(?:buy|order|left|stock|discount|cheaper|need|should|up to|arrive|limit)\b"
)


def counter_asked(question: str) -> re.Pattern[str] | None:
    """How a folded text tells the number that a folded question asks for; None where none is."""
    asked = _ASKED.search(question)
    if asked is None or _OF_BUYING.search(question):
        return None
    return _told(asked["ja"] or "", stem(asked["en"]) if asked["en"] else "")


def all_count(values: Iterable[str], told: re.Pattern[str]) -> bool:
    """Whether these folded values are nothing but such numbers: 12色, 24色."""
    every = list(values)
    return bool(every) and all(told.fullmatch(one) for one in every)


@lru_cache(maxsize=64)
def _told(counter: str, noun: str) -> re.Pattern[str]:
    ends = re.escape(counter) + "(?:入り?|組|セット)?" if counter else rf"[ -]?{re.escape(noun)}\w*"
    return re.compile(rf"\d[\d,]*\s*{ends}")
