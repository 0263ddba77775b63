"""Whether an answer of the shop's is about what was asked, or only about the same goods.

"How long do bikes take?" and "Do bikes come assembled?" share the bikes, which says nothing: what
is asked of them must be told too. Names of what is sold here are what a question is about, never
what it asks.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.bot.asking.words import Word, said_in, words_of_question
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages import reader
from kaiwa.languages.en import stem
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

SUBJECT_ONLY: Final = 0.5  # what a score is worth where nothing that was asked is shared

_LATIN: Final = re.compile(r"[a-z]+")

IsGoods = Callable[[str], bool]


class _Asked(msgspec.Struct, frozen=True):
    words: tuple[Word, ...]
    meanings: frozenset[str]


def worth(text: str, language: Language, entry: FaqEntry, is_goods: IsGoods) -> float:
    """How much of its score an entry keeps: less where it shares the names of goods alone."""
    asked = _asked(text, language)
    telling = [one for one in asked.words if not is_goods(one.text)]
    if len(telling) == len(asked.words) or not (telling or asked.meanings):
        return 1.0
    about = " ".join((entry.question, *entry.alternatives, *entry.tags, entry.answer))
    if asked.meanings & _meant(about, language):
        return 1.0
    return 1.0 if any(said_in(one, about, language) for one in telling) else SUBJECT_ONLY


def is_told_whole(text: str, language: Language, entry: FaqEntry, is_goods: IsGoods) -> bool:
    """Whether an entry's own question has all that is asked, beside the goods it is asked of."""
    asked = _asked(text, language)
    telling = [one for one in asked.words if not is_goods(one.text)]
    own = " ".join((entry.question, *entry.alternatives, *entry.tags))
    if not (telling or asked.meanings) or not asked.meanings <= _meant(own, language):
        return False
    return all(said_in(one, own, language) for one in telling)


def is_of_others(
    text: str, language: Language, entry: FaqEntry, own: str, is_goods: IsGoods
) -> bool:
    """Whether an entry's question names goods of which neither the text nor the page `own` speaks.

    How to wash cashmere is no answer to how a viscose dress is washed.
    """
    told = unicodedata.normalize("NFKC", entry.question).casefold()
    written = {stem(one): one for one in _LATIN.findall(told)}
    words = _asked(entry.question, language).words
    named = [one for one in words if is_goods(written.get(one.text, one.text))]
    said = " ".join((text, own))
    return bool(named) and not any(said_in(one, said, language) for one in named)


@lru_cache(maxsize=256)
def _asked(text: str, language: Language) -> _Asked:
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = words_of_question(folded, language, ())
    return _Asked(words, _meant(text, language))


@lru_cache(maxsize=2_000)
def _meant(text: str, language: Language) -> frozenset[str]:
    return frozenset(meanings(reader(language).normalise(text), language))
