"""One step from a question that was missed to knowledge, and to a test that it stays known."""

from datetime import datetime
from typing import TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.knowledge.cluster import Cluster, cluster, settle
from kaiwa.knowledge.entries import add_alternatives, add_entry, entry
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.importing import LONGEST_ANSWER, LONGEST_QUESTION
from kaiwa.knowledge.phrase import LONGEST_PHRASE, NewPhrase, put_phrases
from kaiwa.knowledge.regression import Expected, keep_regression
from kaiwa.knowledge.unanswered import wordings
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.language import Language, is_language


class NewAnswer(msgspec.Struct, frozen=True):
    """The question becomes an FAQ entry; `question` puts it better than the shopper did."""

    answer: str
    question: str | None = None


class SameAs(msgspec.Struct, frozen=True):
    """The question is another way of asking what an entry answers."""

    faq_id: int


class Means(msgspec.Struct, frozen=True):
    """The question is what shoppers say when they want an act of the bot."""

    act: str


Lesson: TypeAlias = NewAnswer | SameAs | Means


class Taught(msgspec.Struct, frozen=True):
    """What a lesson left behind; `faq_id` or `phrase_id` is None."""

    regression_id: int
    faq_id: int | None = None
    phrase_id: int | None = None


def teach(
    session: Session, merchant_id: int, cluster_id: int, lesson: Lesson, now: datetime
) -> Taught:
    """Learn from an unanswered question and expect it to be known from now on.

    Raises `NotFound` for a question or entry the merchant does not have, `Conflict` for one that
    is answered already, `Invalid` for a lesson that cannot work. The caller knows which acts are.
    """
    asked = _unanswered(session, merchant_id, cluster_id)
    if isinstance(lesson, Means):
        made = _phrase(session, merchant_id, asked, lesson, now)
    elif isinstance(lesson, NewAnswer):
        made = _answer(session, merchant_id, asked, lesson, now)
    else:
        made = _alternative(session, merchant_id, asked, lesson, now)
    faq_id, phrase_id = made
    act = lesson.act if isinstance(lesson, Means) else "faq"
    kept = keep_regression(
        session, merchant_id, (_spoken(asked), asked.text), Expected(act, faq_id), now
    )
    outcome = f"phrase:{phrase_id}" if faq_id is None else f"faq:{faq_id}"
    settle(session, merchant_id, cluster_id, ("answered", outcome), now)
    return Taught(kept, faq_id, phrase_id)


_Made: TypeAlias = tuple[int | None, int | None]


def _unanswered(session: Session, merchant_id: int, cluster_id: int) -> Cluster:
    asked = cluster(session, merchant_id, cluster_id)
    if asked.status == "answered":
        raise Conflict(f"Question {cluster_id} is answered already ({asked.outcome}).")
    if not is_language(asked.language):
        raise Invalid(f"Question {cluster_id} is in a language that is not spoken here.")
    return asked


def _phrase(
    session: Session, merchant_id: int, asked: Cluster, lesson: Means, now: datetime
) -> _Made:
    if len(asked.text) > LONGEST_PHRASE:
        raise Invalid(f"Question {asked.id} is too long for a phrase: over {LONGEST_PHRASE}.")
    told = NewPhrase(lesson.act, _spoken(asked), asked.text)
    return None, put_phrases(session, merchant_id, [told], now)[0]


def _answer(
    session: Session, merchant_id: int, asked: Cluster, lesson: NewAnswer, now: datetime
) -> _Made:
    question = (lesson.question or asked.text).strip()
    answer = lesson.answer.strip()
    for name, text, longest in (
        ("question", question, LONGEST_QUESTION),
        ("answer", answer, LONGEST_ANSWER),
    ):
        if not text or len(text) > longest:
            raise Invalid(f"The {name} must have 1 to {longest:,} characters.")
    others = _other_wordings(session, merchant_id, asked, question)
    new = FaqEntry(0, question, answer, _spoken(asked), alternatives=others)
    return add_entry(session, merchant_id, new, now), None


def _alternative(
    session: Session, merchant_id: int, asked: Cluster, lesson: SameAs, now: datetime
) -> _Made:
    known = entry(session, merchant_id, lesson.faq_id)
    if known.language != asked.language:
        raise Invalid(
            f"FAQ entry {known.id} is in {known.language}, the question in {asked.language}."
            " Answer it with an entry of its own."
        )
    others = _other_wordings(session, merchant_id, asked, known.question)
    add_alternatives(session, merchant_id, known.id, others, now)
    return known.id, None


def _other_wordings(
    session: Session, merchant_id: int, asked: Cluster, question: str
) -> tuple[str, ...]:
    put = dict.fromkeys((asked.text, *wordings(session, merchant_id, asked.id)))
    return tuple(text for text in put if text != question and len(text) <= LONGEST_QUESTION)


def _spoken(asked: Cluster) -> Language:
    assert is_language(asked.language)
    return asked.language
