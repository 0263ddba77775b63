"""What the page of the one thing spoken of answers, though it is said as no question of it.

塗料が心配です, "I'm worried about the paint", 土砂降りでも壊れない？ and スティックは are of that
thing where its page has words on it: nothing is sought for them, and no rule of the shop's is told.
"""

import re
from typing import Final

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_MOST: Final = 3
_LONGEST: Final = 60
_WORRIED: Final = re.compile(
    r"(?:心配|不安|怖い|こわい|気になり|気になる)(?:です|ます|なの|んです|なん|けど|ので|な|[。…!！]|$)"
    r"|\b(?:worried|concerned|nervous) about\b",
    re.IGNORECASE,
)
_WITHSTANDS: Final = re.compile(
    r"(?:ても|でも)[^、。]{0,8}(?:(?:壊|割|破|溶|折|外)れない|平気|大丈夫|(?:さび|錆び|濡れ|ぬれ)ない)"
    r"|\b(?:survive|hold up|stand up|withstand|ok(?:ay)?) (?:in|to|against|with) ",
    re.IGNORECASE,
)
_A_FACT: Final = re.compile(r"^[^、。\s]{2,12}(?:は|って)[?？]*$")
_MAY_BE: Final = frozenset({"find_product", "clarify", "out_of_scope", "faq", "decline"})


def of_its_page(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The question of the thing spoken of; None where it is none, or its page says nothing."""
    turn, shop = where
    state = turn.state
    if request.act not in _MAY_BE or request.yes is not None or len(words) > _LONGEST:
        return None
    if state.top is not None or request.chosen or request.slot(Quantity):
        return None
    said = words.strip()
    worried = _WORRIED.search(said) or _WITHSTANDS.search(said)
    fact = request.act == "find_product" and _A_FACT.match(said) is not None
    ids = state.focus or tuple(one.id for one in state.shown)
    if not (worried or fact) or not 0 < len(ids) <= (_MOST if worried else 1):
        return None
    told = request.slot(Product)
    if told is not None and not set(told.ids) & set(ids):
        return None
    products = shop.products(ids)
    asks = question(said, turn.language, products)
    found = [one for product in products for one in evidence(asks, product)]
    if not any(one.literal or worried for one in found):
        return None
    return Request("product_question", chosen=ids, how="recency", question=words)
