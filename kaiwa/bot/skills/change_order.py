"""Changes what is in an order that was not sent: fewer of something, or another variant."""

import re
from typing import Final

from kaiwa.bot.order.fewer import fewer
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.swapping import swapped
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.order import Order

_FEWER: Final = re.compile(
    r"減ら|外し|はずし|抜い|取り消|取消|キャンセル|なしに|いらな|要らな|やめ"
    r"|\bremove|\btake (?:out|off|(?:[\w'-]+ ){1,5}(?:off|out|away)\b)|\bdrop\b|\bcancel|\bfewer\b"
    r"|\bless\b|\breduce|\btoo many\b"
    r"|\bwithout\b",
    re.IGNORECASE,
)
# くまをやめてひつじで: one in the place of the other, and nothing less.
_INSTEAD: Final = re.compile(
    r"[をは]やめて、?[^、。だ]{1,12}(?:に|で)(?:し|お願い|いい|大丈夫|でき|[。!！]|$)|の(?:代わり|かわり)に"
    r"|\b(?:instead of|rather than)\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"追加|増や|もう(?:1|一|ひと)つ(?:追加|足)|\badd\b|\bone more\b|\bincrease\b", re.IGNORECASE
)


def _change(case: Case, found: Order) -> Outcome:
    if _MORE.search(case.turn.text) and "kind" not in case.frame.learnt:
        return Outcome(said(case.say("aftersale.add_new_order", number=found.number)))
    if _FEWER.search(case.turn.text) and not _INSTEAD.search(case.turn.text):
        case.frame.learnt.setdefault("kind", "fewer")
    if case.frame.learnt.get("kind") == "fewer":
        return fewer(case, found)
    case.frame.learnt.setdefault("kind", "swap")
    return swapped(case, found)


def _serve(case: Case) -> Outcome:
    return of_order(case, "replace", _change)


SKILL = Skill("change_order", ("change_order",), _serve)
