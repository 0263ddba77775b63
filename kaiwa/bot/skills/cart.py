"""Puts into the cart, changes and takes out, and shows it: always with the cart as it is then."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot import payloads
from kaiwa.bot.cart.emptied import emptied, empties
from kaiwa.bot.cart.every_line import every_line
from kaiwa.bot.cart.lines_meant import fewer_told, line_called, line_meant, lines_meant, not_there
from kaiwa.bot.cart.put_already import count_of_value, put_already
from kaiwa.bot.cart.shown import cart_blocks, line_title, variant_title
from kaiwa.bot.cart.suggesting import suggestion
from kaiwa.bot.cart.undone import put_back
from kaiwa.bot.dialogue.state import Frame
from kaiwa.bot.naming.another_thing import another_thing
from kaiwa.bot.naming.nearest import nearest
from kaiwa.bot.naming.which_meant import one_meant, rather
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size, Slot, kind_of
from kaiwa.bot.options.by_price import by_price
from kaiwa.bot.options.kept import as_it_is, as_the_last, not_changed, said_before
from kaiwa.bot.options.picking import Picked, fitting, picked
from kaiwa.bot.options.said import options_said, with_options
from kaiwa.bot.options.turned_down import without_turned_down
from kaiwa.bot.order.ordered_before import of_the_order
from kaiwa.bot.seeking.wording import colour_words
from kaiwa.bot.showing import option_words, title_of
from kaiwa.bot.skills.clarify import which_product
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.contract import offer as offer_of
from kaiwa.bot.skills.find import search_for, seeks
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.understanding.colours import COLOURS
from kaiwa.orders.cart import AddToCart, Cart, CartLine, ChangeLine
from kaiwa.vocabulary.reply import ReplyAction

MOST_OTHERS: Final = 6
# "make one of them white", 1個はラベンダーに: the rest stays as it is.
_SOME: Final = re.compile(
    r"\d\s*(?:個|つ|本|枚|点|着|足|冊|箱|袋)(?:だけ)?は"
    r"|(?:[一二三]|ひと|ふた|みっ)つ(?:だけ)?は|\bof (?:them|those|these)\b"
    r"|\b(?:one|two|three|1|2|3) of (?:the|my)\b|\bhalf of (?:them|those|these|the)\b|半分は"
)
_COUNTS: Final = {"一": 1, "二": 2, "三": 3, "ひと": 1, "ふた": 2, "みっ": 3}
_SOME_JA: Final = re.compile(
    rf"(\d|{'|'.join(_COUNTS)})\s*(?:個|つ|本|枚|点|着|足|冊|箱|袋)(?:だけ)?は"
)
_LACKS: Final = {"size": "buying.which_size", "colour": "buying.which_colour"}


def _add(case: Case) -> Outcome:
    ids = case.pointed or of_the_order(case)
    if (other := another_thing(case, ids)) and seeks(case, other):
        along = _sought(case, other)
        if isinstance(along, Outcome):
            return along
        ids = along
    if len(ids) == 1:
        ids = (rather(case, ids[0]),)
    elif case.request.how != "all":
        ids = one_meant(case, ids)
        if len(ids) != 1:
            return which_product(case, ids) if ids else case.ask("choice", case.say("buying.which"))
    every = case.shop.variants(ids)
    chosen: list[Offer] = []
    for product_id in ids:
        found = _one(case, every.get(product_id, []))
        if isinstance(found, Outcome):
            return found
        chosen.append(found)
    return _put(case, chosen)


def _sought(case: Case, other: str) -> tuple[int, ...] | Outcome:
    """The product that something else is, else what there is of it."""
    found = search_for(case, other)
    ids = tuple(one.offer.product.id for one in found.items) if found is not None else ()
    if found is None or not ids:
        return Outcome(said(case.say("finding.nothing_of", what=other)), answered=False)
    one = ids[0] if len(ids) == 1 else nearest(other, ids, case.language, case.shop)
    return (one,) if one is not None else found


def _one(case: Case, every: Sequence[Offer]) -> Offer | Outcome:
    """The variant meant, or the question for what is missing, or why it cannot be had."""
    if not every:
        return Outcome(said(case.say("buying.gone")))
    told = [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]
    found = _with_context(case, every, told)
    title = title_of(every[0], case.language)
    if found.unknown:
        what = _not_had(case, found)
        again = picked(every, [], case.language)
        text = case.say("buying.not_in", title=title, what=what)
        asked = case.ask(again.lacks or "option", text, again.values)
        return replace(asked, frame=_without_unknown(case, every, told))
    if found.offer is None:
        words = case.request.question or case.turn.text
        found = by_price(every, told, words, case.language) or found
    if found.offer is None:
        return _asking_of(case, found, every)
    if found.offer.free <= 0:
        return _sold_out(case, found.offer, every)
    return found.offer


def _not_had(case: Case, found: Picked) -> str:
    """What it does not come in, colours in the shopper's language."""
    names = (colour_words(one, case.language) if one in COLOURS else one for one in found.unknown)
    return case.listed(names)


