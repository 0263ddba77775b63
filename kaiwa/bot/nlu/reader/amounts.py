"""Where prices stand in a text; what bounds they set is the catalog's to understand."""

import re
from collections.abc import Iterator

from kaiwa.bot.nlu.reader.found import Found
from kaiwa.catalog.understanding.amounts import ENDLESS
from kaiwa.catalog.understanding.numerals import NUMBER

_PRICE = re.compile(
    rf"(?:[¥$€£]\s*{NUMBER}|{NUMBER}\s*(?:円|yen\b|jpy\b|dollars?\b|usd\b|bucks\b|ドル|€|euros?\b|eur\b|pounds?\b))"
    r"(?:\s*台)?"
)
_BOUND = re.compile(
    rf"(?:(?:予算(?:は|が)?|\b(?:under|below|less than|over|up to|budget (?:of|is)|around|between"
    rf"|max(?:imum)?|at most|cheaper than))\s*)(?P<n>{NUMBER})(?!\s*(?:and|to"
    rf"|-)\s*\d{{1,2}}\s*(?:am|pm))(?!\s*(?:cm|mm|inch|ml|kg|g\b|l\b|days|%|\d|(?:and"
    rf"|to|-)?\s*\d*\s*(?:am|pm)))"
)


def prices(text: str) -> Iterator[Found]:
    """Amounts with a currency, and bare ones that a word such as "under" makes a price."""
    if ENDLESS.search(text):
        return
    for found in _PRICE.finditer(text):
        yield Found("price", found.start(), found.end())
    for found in _BOUND.finditer(text):
        yield Found("price", found.start("n"), found.end("n"))
