"""The query that told values make."""

from collections.abc import Iterable

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    Exclude,
    ForWhom,
    InStock,
    Price,
    Purpose,
    Query,
    Size,
    Slot,
    Sorted,
)
from kaiwa.catalog.understanding import Understood
from kaiwa.vocabulary.language import Language


def sought(slots: Iterable[Slot], language: Language) -> Understood:
    """The query that these values make; what is no constraint of a search is left out."""
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
        case Purpose(names=names):
            return replace(asked, purpose=(*asked.purpose, *names))
        case Sorted(by=by):
            return replace(asked, order=by)
        case ForWhom(gender=gender, age_months=age_months):
            return replace(asked, gender=gender, age_months=age_months)
        case InStock():
            return replace(asked, in_stock=True)
        case _:
            return asked
