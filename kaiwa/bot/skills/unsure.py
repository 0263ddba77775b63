"""Says plainly that it does not know, and offers what may be meant or a person."""

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, offer, said, suggestions
from kaiwa.vocabulary.reply import ReplyAction


def not_known(case: Case, key: str = "unsure.sorry") -> Outcome:
    """The sentence, with near questions and a person to choose from."""
    person, no = case.say("choice.person"), case.say("choice.no")
    ways_on = (
        ReplyAction(label=person, text=person, payload=payloads.PERSON),
        ReplyAction(label=no, text=no, payload=payloads.DECLINE),
    )
    near = suggestions(hit.entry for hit in case.findings.perhaps)
    text = case.say("faq.perhaps" if near else key)
    return Outcome(
        (*said(text), *offer(near + ways_on)),
        asks=Asks("choice"),
        answered=False,
        misunderstood=True,
    )


SKILL = Skill("unsure", ("out_of_scope",), not_known)
