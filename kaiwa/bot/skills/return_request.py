"""Takes articles back, or exchanges them: which, how many, why; shows what goes back where."""

import re
from typing import Final

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.order.articles_meant import articles_meant, counted, to_return
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import lines_of, too_late
from kaiwa.bot.order.swapping import swapped
from kaiwa.bot.order.ways_to_pay import way_meant, way_paid, way_words
from kaiwa.bot.order.words import titles
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.adjustment import fewer
from kaiwa.orders.allowed import allowed
from kaiwa.orders.order import Order
from kaiwa.orders.return_request import AskReturn
from kaiwa.orders.saved_method import SavedMethod
from kaiwa.orders.totals import total_up, with_quantities
from kaiwa.vocabulary.money import Money

_EXCHANGE: Final = re.compile(
    r"交換|取り替え|取替え|とりかえ|チェンジ|\bexchang|\bswap|\breplace", re.IGNORECASE
)
_RETURN: Final = re.compile(
    r"返品|返金|返したい|返却|\breturn|\brefund|\bmoney back\b", re.IGNORECASE
)
_DEFECT: Final = re.compile(
    r"不良|壊れ|割れ|破損|傷|キズ|動かな|動作し|欠け|汚れ|違う(?:商品|もの)が|ぐらつ|穴|ほつれ"
    r"|\bbroke|\bcrack|\bscratch|\bdamag|\bdefect|\bfault|\bdoesn'?t work|\bnot working"
    r"|\bwrong item\b",
    re.IGNORECASE,
)
_WHY: Final = re.compile(
    r"(?P<ja>[^。、]*?)(?:ので|から|ため|のだけど|んですが|んですけど|(?<=い)し"
    r"|くて)(?=[、。 ]|返|交換)"
    r"|\b(?:because|since|as|it'?s|they'?re|it|they|the)\s+(?P<en>(?:is |are |was |were "
    r"|has |have |too |the "
    r"|not |doesn'?t |don'?t |didn'?t |arrived |came |broke )[^.]+)",
    re.IGNORECASE,
)
_LONGEST: Final = 300


def _return(case: Case, found: Order) -> Outcome:
    if _wants_other(case):
        return swapped(case, found)
    if "ask_return" not in allowed(found):
        return too_late(case, found)
    if not to_return(case, found):
        return Outcome(said(case.say("aftersale.returned_before", number=found.number)))
    question = case.say("aftersale.return_which", number=found.number)
    parts = articles_meant(case, found, question)
    if isinstance(parts, Outcome):
        return parts
    lines = counted(case, found, parts)
    if isinstance(lines, Outcome):
        return lines
    _possible(case, found, lines)
    reason = _reason(case)
    if reason is None:
        labels = [case.say(f"aftersale.why_{one}") for one in _REASONS]
        name = case.listed(titles(case, found)[part] for part in parts)
        return case.ask(
            "reason", case.say("aftersale.return_why", title=name, number=found.number), labels
        )
    return _agreed(case, found, lines, reason)


_REASONS: Final = ("size", "different", "defect", "mind", "other")


def _wants_other(case: Case) -> bool:
    """Whether something else is wanted for it: a return or an exchange, whichever was said last."""
    learnt, text = case.frame.learnt, case.turn.text
    if answer_to(case, "reason") is None:
        if _EXCHANGE.search(text):
            learnt["kind"] = "exchange"
        elif _RETURN.search(text):
            learnt["kind"] = "return"
    return learnt.get("kind") == "exchange"


def _possible(case: Case, found: Order, lines: dict[str, int]) -> None:
    """Refuse before anything more is asked."""
    case.shop.rehearse(AskReturn(found.id, lines, ""), found, lambda asked: asked)


def _reason(case: Case) -> str | None:
    learnt = case.frame.learnt
    answer = answer_to(case, "reason")
    if answer is not None and case.yes_to is None:
        learnt["reason"] = answer[:_LONGEST]
    elif "reason" not in learnt and case.yes_to is None:
        why = _WHY.search(case.turn.text)
        if why or _DEFECT.search(case.turn.text):
            learnt["reason"] = case.turn.text.strip()[:_LONGEST]
    return learnt.get("reason")


def _agreed(case: Case, found: Order, lines: dict[str, int], reason: str) -> Outcome:
    way = way_meant(case, found) or way_paid(case, found)
    write = AskReturn(found.id, lines, reason, way.id if way else None)
    case.shop.rehearse(write, found, lambda asked: asked)
    names = titles(case, found)
    what = "\n".join(f"・{names[part]} ×{count}" for part, count in lines.items())
    head = case.say("aftersale.return_shown", number=found.number)
    money = _money(case, found, lines, way)
    shown = "\n".join([head, what, money, case.say("aftersale.shall_i")])
    defect = _DEFECT.search(reason) is not None
    if not case.agreed(write, shown):
        photos = said(case.say("aftersale.return_photos")) if defect else ()
        return case.propose(write, shown, photos)
    case.shop.do_agreed(write, case.yes_to or "", found)
    after = case.say("aftersale.return_photos") if defect else ""
    return Outcome(lines_of(case.say("aftersale.return_done", number=found.number), money, after))


def _money(case: Case, found: Order, lines: dict[str, int], way: SavedMethod | None) -> str:
    """What goes back once the articles are here, and where to."""
    bill = with_quantities(found.bill, fewer(found, lines))
    amount = Money(found.totals.total_minor - total_up(bill).total_minor, found.currency).label()
    if found.pays == "elsewhere":
        return case.say("aftersale.return_money_elsewhere", amount=amount)
    return case.say("aftersale.return_money", amount=amount, way=way_words(case, way))


def _serve(case: Case) -> Outcome:
    return of_order(case, "ask_return", _return)


SKILL = Skill("return_request", ("return_request",), _serve)
