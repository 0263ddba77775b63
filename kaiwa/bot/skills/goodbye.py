"""Says goodbye."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said


def _serve(case: Case) -> Outcome:
    return Outcome(said(case.say("goodbye.answer")))


SKILL = Skill("goodbye", ("goodbye",), _serve)
