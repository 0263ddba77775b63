"""Puts into the cart, changes and takes out, and shows it: always with the cart as it is then."""

from collections.abc import Callable
from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size, Slot
from kaiwa.bot.picking import Picked, picked
from kaiwa.bot.skills.clarify import which_product
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.catalog.offer import Offer
from kaiwa.orders.cart import AddToCart, Cart, CartLine, ChangeLine
from kaiwa.orders.notice import Notice
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Block, Receipt, ReceiptLine, ReplyAction

_LACKS: Final = {"size": "buying.which_size", "colour": "buying.which_colour"}


def cart_blocks(case: Case, cart: Cart) -> tuple[Block, ...]:
    """The cart as it stands: lines, discounts and total, with the way on."""
    lines = tuple(ReceiptLine(one.title, one.quantity, one.amount) for one in cart.lines)
    total = Money(cart.totals.total_minor, cart.currency)
    words = "\n".join(
        [*(f"{one.title} ×{one.quantity} {one.amount.label()}" for one in cart.lines)]
        + [case.say("buying.total", total=total.label())]
    )
    receipt = Receipt(
        number="", lines=lines, entries=_entries(case, cart), total=total,
        alt_text=words, speech=words,
    )  # fmt: skip
    buy = case.say("act.checkout")
    ways = (ReplyAction(label=buy, text=buy, payload=payloads.act("checkout")),)
    return (*_told(case, cart.notices), receipt, *offer(ways))


def _entries(case: Case, cart: Cart) -> tuple[ReceiptLine, ...]:
    items = sum(one.amount.amount_minor for one in cart.lines)
    off = cart.totals.total_minor - items
    if not off:
        return ()
    return (ReceiptLine(case.say("buying.discount"), 1, Money(off, cart.currency)),)


def _told(case: Case, notices: tuple[Notice, ...]) -> tuple[Block, ...]:
    known = ("quantity_adjusted", "out_of_stock", "price_changed", "item_unavailable")
    words = [
        case.say(f"buying.notice_{one.code}", about=one.about, was=one.was, now=one.now)
        for one in notices
        if one.code in known
    ]
    return said("\n".join(words)) if words else ()


def _add(case: Case) -> Outcome:
    ids = case.pointed
    if not ids:
        return case.ask("choice", case.say("buying.which"))
    if len(ids) > 1 and case.request.how != "all":
        return which_product(case, ids)
    every = case.shop.variants(ids)
    chosen: list[Offer] = []
    for product_id in ids:
        found = _one(case, every.get(product_id, []))
        if isinstance(found, Outcome):
            return found
        chosen.append(found)
    return _put(case, chosen)


def _one(case: Case, every: list[Offer]) -> Offer | Outcome:
    """The variant meant, or the question for what is missing, or why it cannot be had."""
    if not every:
        return Outcome(said(case.say("buying.gone")))
    wanted: tuple[Slot, ...] = case.frame.slots
    variant_id = case.frame.variant_id or case.state.focus_variant
    told = [one for one in wanted if isinstance(one, Colour | Size | Option)]
    mine = [one for one in every if one.variant.id == variant_id]
    found = Picked(mine[0]) if mine and not told else picked(every, wanted, case.language)
    title = every[0].product.title
    if found.offer is None:
        return _asking(case, found, title)
    if found.unknown:
        return case.ask(
            "option", case.say("buying.not_in", title=title, what="、".join(found.unknown))
        )
    if found.offer.free <= 0:
        return Outcome(said(case.say("buying.sold_out", title=_named(found.offer))))
    return found.offer


def _asking(case: Case, found: Picked, title: str) -> Outcome:
    key = _LACKS.get(str(found.lacks), "buying.which_option")
    text = case.say(key, title=title, option=found.option)
    return case.ask(found.lacks or "option", text, found.values)


def _put(case: Case, chosen: list[Offer]) -> Outcome:
    told = case.slot(Quantity)
    count = max(1, told.count) if told else 1
    cart_id = case.shop.cart_id()
    cart: Cart | None = None
    for one in chosen:
        cart = case.shop.do(AddToCart(cart_id, one.variant.id, count))
    assert cart is not None
    names = "、".join(_named(one) for one in chosen)
    text = case.say("buying.added", what=names, count=count)
    focus = tuple(one.product.id for one in chosen)
    variant = chosen[0].variant.id if len(chosen) == 1 else None
    return Outcome((*said(text), *cart_blocks(case, cart)), focus=focus, focus_variant=variant)


def _named(one: Offer) -> str:
    return f"{one.product.title} {one.variant.title}".strip()


def _change(case: Case) -> Outcome:
    line = _line(case)
    if isinstance(line, Outcome):
        return line
    told = case.slot(Quantity)
    if told is None:
        return case.ask("quantity", case.say("buying.how_many", title=line.title))
    count = max(0, line.wanted + told.count if told.relative else told.count)
    cart: Cart = case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, count))
    return _after(case, cart, line)


def _remove(case: Case) -> Outcome:
    line = _line(case)
    if isinstance(line, Outcome):
        return line
    cart: Cart = case.shop.do(ChangeLine(case.shop.cart_id(), line.variant_id, 0))
    return _after(case, cart, line)


def _after(case: Case, cart: Cart, line: CartLine) -> Outcome:
    if not cart.lines:
        return Outcome(said(case.say("buying.empty_now")))
    text = case.say("buying.changed")
    return Outcome(
        (*said(text), *cart_blocks(case, cart)),
        focus=(line.product_id,),
        focus_variant=line.variant_id,
    )


def _line(case: Case) -> CartLine | Outcome:
    """The line of the cart that is meant."""
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    ids = case.pointed
    fits = [one for one in cart.lines if one.product_id in ids]
    if len(fits) == 1:
        return fits[0]
    if len(cart.lines) == 1:
        return cart.lines[0]
    some = fits or list(cart.lines)
    return case.ask("choice", case.say("buying.which_line"), [one.title for one in some])


def _view(case: Case) -> Outcome:
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty")))
    return Outcome(cart_blocks(case, cart))


_VERBS: Final[dict[str, Callable[[Case], Outcome]]] = {
    "add_to_cart": _add,
    "change_quantity": _change,
    "remove_from_cart": _remove,
    "view_cart": _view,
}


def _serve(case: Case) -> Outcome:
    return _VERBS[case.frame.act](case)


SKILL = Skill("cart", tuple(_VERBS), _serve)
