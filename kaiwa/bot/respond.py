"""One turn of the bot: understand, choose a skill, reply."""

from kaiwa.bot.nlu.understand import understand
from kaiwa.bot.nlu.understood import Understood
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.bot.skills.greet import hello
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.bot.skills.registry import skill_for
from kaiwa.bot.turn import Answer, Turn
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.vocabulary.reply import Block, Reply


def respond(turn: Turn, knowledge: FaqIndex) -> Answer:
    """What the bot says to this turn. Pure: the same turn always gets the same answer."""
    case = Case(turn, understand(turn, knowledge))
    skill = skill_for(case.understood.acts)
    outcome = skill.reply(case)
    if outcome.misunderstood and turn.snapshot.misunderstood_in_a_row:
        return _answer(case.understood, "handoff", hand_off(case, "unsure"))
    return _answer(case.understood, skill.name, outcome, _opening(case, skill.name))


def _opening(case: Case, skill: str) -> tuple[Block, ...]:
    """A courtesy before the matter, when the shopper said one too."""
    if skill not in ("faq", "unsure"):
        return ()
    if "greet" in case.understood.acts:
        return said(hello(case))
    return said(case.say("thanks.short")) if "thanks" in case.understood.acts else ()


def _answer(
    understood: Understood, skill: str, outcome: Outcome, opening: tuple[Block, ...] = ()
) -> Answer:
    return Answer(
        reply=Reply(opening + outcome.blocks),
        language=understood.language,
        acts=understood.acts,
        confidence=understood.confidence,
        skill=skill,
        handoff=outcome.handoff,
        faq=outcome.faq,
        answered=outcome.answered,
        misunderstood=outcome.misunderstood,
        asks_for=outcome.asks_for,
    )
