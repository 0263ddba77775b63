"""A text that only points: "and the other one", 両方, "the one before that", さっきの.

It names nothing and has no verb. After something was put in it is wanted too; else it is looked at.
"""

import re
from typing import Final

from kaiwa.bot.dialogue.reference import pointed
from kaiwa.bot.dialogue.state import Frame
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.command import Candidate, How
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_SURE: Final = 0.9
_MOST: Final = 3
_LEAD: Final = (
    r"\W*(?:(?:and|also|plus|then|ok|okay|no|actually|well|hmm|just|i'?ll (?:take|have)|add|get"
    r"|take)\W+"
    r"|(?:あと|じゃあ?|では|それと|やっぱり?|いや|うーん|で)[、 ]*)*"
)
_TAIL: Final = (
    r"(?:\W+(?:too|as well|also|please|pls|then|instead))*"
    r"(?:[もでをはが]|に(?:します|する|して))?"
    r"(?:[、 ]*(?:お願い(?:します)?|ください|下さい|見せて))?\W*"
)
_OTHER: Final = re.compile(
    rf"{_LEAD}(?:the )?other(?: one)?{_TAIL}"
    rf"|{_LEAD}もう(?:一つ|1つ|ひとつ|一方|片方)の?(?:ほう|方|やつ|の)?{_TAIL}",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    rf"{_LEAD}both(?: of (?:them|those|these))?{_TAIL}"
    rf"|{_LEAD}(?:両方(?:とも)?|どっちも|どちらも|[二2]つとも){_TAIL}",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"{_LEAD}(?:the )?(?:one before(?: (?:that|it|this))?|previous(?: one)?){_TAIL}"
    rf"|{_LEAD}(?:(?:その|ひとつ|一つ|1つ)?前の(?:やつ|ほう|方|もの)?|さっきの(?:やつ|ほう|方|もの)?){_TAIL}",
    re.IGNORECASE,
)
_TAKES: Final = re.compile(
    r"\b(?:i'?ll|add|get|take|too|as well|also|and|please)\b"
    r"|も|ください|下さい|お願い|[でに](?:します|する)?\W*$",
    re.IGNORECASE,
)
_BUYING: Final = frozenset({"add_to_cart", "change_quantity", "view_cart"})


def only_pointed(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """The request for what is pointed at; the requests themselves where more is said than that.

    Where the talk tells of no such thing, which one is meant is asked, and nothing is put in.
    """
    turn, shop = where
    state = turn.state
    top = state.top
    if len(requests) != 1 or requests[0].how in ("button", "undo") or state.pending is not None:
        return requests
    if top is not None and top.act in OF_ORDERS or state.order_id is not None:
        return requests
    words = text.casefold()
    if not any(way.fullmatch(words) for way in (_BOTH, _OTHER, _BEFORE)):
        return requests
    buys = top is not None and top.act == "add_to_cart" or state.last_act in _BUYING
    buys = buys or _TAKES.search(words) is not None and _BEFORE.fullmatch(words) is None
    ids = _meant(words, where, buys=buys)
    if not ids:
        known = _spoken_of(where)[:_MOST]
        if len(known) < 2:
            return requests
        return [Request("clarify", candidates=tuple(Candidate(None, one) for one in known))]
    if buys and len(ids) > 1:
        return [_each(one, text, top, len(ids)) for one in ids]
    act = "add_to_cart" if buys else "product_question"
    # Nothing is asked about the one: it is shown, as by a press.
    how: How = "all" if len(ids) > 1 else "ordinal" if buys else "button"
    return [Request(act, chosen=ids, how=how, question=text, confidence=_SURE)]


def _each(product_id: int, text: str, top: Frame | None, several: int) -> Request:
    """One of both; two that were wished for before it was known which are one of each."""
    before = [one for one in (top.slots if top else ()) if isinstance(one, Quantity)]
    told = tuple(Quantity(1) for one in before[:1] if one.count == several)
    return Request(
        "add_to_cart",
        told,
        chosen=(product_id,),
        how="ordinal",
        question=text,
        confidence=_SURE,
    )


def _meant(words: str, where: tuple[Turn, Shop], *, buys: bool) -> tuple[int, ...]:
    both = _BOTH.fullmatch(words) is not None
    last = _spoken_of(where)
    if _BEFORE.fullmatch(words):
        return last[1:2]
    cart = where[1].cart
    inside = {one.product_id for one in cart.lines} if cart and buys else set()
    found = pointed(words, (), where[0].state)
    ids = tuple(one.id for one in found.products) if found is not None else ()
    if (len(ids) > 1) != both or not both and len(ids) != 1:
        pair = where[0].state.focus if len(where[0].state.focus) == 2 else ()
        rest = tuple(one for one in pair if one not in inside)
        ids = last[:2] if both and len(last) > 1 else last[1:2] if not both else ()
        ids = rest if not both and len(rest) == 1 else ids
    # What is in the cart already is no second time what is wanted.
    return tuple(one for one in ids if one not in inside)


def _spoken_of(where: tuple[Turn, Shop]) -> tuple[int, ...]:
    """The products that were spoken of by themselves, the newest first."""
    state, cart = where[0].state, where[1].cart
    alone = (one.products[0].id for one in state.showings if len(one.products) == 1)
    focus = state.focus if len(state.focus) == 1 else ()
    put_in = (one.product_id for one in reversed(cart.lines)) if cart else ()
    return tuple(dict.fromkeys((*focus, *alone, *put_in)))
