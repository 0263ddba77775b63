"""Answers from the shop's own FAQ, word for word, and names the question it answers."""

from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.meant import is_weakly_called
from kaiwa.bot.context.wrapped import speaks_of_wrapping
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, offer, said, suggestions
from kaiwa.bot.skills.unsure import not_known
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.finding import Hit
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import TextBlock

_LEAD: Final = 1.35  # of the best over the next


def _serve(case: Case) -> Outcome:
    found = _settled(case.findings)
    if found.perhaps:
        near = suggestions(hit.entry for hit in found.perhaps)
        key = "faq.which" if found.sure else "faq.perhaps"
        return Outcome((*said(case.say(key)), *offer(near)), asks=Asks("choice"))
    if found.written is not None:
        return _written(case, found.written)
    if not found.sure:
        return replace(not_known(case), focus=_spoken_of(case) or case.state.focus)
    entries = [hit.entry for hit in found.sure]
    return Outcome(
        tuple(_told(case, entry) for entry in entries),
        faq=tuple(entry.question for entry in entries),
        focus=_spoken_of(case),
    )


def _settled(found: Findings) -> Findings:
    """Where only one of the shop's answers may be meant, it is told rather than asked about."""
    if found.sure or not found.perhaps:
        return found
    best, *others = found.perhaps
    if others and best.score < others[0].score * _LEAD:
        return found
    return Findings((best,), (), best.score)


def _spoken_of(case: Case) -> tuple[int, ...]:
    """The one product that was named in the question: "it" means that from now on."""
    told = case.request.slot(Product)
    if told is not None:
        return told.ids if len(told.ids) == 1 else ()
    words = (case.request.question or case.turn.text).casefold()
    if speaks_of_wrapping(words):
        return ()  # a gift box that it shall be put in is no thing to buy
    found = case.shop.known.names(words)
    # Of the gravel bike, no other bike is spoken of.
    whole = [one for one in found if not any(_is_within(one, other) for other in found)]
    ids = {i for one in whole if isinstance(one.slot, Product) for i in one.slot.ids}
    if len(ids) != 1 or any(is_weakly_called(words, one) for one in case.shop.products([*ids])):
        return ()
    return tuple(ids)


def _is_within(one: Found, other: Found) -> bool:
    longer = other.end - other.begin > one.end - one.begin
    return longer and other.begin <= one.begin and one.end <= other.end


def _written(case: Case, hit: Hit) -> Outcome:
    """What an article says."""
    there = hit.passage
    text = _as_it_stands(case, hit.answer, there.language)
    return Outcome((TextBlock(text=text, source=there.title),), faq=(there.title,))


def _told(case: Case, entry: FaqEntry) -> TextBlock:
    return TextBlock(_as_it_stands(case, entry.answer, entry.language), source=entry.question)


def _as_it_stands(case: Case, text: str, language: Language) -> str:
    """What the shop wrote; in the other language it is told that it is."""
    return text if language == case.language else f"{case.say('faq.other_language')}\n{text}"


SKILL = Skill("faq", ("faq",), _serve)