def _with_context(case: Case, every: Sequence[Offer], told: Sequence[Slot]) -> Picked:
    """By what was told; what is still open by the variant in focus, then by what was sought."""
    variant_id = case.frame.variant_id or case.state.focus_variant
    mine = [one for one in every if one.variant.id == variant_id]
    words = case.request.question or case.turn.text
    if mine and not (told or case.is_once_more or options_said(every, words, case.language)):
        return Picked(mine[0])
    found = picked(every, told, case.language, words)
    said_now = with_options(every, words, told, case.language)
    by_stock = found.offer is not None and len(fitting(every, said_now, case.language)[0]) > 1
    if found.offer is not None and not by_stock or found.unknown or case.is_once_more:
        return found
    if (plainly := as_it_is(case, every, found, words)) is not None:
        return plainly
    told = [*told, *as_the_last(case, words, told)]
    names = {kind_of(one) for one in told}
    before = {kind_of(one): one for one in (*said_before(case, every), *case.state.wanted)}
    sought = [one for one in before.values() if isinstance(one, Colour | Size | Option)]
    soft = [one for one in sought if kind_of(one) not in names]
    better = picked(every, [*told, *soft], case.language, words)
    if better.offer is not None and not better.unknown:
        return better
    like_it = _like_the_last(case, every, told)
    return like_it or (found if better.unknown else better)


def _like_the_last(case: Case, every: Sequence[Offer], told: Sequence[Slot]) -> Picked | None:
    """もう一個、紺も: in the size of the one just put in, where only its colour was told anew."""
    last = next((one for one in every if one.variant.id == case.state.focus_variant), None)
    if last is None or not told:
        return None
    words = case.request.question or case.turn.text
    now = with_options(every, words, told, case.language)
    names = {kind_of(one) for one in now}
    kept = [Option(name, value) for name, value in last.variant.options.items()]
    found = picked(
        every, [*now, *(one for one in kept if kind_of(one) not in names)], case.language
    )
    return found if found.offer is not None and not found.unknown else None


def _sold_out(case: Case, offer: Offer, every: Sequence[Offer]) -> Outcome:
    """It is gone; what else there is of it, and that it can be waited for."""
    others = [option_words(one, case.language) for one in every if one.free > 0]
    text = case.say("buying.sold_out", title=variant_title(case, offer))
    if others:
        listed = case.listed(others[:MOST_OTHERS])
        text = f"{text}{case.say('buying.others', others=listed)}"
    tell = case.say("act.restock_alert")
    button = ReplyAction(label=tell, text=tell, payload=payloads.act("restock_alert"))
    focus = (offer.product.id,)
    told = case.slot(Quantity)
    options = tuple(Option(*one) for one in offer.variant.options.items())
    return Outcome(
        (*said(text), *offer_of((button,))),
        focus=focus,
        focus_variant=offer.variant.id,
        wanted=(*options, *((told,) if told is not None else ())),
    )


def _without_unknown(case: Case, every: Sequence[Offer], told: Sequence[Slot]) -> Frame:
    """What it does not come in is said once, and is wished for no longer."""
    lacking = [one for one in told if picked(every, [one], case.language).unknown]
    kept = tuple(one for one in case.frame.slots if one not in lacking)
    return replace(case.frame, slots=kept, product_ids=(every[0].product.id,))


def _asking(case: Case, found: Picked, title: str) -> Outcome:
    key = _LACKS.get(str(found.lacks), "buying.which_option")
    text = case.say(key, title=title, option=found.option)
    return case.ask(found.lacks or "option", text, found.values)


