"""Says truthfully that no person is speaking, and what can be done here."""

import re
from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, label, offer, said
from kaiwa.vocabulary.reply import ReplyAction

_WHAT_IT_CAN: Final = re.compile(
    r"何が(?:でき|出来)|何(?:を)?(?:して|頼め|聞け|お願い)|どんなこと|使い(?:方|かた)|使いこな"
    r"|できること|機能|ヘルプ"
    r"|どう(?:使|すれば|したら)"
    r"|\bwhat (?:can|do|could|are|else) (?:you|i|we|u)\b.{0,20}\b(?:do|ask|help|offer|for)\b"
    r"|\bhow (?:can|do|does) (?:you|i|this|it)\b.{0,16}\b(?:help|work|use)\b"
    r"|\bhelp\b|\bfeatures?\b",
    re.IGNORECASE,
)
_ABILITIES: Final = ("find_product", "order_status", "return_request")


def _serve(case: Case) -> Outcome:
    asked = _WHAT_IT_CAN.search(case.request.question or case.turn.text) is not None
    # The plain fact always stands first: a shop's own words may explain it, never replace it.
    own = case.shop.merchant.settings.voice.about.get(case.language, "")
    can = case.say("about_bot.can") if asked else ""
    text = "\n".join(one for one in (case.say("about_bot.answer"), own, can) if one)
    person = case.say("choice.person")
    actions = [ReplyAction(label=person, text=person, payload=payloads.PERSON)]
    if asked:
        names = [(one, case.say(f"act.{one}")) for one in _ABILITIES]
        actions = [
            ReplyAction(label=label(name), text=name, payload=payloads.act(one))
            for one, name in names
        ] + actions
    return Outcome((*said(text), *offer(tuple(actions))))


SKILL = Skill("about_bot", ("about_bot",), _serve)
