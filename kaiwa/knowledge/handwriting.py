"""FAQ entries as people write them one by one: looked through, changed, checked."""

from datetime import datetime
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import MOST_ALTERNATIVES, entries, entry
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.importing import LONGEST_ANSWER, LONGEST_QUESTION
from kaiwa.languages import reader
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import to_micros

MOST_TAGS: Final = 20
LONGEST_TAG: Final = 40


class Wanted(msgspec.Struct, frozen=True):
    """Which entries are looked for: all words of `text` somewhere in them; None is any."""

    text: str = ""
    language: Language | None = None
    tag: str | None = None


class FaqPage(msgspec.Struct, frozen=True):
    """Some of the entries that were found, newest first; how many there are; every tag in use."""

    entries: list[FaqEntry]
    found: int
    total: int
    tags: list[str]


def looked_through(
    session: Session, merchant_id: int, wanted: Wanted, after: int | None, limit: int
) -> FaqPage:
    """A page of what is wanted, from the entry older than `after` on."""
    everything = entries(session, merchant_id)
    fitting = [one for one in reversed(everything) if _fits(one, wanted)]
    page = [one for one in fitting if after is None or one.id < after][:limit]
    tags = sorted({tag for one in everything for tag in one.tags})
    return FaqPage(page, len(fitting), len(everything), tags)


def possible(new: FaqEntry) -> FaqEntry:
    """The entry in order: trimmed, nothing twice. `Invalid` names what cannot be."""
    question, answer = " ".join(new.question.split()), new.answer.strip()
    for field, text, longest in (
        ("question", question, LONGEST_QUESTION),
        ("answer", answer, LONGEST_ANSWER),
    ):
        if not 0 < len(text) <= longest:
            words = f"The {field} needs 1 to {longest:,} characters."
            raise Invalid(words, field=field, reason="faq")
    tags, alternatives = _each_once(new.tags), _each_once(new.alternatives)
    if len(tags) > MOST_TAGS or any(len(one) > LONGEST_TAG for one in tags):
        words = f"At most {MOST_TAGS} tags of {LONGEST_TAG} characters."
        raise Invalid(words, field="tags", reason="faq")
    if len(alternatives) > MOST_ALTERNATIVES or any(
        len(one) > LONGEST_QUESTION for one in alternatives
    ):
        raise Invalid(
            f"At most {MOST_ALTERNATIVES} other wordings of {LONGEST_QUESTION} characters.",
            field="alternatives",
            reason="faq",
        )
    return FaqEntry(new.id, question, answer, new.language, tags, alternatives)


def change_entry(session: Session, merchant_id: int, wanted: FaqEntry, now: datetime) -> FaqEntry:
    """Write entry `wanted.id` anew. `Conflict` when another answers this question; `NotFound`."""
    wanted = possible(wanted)
    entry(session, merchant_id, wanted.id)
    other = session.one(
        """SELECT id FROM faq WHERE merchant_id = :merchant_id AND language = :language
        AND dedupe_key = :key AND id <> :id""",
        merchant_id=merchant_id,
        language=wanted.language,
        key=wanted.key[1],
        id=wanted.id,
    )
    if other is not None:
        raise Conflict("Another entry answers this question.", reason="asked", faq=other[0])
    changed = session.run(
        """UPDATE faq SET question = :question, answer = :answer, language = :language,
        tags = :tags, alternatives = :others, dedupe_key = :key, updated_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        question=wanted.question,
        answer=wanted.answer,
        language=wanted.language,
        tags=msgspec.json.encode(wanted.tags).decode(),
        others=msgspec.json.encode(wanted.alternatives).decode(),
        key=wanted.key[1],
        now=to_micros(now),
        merchant_id=merchant_id,
        id=wanted.id,
    )
    if not changed:
        raise NotFound("There is no such entry.")
    return wanted


def _fits(one: FaqEntry, wanted: Wanted) -> bool:
    if wanted.language not in (None, one.language):
        return False
    if wanted.tag is not None and wanted.tag not in one.tags:
        return False
    if not wanted.text.strip():
        return True
    read = reader(one.language).normalise
    text = read("\n".join((one.question, one.answer, *one.tags, *one.alternatives)))
    return all(read(word) in text for word in wanted.text.split())


def _each_once(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for one in told if (found := " ".join(one.split()))))
