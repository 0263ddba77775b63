"""Says truthfully that no person is speaking."""

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.vocabulary.reply import ReplyAction


def _serve(case: Case) -> Outcome:
    person = case.say("choice.person")
    action = ReplyAction(label=person, text=person, payload=payloads.PERSON)
    # The plain fact always stands first: a shop's own words may explain it, never replace it.
    own = case.shop.merchant.settings.voice.about.get(case.language, "")
    text = "\n".join(one for one in (case.say("about_bot.answer"), own) if one)
    return Outcome((*said(text), *offer((action,))))


SKILL = Skill("about_bot", ("about_bot",), _serve)
