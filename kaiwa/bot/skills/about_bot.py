"""Says truthfully that no person is speaking."""

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.vocabulary.reply import ReplyAction


def _serve(case: Case) -> Outcome:
    person = case.say("choice.person")
    action = ReplyAction(label=person, text=person, payload=payloads.PERSON)
    return Outcome((*said(case.say("about_bot.answer")), *offer((action,))))


SKILL = Skill("about_bot", ("about_bot",), _serve)
