"""What the shopper said to the question that was open, in the own words."""

from kaiwa.bot.nlu.slot import SlotName, Written
from kaiwa.bot.request import CONTINUE
from kaiwa.bot.skills.contract import Case


def answer_to(case: Case, slot: SlotName) -> str | None:
    """The words that answer the question for `slot`; None when another was open, or a new matter.

    A sentence that says again what is wanted ("I want to return it, it broke") answers too.
    """
    asked = case.turn.state.asked
    top = case.turn.state.top
    if asked is None or top is None or asked.slot != slot or top.act != case.frame.act:
        return None
    written = next((one.text for one in case.request.slots if isinstance(one, Written)), None)
    if written is not None:
        return written
    if case.request.act in (CONTINUE, case.frame.act) and case.request.yes is None:
        return case.turn.text.strip() or None
    return None
