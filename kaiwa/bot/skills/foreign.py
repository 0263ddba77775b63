"""Answers other languages: says which ones are spoken, and fetches a person who goes on so."""

from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import LANGUAGES
from kaiwa.vocabulary.reply import ReplyAction

PATIENCE: Final = 3  # turns in a row that nobody here could read


def _serve(case: Case) -> Outcome:
    if case.state.unread + 1 >= PATIENCE:
        return hand_off(case, "language")
    person = case.say("choice.person")
    way = ReplyAction(label=person, text=person, payload=payloads.PERSON)
    text = "\n".join(say("foreign.spoken", language) for language in LANGUAGES)
    return Outcome((*said(text), *offer((way,))), answered=False)


SKILL = Skill("foreign", ("foreign",), _serve)
