"""If I'm not home the folks next door can take it: where an order may be left, and no article."""

import re
from typing import Final

from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_NO_PLACE_FOR_IT: Final = frozenset(
    {"recommend", "find_product", "refine", "add_to_cart", "out_of_scope", "clarify"}
    | {"remove_from_cart", "order_status"}
)
_AWAY: Final = re.compile(
    r"\b(?:if|when|in case) (?:i'?m|im|i am|we'?re|we are|(?:nobody|no ?one)(?:'?s| is))"
    r" (?:not )?(?:at )?(?:home|out|away|in|there|around|work)\b"
    r"|留守|不在|(?:家|うち|自宅)に(?:い|おり)(?:な|ま)|出かけて|外出",
    re.IGNORECASE,
)
_MAY_TAKE_IT: Final = re.compile(
    r"\b(?:take|leave|accept|drop|put|hand|hold|sign)\w*\b|預け|預か|置い|渡し|受け取",
    re.IGNORECASE,
)


def while_away(request: Request, text: str, where: tuple[Turn, Shop]) -> Request | None:
    """The wish for the order that is spoken of; None where nobody is away, or no order known."""
    if request.act not in _NO_PLACE_FOR_IT or where[0].state.order_id is None:
        return None
    if not _AWAY.search(text) or not _MAY_TAKE_IT.search(text):
        return None
    return Request("delivery_request", question=text)
