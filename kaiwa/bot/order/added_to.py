"""What belongs to an order though it sounds like the cart or an alert: one more in the same box."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.slot import Email, OrderNumber, Phone, Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_ALERTS: Final = frozenset({"restock_alert", "price_alert"})
_SAME_BOX: Final = re.compile(
    r"同じ(?:箱|荷物|便|注文)|(?:その|この|前の|さっきの|先ほどの)?(?:ご?注文|荷物)に(?:も)?(?:追加|足|入れ|加え)"
    r"|\b(?:in|into|to|with) (?:the |that |my |this )?(?:same )?(?:box|parcel|package|shipment)\b"
    r"|\bsame (?:box|parcel|package|shipment)\b",
    re.IGNORECASE,
)
_COMES: Final = re.compile(
    r"荷物|注文|届|\b(?:parcel|package|order|shipment|delivery|tracking)\b", re.IGNORECASE
)


def into_the_order(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """One more of it in the same box; tell me when the parcel comes: of the order, no goods."""
    state = where[0].state
    if request.act == "order_status" and state.last_act in _ALERTS:
        return _address_for(request, words, where)
    if request.act == "add_to_cart":
        of_order = state.order_id is not None or state.last_act in OF_ORDERS
        if of_order and _SAME_BOX.search(words):
            return replace(request, act="change_order", candidates=())
        return None
    if request.act not in _ALERTS or request.chosen:
        return None
    if request.slot(Product) or not _COMES.search(words):
        return None
    slots = tuple(one for one in request.slots if isinstance(one, OrderNumber))
    return Request("order_status", slots, question=words)


def _address_for(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """My mail is jo@example.com, right after an alert was asked for: that alert's address."""
    state = where[0].state
    bare = bool(request.slots) and all(isinstance(one, Email | Phone) for one in request.slots)
    if not bare or _COMES.search(words) or len(state.focus) != 1 or state.last_act is None:
        return None
    return Request(state.last_act, request.slots, chosen=state.focus, how="recency", question=words)
