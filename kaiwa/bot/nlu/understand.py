"""The deterministic understander: form, buttons, phrases, then knowledge."""

from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.nlu.form import form_of
from kaiwa.bot.nlu.phrases import is_question, spoken_acts, whole_act
from kaiwa.bot.nlu.questions import Findings, look_up
from kaiwa.bot.nlu.understood import Understood
from kaiwa.bot.turn import Turn
from kaiwa.knowledge.retrieval import FaqHit, FaqIndex
from kaiwa.languages import language_of, reader
from kaiwa.vocabulary.content import Postback
from kaiwa.vocabulary.language import Language

LONGEST_READ: Final = 1_000
_PHRASE_CONFIDENCE: Final = 0.95
_SETTLED: Final = frozenset({"complaint", "human_handoff", "about_bot"})


def understand(turn: Turn, knowledge: FaqIndex) -> Understood:
    """What the shopper wants with this turn."""
    text = turn.text[:LONGEST_READ]
    language = language_of(text, turn.language)
    form = form_of(turn.content, text)
    if form == "foreign":
        language = turn.language
    if form:
        return Understood(language, (form,))
    pressed = _pressed(turn, language, knowledge)
    return pressed or _read(text, language, turn, knowledge)


def _pressed(turn: Turn, language: Language, knowledge: FaqIndex) -> Understood | None:
    """What one of our own buttons means, without reading its words."""
    if not isinstance(turn.content, Postback):
        return None
    payload = turn.content.payload
    if payload == payloads.PERSON:
        return Understood(language, ("human_handoff",))
    if payload == payloads.DECLINE:
        return Understood(language, ("decline",))
    entry_id = payloads.faq_id(payload)
    entry = knowledge.entry(entry_id) if entry_id is not None else None
    return Understood(entry.language, ("faq",), faq=(FaqHit(entry, 1.0),)) if entry else None


def _read(text: str, language: Language, turn: Turn, knowledge: FaqIndex) -> Understood:
    normal = reader(language).normalise(text)
    short = whole_act(normal, language)
    if short == "affirm" and turn.snapshot.misunderstood_in_a_row:
        short = "human_handoff"
    if short:
        return Understood(language, (short,), _PHRASE_CONFIDENCE)
    acts, rest = spoken_acts(normal, language)
    if _SETTLED.intersection(acts):
        return Understood(language, tuple(acts), _PHRASE_CONFIDENCE)
    return _with_knowledge(acts, rest, language, knowledge)


def _with_knowledge(
    acts: list[str], rest: str, language: Language, knowledge: FaqIndex
) -> Understood:
    found = look_up(rest, language, knowledge) if rest else Findings()
    if found.sure or found.perhaps:
        sure = () if found.perhaps else found.sure
        act = "faq" if found.sure else "out_of_scope"
        return Understood(language, (*acts, act), found.best, sure, found.perhaps)
    if acts and not is_question(rest, language):
        return Understood(language, tuple(acts), _PHRASE_CONFIDENCE)
    return Understood(language, (*acts, "out_of_scope"), found.best)
