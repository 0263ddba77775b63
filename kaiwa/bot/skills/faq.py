"""Answers from the shop's own FAQ, word for word, and names the question it answers."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said, suggestions
from kaiwa.vocabulary.reply import TextBlock


def _reply(case: Case) -> Outcome:
    understood = case.understood
    if understood.candidates:
        near = suggestions(hit.entry for hit in understood.candidates)
        return Outcome((*said(case.say("faq.which")), *offer(near)), asks_for=("choice",))
    entries = [hit.entry for hit in understood.faq]
    return Outcome(
        tuple(TextBlock(text=entry.answer, source=entry.question) for entry in entries),
        faq=tuple(entry.question for entry in entries),
    )


SKILL = Skill("faq", ("faq",), 20, _reply)
