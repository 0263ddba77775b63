"""Takes a yes that answers nothing: asks what it is to."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.handoff import hand_off


def _serve(case: Case) -> Outcome:
    if case.turn.misunderstood_in_a_row:
        # A person was offered last: this is the yes to it.
        return hand_off(case, "asked")
    return Outcome(said(case.say("affirm.go_on")))


SKILL = Skill("affirm", ("affirm",), _serve)
