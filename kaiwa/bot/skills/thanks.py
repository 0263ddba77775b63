"""Takes thanks."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said


def _serve(case: Case) -> Outcome:
    return Outcome(said(case.say("thanks.answer")))


SKILL = Skill("thanks", ("thanks",), _serve)
