"""What goes in or out of the cart in the same breath as a code: drop the gloves & use RAINY15.

The learner makes one wish of it, that of the code; the words without the code are another.
"""

import re
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import CouponCode, Product, Quantity
from kaiwa.bot.request import CONTINUE, Request

DOES_AT_ONCE: Final = frozenset({"add_to_cart", "remove_from_cart", "change_quantity"})
_AGAIN: Final = re.compile(
    r"^\W*(?:(?:ok|okay|and|now|so|then|please|can you|could you)\W+)*"
    r"(?:try|apply|use|redeem|run) (?:it|that|the code|that code|the coupon|my code)"
    r"(?: (?:again|now|once more|one more time|please))+\W*$"
    r"|^\W*(?:じゃあ?|では)?[、 ]*(?:もう[1一](?:度|回)|もっかい|再度)[、 ]*"
    r"(?:その|さっきの)?(?:クーポン|コード)?(?:を)?(?:使って|試して|適用して|入れて)(?:みて)?(?:ください)?[。!！]*$",
    re.IGNORECASE,
)
_LOST: Final = frozenset({"find_product", "refine", "out_of_scope", "clarify", CONTINUE})
_BEFORE: Final = (
    r"(?:[\s,;.&+、。]|\b(?:and|then|with|use|using|apply|try|the|my|code|coupon|promo)\b"
    r"|クーポン|コード|(?<=[てで])あと|それと)*"
)
_BEHIND: Final = (
    r"(?:\s*(?:code|coupon)\b|(?:の)?(?:クーポン|コード))?[をもはで]?"
    r"(?:使(?:って|い(?:ます|たい)|う)|適用(?:し(?:て|ます))?)?(?:ください|お願いします)?"
)


def tries_again(text: str) -> bool:
    """Whether a text is nothing but the wish to try the code once more that was told before."""
    return _AGAIN.match(text) is not None


def beside_the_code(
    requests: list[Request], text: str, read: Callable[[str], list[Request]]
) -> list[Request]:
    """The requests, and before the code what `read` makes of the words beside it.

    As they are where the code stands alone, or where nothing else is to be done at once.
    """
    only = requests[0] if len(requests) == 1 else None
    code = only.slot(CouponCode) if only is not None and only.act == "apply_coupon" else None
    if only is None or code is None or not (only.slot(Product) or only.slot(Quantity)):
        return requests
    left = _without(text, code.text)
    if left is None:
        return requests
    told = read(left)
    if only.slot(Quantity) and all(one.act in _LOST for one in told):
        # 玄米茶2つ、CHAGAMA10も: so many of a thing are put in.
        told = [Request("add_to_cart", question=left)]
    if not told or any(one.act not in DOES_AT_ONCE for one in told):
        return requests
    return [*told, replace(only, slots=(code,), chosen=(), question=code.text)]


def _without(text: str, code: str) -> str | None:
    """The words beside the code; None where it is not told as it is."""
    found = re.search(rf"{_BEFORE}{re.escape(code)}{_BEHIND}", text, re.IGNORECASE)
    if found is None:
        return None
    left = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,.;&、。")
    return left or None
