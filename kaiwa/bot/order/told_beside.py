"""What is only told while an order is being sent back or changed: it goes on with that.

まだ箱から出してもいません seeks no box, マグは気に入っています no mug, and "I'm keeping the
gloves" puts none in: whoever tells something in the midst of a return tells it of the return.
"""

import re
from typing import Final

from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.remarks import is_remark
from kaiwa.bot.nlu.slot import CouponCode, Email, OrderNumber, Phone, Quantity, Written
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 80
_SENDS_BACK: Final = "return_request"
_OF_GOODS: Final = frozenset(
    {"find_product", "refine", "product_question", "recommend", "compare", "clarify"}
    | {"out_of_scope", "wishlist_view", "wishlist_add", "view_cart", "faq"}
)
_OF_THE_CART: Final = frozenset({"change_quantity", "remove_from_cart", "add_to_cart", "checkout"})
_POLITE: Final = frozenset({"greet", "affirm", "decline", "thanks"})
_TOLD: Final = (OrderNumber, Email, Phone, CouponCode, Written)
# Just the pan: which of the articles it is.
ONLY: Final = re.compile(
    r"(?P<ja>[^、。!！?？\sはをが]{1,20}?)(?:だけ|のみ)"
    r"|\b(?:only|just) (?P<en>the [\w' -]{2,30})",
    re.IGNORECASE,
)
_ONLY_ONCE: Final = re.compile(r"(?:[一1]度|[一1]回|ちょっと|少し)だけ|\bonly (?:once|a bit)\b")
# Used once: does it still go back?
_STILL_ALLOWED: Final = re.compile(
    r"(?:けど|ですが|ても|でも|とか)[、 ]*(?:それでも)?"
    r"(?:だめ|ダメ|駄目|あかん|無理|アウト|大丈夫|平気|いけ(?:る|ます)|セーフ)"
    r"(?:です|でしょう|やろ|かな|か|の|ん)*[?？。]*$"
    r"|\b(?:is|would) (?:that|it) (?:still )?(?:ok(?:ay)?|fine|a problem|allowed)\b"
    r"|\bdoes (?:that|it) matter\b",
    re.IGNORECASE,
)
# Never used, still in the box; 未開封のまま: how it is, without a verb.
_AS_IT_IS: Final = re.compile(
    r"^\W*(?:(?:never|still|barely|hardly|unused|unopened|unworn)\b|(?:brand|like) new\b"
    r"|in (?:the|its) (?:original )?(?:box|bag|packag\w+|wrapp\w+))"
    r"|(?:未使用|未開封|新品|箱入り)[^?？]{0,8}$|まま[。!！]*$",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"[?？]|ください|下さい|ほしい|欲しい|たい(?:です|ん|の|$)|お願い|見せ|探し|教え|買[いうおっ]"
    r"|\b(?:please|want|need|show|find|looking|buy|add|how|whats?|when|where|which|can|could"
    r"|do)\b",
    re.IGNORECASE,
)


def told_beside(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request]:
    """The return that the text is told of; the requests where more than that is said."""
    turn, shop = where
    state = turn.state
    doing = state.top.act if state.top is not None else None
    if doing != _SENDS_BACK or len(text) > _LONGEST:
        return requests
    if any(not _is_guess(one, shop) for one in requests):
        return requests
    normal = reader(language).normalise(text)
    only = ONLY.search(_ONLY_ONCE.sub("", normal)) is not None
    if not only and all(_is_polite(one) for one in requests):
        return requests
    if not only and _STILL_ALLOWED.search(normal):
        return [Request("faq", question=text)]
    tells = only or is_remark(normal, language) or _AS_IT_IS.search(normal)
    if not tells or _WISHES.search(normal):
        return requests
    told = tuple(one for each in requests for one in each.slots if isinstance(one, Quantity))
    return [Request(_SENDS_BACK, told[:1], question=text)]


def _is_polite(request: Request) -> bool:
    """Whether it is a courtesy, or what may be a yes or a no: 了解で〜す."""
    asked = {one.act for one in request.candidates}
    return request.act in _POLITE or bool(asked) and asked <= {"affirm", "decline"}


def _is_guess(request: Request, shop: Shop) -> bool:
    """Whether it may have been taken for what it is not."""
    if request.act == CONTINUE or request.how == "button" or request.act in OF_ORDERS:
        return False
    if request.yes or any(isinstance(one, _TOLD) for one in request.slots):
        return False
    inside = shop.cart is not None and bool(shop.cart.lines)
    if request.act in _OF_THE_CART:
        return not inside
    return request.act in _OF_GOODS | _POLITE
