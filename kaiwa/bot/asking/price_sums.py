"""What is reckoned from a product's prices: of a pack each one's, and what lies between two."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.money import Money

_EACH: Final = re.compile(
    r"(?:[1１一]|ひと)(?:個|つ|袋|本|枚|粒|缶|杯|包|箱)(?:あたり|当たり|いくら|の値段|は?何円)|単価"
    r"|\b(?:each|apiece|per (?:piece|packet|pack|bag|cup|unit|item|one|sachet|can|bottle))\b",
    re.IGNORECASE,
)
_APART: Final = re.compile(
    r"差額|(?:いくら|何円|どれ(?:くらい|だけ))(?:の差|違|ちが|高|安)|値段の?(?:差|違)|価格の?(?:差|違)"
    r"|\bcosts? (?:\w+ ){0,2}(?:over|more than|on top)\b|\bhow much (?:more|extra|cheaper|less)\b"
    r"|\b(?:price )?difference\b|\bdifference in price\b",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"(\d{1,3})\s*(?:個|つ|袋|本|枚|粒|缶|杯|包|食|入り?|pcs?|pieces?|pack|packets?|bags?|cans?|ct)?"
    r"(?:\s*(?:入り?|組|セット))?",
    re.IGNORECASE,
)


def asks_difference(text: str) -> bool:
    """Whether folded words ask what one costs over the other."""
    return _APART.search(text) is not None


def of_each(case: Case, text: str, one: Offer) -> str:
    """What one piece of it costs, where that is asked and its options tell how many it has."""
    if not _EACH.search(text):
        return ""
    counts = [found for value in one.variant.options.values() if (found := _COUNT.fullmatch(value))]
    if len(counts) != 1 or int(counts[0][1]) < 2:
        return ""
    price = one.variant.price
    each = Money(round(price.amount_minor / int(counts[0][1])), price.currency)
    return case.say("finding.price_of_each", each=each.label())


def apart(case: Case, text: str, offers: Sequence[Offer]) -> str:
    """What lies between the lowest and the highest of just two prices, where that is asked."""
    prices = {one.variant.price.amount_minor: one.variant.price for one in offers}
    if len(prices) != 2 or not asks_difference(text):
        return ""
    low, high = (prices[amount] for amount in sorted(prices))
    return case.say("finding.price_apart", difference=(high - low).label())
