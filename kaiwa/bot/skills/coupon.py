"""Redeems a coupon code on the cart, and says exactly why one does not work."""

from typing import Final

from kaiwa.bot.cart.shown import cart_blocks
from kaiwa.bot.nlu.slot import CouponCode
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.cart import Cart, SetCodes
from kaiwa.orders.coupon import Coupon, coupons, folded_code
from kaiwa.orders.notice import Notice
from kaiwa.vocabulary.money import Money

_REFUSALS: Final = frozenset(
    {
        "coupon_invalid",
        "coupon_not_started",
        "coupon_expired",
        "coupon_used_up",
        "coupon_already_used",
        "coupon_minimum",
        "coupon_not_for_these",
    }
)


def _serve(case: Case) -> Outcome:
    told = case.slot(CouponCode)
    if told is None:
        return case.ask("coupon", case.say("buying.which_code"))
    code = folded_code(told.text)
    known = coupons(case.shop.session, case.shop.merchant.id, [code]).get(code)
    if known is None:
        return Outcome(said(case.say("buying.coupon_invalid", code=code)))
    ended = known.refusal(known.rule.min_subtotal_minor, case.shop.now)
    if ended is not None:
        return Outcome(said(_why(case, Notice(ended, code), known)))
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(_waiting(case, known)))
    return _redeemed(case, cart, known)


def _redeemed(case: Case, cart: Cart, known: Coupon) -> Outcome:
    code = folded_code(known.rule.code)
    after: Cart = case.shop.do(SetCodes(cart.id, (*cart.codes, code)))
    refused = [one for one in after.notices if one.code in _REFUSALS and one.about == code]
    if refused:
        return Outcome(said(_why(case, refused[0], known)))
    off = cart.totals.total_minor - after.totals.total_minor
    amount = Money(off, cart.currency).label()
    key = "buying.coupon_done" if off else "buying.coupon_kept"
    return Outcome((*said(case.say(key, code=code, off=amount)), *cart_blocks(case, after)))


def _waiting(case: Case, known: Coupon) -> str:
    """The code is good, but there is nothing to take it off yet."""
    text = case.say("buying.coupon_empty", code=known.rule.code)
    return f"{text}{_condition(case, known)}"


def _why(case: Case, refused: Notice, known: Coupon) -> str:
    minimum = Money(known.rule.min_subtotal_minor, case.shop.merchant.currency).label()
    return case.say(f"buying.{refused.code}", code=known.rule.code, minimum=minimum)


def _condition(case: Case, known: Coupon) -> str:
    if not known.rule.min_subtotal_minor:
        return ""
    least = Money(known.rule.min_subtotal_minor, case.shop.merchant.currency).label()
    return case.say("buying.coupon_from", minimum=least)


SKILL = Skill("coupon", ("apply_coupon",), _serve)
