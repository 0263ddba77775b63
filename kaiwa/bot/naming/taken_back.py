"""Articles of which the second corrects the first: 黒、いや黄色を2つ is the yellow one alone."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article, is_another
from kaiwa.bot.options.turned_down import LAST_MEANT

_NOT: Final = re.compile(r"\bnot (?:the |an? |in |in the )?$")


def without_taken_back(articles: list[Article], text: str) -> list[Article]:
    """The articles without those that were taken back for another value of the same thing."""
    left = [one for one in articles if not _is_denied(one, text)]
    kept: list[Article] = []
    for one in left or articles:
        last = kept[-1] if kept else None
        if last is None or not _corrects(last, one, text):
            kept.append(one)
            continue
        told = {option.name for option in one.options}
        before = tuple(option for option in last.options if option.name not in told)
        count = one.count or last.count
        kept[-1] = replace(one, options=(*one.options, *before), count=count)
    return kept


def _is_denied(one: Article, text: str) -> bool:
    """Not blue sorry, white: what is said not to be meant."""
    first = min((told.begin for told in one.options), default=None)
    return first is not None and _NOT.search(text[:first]) is not None


def _corrects(last: Article, now: Article, text: str) -> bool:
    if last.product_id != now.product_id or not is_another(last, now):
        return False
    first = min((one.begin for one in now.options), default=now.begin)
    return LAST_MEANT in text[last.begin : first]
