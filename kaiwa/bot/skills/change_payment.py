"""Pays an order that was not sent in another saved way; the old payment goes back."""

from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.order.ways_to_pay import way_meant, way_paid, way_words, ways_of
from kaiwa.bot.order.words import total
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.orders.allowed import allowed
from kaiwa.orders.changing_payment import ChangePayment
from kaiwa.orders.order import Order


def _change(case: Case, found: Order) -> Outcome:
    if "change_payment" not in allowed(found):
        return too_late(case, found)
    now = way_paid(case, found)
    others = [one for one in ways_of(case, found) if now is None or one.id != now.id]
    if not others:
        return hand_off(case, "policy")
    way = way_meant(case, found)
    if way is None:
        titles = [one.title for one in others]
        text = case.say("aftersale.pay_which", number=found.number, ways=case.listed(titles))
        return case.ask("payment", text, titles)
    write = ChangePayment(found.id, way.id)
    case.shop.rehearse(write, found, lambda one: one)
    shown = case.say(
        "aftersale.pay_shown",
        number=found.number,
        total=total(found).label(),
        old=way_words(case, now),
        way=way.title,
    )
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    return Outcome(
        said(case.say("aftersale.pay_done", number=found.number, way=way.title)), order=done
    )


def _serve(case: Case) -> Outcome:
    return of_order(case, "change_payment", _change)


SKILL = Skill("change_payment", ("change_payment",), _serve)