def _asking_of(case: Case, found: Picked, every: Sequence[Offer]) -> Outcome:
    """Ask for what is open of this product; what was told of it is kept until the answer."""
    words = case.request.question or case.turn.text
    told = with_options(every, words, case.frame.slots, case.language)
    frame = replace(case.frame, slots=told, product_ids=(every[0].product.id,))
    asked = _asking(case, found, title_of(every[0], case.language))
    return replace(asked, frame=frame)


def _put(case: Case, chosen: Sequence[Offer]) -> Outcome:
    if len(chosen) == 1 and put_already(case, chosen[0]):
        assert case.shop.cart is not None
        text = case.say("buying.in_already", what=variant_title(case, chosen[0]))
        return Outcome((*said(text), *cart_blocks(case, case.shop.cart)))
    told = case.slot(Quantity) or count_of_value(case, chosen) or _count_before(case, chosen)
    count = max(1, told.count) if told else 1
    cart_id = case.shop.cart_id()
    cart: Cart | None = None
    for one in chosen:
        cart = case.shop.do(AddToCart(cart_id, one.variant.id, count))
    assert cart is not None
    names = case.listed(variant_title(case, one) for one in chosen)
    text = case.say("buying.added", what=names, count=count)
    if any(one.code in ("out_of_stock", "quantity_adjusted") for one in cart.notices):
        text = case.say("buying.added_some", what=names)
    focus = tuple(one.product.id for one in chosen)
    variant = chosen[0].variant.id if len(chosen) == 1 else None
    more, items = suggestion(case, focus)
    return Outcome(
        (*said(text), *cart_blocks(case, cart), *more),
        focus=focus,
        focus_variant=variant,
        suggested=tuple(one.offer.product.id for one in items),
    )


def _count_before(case: Case, chosen: Sequence[Offer]) -> Quantity | None:
    """Four of the honey, that is sold out. The mint ones then: four of them."""
    if case.state.last_act != "add_to_cart" or _in_cart(case, (chosen[0].product.id,)):
        return None
    if case.state.focus != tuple(one.product.id for one in chosen):
        return None
    return next((one for one in case.state.wanted if isinstance(one, Quantity)), None)


def _change(case: Case) -> Outcome:
    if (each := every_line(case)) is not None:
        return each
    if case.request.how == "all" and case.slot(Quantity) is None:
        away = tuple(one for one in case.pointed if not _in_cart(case, (one,)))
        if away:
            # やっぱり両方: the one that is there stays, the other is put in.
            return _add(replace(case, frame=replace(case.frame, product_ids=away)))
    called = line_called(case)
    if case.pointed and not called and not _in_cart(case, case.pointed):
        # "Two pairs" of what was shown, though none is in the cart yet, puts them in.
        return not_there(case) or _add(case)
    line = called or line_meant(case)
    if isinstance(line, Outcome):
        return line
    told = case.slot(Quantity)
    other = _other_options(case, line)
    if other:
        return _swap(case, line, other)
    if told is None and (times := _TIMES.search(_without_its_name(case, line))):
        told = Quantity(_times(line.wanted, times))
    if told is None:
        return case.ask("quantity", case.say("buying.how_many", title=line_title(case, line)))
    count = max(0, line.wanted + told.count if told.relative else told.count)
    cart: Cart = case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, count))
    return _after(case, cart, line)


def _without_its_name(case: Case, line: CartLine) -> str:
    """What is said beside the article's name: a double wall mug is not to be doubled."""
    words = (case.request.question or case.turn.text).casefold()
    name = re.findall(r"[a-z]{3,}|\d+倍\w*|[^\W\d_a-z]{2,}", line.title.casefold())
    told = [one for one in name if one in words]
    for one in told if len(told) > 1 else []:
        words = words.replace(one, " ")
    return words


def _other_options(case: Case, line: CartLine) -> list[Slot]:
    """The options told that the line does not have already: "make the 6 two" changes no size."""
    told = [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]
    every = case.shop.variants([line.product_id]).get(line.product_id, [])
    words = case.request.question or case.turn.text
    if not told and _SOME.search(words):
        told = list(options_said(every, words, case.language))
    now = [one for one in every if one.variant.id == line.variant_id]
    if not told or (now and not picked(now, told, case.language).unknown):
        return []
    return list(told)


