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


def _serve(case: Case) -> Outcome:
    who = "greet.who_named" if case.shop.merchant.settings.bot_name else "greet.who"
    if case.turn.greeted:
        text = _joined(case, hello(case), case.say("greet.again"))
    else:
        start = case.shop.merchant.settings.voice.disclosure == "start"
        bot = (case.say("greet.bot"),) if start else ()
        text = _joined(case, hello(case), case.say(who), *bot, case.say("greet.ask"))
    popular = [one for one in case.shop.known.faq.entries if one.language == case.language]
    return Outcome((*said(text), *offer(suggestions(popular[:_MOST_SUGGESTIONS]))))


def _joined(case: Case, *sentences: str) -> str:
    return ("" if case.language == "ja" else " ").join(sentences)


SKILL = Skill("greet", ("greet",), _serve)
