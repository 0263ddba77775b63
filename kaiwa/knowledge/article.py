"""A text the shop has written: a title, and sections of plain paragraphs under their headings."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import from_micros


class Section(msgspec.Struct, frozen=True):
    """A part of an article; `heading` is empty for what stands before the first heading.

    `text` is plain, its paragraphs parted by line breaks.
    """

    heading: str
    text: str


class NewArticle(msgspec.Struct, frozen=True):
    """What is to be kept. `source` tells where it came from: the same one is the same article."""

    title: str
    language: Language
    source: str
    sections: tuple[Section, ...]
    tags: tuple[str, ...] = ()


class Article(msgspec.Struct, frozen=True):
    """An article as it is kept; `version` counts its texts, from 1."""

    id: int
    title: str
    language: Language
    source: str
    sections: tuple[Section, ...]
    tags: tuple[str, ...]
    version: int
    updated_at: datetime

    @property
    def body(self) -> str:
        """All of it as plain paragraphs, headings included."""
        parts = (part for one in self.sections for part in (one.heading, one.text))
        return "\n".join(part for part in parts if part)


class Put(msgspec.Struct, frozen=True):
    """What putting articles did."""

    fresh: int = 0
    changed: int = 0
    same: int = 0


def put_articles(
    session: Session, merchant_id: int, new: Sequence[NewArticle], now: datetime
) -> Put:
    """Keep articles; a source that is known gets a new version, unless nothing changed."""
    done = {"fresh": 0, "changed": 0, "same": 0}
    for one in new:
        done[_put(session, merchant_id, one, now)] += 1
    return Put(**done)


def _put(session: Session, merchant_id: int, new: NewArticle, now: datetime) -> str:
    before = session.one(
        f"SELECT {_COLUMNS} FROM article WHERE merchant_id = :merchant_id AND source = :source",
        merchant_id=merchant_id,
        source=new.source,
    )
    if before is not None and _told(_article(before)) == new:
        return "same"
    session.run(
        """INSERT INTO article
        (merchant_id, title, language, tags, source, sections, version, updated_at)
        VALUES (:merchant_id, :title, :language, :tags, :source, :sections, 1, :now)
        ON CONFLICT (merchant_id, source) DO UPDATE SET title = excluded.title,
        language = excluded.language, tags = excluded.tags, sections = excluded.sections,
        version = article.version + 1, updated_at = excluded.updated_at""",
        merchant_id=merchant_id,
        title=new.title,
        language=new.language,
        tags=msgspec.json.encode(new.tags).decode(),
        source=new.source,
        sections=msgspec.json.encode(new.sections).decode(),
        now=now,
    )
    return "fresh" if before is None else "changed"


def articles(session: Session, merchant_id: int) -> list[Article]:
    """All articles of the merchant, in the order they were added."""
    rows = session.all(
        f"SELECT {_COLUMNS} FROM article WHERE merchant_id = :merchant_id ORDER BY id",
        merchant_id=merchant_id,
    )
    return [_article(row) for row in rows]


def remove_article(session: Session, merchant_id: int, article_id: int) -> None:
    """Forget an article; `NotFound` when the merchant has none of that id."""
    gone = session.run(
        "DELETE FROM article WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=article_id,
    )
    if not gone:
        raise NotFound(f"There is no article {article_id}. Run: kaiwa article list")


_COLUMNS = "id, title, language, source, sections, tags, version, updated_at"


def _article(row: Row) -> Article:
    return Article(
        row[0],
        row[1],
        row[2],
        row[3],
        msgspec.json.decode(row[4], type=tuple[Section, ...]),
        msgspec.json.decode(row[5], type=tuple[str, ...]),
        row[6],
        from_micros(row[7]),
    )


def _told(kept: Article) -> NewArticle:
    return NewArticle(kept.title, kept.language, kept.source, kept.sections, kept.tags)
