"""Cancels an order that was not sent: shows what goes back and where to, and asks for a yes."""

from kaiwa.bot.order.fewer import fewer, only_a_part
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import lines_of, too_late
from kaiwa.bot.order.saying_why import reason_told
from kaiwa.bot.order.words import articles, total
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.adjustment import adjustments
from kaiwa.orders.allowed import allowed
from kaiwa.orders.cancellation import CancelOrder
from kaiwa.orders.order import Order
from kaiwa.orders.terms import terms
from kaiwa.vocabulary.money import Money


def _cancel(case: Case, found: Order) -> Outcome:
    if found.state == "cancelled":
        return Outcome(said(case.say("aftersale.cancelled_before", number=found.number)))
    if "cancel" not in allowed(found):
        return too_late(case, found)
    if only_a_part(case, found):
        return fewer(case, found)
    reasons = terms(case.shop.session, case.shop.merchant.id).cancel_reasons
    reason = reason_told(case, reasons)
    if reasons and reason is None:
        text = case.say("aftersale.cancel_why", number=found.number)
        return case.ask("reason", text, reasons)
    write = CancelOrder(found.id, reason if reasons and reason else "")
    back = case.shop.rehearse(write, found, lambda after: _goes_back(case, after))
    shown = _shown(case, found, back)
    if not case.agreed(write, shown):
        return case.propose(write, shown, lines_of(articles(case, found)))
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    text = case.say("aftersale.cancel_done", number=found.number)
    return Outcome(lines_of(text, _back_words(case, found, back)), order=done)


def _goes_back(case: Case, after: Order) -> int:
    changes = adjustments(case.shop.session, case.shop.merchant.id, after)
    return changes[-1].refund_minor if changes else 0


def _shown(case: Case, found: Order, back: int) -> str:
    text = case.say("aftersale.cancel_shown", number=found.number, total=total(found).label())
    return "\n".join(one for one in (text, _back_words(case, found, back)) if one)


def _back_words(case: Case, found: Order, back: int) -> str:
    if back:
        return case.say("aftersale.money_back", amount=Money(back, found.currency).label())
    return case.say("aftersale.money_elsewhere") if found.pays == "elsewhere" else ""


def _serve(case: Case) -> Outcome:
    return of_order(case, "cancel", _cancel)


SKILL = Skill("cancel_order", ("cancel_order",), _serve)
