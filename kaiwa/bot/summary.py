"""What a person at the desk should know before the first word: short lines, from the records."""

from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.translation import in_language
from kaiwa.vocabulary.money import Money


def known_of(case: Case) -> list[str]:
    """Language, products looked at, cart, order, and what was being done; only what there is."""
    first = case.say(f"aftersale.desk_language_{case.language}")
    lines = [first, *_question(case), *_products(case), *_cart(case)]
    return [*lines, *_order(case), *_tried(case)]


def _question(case: Case) -> list[str]:
    """What was asked before a person was: the press of a button does not tell it."""
    asked = case.turn.state.asked_last
    if not asked or asked == case.turn.text:
        return []
    return [case.say("aftersale.desk_question", what=asked)]


def _products(case: Case) -> list[str]:
    ids = case.state.focus or tuple(one.id for one in case.state.shown[:3])
    titles = [in_language(one, case.language).title for one in case.shop.products(ids)]
    return [case.say("aftersale.desk_products", what=case.listed(titles))] if titles else []


def _cart(case: Case) -> list[str]:
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return []
    what = case.listed(f"{one.title} ×{one.quantity}" for one in cart.lines)
    total = Money(cart.totals.total_minor, cart.currency).label()
    return [case.say("aftersale.desk_cart", what=what, total=total)]


def _order(case: Case) -> list[str]:
    order_id = case.frame.learnt.get("order") or case.state.order_id
    found = case.shop.order(int(order_id), case.state) if order_id else None
    if found is None:
        return []
    state = case.say(f"aftersale.state_{found.state}")
    return [case.say("aftersale.desk_order", number=found.number, state=state)]


def _tried(case: Case) -> list[str]:
    acts = dict.fromkeys([one.act for one in case.state.frames] + [case.state.last_act or ""])
    known = [one for one in acts if one and one not in _TALK]
    words = [case.say(f"act.{one}") for one in known]
    return [case.say("aftersale.desk_tried", what=case.listed(words))] if words else []


_TALK = frozenset(
    """greet thanks goodbye affirm decline out_of_scope about_bot complaint human_handoff
    faq""".split()
)
