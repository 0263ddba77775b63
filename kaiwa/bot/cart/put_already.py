"""Putting in what was just put in, and how many of it: said twice, it is not put in twice."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import options_told
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.offer import Offer

_INTO: Final = re.compile(
    r"(?:かご|カゴ|カート|バスケット)|^\W*(?:それ|これ)?(?:を)?(?:ください|下さい|お願いします|買います)\W*$"
    r"|^\W*(?:じゃあ?|うん|はい)?[、 ]*(?:それ|これ)(?:を|で|に(?:します|する))?"
    r"(?:お願い(?:します)?|ください|いい(?:です)?)?\W*$"
    r"|^\W*(?:yes |ok |yeah )?(?:that|this)(?: one)?(?: please| then)?\W*$"
    r"|\b(?:cart|basket|bag)\b|\b(?:i'?ll take (?:it|that)|add (?:it|that))\W*$"
)
_ONE_MORE: Final = re.compile(r"も|\b(?:too|also|as well|another|more)\b")
_EACH: Final = re.compile(
    r"\W*(?:just )?(?:\w+)(?: (?:pair|set|pack|piece)s?)?(?: of)? each\W*"
    r"|\W*(?:\d|[一二三四五]|ひと|ふた)(?:つ|個|本|枚|足|着|組|袋|箱)ずつ(?:で|お願いします|ください)?\W*"
)
_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "a dozen": 12,
}  # fmt: skip
_LETTERS: Final = re.compile(r"[a-z]+(?: [a-z]+)?")


def put_already(case: Case, chosen: Offer) -> bool:
    """「紺で」, and then 「カートに入れてください」: it is in, and nobody wants a second one."""
    cart, state = case.shop.cart, case.turn.state
    if cart is None or case.request.how == "button":
        return False
    if state.last_act == "change_quantity" and _is_that_line(case, chosen):
        return True
    if state.last_act != "add_to_cart":
        return False
    if _is_one_each(case, chosen):
        return True
    if case.slot(Quantity) is not None or state.focus_variant != chosen.variant.id:
        return False
    if all(one.variant_id != chosen.variant.id for one in cart.lines):
        return False
    words = (case.request.question or case.turn.text).casefold()
    if _ONE_MORE.search(words):
        return False
    if _only_says_it(case, chosen, words):
        return True
    return _INTO.search(words) is not None and not IDLE.sub("", words).strip()


def _is_one_each(case: Case, chosen: Offer) -> bool:
    """One pair each, when each of both is in the cart just so often."""
    told, cart = case.slot(Quantity), case.shop.cart
    words = (case.request.question or case.turn.text).casefold()
    if told is None or cart is None or not _EACH.fullmatch(words):
        return False
    lines = [one for one in cart.lines if one.product_id == chosen.product.id]
    return len(lines) > 1 and all(one.wanted == told.count for one in lines)


def _only_says_it(case: Case, chosen: Offer, words: str) -> bool:
    """Brown, of a belt that was put in as there is only a brown one: that is how it is."""
    left = plain(words)
    told = options_told([chosen], left, case.language)
    for one in sorted(told, key=lambda one: -one.begin):
        left = f"{left[: one.begin]} {left[one.end :]}"
    just = case.state.asked is None and case.turn.state.asked is None
    return bool(told) and just and not IDLE.sub("", left).strip()


def _is_that_line(case: Case, chosen: Offer) -> bool:
    """じゃ110, where 100 was to be had in its place and is sold out: the 110 stays as it is."""
    last = case.shop.offers([case.turn.state.focus_variant or 0]).values()
    gone = any(one.free <= 0 and one.product.id == chosen.product.id for one in last)
    cart = case.shop.cart
    inside = {one.variant_id for one in cart.lines} if cart else set()
    words = (case.request.question or case.turn.text).casefold()
    told = case.slot(Quantity) is not None or _ONE_MORE.search(words) is not None
    return gone and not told and chosen.variant.id in inside


def count_of_value(case: Case, chosen: Sequence[Offer]) -> Quantity | None:
    """Four quarts of sage, of a paint that comes in quarts: the value itself is counted."""
    words = case.turn.text.casefold()
    for value in chosen[0].variant.options.values() if len(chosen) == 1 else ():
        plain = value.casefold()
        if not _LETTERS.fullmatch(plain):
            continue
        number = "|".join(_NUMBERS)
        found = re.search(rf"\b(\d{{1,2}}|{number}) (?:of the )?{re.escape(plain)}s\b", words)
        if found:
            return Quantity(_NUMBERS.get(found[1]) or int(found[1]))
    return None
