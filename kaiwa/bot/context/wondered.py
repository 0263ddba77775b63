"""それ二袋入るんかな: what is wondered is a question, and nothing that is done at once."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request

_WONDERS: Final = re.compile(
    r"(?<=[るいくむうつぬぶた])(?<!する)(?<![おこそとのもろごぼよ]う)(?:の|ん)?(?:かな|かしら|かね)[ぁあー。…]*$"
)
_AT_ONCE: Final = frozenset({"add_to_cart", "change_quantity"})


def wonders(text: str) -> bool:
    """Whether the text only wonders, and asks for nothing to be done."""
    return _WONDERS.search(text.strip()) is not None


def wondered(request: Request, text: str) -> Request:
    """A question of the product, where something was to be put in that is only wondered at."""
    if request.act not in _AT_ONCE or request.how == "button" or not wonders(text):
        return request
    kept = tuple(one for one in request.slots if not isinstance(one, Quantity))
    return replace(request, act="product_question", slots=kept)
