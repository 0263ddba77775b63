"""Redeems a coupon code on the cart, and says exactly why one does not work."""

import re
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

_THE_CODE: Final = re.compile(
    r"\b(?:the|that|my|this) (?:code|coupon|promo|discount|voucher)\b|\b(?:it|that one) again\b"
    r"|(?:さっき|先ほど|その|あの|この|前)の?(?:クーポン|コード|割引)|(?:クーポン|コード)(?:を)?(?:もう[1一]度|再度|今度)",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"\b(?:another|other|different|new|any|else|which|where|what|how)\b|別|他|ほか|違う|新しい|どこ|何|ある",
    re.IGNORECASE,
)


def _serve(case: Case) -> Outcome:
    told = case.slot(CouponCode) or _told_before(case)
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


def _told_before(case: Case) -> CouponCode | None:
    """And now the code: the one that was told before, unless another is asked for."""
    words = case.request.question or case.turn.text
    meant = _THE_CODE.search(words) is not None and _ANOTHER.search(words) is None
    return CouponCode(case.state.code) if case.state.code and meant else None


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
