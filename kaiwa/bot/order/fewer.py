"""Takes something out of an order that was not sent, or some of it: shown first, then agreed."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.order.articles_meant import articles_meant, named_parts
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.order.words import titles
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.orders.allowed import allowed
from kaiwa.orders.change import ChangeOrder
from kaiwa.orders.order import Order
from kaiwa.vocabulary.money import Money

# What is to be cancelled: "cancel the socks", 手袋だけキャンセル; a reason names nothing.
_CANCELLED: Final = re.compile(
    r"\b(?:cancel|drop|remove|take out|take off)(?:ling|ing)?\b[^.,;!?]{1,48}"
    r"|[^、。!?]{1,24}(?=キャンセル|取り?消|やめ)",
    re.IGNORECASE,
)
_ONLY: Final = re.compile(r"だけ|のみ|\b(?:only|just)\b", re.IGNORECASE)
_WHOLE: Final = re.compile(
    r"全部|すべて|全て|まるごと|丸ごと|\b(?:all|everything|whole|entire|both)\b", re.IGNORECASE
)


def only_a_part(case: Case, found: Order) -> bool:
    """Whether an article of several is named: "cancel the socks" does not mean all of the order."""
    if case.frame.learnt.get("kind") == "fewer":
        return True
    left = [line.part for line in found.lines if found.left(line.part)]
    what = _CANCELLED.search(case.turn.text)
    if what is None or _WHOLE.search(case.turn.text):
        return False
    # Only the words beside the verb count, not what else was named in the line.
    slots = tuple(one for one in case.frame.slots if not isinstance(one, Product))
    bare = replace(case, frame=replace(case.frame, slots=slots))
    named = [one for one in named_parts(bare, found, what[0]) if one in left]
    only = _ONLY.search(what[0]) is not None and len(left) > 1
    if not 0 < len(named) < len(left) and not (only and not named):
        return False
    case.frame.learnt["kind"] = "fewer"
    return True


def fewer(case: Case, found: Order) -> Outcome:
    """Propose what is left of the articles meant, and do it once that is agreed to."""
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
    told = case.slot(Quantity) or _taken_off(case)
    lines = {part: _left(found.left(part), told if len(parts) == 1 else None) for part in parts}
    write = ChangeOrder(found.id, lines=lines, reason="customer")
    after: Order = case.shop.rehearse(write, found, lambda one: one)
    shown = _shown(case, found, after, lines)
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    return Outcome(said(case.say("aftersale.fewer_done", number=found.number)), order=done)


def _taken_off(case: Case) -> Quantity | None:
    """How many are taken off, where it stands in no slot: "take one off", "a spork off"."""
    told = counts_told(case.turn.text.casefold())
    fewer = [one.count for _, _, one in told if one.relative and one.count < 0]
    if len(fewer) == 1:
        case.frame.learnt["taken"] = str(fewer[0])  # it is not said again with the yes
    taken = case.frame.learnt.get("taken")
    return Quantity(int(taken), relative=True) if taken is not None else None


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
