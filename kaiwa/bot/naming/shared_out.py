"""A number told of several at once: 手袋を二組、私はSで夫はL, "two hats, navy and rust"."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article
from kaiwa.bot.naming.counts_meant import Counts

# Between the number and the first option: what is told of it comes after it, and by itself.
_APART: Final = re.compile(r"[、,。:;.!?/()-]|\b(?:one|each)\b|内訳|柄|色|サイズ")


def shared_out(articles: list[Article], text: str, counts: Counts) -> list[Article]:
    """The articles with one piece each, where the number tells how many variants follow."""
    if len(articles) < 2 or len({one.product_id for one in articles}) > 1:
        return articles
    first, count = articles[0], articles[0].count
    if count is None or count.relative or count.count != len(articles):
        return articles
    if any(one.count for one in articles[1:]) or not all(one.options for one in articles):
        return articles
    begins = [begin for begin, _, told in counts.told if told is count]
    options = min(one.begin for one in first.options)
    if not begins or begins[0] > options or not _APART.search(text[begins[0] : options]):
        return articles
    return [replace(first, count=None), *articles[1:]]
