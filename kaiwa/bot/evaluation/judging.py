"""Whether an answer is what a transcript expects of it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.reply import visible

COURTESIES: Final = frozenset({"greet", "thanks", "goodbye", "affirm", "decline"})


class Outcome(msgspec.Struct, frozen=True):
    """What came of a turn, beside the answer: the cart as (SKU, quantity)."""

    answer: Answer
    cart: tuple[tuple[str, int], ...] = ()


def broken(expected: Sequence[tuple[str, str]], outcome: Outcome) -> list[str]:
    """The expectations that do not hold, each with what there was instead."""
    missed = []
    for key, value in expected:
        told = _JUDGES[key](value, outcome)
        if told is not None:
            missed.append(f"{key}: {value} (got {told})")
    return missed


def _acts(value: str, outcome: Outcome) -> str | None:
    """Acts and no more: "a, b / c" is a and b, or c; or a, and one of b and c."""
    by_list = [[[one] for one in _listed(some)] for some in _either(value)]
    by_act = [[_either(one) for one in _listed(value)]]
    if any(_does(wanted, outcome) for wanted in (*by_list, *by_act)):
        return None
    return ", ".join(outcome.answer.acts)


def _does(wanted: list[list[str]], outcome: Outcome) -> bool:
    named = {act for some in wanted for act in some}
    acts = [act for act in outcome.answer.acts if act in named or act not in COURTESIES]
    return all(any(act in some for act in acts) for some in wanted) and set(acts) <= named


def _products(value: str, outcome: Outcome) -> str | None:
    shown = list(outcome.answer.products)
    how, _, rest = value.partition(" ")
    wanted = [one for part in _listed(rest) for one in _either(part)]
    ways: dict[str, Callable[[], bool]] = {
        "none": lambda: not shown,
        "any": lambda: bool(set(wanted) & set(shown)),
        "first": lambda: bool(shown) and shown[0] in wanted,
        "all": lambda: set(wanted) <= set(shown),
        "exactly": lambda: wanted == shown,
        "only": lambda: bool(shown) and set(shown) <= set(wanted),
        "not": lambda: not set(wanted) & set(shown),
    }
    fits = ways.get(how, lambda: value in shown)
    return None if fits() else ", ".join(shown) or "none"


def _cart(value: str, outcome: Outcome) -> str | None:
    there = {sku.casefold(): count for sku, count in outcome.cart if count}
    text = ", ".join(f"{sku} x{count}" for sku, count in outcome.cart) or "empty"
    if value.strip() == "empty":
        return None if not there else text
    wanted = {}
    for part in _listed(value):
        sku, _, count = part.rpartition(" ")
        wanted[(sku or count).casefold().strip()] = int(re.sub(r"\D", "", count) or 1) if sku else 1
    return None if wanted == there else text


def _faq(value: str, outcome: Outcome) -> str | None:
    wanted = {_folded(one) for one in _either(value)}
    given = {_folded(one) for one in outcome.answer.faq}
    return None if wanted & given else ", ".join(outcome.answer.faq) or "none"


def _asks(value: str, outcome: Outcome) -> str | None:
    asked = outcome.answer.asks_for
    if value == "nothing":
        return None if not asked else ", ".join(asked)
    return None if set(_either(value)) & set(asked) else ", ".join(asked) or "nothing"


def _order(value: str, outcome: Outcome) -> str | None:
    got = outcome.answer.order
    return None if got is not None and got in _either(value.lstrip("#")) else str(got)


def _says(value: str, outcome: Outcome) -> str | None:
    text = _read(outcome)
    return None if any(_folded(one) in text for one in _either(value)) else text[:160]


def _does_not_say(value: str, outcome: Outcome) -> str | None:
    text = _read(outcome)
    return value if any(_folded(one) in text for one in _either(value)) else None


def _yes_or_no(holds: Callable[[Answer], bool]) -> Callable[[str, Outcome], str | None]:
    def judge(value: str, outcome: Outcome) -> str | None:
        got = "yes" if holds(outcome.answer) else "no"
        return None if got == value.strip() else got

    return judge


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


def _either(value: str) -> list[str]:
    return [one.strip() for one in re.split(r"\s/\s", value) if one.strip()]


def _read(outcome: Outcome) -> str:
    return _folded("\n".join(visible(outcome.answer.reply.blocks)))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_JUDGES: Final[dict[str, Callable[[str, Outcome], str | None]]] = {
    "acts": _acts,
    "products": _products,
    "cart": _cart,
    "faq": _faq,
    "answered": _yes_or_no(lambda answer: answer.answered),
    "asks for": _asks,
    "handoff": _yes_or_no(lambda answer: answer.handoff is not None),
    "order": _order,
    "says": _says,
    "does not say": _does_not_say,
}
