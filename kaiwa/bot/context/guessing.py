"""What words that fit no act would likeliest be: a question is tried, rather than given up.

Only acts that read are guessed at. A wrong guess then costs a look; giving up costs the shopper
the sale that a clerk, asked the same, would at least have tried for.
"""

from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

_SURELY_OUTSIDE: Final = 0.75
_LEAST: Final = 0.1
_MOST_SHOWN: Final = 4


def guessed(request: Request, language: Language, where: tuple[Turn, Shop]) -> Request:
    """Words that fit no act, likest a question, while products are spoken of: it is of them."""
    state = where[0].state
    if request.act != "out_of_scope" or request.reason or request.yes is not None:
        return request
    if request.confidence >= _SURELY_OUTSIDE or not request.near or state.top is not None:
        return request
    spoken_of = bool(state.focus) or 0 < len(state.shown) <= _MOST_SHOWN
    asks = is_question(reader(language).normalise(request.question), language)
    likely = request.near if asks else request.near[:1]
    near = [one.act for one in likely if one.confidence >= _LEAST]
    if not spoken_of or "product_question" not in near:
        return request
    return replace(request, act="product_question", near=())