def _in_cart(case: Case, ids: tuple[int, ...]) -> bool:
    cart = case.shop.cart
    return cart is not None and any(one.product_id in ids for one in cart.lines)


def _swap(case: Case, line: CartLine, other: Sequence[Slot]) -> Outcome:
    """The same product in another colour or size."""
    every = case.shop.variants([line.product_id]).get(line.product_id, [])
    old = next((one for one in every if one.variant.id == line.variant_id), None)
    words = case.request.question or case.turn.text
    wanted = without_turned_down(words.casefold())
    other = with_options(every, wanted, other, case.language)
    kept = list(not_changed(old, other)) if old else []
    found = picked(every, [*other, *kept], case.language)
    if found.offer is None or found.unknown:
        return (
            _unknown(case, found, line)
            if found.unknown
            else _asking(case, found, line_title(case, line))
        )
    if found.offer.free <= 0:
        return _sold_out(case, found.offer, every)
    told = _half(words, line) or case.slot(Quantity) or _some(words)
    count = max(1, told.count) if told and not told.relative else line.wanted
    some = told is not None and count < line.wanted and _SOME.search(words) is not None
    cart_id = case.shop.cart_id()
    case.shop.do(ChangeLine(cart_id, line.variant_id, line.wanted - count if some else 0))
    cart: Cart = case.shop.do(AddToCart(cart_id, found.offer.variant.id, count))
    text = case.say("buying.swapped", what=variant_title(case, found.offer))
    return Outcome(
        (*said(text), *cart_blocks(case, cart)),
        focus=(line.product_id,),
        focus_variant=found.offer.variant.id,
    )


def _half(words: str, line: CartLine) -> Quantity | None:
    """Half of those unscented: so many become another."""
    times = _TIMES.search(words)
    return Quantity(max(1, line.wanted // 2)) if times and times["half"] else None


def _some(words: str) -> Quantity | None:
    """椅子1つは紺に: how many of them, beside the name of the thing."""
    found = _SOME_JA.search(words)
    return Quantity(_COUNTS.get(found[1]) or int(found[1])) if found else None


def _unknown(case: Case, found: Picked, line: CartLine) -> Outcome:
    what = _not_had(case, found)
    return Outcome(said(case.say("buying.not_in", title=line_title(case, line), what=what)))


def _remove(case: Case) -> Outcome:
    if empties(case):
        return emptied(case)
    lines = lines_meant(case)
    if isinstance(lines, Outcome):
        return lines
    told = case.slot(Quantity) or fewer_told(case)
    cart: Cart | None = None
    for line in lines:
        fewer = told is not None and len(lines) == 1 and 0 < abs(told.count) < line.wanted
        left = line.wanted - abs(told.count) if told is not None and fewer else 0
        cart = case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, left))
    assert cart is not None
    return _after(case, cart, lines[0])


def _after(case: Case, cart: Cart, line: CartLine) -> Outcome:
    if not cart.lines:
        return Outcome(said(case.say("buying.empty_now")))
    text = case.say("buying.changed")
    return Outcome(
        (*said(text), *cart_blocks(case, cart)),
        focus=(line.product_id,),
        focus_variant=line.variant_id,
    )


def _view(case: Case) -> Outcome:
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    return Outcome(cart_blocks(case, cart))


def _times(count: int, said: re.Match[str]) -> int:
    if said["half"]:
        return max(1, count // 2)
    return count * (3 if said["three"] else 2)


_TIMES: Final = re.compile(
    r"\bdouble\b|\btwice\b|(?P<three>\btriple\b|[3三]倍(?=に|で|お願い|[。!！]|$))"
    r"|倍(?=に|で|お願い|[。!！]|$)|(?P<half>半分|\b(?:in )?half\b(?! a))",
    re.IGNORECASE,
)

_VERBS: Final[dict[str, Callable[[Case], Outcome]]] = {
    "add_to_cart": _add,
    "change_quantity": _change,
    "remove_from_cart": _remove,
    "view_cart": _view,
}


def _serve(case: Case) -> Outcome:
    return put_back(case) if case.request.how == "undo" else _VERBS[case.frame.act](case)


SKILL = Skill("cart", tuple(_VERBS), _serve)
