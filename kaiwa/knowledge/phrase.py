"""A merchant's own phrase: what its shoppers say when they want one of the bot's acts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import Version
from kaiwa.languages import reader
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import LANGUAGES, Language

LONGEST_PHRASE = 300


class NewPhrase(msgspec.Struct, frozen=True):
    """What shoppers say, and the name of the act they mean by it."""

    act: str
    language: Language
    text: str

    @property
    def key(self) -> tuple[Language, str]:
        """Two phrases with the same key are the same, and mean one act."""
        return self.language, reader(self.language).normalise(self.text).rstrip("?!。. ")


class Phrase(msgspec.Struct, frozen=True):
    """A phrase as it is kept."""

    id: int
    act: str
    language: Language
    text: str
    updated_at: int


def put_phrases(
    session: Session, merchant_id: int, new: Sequence[NewPhrase], now: datetime
) -> list[int]:
    """Keep phrases; one that is known gets the new act. Their ids, in the order given."""
    ids = []
    for one in new:
        row = session.one(
            """INSERT INTO phrase (merchant_id, act, language, text, dedupe_key, updated_at)
            VALUES (:merchant_id, :act, :language, :text, :key, :now)
            ON CONFLICT (merchant_id, language, dedupe_key) DO UPDATE SET
            act = excluded.act, text = excluded.text, updated_at = excluded.updated_at
            RETURNING id""",
            merchant_id=merchant_id,
            act=one.act,
            language=one.language,
            text=one.text,
            key=one.key[1],
            now=now,
        )
        assert row is not None
        ids.append(int(row[0]))
    return ids


def phrases(session: Session, merchant_id: int) -> list[Phrase]:
    """All phrases of the merchant, in the order they were added."""
    rows = session.all(
        """SELECT id, act, language, text, updated_at FROM phrase
        WHERE merchant_id = :merchant_id ORDER BY id""",
        merchant_id=merchant_id,
    )
    return [Phrase(*row) for row in rows]


def own_phrases(session: Session, merchant_id: int) -> dict[Language, tuple[tuple[str, str], ...]]:
    """For each language the pairs of act and text that an understander learns from.

    The order is that of adding, so the same phrases always make the same model.
    """
    kept = phrases(session, merchant_id)
    return {
        language: tuple((one.act, one.text) for one in kept if one.language == language)
        for language in LANGUAGES
    }


def remove_phrase(session: Session, merchant_id: int, phrase_id: int) -> None:
    """Forget a phrase; `NotFound` when the merchant has none of that id."""
    gone = session.run(
        "DELETE FROM phrase WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=phrase_id,
    )
    if not gone:
        raise NotFound(f"There is no phrase {phrase_id}. Run: kaiwa phrase list")


def phrase_version(session: Session, merchant_id: int) -> Version:
    """Changes whenever the merchant's phrases do: a model of an older version is out of date."""
    row = session.one(
        """SELECT count(*), COALESCE(max(updated_at), 0), COALESCE(sum(id), 0) FROM phrase
        WHERE merchant_id = :merchant_id""",
        merchant_id=merchant_id,
    )
    assert row is not None
    return Version(int(row[0]), int(row[1]), int(row[2]))
