"""Sentences that speak of one order are one request: 鍋を返したい。注文は1024です, for one."""

import re
from typing import Final

import msgspec

from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.slot import Email, OrderNumber, Phone
from kaiwa.bot.request import Request

_ASKS: Final = re.compile(
    r"[?？]|どう|どこ|いつ(?!も)|状況|教え|確認|知り|届か|まだ|来な|追跡|見せ|"
    r"\b(?:where|when|status|check|look|track|arriv|show|tell|what|how|has|is|did)",
    re.IGNORECASE,
)
_DOES: Final = re.compile(
    r"返|交換|キャンセル|取り?消|やめ|変|替|届け|送|配達|配送|受け取|置|外|減ら|支払|払"
    r"|\b(?:return|refund|send|exchang|swap|replac|cancel|chang|modif|updat|deliver|leave|remov|tak"
    r"|pay|paid|switch|different|instead|mov|want|like|can|could|please)",
    re.IGNORECASE,
)
_COMES: Final = re.compile(
    r"届け|届く|届き|配達|配送|受け取|\b(?:deliver|com(?:e|ing)|arriv|bring|drop|slot)",
    re.IGNORECASE,
)
_TAKES_BACK: Final = re.compile(r"取り?消|キャンセル|やめ|\bcancel", re.IGNORECASE)


def of_one_order(requests: list[Request]) -> list[Request]:
    """What only says which order goes to the request that needs it."""
    requests = _without_reasons([_of_the_order(one, requests) for one in requests])
    acting = [one for one in requests if one.act in OF_ORDERS and one.act != "order_status"]
    doing = [one for one in acting if _DOES.search(one.question)]
    status = [one for one in requests if one.act == "order_status"]
    if status and acting and not doing and not any(one.slots for one in acting):
        # "… it's my neighbor's" does nothing either.
        return [one for one in requests if one not in acting]
    naming = [one for one in status if not _ASKS.search(one.question)]
    if doing:
        # "… and the lamp from order 1024" does nothing by itself.
        naming += [one for one in acting if one not in doing]
    if not acting or not naming:
        return requests
    slots = tuple(slot for one in naming for slot in one.slots)
    first = (doing or acting)[0]
    whole = msgspec.structs.replace(first, slots=(*first.slots, *slots))
    return [whole if one is first else one for one in requests if one not in naming]


def _without_reasons(requests: list[Request]) -> list[Request]:
    """I'm moving on Friday, can it go to my new place: the day is why, nothing is to come then."""
    if not any(one.act == "change_address" for one in requests):
        return requests
    return [one for one in requests if one.act != "delivery_request" or _COMES.search(one.question)]


def _of_the_order(request: Request, every: list[Request]) -> Request:
    """取り消してください beside an order's number takes back the order, not what is in the cart."""
    named = any(one.slot(OrderNumber) or one.slot(Email) or one.slot(Phone) for one in every)
    if request.act != "remove_from_cart" or not named:
        return request
    if not _TAKES_BACK.search(request.question):
        return request
    return msgspec.structs.replace(request, act="cancel_order", chosen=(), variant_id=None)
