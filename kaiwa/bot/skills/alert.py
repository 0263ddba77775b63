"""Promises to tell once when an article is back in stock, or cheaper."""

from collections.abc import Sequence

from kaiwa.bot.naming.which_meant import one_meant
from kaiwa.bot.nlu.slot import Colour, Option, Price, Size
from kaiwa.bot.options.picking import fitting, picked
from kaiwa.bot.showing import option_words, title_of
from kaiwa.bot.skills.clarify import which_product
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.catalog.offer import Offer
from kaiwa.orders.alert import AskAlert
from kaiwa.vocabulary.money import Money


def _serve(case: Case) -> Outcome:
    ids = case.pointed if len(case.pointed) == 1 else _meant(case)
    if not ids:
        return case.ask("choice", case.say("buying.which_alert"))
    if len(ids) > 1:
        return which_product(case, ids)
    every = case.shop.variants(ids).get(ids[0], [])
    if not every:
        return Outcome(said(case.say("buying.gone")))
    return _restock(case, every) if case.frame.act == "restock_alert" else _price(case, every)


def _meant(case: Case) -> tuple[int, ...]:
    """What is meant of several: when it is back, that of which anything is sold out."""
    some = case.pointed or tuple(one.id for one in case.state.shown)
    if case.frame.act == "restock_alert":
        every = case.shop.variants(some)
        gone = tuple(one for one in some if any(o.free <= 0 for o in every.get(one, [])))
        some = gone or some
    return one_meant(case, some)


def _restock(case: Case, every: Sequence[Offer]) -> Outcome:
    told = [one for one in case.frame.slots if isinstance(one, Colour | Size | Option)]
    left, _ = fitting(every, told, case.language)
    wanted = [one for one in left if one.free <= 0]  # what can be had is not waited for
    if not wanted:
        found = picked(every, told, case.language).offer
        named = found is not None and (told or len(every) == 1)
        what = _named(case, found) if found and named else title_of(every[0], case.language)
        return Outcome(said(case.say("buying.is_here", what=what)))
    for one in wanted:
        case.shop.do(AskAlert(case.shop.person.customer_id, one.variant.id, "restock"))
    what = _named(case, wanted[0]) if len(wanted) == 1 else title_of(every[0], case.language)
    return Outcome(said(case.say("buying.will_tell", what=what)), focus=(every[0].product.id,))


def _price(case: Case, every: Sequence[Offer]) -> Outcome:
    told = case.slot(Price)
    below = told.high if told else None
    found = picked(every, case.frame.slots, case.language).offer or every[0]
    who = case.shop.person.customer_id
    case.shop.do(AskAlert(who, found.variant.id, "price", below))
    title = title_of(found, case.language)
    price = found.variant.price
    if below is None:
        text = case.say("buying.will_tell_price", what=title, price=price.label())
    else:
        limit = Money(below, price.currency).label()
        text = case.say("buying.will_tell_below", what=title, price=price.label(), below=limit)
    return Outcome(said(text), focus=(found.product.id,))


def _named(case: Case, offer: Offer) -> str:
    return f"{title_of(offer, case.language)} {option_words(offer, case.language)}".strip()


SKILL = Skill("alert", ("restock_alert", "price_alert"), _serve)
