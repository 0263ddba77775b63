"""Which products a question, a comparison or a wish for more like it speaks of."""

import re
from typing import Final

from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.nlu.title_words import letters_named, title_words
from kaiwa.bot.skills.contract import Case
from kaiwa.catalog.product import Product as Sold
from kaiwa.languages.folding import fold

MOST: Final = 5
_NAMES: Final = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")
_GENERIC: Final = frozenset("pack set inch pair piece size with and for".split())


def meant(case: Case) -> tuple[int, ...]:
    """The products chosen or named, else in focus, else all that were shown last; none of many."""
    if case.frame.product_ids:
        return tuple(dict.fromkeys(case.frame.product_ids))
    if ids := named(case):
        return ids
    if case.state.near:
        return case.state.near
    shown = tuple(one.id for one in case.state.shown)
    return shown if len(shown) <= MOST else ()


def named(case: Case) -> tuple[int, ...]:
    """The products called by name; of a name that several have, those spoken of already."""
    found: list[int] = []
    spoken = {*case.state.near, *(one.id for one in case.state.shown)}
    every = [one for one in case.frame.slots if isinstance(one, Product)]
    surely = {one.ids[0] for one in every if len(one.ids) == 1}
    for one in every:
        # The sprout kids' bike: called by its name, it is none of all that are called a bike.
        if len(one.ids) == 1 or surely.isdisjoint(one.ids):
            near = [each for each in one.ids if each in spoken]
            found += near if len(one.ids) > 1 and near else one.ids
    return tuple(dict.fromkeys(found))


def near_others(case: Case, ids: tuple[int, ...]) -> tuple[int, ...]:
    """The products that are spoken of, where a question's words seem to name none of them."""
    if case.request.how not in ("name", "kind", None):
        return ()
    shown = tuple(one.id for one in case.state.shown)
    near = case.state.near or (shown if len(shown) <= MOST else ())
    return near if ids and set(ids).isdisjoint(near) else ()


def says_kind(text: str, product: Sold) -> bool:
    """Whether a question says the word of an English name that tells what the thing is."""
    title = product.title.casefold().split(",")[0]
    words = [one for one in _NAMES.findall(title) if one not in _GENERIC]
    kinds = _NAMES.findall(product.category.casefold())[-1:]
    sound = fold(text.casefold())
    return any(letters_named(sound, one, "") for one in (*words[-1:], *kinds))


def is_weakly_called(text: str, product: Sold) -> bool:
    """Whether a question says one word of an English name, and not the one that says what it is.

    "Phone pocket?" calls no phone case, "is the case thin?" and "the phone one" do.
    """
    sound = fold(text.casefold())
    if not product.title.isascii() or not sound.isascii():
        return False
    if says_kind(text, product):
        return False
    said = title_words(sound, product.title, "")
    pointed = any(_POINTED.search(sound[:begin]) for begin, _ in said)
    return len(dict.fromkeys(said)) < 2 and not pointed


_POINTED: Final = re.compile(r"\b(?:the|those|your)\s+$")
