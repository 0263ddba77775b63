"""A coupon's code that stands in a text, marked as one or not."""

import re
from typing import Final

from kaiwa.bot.shop import Shop
from kaiwa.orders.coupon import coupons, folded_code

_LETTER = "A-Za-zＡ-Ｚａ-ｚ0-9０-９"
_CODE: Final = re.compile(rf"(?<![A-Za-z0-9])[{_LETTER}][{_LETTER}_-]{{2,29}}")
_LIKE_A_CODE: Final = re.compile(r"(?=[A-Z0-9_-]*[0-9])(?=[A-Z0-9_-]*[A-Z])[A-Z0-9_-]{4,20}")
_MOST_CODES: Final = 12


def coupon_said(words: str, shop: Shop, *, again: bool = False, plain: bool = True) -> str | None:
    """A code of the shop's that stands in the text, expired or not.

    After another code (`again`) what looks like one is told to be unknown. Without `plain`, words
    that look like no code are not looked up.
    """
    tokens = [folded_code(one) for one in _CODE.findall(words)][:_MOST_CODES]
    if not plain:
        tokens = [one for one in tokens if _LIKE_A_CODE.fullmatch(one) or one in words]
    if not tokens:
        return None
    known = coupons(shop.session, shop.merchant.id, tokens)
    like = [one for one in tokens if again and _LIKE_A_CODE.fullmatch(one)]
    return next((one for one in tokens if one in known), next(iter(like), None))
