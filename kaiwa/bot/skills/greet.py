"""Greets as it was greeted, says that it is automatic, and offers the popular questions."""

import re
from typing import Final

from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said, suggestions

_MOST_SUGGESTIONS: Final = 4
_MORNING = re.compile(r"おはよ|good morning", re.IGNORECASE)
_EVENING = re.compile(r"こんばん|good evening", re.IGNORECASE)


def hello(case: Case) -> str:
    """The greeting that answers the shopper's."""
    text = case.turn.text
    if _MORNING.search(text):
        return case.say("greet.morning")
    return case.say("greet.evening" if _EVENING.search(text) else "greet.hello")


def _reply(case: Case) -> Outcome:
    language = case.understood.language
    who = "greet.who_named" if case.turn.snapshot.bot_name else "greet.who"
    if case.turn.snapshot.greeted:
        text = _joined(case, hello(case), case.say("greet.again"))
    else:
        text = _joined(case, hello(case), case.say(who), case.say("greet.ask"))
    popular = [entry for entry in case.turn.snapshot.popular if entry.language == language]
    return Outcome((*said(text), *offer(suggestions(popular[:_MOST_SUGGESTIONS]))))


def _joined(case: Case, *sentences: str) -> str:
    return ("" if case.understood.language == "ja" else " ").join(sentences)


SKILL = Skill("greet", ("greet",), 80, _reply)
