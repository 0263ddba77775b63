"""Finds products, narrows and widens the search, and says what it let go to find something."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    Exclude,
    ForWhom,
    InStock,
    Price,
    Query,
    Size,
    Slot,
    Sorted,
    name_of,
)
from kaiwa.bot.showing import Item, cards
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.catalog.finder.find import Answer
from kaiwa.catalog.understanding import Understood
from kaiwa.vocabulary.language import Language

SHOWN: Final = 5


def sought(slots: Iterable[Slot], language: Language) -> Understood:
    """The query that these values make."""
    asked = Understood(language, "")
    for one in slots:
        asked = _with(asked, one)
    return asked


def _with(asked: Understood, slot: Slot) -> Understood:
    match slot:
        case Query(text=text):
            return replace(asked, terms=f"{asked.terms} {text}".strip())
        case Price(low=low, high=high):
            return replace(asked, price_min=low, price_max=high)
        case Colour(name=name):
            return replace(asked, colour=(*asked.colour, name))
        case Size(text=text):
            return replace(asked, size=text)
        case Category(name=name):
            return replace(asked, category=name)
        case Brand(name=name):
            return replace(asked, brand=name)
        case Exclude(words=words):
            return replace(asked, exclude=(*asked.exclude, *words))
        case Sorted(by=by):
            return replace(asked, order=by)
        case ForWhom(gender=gender):
            return replace(asked, gender=gender)
        case InStock():
            return replace(asked, in_stock=True)
        case _:
            return asked


def shown(case: Case, answer: Answer) -> tuple[Item, ...]:
    """The first results, each with all of its product's variants."""
    some = answer.results[:SHOWN]
    every = case.shop.variants([one.product.id for one in some])
    items = []
    for one in some:
        own = every.get(one.product.id, [])
        card = next((o for o in own if o.variant.id == one.variant.id), None)
        if card is not None:
            items.append(Item(card, tuple(own)))
    return tuple(items)


def _serve(case: Case) -> Outcome:
    slots = _searched(case)
    answer = case.shop.find(sought(slots, case.language))
    items = shown(case, answer)
    if not items:
        return Outcome(said(case.say("finding.nothing")), search=slots, answered=False)
    key = "finding.relaxed" if answer.relaxed else "finding.found"
    text = case.say(key, count=answer.total)
    origin = case.shop.tools.origin
    blocks = (*said(text), *cards(items, case.language, origin))
    return Outcome(blocks, items=items, search=slots)


def _searched(case: Case) -> tuple[Slot, ...]:
    """What is sought: a refinement keeps what was sought before."""
    now = case.frame.slots
    if case.frame.act != "refine":
        return now
    names = {name_of(one) for one in now}
    return (*(one for one in case.state.search if name_of(one) not in names), *now)


SKILL = Skill("find", ("find_product", "refine"), _serve)
