"""Answers what has no words to read: stickers, emoji, nothing at all, things that got lost."""

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said


def _reply(case: Case) -> Outcome:
    act = case.understood.acts[0]
    if act == "sticker":
        return Outcome(said(case.say("sticker.answer")))
    if act == "lost":
        return Outcome(said(case.say("lost.ask")), asks_for=("text",))
    if act == "unreadable":
        asked = said(case.say("unknown.ask"))
        return Outcome(asked, answered=False, misunderstood=True, asks_for=("text",))
    return Outcome(said(case.say("empty.ask")), asks_for=("text",))


SKILL = Skill("wordless", ("sticker", "lost", "unreadable", "empty", "affirm"), 90, _reply)
