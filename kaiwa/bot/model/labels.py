"""What an amount is the amount of: shipping, tax, total … by the word that stands nearest to it.

A model that may not write a price could still put the right price at the wrong word.
"""

import re
from typing import Final

from kaiwa.bot.model.slots import PLACE

_LABELS: Final[dict[str, str]] = {
    "shipping": r"送料|配送料|shipping|postage|delivery (?:fee|charge|cost)",
    "tax": r"消費税|税額|うち税|(?<!including )(?<!with )(?<!before )\btax(?:es)?\b(?! included)",
    "subtotal": r"小計|商品代|subtotal",
    "total": r"合計|総額|お支払い?(?:金?額)|\b(?<!sub)total\b|altogether|in all",
    "discount": r"割引|値引|クーポン|\b(?:discount|savings?|coupon)\b",
    "fee": r"手数料|\b(?:handling )?fee\b",
    "refund": r"返金|払い戻|\brefund",
    "points": r"ポイント|\bpoints?\b",
    "old": r"通常価格|定価|元値|\b(?:was|originally|regular price|before)\b",
    "deposit": r"前金|内金|\bdeposit\b",
    "arrival": r"お?届け|到着|着き|\b(?:arriv|deliver)\w*",
    "dispatch": r"発送|出荷|\b(?:ship(?:s|ped|ping date)|dispatch)\w*",
    "deadline": r"期限|締め?切|まで|\b(?:deadline|until|expires?|by)\b",
    "ordered": r"ご?注文日|購入日|\b(?:ordered|placed|bought) on\b",
}  # fmt: skip
_PATTERNS: Final = {
    name: re.compile(words, re.IGNORECASE | re.ASCII) for name, words in _LABELS.items()
}
_STOP: Final = re.compile(r"[、。，．,;；（）()\n！？!?]|\.(?=\s|$)| and | but | with ", re.ASCII)


def labels(raw: str) -> dict[str, str]:
    """For each place of a slotted text the label nearest to it in its clause; none, no entry.

    With several of the same place the first one counts.
    """
    found: dict[str, str] = {}
    for clause in _clauses(raw):
        words = [
            (name, one.start(), one.end())
            for name, pattern in _PATTERNS.items()
            for one in pattern.finditer(PLACE.sub(_blank, clause))
        ]
        for place in PLACE.finditer(clause):
            near = [(_distance(place, begin, end), name) for name, begin, end in words]
            if near and place[1] not in found:
                found[place[1]] = min(near)[1]
    return found


def _clauses(raw: str) -> list[str]:
    """The text in clauses; a mark inside a place is none."""
    clauses, at = [], 0
    inside = [found.span() for found in PLACE.finditer(raw)]
    for stop in _STOP.finditer(raw):
        if not any(begin < stop.end() and stop.start() < end for begin, end in inside):
            clauses.append(raw[at : stop.start()])
            at = stop.end()
    return [*clauses, raw[at:]]


def _blank(place: re.Match[str]) -> str:
    # The name of a place is no word of the text.
    return " " * len(place[0])


def _distance(place: re.Match[str], begin: int, end: int) -> int:
    # A label before its amount is likelier than one behind it.
    if end <= place.start():
        return place.start() - end
    return begin - place.end() + 4
