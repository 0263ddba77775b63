"""Answers what has no words to read: stickers, emoji, nothing at all, things that got lost."""

from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, said


def _serve(case: Case) -> Outcome:
    act = case.request.act
    if act == "sticker":
        return Outcome(said(case.say("sticker.answer")))
    if act == "lost":
        return Outcome(said(case.say("lost.ask")), asks=Asks("text"))
    if act == "unreadable":
        asked = said(case.say("unknown.ask"))
        return Outcome(asked, answered=False, misunderstood=True, asks=Asks("text"))
    return Outcome(said(case.say("empty.ask")), asks=Asks("text"))


SKILL = Skill("wordless", ("sticker", "lost", "unreadable", "empty"), _serve)
