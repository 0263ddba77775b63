"""A wish to do it now: そのまま払いたい, かごに入れてください; nothing is asked about it."""

import re
from typing import Final

from kaiwa.bot.request import Request

WISHES: Final = re.compile(
    r"(?:ください|下さい|お願い\w*)[。!！]*$"
    r"|(?:たい|ほしい)(?:の|ん)?(?:です)?(?:が|けど|けれど)?[。、…!！]*$"
    r"|^(?:(?:hi|hello|hey|please|sorry|so|ok|okay|um)\W+)*i(?:'d| would)?"
    r" (?:(?:like|want|need|have) to|wanna|gotta) (?!know|ask|understand|see|check|find out|hear)"
    r"(?!.*(?:\?|\b(?:if i|whether)\b))",
    re.IGNORECASE,
)
_DONE_NOW: Final = frozenset({"checkout", "account_data", "review"})
_WISHED_FROM: Final = 0.9
_PAY_NOW: Final = re.compile(
    r"^\W*(?:(?:now|ok|okay|and|so|then|great|well)\W+)*(?:i|we)(?:'d| would| should|'ll| will)?"
    r" (?:like|want|love|need|am ready|are ready|go)?(?: ?to)? ?(?:pay|buy|check ?out)"
    r"(?: (?:now|it|them|then|please|everything|all|for (?:it|this|that|them)))*\W*$",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"[?？]|か[。]*$|どう|方法|教え|何|いくら|いつ|\b(?:how|what|can i)\b", re.I
)
_INTO_CART: Final = re.compile(
    r"(?:かご|カゴ|カート|バスケット)に(?:入れ|いれ|追加|お願い)"
    r"|\b(?:in|into|to) (?:my|the) (?:cart|basket|bag)\b",
    re.IGNORECASE,
)


def into_the_cart(words: str) -> bool:
    """Whether it says that something shall go into the cart, and does not ask."""
    return _INTO_CART.search(words) is not None and not re.search(r"[?？]", words)


def is_wish(request: Request, words: str) -> bool:
    """そのまま払いたい: it is to be done now, and nothing is asked about it."""
    sure = request.act in _DONE_NOW and request.confidence >= _WISHED_FROM
    if sure and request.act == "checkout" and _PAY_NOW.search(words):
        return True
    return sure and WISHES.search(words) is not None and not _ASKING.search(words)
