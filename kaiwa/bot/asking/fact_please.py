"""A fact asked for as one asks for a thing: 寸法をお願いします, "the weight, please".

What is asked about everywhere (how large, how heavy, of what) is told; nothing is put in for it.
"""

import re
from typing import Final

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.words import words_of_question
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import language_of

_LONGEST: Final = 60
_PLEASE_JA: Final = re.compile(r"(?:を|も|って|は)?(?:、)?(?:お願い|おねがい|教え|おしえ|知りた)")
_PLEASE_EN: Final = re.compile(
    r"(?: of (?:it|this|that|them|these|those))?,? (?:please|pls|plz)\W*$"
)
# What is said before the fact is why it is asked: 棚に入るかしら、寸法をお願いします.
_WHY: Final = re.compile(r"^[^?？]*[、,] *")
_TAKEN_FOR: Final = frozenset(
    {"affirm", "add_to_cart", "checkout", "change_quantity", "product_question"}
)


def fact_please(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The question that a wish for a fact of the thing spoken of is; None for any other wish."""
    state = where[0].state
    likely = request.candidates[0].act if request.candidates else request.act
    if likely not in _TAKEN_FOR or len(words) > _LONGEST or state.top or request.slot(Quantity):
        return None
    meant = state.focus or tuple(one.id for one in state.shown)
    folded = words.casefold()
    spans = asked(folded, ()).spans
    if len(meant) != 1 or not any(_is_wished(folded, end) for _, end in spans):
        return None
    why = _WHY.match(folded[: min(start for start, _ in spans)])
    question = words[why.end() :] if why else words
    return Request("product_question", chosen=meant, how="recency", question=question)


def _is_wished(text: str, end: int) -> bool:
    """Whether "please" stands right behind the fact, which nothing else is said before."""
    if _PLEASE_JA.match(text, end):
        return True
    if _PLEASE_EN.match(text, end) is None:
        return False
    return not words_of_question(text[:end].rsplit(" ", 1)[0], language_of(text, "en"), ())
