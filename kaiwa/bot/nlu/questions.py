"""Which FAQ entries a text asks for: surely, perhaps, or none."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

import msgspec

from kaiwa.bot.nlu.phrases import is_question
from kaiwa.knowledge.finding import CLEAR, Hit, KnowledgeIndex
from kaiwa.knowledge.retrieval import FaqHit, FaqIndex
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

SURE: Final = 0.37
SURE_BESIDE: Final = 0.31  # of a question asked in one breath with one that is sure
PERHAPS: Final = 0.27
HEARD_OF: Final = 0.12  # what the other index finds must at least sound like it
ALIKE: Final = 0.6
BOTH: Final = 0.4  # how sure of two that are as near, to answer both
_CLOSE: Final = 0.05
_MOST_SENTENCES: Final = 6
_MOST_ANSWERS: Final = 3

_MARKS: Final = re.compile(r"[\W_]+")
_BREAK: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?<=[。．！？!?])|\n+|、?(?:あと|それと|それから|ついでに)、?|(?<=ですか|ますか|すかね)、"
    ),
    "en": re.compile(
        r"[.!?\n]+(?:\s|$)|,? and also |,? also,? "
        r"|,? (?:and|or|plus) (?=(?:do|does|can|could|is|are|will|would|how|what|when|where|which"
        r"|who|why) )"
    ),
}


class Findings(msgspec.Struct, frozen=True):
    """`sure` entries are answered, `perhaps` are asked back; both empty: nothing is known.

    `written` is what answers from an article; it and an entry may be in the other language.
    """

    sure: tuple[FaqHit, ...] = ()
    perhaps: tuple[FaqHit, ...] = ()
    best: float = 0.0
    written: Hit | None = None

    @property
    def answers(self) -> bool:
        """Whether something surely answers."""
        return bool(self.sure) or self.written is not None


def looked_up(text: str, language: Language, faq: FaqIndex, knowledge: KnowledgeIndex) -> Findings:
    """`look_up`; where that is not sure, what the shop wrote anywhere, in either language."""
    found = look_up(text, language, faq)
    if found.sure:
        return found
    other = knowledge.find(text, language)
    if other.sure is None:
        return found if found.perhaps else _in_the_other(text, language, knowledge) or found
    entry = knowledge.entry(other.sure.passage.faq_id or 0)
    if entry is not None and entry.language == language:
        near = [hit.score for hit in faq.search(text, language) if hit.entry == entry]
        unheard = other.best < CLEAR and max(near, default=0.0) < HEARD_OF
        if unheard or faq.worth(text, entry) < 1:
            return found
        return Findings((FaqHit(entry, other.best),), best=other.best)
    return Findings(best=other.best, written=other.sure)


def _in_the_other(text: str, language: Language, knowledge: KnowledgeIndex) -> Findings | None:
    """送料はいくら？, of a shop that has written in English only: one answer means the same."""
    for words in dict.fromkeys((text, *_questions(text, language))):
        near = knowledge.elsewhere(words, language)
        if near is None or len(near.perhaps) > 1 and near.perhaps[1].score == near.best:
            continue
        hit = near.perhaps[0]
        entry = knowledge.entry(hit.passage.faq_id or 0)
        if entry is None:
            return Findings(best=hit.score, written=hit)
        return Findings((FaqHit(entry, hit.score),), best=hit.score)
    return None


def word_for_word(text: str, language: Language, faq: FaqIndex) -> Findings | None:
    """The FAQ's own question, put in its very words: no guess is surer than that."""
    hits = faq.search(text, language)[:1]
    if not hits or _bare(hits[0].entry.question) != _bare(text):
        return None
    return Findings(tuple(hits), (), 1.0)


def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text.casefold()))


def look_up(text: str, language: Language, knowledge: FaqIndex) -> Findings:
    """Every question of `text` is looked up by itself; if none is sure, the text as a whole."""
    rankings = [knowledge.search(part, language) for part in _questions(text, language)]
    sure = _distinct(hits[0] for hits in rankings if hits and hits[0].score >= SURE_BESIDE)
    if len(sure) > 1 and max(hit.score for hit in sure) >= SURE:
        return Findings(sure=sure[:_MOST_ANSWERS], best=min(hit.score for hit in sure))
    whole = knowledge.search(text, language)
    hits = max([*rankings, whole], key=lambda ranking: ranking[0].score if ranking else 0.0)
    return _judged(hits)


def _questions(text: str, language: Language) -> list[str]:
    """The sentences of a text that has several; those that ask are enough, if any do."""
    parts = [part.strip() for part in _BREAK[language].split(text) if part.strip()]
    asking = [part for part in parts if is_question(part, language)]
    return (asking or parts)[:_MOST_SENTENCES]


def _distinct(hits: Iterable[FaqHit]) -> tuple[FaqHit, ...]:
    return tuple({hit.entry.id: hit for hit in hits}.values())


def _alike(near: Sequence[FaqHit]) -> bool:
    """Whether two questions differ in a word or two: which of them it is must be asked."""
    one, two = (hit.entry.question for hit in near)
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE


def _judged(hits: list[FaqHit]) -> Findings:
    if not hits or hits[0].score < PERHAPS:
        return Findings(best=hits[0].score if hits else 0.0)
    best = hits[0].score
    if best < SURE:
        return Findings(perhaps=tuple(hit for hit in hits if hit.score >= PERHAPS)[:3], best=best)
    near = tuple(hit for hit in hits if best - hit.score < _CLOSE)[:3]
    if len(near) == 2 and best >= BOTH and not _alike(near):
        # Either may be meant, and both are short: answering is kinder than asking back.
        return Findings(sure=near, best=best)
    if len(near) > 1:
        return Findings(sure=near, perhaps=near, best=best)
    return Findings(sure=near, best=best)
