"""Changes what is in an order that was not sent: fewer of something, or another variant."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.order.articles_meant import articles_meant
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.order.swapping import swapped
from kaiwa.bot.order.words import titles
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.allowed import allowed
from kaiwa.orders.change import ChangeOrder
from kaiwa.orders.order import Order
from kaiwa.vocabulary.money import Money

_FEWER: Final = re.compile(
    r"減ら|外し|はずし|抜い|取り消|取消|キャンセル|なしに|いらな|要らな|やめ"
    r"|\bremove|\btake (?:out|off|it off)|\bdrop\b|\bcancel|\bfewer\b|\bless\b|\breduce"
    r"|\bwithout\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"追加|増や|もう(?:1|一|ひと)つ(?:追加|足)|\badd\b|\bone more\b|\bincrease\b", re.IGNORECASE
)


def _change(case: Case, found: Order) -> Outcome:
    if _MORE.search(case.turn.text) and "kind" not in case.frame.learnt:
        return Outcome(said(case.say("aftersale.add_new_order", number=found.number)))
    if _FEWER.search(case.turn.text):
        case.frame.learnt.setdefault("kind", "fewer")
    if case.frame.learnt.get("kind") == "fewer":
        return _fewer(case, found)
    case.frame.learnt.setdefault("kind", "swap")
    return swapped(case, found)


def _fewer(case: Case, found: Order) -> Outcome:
    if "reduce" not in allowed(found):
        return too_late(case, found)
    question = case.say("aftersale.fewer_which", number=found.number)
    parts = articles_meant(case, found, question)
    if isinstance(parts, Outcome):
        return parts
    if len(parts) == len([line for line in found.lines if found.left(line.part)]) == 1:
        (part,) = parts
        if found.left(part) == 1:
            return Outcome(said(case.say("aftersale.fewer_all", number=found.number)))
    told = case.slot(Quantity)
    lines = {part: _left(found.left(part), told if len(parts) == 1 else None) for part in parts}
    write = ChangeOrder(found.id, lines=lines, reason="customer")
    after: Order = case.shop.rehearse(write, found, lambda one: one)
    shown = _shown(case, found, after, lines)
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    return Outcome(said(case.say("aftersale.fewer_done", number=found.number)), order=done)


def _left(now: int, told: Quantity | None) -> int:
    """How many stay: "one less" takes one off, "make it two" leaves two, no number takes all."""
    if told is None:
        return 0
    return max(0, min(now, now + told.count if told.relative else told.count))


def _shown(case: Case, found: Order, after: Order, lines: dict[str, int]) -> str:
    names = titles(case, found)
    rows = [
        case.say("aftersale.fewer_row", title=names[part], was=found.left(part), now=count)
        for part, count in lines.items()
    ]
    totals = case.say(
        "aftersale.fewer_total",
        was=Money(found.totals.total_minor, found.currency).label(),
        now=Money(after.totals.total_minor, found.currency).label(),
    )
    head = case.say("aftersale.fewer_shown", number=found.number)
    return "\n".join([head, *rows, totals, case.say("aftersale.shall_i")])


def _serve(case: Case) -> Outcome:
    return of_order(case, "replace", _change)


SKILL = Skill("change_order", ("change_order",), _serve)
