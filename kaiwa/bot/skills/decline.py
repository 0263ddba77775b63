"""Takes no for an answer."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said


def _serve(case: Case) -> Outcome:
    return Outcome(said(case.say("decline.answer")))


SKILL = Skill("decline", ("decline",), _serve)
