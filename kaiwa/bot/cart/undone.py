"""The last change of the cart taken back: 元に戻して, "undo that", "put it back how it was"."""

import re
from typing import Final

import msgspec

from kaiwa.bot.cart.shown import cart_blocks
from kaiwa.bot.dialogue.state import CartCount
from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.showing import title_of
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.bot.turn import Answer, Turn
from kaiwa.languages.folding import fold
from kaiwa.orders.cart import AddToCart, Cart, ChangeLine

_LONGEST: Final = 60
_UNDO: Final = re.compile(
    r"(?:元|もと)(?:どおり|通り)?に?(?:戻|もど)し|(?:さっき|前|直前|最初)の?(?:状態|まま|やつ|の)?に(?:戻|もど)し"
    r"|(?:今|いま|さっき|直前)の(?:変更|操作|追加|削除|やつ)?(?:は|を)?"
    r"(?:なし(?!で)|無し|取り消|取消|キャンセル|戻し|やめ|なかったことに)"
    r"|なかったことに|(?:やっぱり?|待って)[、 ]*(?:戻|もど)して(?:ください)?[。!！]*$"
    r"|\b(?:undo|revert)\b|\bput (?:it|that|them|things) back(?: (?:in|please|how|the way"
    r"|as)\b.*)?[\s.!]*$"
    r"|\b(?:go|change it|switch it|set it) back to (?:how|what|the way) (?:it|i|we) (?:was|had)\b"
    r"|\b(?:the way|how|as|like) (?:it|things) (?:was|were)(?: before)?[\s.!]*$"
    r"|\b(?:take|scratch|reverse) that (?:last )?(?:change|one )?(?:back|off again)\b",
    re.IGNORECASE,
)


_BACK: Final = re.compile(
    r"\bput (?:the|my|those|that) [\w -]{2,30} back(?: in)?\b"
    r"|[をは]?(?:やっぱり?)?(?:戻|もど)して(?:ください)?[。!！]*$",
    re.IGNORECASE,
)


def undone(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> Request | None:
    """The request that takes the last change back; None where nothing of that is said."""
    turn, shop = where
    state, top = turn.state, turn.state.top
    if len(text) > _LONGEST or state.pending is not None:
        return None
    if top is not None:
        # Which colour? Undo that: it shall not go in at all.
        leaves = top.act == "add_to_cart" and top.asked is not None and _UNDO.search(text)
        return Request("decline", yes=False, question=text) if leaves else None
    if not state.cart_before or not (_UNDO.search(text) or _names_it(text, where)):
        return None
    if state.last_act in OF_ORDERS or any(one.how == "button" for one in requests):
        return None
    if state.last_act == "checkout":
        # What is on its way to be an order is not changed by a word: nothing was done yet.
        return Request("decline", yes=False, question=text)
    return Request(_act(state.cart_before, shop.cart), how="undo", question=text)


def _names_it(text: str, where: tuple[Turn, Shop]) -> bool:
    """Put the tent back; テントを戻して: what was taken out is called by its name."""
    turn, shop = where
    if not _BACK.search(text):
        return False
    gone = [one.variant_id for one in turn.state.cart_before if one.count]
    sound = fold(text.casefold())
    return bool(gone) and any(
        letters_named(sound, *name)
        for one in shop.offers(gone).values()
        for name in told_names(one.product)
    )


def _act(before: tuple[CartCount, ...], cart: Cart | None) -> Act:
    """Puts in again, takes out again, or only counts anew."""
    now = {one.variant_id: one.wanted for one in cart.lines} if cart else {}
    if any(one.count and not now.get(one.variant_id) for one in before):
        return "add_to_cart"
    left_out = all(one.count == 0 for one in before)
    return "remove_from_cart" if left_out else "change_quantity"


def counted(cart: Cart | None) -> dict[int, int]:
    """How many of each variant a cart has."""
    return {one.variant_id: one.wanted for one in cart.lines} if cart else {}


def with_cart_before(answer: Answer, before: dict[int, int], shop: Shop) -> Answer:
    """The answer, that remembers what the cart had of all that this turn changed."""
    now = counted(shop.cart)
    if now == before:
        return answer
    changed = [one for one in {**before, **now} if before.get(one) != now.get(one)]
    kept = tuple(CartCount(one, before.get(one, 0)) for one in changed)
    return msgspec.structs.replace(
        answer, state=msgspec.structs.replace(answer.state, cart_before=kept)
    )


def put_back(case: Case) -> Outcome:
    """What was changed last is as it was before, as far as it can still be had."""
    before, shop = case.state.cart_before, case.shop
    offers = shop.offers([one.variant_id for one in before])
    inside = counted(shop.cart)
    for one in before:
        if one.variant_id in inside:
            shop.do(ChangeLine(shop.cart_id(), one.variant_id, one.count))
        elif one.count and (offer := offers.get(one.variant_id)) is not None:
            if offer.free <= 0:
                title = title_of(offer, case.language)
                return Outcome(said(case.say("buying.sold_out", title=title)))
            shop.do(AddToCart(shop.cart_id(), one.variant_id, one.count))
    cart = shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty_now")))
    back = [offers[one.variant_id] for one in before if one.count and one.variant_id in offers]
    focus = tuple(dict.fromkeys(one.product.id for one in back))
    variant = back[0].variant.id if len(back) == 1 else None
    blocks = (*said(case.say("buying.changed")), *cart_blocks(case, cart))
    return Outcome(blocks, focus=focus, focus_variant=variant)
