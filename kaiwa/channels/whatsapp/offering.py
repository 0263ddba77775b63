"""What cards answer, as rows of lists: nothing that a card's button does is out of reach.

A list has ten rows. Where those hold every answer of its cards, each card is a section of it.
Otherwise each card is a row that says what it answers first, and what else can be said stands in
further lists below, by card.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, TypeAlias

from kaiwa.channels import in_words
from kaiwa.channels.whatsapp.buttons import listed, row
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.page import Json, Page, choose
from kaiwa.vocabulary.language import detect
from kaiwa.vocabulary.reply import ProductCard

# A card and what it answers, as ids and titles.
Offer: TypeAlias = tuple[ProductCard, list[Json]]

_MORE: Final = {"ja": "ほかにできること", "en": "What else you can do"}


def offered(text: str, offers: list[Offer], page: Page) -> None:
    """The cards' words, with all that they answer in one list or in several."""
    every = sum(len(answers) for _, answers in offers)
    if every <= most("rows") and any(len(answers) > 1 for _, answers in offers):
        _sections(text, offers, page)
        return
    listed(
        text, _unlike(_first(card, answers[0], page) for card, answers in offers if answers), page
    )
    further([(card, answers[1:]) for card, answers in offers], page)


def further(offers: list[Offer], page: Page) -> None:
    """In lists of their own what else cards answer, ten rows in each; none when that is nothing."""
    left = [(at, answer) for at, (_, answers) in enumerate(offers) for answer in answers]
    if left:
        lost = f"{len(left)} answers of cards, in lists of their own, each of which is billed"
        page.lose("product_card", "list", lost)
    for start in range(0, len(left), most("rows")):
        chosen = left[start : start + most("rows")]
        words = _MORE[detect(" ".join(answer["title"] for _, answer in chosen)) or "en"]
        each = groupby(chosen, key=lambda one: one[0])
        _sections(words, [(offers[at][0], [one for _, one in some]) for at, some in each], page)


def named(card: ProductCard) -> str:
    """The card's title behind its number, as its words above begin."""
    title = " ".join((card.title or card.alt_text).split())
    return title if card.number is None else f"{card.number}. {title}"


def _sections(text: str, offers: list[Offer], page: Page) -> None:
    text, taken, sections = page.whole(text), set[str](), list[Json]()
    for card, answers in offers:
        rows = [_said(card, answer, page) for answer in answers if answer["id"] not in taken]
        taken |= {answer["id"] for answer in answers}
        if kept := [one for one in rows if one]:
            title = page.clipped(named(card), "section_title", "carousel", "section")
            sections.append({"title": title, "rows": kept})
    if not sections:
        page.text(text)
        return
    page.interactive("list", text, {"button": choose(text), "sections": sections})


def _first(card: ProductCard, answer: Json, page: Page) -> Json | None:
    title = (card.title or card.alt_text).strip()
    about = " · ".join(part for part in (answer["title"], in_words.price(card)) if part)
    return row({"id": answer["id"], "title": title, "description": about}, page, "carousel")


def _said(card: ProductCard, answer: Json, page: Page) -> Json | None:
    """A row below its card's title: what it does, and to what, if the section is too short."""
    title = named(card)
    about = title if len(title) > most("section_title") else ""
    return row({**answer, "description": about[: most("row_description")]}, page, "carousel")


def _unlike(rows: Iterable[Json | None]) -> list[Json]:
    """The rows whose meanings differ: one list has none twice."""
    return list({one["id"]: one for one in reversed([*rows]) if one}.values())[::-1]
