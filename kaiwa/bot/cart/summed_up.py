"""What does it come to: the sum of the cart is asked, in words that name no cart."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_MAY_ASK: Final = frozenset(
    {
        "product_question", "faq", "out_of_scope", "clarify", "delivery_request", "find_product",
        "affirm", "recommend", "checkout", "order_status",
    }
)  # fmt: skip
_SUM: Final = re.compile(
    r"\b(?:what|how much)(?:'?s| is| are| does| do| will| would|'ll)?\b.{0,24}"
    r"\b(?:the (?:sum|total|damage)|come to|comes to|coming to|altogether|in total|i owe|all in)\b"
    r"|\b(?:sum|total|damage)(?: so far| now)?\W*$|\btotal (?:is it|am i at)\b"
    r"|合計|総額|(?:全部|ぜんぶ|しめて|締めて)で?(?:、)?(?:いくら|おいくら|なんぼ)"
    r"|(?<!だとお)(?<!だと)(?<!なら)(?<!ならお)(?:いくら|なんぼ)に(?:なり|なる)",
    re.IGNORECASE,
)
_OF_SENDING: Final = re.compile(
    r"送料|配送|\b(?:shipping|postage|delivery|deliver|ship)\b", re.IGNORECASE
)


def summed_up(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The cart, with something in it, where its sum is asked and no product is named."""
    turn, shop = where
    if request.act not in _MAY_ASK or request.slot(Product) or request.yes is not None:
        return None
    if request.chosen and request.how == "name" or shop.cart is None or not shop.cart.lines:
        return None
    if not _SUM.search(words) or _OF_SENDING.search(words):
        return None
    of_order = turn.state.order_id is not None and turn.state.last_act == "order_status"
    return None if of_order else Request("view_cart", question=words)
