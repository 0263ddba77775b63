"""The reason a shopper gives: one of the merchant's own, or any words where any will do."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.skills.contract import Case

# What shoppers say for reasons that shops write in their own words.
_ALIKE: Final[Mapping[str, str]] = {
    r"need|不要|要らな|いらな": r"don'?t need|no longer|not need|unnecessary|不要|要らな"
    r"|いらな|必要な",
    r"mistake|accident|間違|誤": r"mistake|accident|wrong|didn'?t mean|間違|誤って|うっかり|ミス",
    r"chang|気が変|都合": r"chang\w+ my mind|気が変|都合",
    r"late|slow|遅": r"late|slow|long|遅|待て",
    r"cheap|price|安": r"cheap|price|安",
    r"defect|damage|broken|不良|破損|傷": r"defect|damage|broke|crack|scratch|不良|壊れ"
    r"|割れ|傷|破損",
}


def reason_told(case: Case, reasons: Sequence[str]) -> str | None:
    """The reason as the merchant writes it; None when none of them was said."""
    held = case.frame.learnt.get("reason")
    told = answer_to(case, "reason") or case.turn.text
    found = one_of(told, reasons)
    if found is not None:
        case.frame.learnt["reason"] = found
        return found
    return held


def one_of(told: str, reasons: Sequence[str]) -> str | None:
    """The one of these reasons that a text says, by its words or by words like them."""
    text = told.casefold()
    exact = [one for one in reasons if one.casefold() in text]
    if exact:
        return exact[0]
    for written, spoken in _ALIKE.items():
        fits = [one for one in reasons if re.search(written, one.casefold())]
        if len(fits) == 1 and re.search(spoken, text):
            return fits[0]
    return None
