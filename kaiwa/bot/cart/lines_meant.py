"""Which lines of the cart are meant: by product, and by the options that are told."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.cart.shown import cart_blocks
from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.nlu.reader.counting import ordinals
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.options.picking import picked
from kaiwa.bot.options.said import options_said
from kaiwa.bot.seeking.wording import colour_words
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.catalog.translation import in_language
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.languages.folding import fold
from kaiwa.orders.cart import Cart, CartLine

_MOST_TITLES: Final = 2
_OF_CART: Final = frozenset({"add_to_cart", "change_quantity", "remove_from_cart", "view_cart"})
_SWAP: Final = re.compile(r"\b(?:swap|exchange) (?:the|my|it|that|those)\b", re.IGNORECASE)
_LESS: Final = re.compile(
    r"(?:外|はず|消|減ら)し|削除|抜い|\b(?:remov|delet)(?:e|ing)\b|\btake (?:out|off|away)\b"
    r"|\b(?:drop|ditch|get rid of)\b",
    re.IGNORECASE,
)


def line_meant(case: Case) -> CartLine | Outcome:
    """The one line of the cart that is meant."""
    found = lines_meant(case)
    if isinstance(found, Outcome) or len(found) == 1:
        return found if isinstance(found, Outcome) else found[0]
    return case.ask("choice", case.say("buying.which_line"), [one.title for one in found])


def lines_meant(case: Case) -> list[CartLine] | Outcome:
    """The lines of the cart that are meant: by product, and by the options that are told."""
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    if placed := _by_place(case, cart):
        return placed
    if case.frame.act == "remove_from_cart" and (missing := _missing(case, cart)):
        return _without(case, cart, missing)
    if len(cart.lines) == 1:
        return list(cart.lines)
    ids = case.pointed
    fits = [one for one in cart.lines if one.product_id in ids]
    if len(called := _called(case, cart)) == 1:
        return called
    if len(fits) == 1 and (case.frame.product_ids or case.slot(Named)):
        return fits
    some = fits or list(cart.lines)
    by_option = _with_options_told(case, some) or _with_options_told(case, list(cart.lines))
    if len(by_option) == 1 or (not by_option and len(fits) == 1):
        return by_option or fits
    last = [one for one in some if one.variant_id == case.state.focus_variant]
    if len(last) == 1 and not by_option:
        return last
    some = by_option or some
    if case.request.how in ("name", "all") and case.frame.act == "remove_from_cart" and fits:
        return some
    return case.ask("choice", case.say("buying.which_line"), [one.title for one in some])


def _by_place(case: Case, cart: Cart) -> list[CartLine]:
    """Forget the first one: of what lies in the cart, where that was shown last."""
    if case.turn.state.last_act not in _OF_CART or len(cart.lines) < 2:
        return []
    inside = any(one.product_id in case.pointed for one in cart.lines)
    if inside and case.request.how in ("ordinal", "name", "button"):
        return []
    told = list({one.number for one in ordinals(case.turn.text.casefold())})
    number = told[0] if len(told) == 1 else None
    if number is None:
        return []
    at = number - 1 if number > 0 else len(cart.lines) + number
    return [cart.lines[at]] if 0 <= at < len(cart.lines) else []


def _called(case: Case, cart: Cart) -> list[CartLine]:
    """Leave the balm out, he'd lose it: what is called by its kind, whatever "it" points at."""
    told = case.slot(Named)
    if told is None or case.request.how not in (None, "recency"):
        return []
    return [one for one in cart.lines if one.product_id in told.ids]


def line_called(case: Case) -> CartLine | None:
    """テープひとつ減らして, after a tape cutter was looked at: the tape, which lies in the cart.

    None where what is pointed at lies there too, or where it is called by more words.
    """
    cart = case.shop.cart
    if cart is None or case.request.chosen or case.slot(Named) is not None:
        return None
    if not case.pointed or any(one.product_id in case.pointed for one in cart.lines):
        return None
    sound = fold((case.request.question or case.turn.text).casefold())
    ids = (*case.pointed, *(one.product_id for one in cart.lines))
    said_of = {
        one.id: max(letters_named(sound, *name) for name in told_names(one))
        for one in case.shop.products(tuple(dict.fromkeys(ids)))
    }
    least = max(2, *(said_of.get(one, 0) for one in case.pointed))
    found = [one for one in cart.lines if said_of.get(one.product_id, 0) >= least]
    return found[0] if len(found) == 1 else None


def not_there(case: Case) -> Outcome | None:
    """Fewer are wanted of what is pointed at and not in the cart: that is said, none is put in."""
    fewer = case.slot(Quantity)
    less = fewer is not None and fewer.relative and fewer.count < 0
    words = case.request.question or case.turn.text
    swaps = fewer is None and _SWAP.search(words) is not None
    if not (less or swaps or _LESS.search(words)):
        return None
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    return _without(case, cart, _titles(case, case.pointed))


def fewer_told(case: Case) -> Quantity | None:
    """Remove one cork mat: so many of it, where more lie in the cart."""
    words = (case.request.question or case.turn.text).casefold()
    found = [one for _, _, one in counts_told(words) if one.relative and one.count < 0]
    return found[0] if len(found) == 1 else None


def _without(case: Case, cart: Cart, missing: str) -> Outcome:
    text = case.say("buying.not_there", what=missing)
    return Outcome((*said(text), *cart_blocks(case, cart)))


def _titles(case: Case, ids: Sequence[int]) -> str:
    found = case.shop.products(ids)[:_MOST_TITLES]
    return " / ".join(in_language(one, case.language).title for one in found)


def _missing(case: Case, cart: Cart) -> str:
    """What is called by its name or its option, and no line has; empty where one has it."""
    told = case.slot(Named)
    pointed = case.request.how in ("name", "all", "kind", "ordinal", "price")
    ids = told.ids if told else case.frame.product_ids if pointed else ()
    if ids and not any(one.product_id in ids for one in cart.lines):
        return _titles(case, ids)
    options = [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]
    if ids or len(options) != 1 or case.slot(Quantity) is not None:
        return ""
    offers = case.shop.offers([one.variant_id for one in cart.lines])
    lacking = [picked([one], options, case.language).unknown for one in offers.values()]
    if not lacking or not all(lacking):
        return ""
    value = lacking[0][0]
    return colour_words(value, case.language) if value in COLOURS else value


def tells_some(case: Case) -> bool:
    """Whether the words name options that some lines have and others have not: 白は全部やめる."""
    cart = case.shop.cart
    lines = list(cart.lines) if cart else []
    return 0 < len(_with_options_told(case, lines)) < len(lines)


def _with_options_told(case: Case, lines: Sequence[CartLine]) -> list[CartLine]:
    """The lines whose own options the words name: scratch the 4T, 青やっぱいらない."""
    words = case.request.question or case.turn.text
    told = [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]
    now = case.shop.offers([one.variant_id for one in lines])
    best: dict[int, int] = {}
    for one in lines:
        offer = now.get(one.variant_id)
        if offer is None:
            continue
        said_here = len(options_said([offer], words, case.language))
        has = told and not picked([offer], told, case.language).unknown
        best[one.variant_id] = max(said_here, len(told) if has else 0)
    most = max(best.values(), default=0)
    return [one for one in lines if most and best.get(one.variant_id) == most]
