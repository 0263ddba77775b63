"""What of the shop's knowledge answers by itself: an FAQ entry, a section of an article."""

from collections.abc import Iterable, Iterator

import msgspec

from kaiwa.knowledge.article import Article
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language


class Passage(msgspec.Struct, frozen=True):
    """`title` names it to shoppers: the question of an entry, or "title › heading" of a section.

    `questions` are ways to ask for it, the first is its own; `text` is what it answers. `source`
    tells merchants where it is written: "faq:12", or the article's file.
    """

    title: str
    language: Language
    questions: tuple[str, ...]
    text: str
    tags: tuple[str, ...] = ()
    source: str = ""
    faq_id: int | None = None
    article_id: int | None = None


def passages(entries: Iterable[FaqEntry], articles: Iterable[Article]) -> Iterator[Passage]:
    """All passages there are, entries first."""
    for entry in entries:
        yield Passage(
            entry.question,
            entry.language,
            (entry.question, *entry.alternatives),
            entry.answer,
            entry.tags,
            f"faq:{entry.id}",
            faq_id=entry.id,
        )
    for article in articles:
        for section in article.sections:
            title = " › ".join(filter(None, (article.title, section.heading)))
            yield Passage(
                title,
                article.language,
                (title, section.heading) if section.heading else (title,),
                section.text,
                article.tags,
                article.source,
                article_id=article.id,
            )
