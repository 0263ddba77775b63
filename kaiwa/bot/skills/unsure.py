"""Says plainly that it does not know, and offers what may be meant or a person."""

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said, suggestions
from kaiwa.vocabulary.reply import ReplyAction


def _reply(case: Case) -> Outcome:
    person, no = case.say("choice.person"), case.say("choice.no")
    ways_on = (
        ReplyAction(label=person, text=person, payload=payloads.PERSON),
        ReplyAction(label=no, text=no, payload=payloads.DECLINE),
    )
    near = suggestions(hit.entry for hit in case.understood.candidates)
    text = case.say("faq.perhaps" if near else "unsure.sorry")
    return Outcome(
        (*said(text), *offer(near + ways_on)),
        answered=False,
        misunderstood=True,
        asks_for=("choice",),
    )


SKILL = Skill("unsure", ("out_of_scope",), 40, _reply)
