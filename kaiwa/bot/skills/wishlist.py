"""Keeps articles for later, takes them off again, and shows what is kept."""

from collections.abc import Callable
from typing import Final

from kaiwa.bot.naming.which_meant import one_meant
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.options.picking import picked
from kaiwa.bot.showing import Item, cards, title_of
from kaiwa.bot.skills.clarify import which_product
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.catalog.offer import Offer
from kaiwa.orders.wishlist import AddWish, RemoveWish, wishlist


def _meant(case: Case) -> Offer | Outcome:
    """The variant to keep: the one told, else the product's first that can be had."""
    ids = case.pointed if len(case.pointed) == 1 else one_meant(case, case.pointed)
    if not ids:
        return case.ask("choice", case.say("buying.which_wish"))
    if len(ids) > 1:
        return which_product(case, ids)
    every = case.shop.variants(ids).get(ids[0], [])
    if not every:
        return Outcome(said(case.say("buying.gone")))
    mine = [one for one in every if one.variant.id == case.frame.variant_id]
    words = case.request.question or case.turn.text
    found = picked(every, case.frame.slots, case.language, words).offer
    there = [one for one in every if one.free > 0]
    return next(iter(mine), None) or found or next(iter(there or every))


def _add(case: Case) -> Outcome:
    offer = _meant(case)
    if isinstance(offer, Outcome):
        return offer
    case.shop.do(AddWish(case.shop.person.customer_id, offer.variant.id))
    title = title_of(offer, case.language)
    return Outcome(
        said(case.say("buying.wished", title=title)),
        focus=(offer.product.id,),
        focus_variant=offer.variant.id,
    )


def _remove(case: Case) -> Outcome:
    kept = wishlist(case.shop.session, case.shop.merchant.id, case.shop.person.customer_id)
    ids = case.pointed
    fits = [one.offer for one in kept.wishes if one.offer.product_id in ids]
    named = case.request.how == "name" or case.slot(Product) is not None
    if not fits and len(kept.wishes) == 1 and not (ids and named):
        fits = [kept.wishes[0].offer]
    if not kept.wishes:
        return Outcome(said(case.say("buying.no_wishes")))
    if not fits:
        titles = [one.offer.title for one in kept.wishes][:5]
        return case.ask("choice", case.say("buying.which_unwish"), titles)
    for one in fits:
        case.shop.do(RemoveWish(case.shop.person.customer_id, one.variant_id))
    return Outcome(said(case.say("buying.unwished", title=fits[0].title)))


def _view(case: Case) -> Outcome:
    kept = wishlist(case.shop.session, case.shop.merchant.id, case.shop.person.customer_id)
    if not kept.wishes:
        return Outcome(said(case.say("buying.no_wishes")))
    now = case.shop.offers([one.offer.variant_id for one in kept.wishes])
    items = tuple(
        Item(now[one.offer.variant_id]) for one in kept.wishes if one.offer.variant_id in now
    )[:10]
    text = case.say("buying.wishes", count=len(items))
    origin = case.shop.tools.origin
    return Outcome((*said(text), *cards(items, case.language, origin)), items=items)


_VERBS: Final[dict[str, Callable[[Case], Outcome]]] = {
    "wishlist_add": _add,
    "wishlist_remove": _remove,
    "wishlist_view": _view,
}


def _serve(case: Case) -> Outcome:
    return _VERBS[case.frame.act](case)


SKILL = Skill("wishlist", tuple(_VERBS), _serve)
