"""The values that go with an act: constraints for a search, else what the readers found."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.command import SetSlot, Span
from kaiwa.bot.nlu.no_matter import taken_back
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.reader.normal import Normal
from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    Exclude,
    ForWhom,
    InStock,
    Price,
    Product,
    Purpose,
    Query,
    Size,
    Slot,
    Sorted,
)
from kaiwa.catalog.understanding import Facets, Understood
from kaiwa.catalog.understanding.understand import understand
from kaiwa.vocabulary.language import Language

SEARCHING: Final[frozenset[Act]] = frozenset({"find_product", "refine", "recommend", "price_alert"})

# What only says that something else is wanted, and no word of a product.
_CHANGE: Final = re.compile(
    r"もっと|もう(?:少し|ちょっと)|ちょっと|他の?|ほかの?|別の|違う|次の|続き|やっぱり?|だけ|絞って|並べて|して|探して|見たい|見せて"
    r"|(?:安|高)(?:い|く|め)(?:やつ|もの|の)?|(?:やつ|もの|やつで|のやつ)|が?いい(?:です|な)?|ありますか|ある|ない|にも?は?"
    r"|[?？はがをのにでもと、。]+$|^[はがをのにでもと、]+"
    r"|\b(?:show|me|more|other|others|else|something|anything|different|ones?|instead|please|only|just"
    r"|cheaper|pricier|less|expensive|what|how|about|actually|but|yes|in|the|a|an|any|sort|by|next|page"
    r"|do|you|have|is|there|i|want|prefer|make|it|them|options?|results?|too|those|are|got|bit)\b"
)
# A search for "waterproof ones" is for what is waterproof.
_PRONOUN: Final = re.compile(
    r"(?:っていう|みたいな|ような|な|の)?(?:もの|やつ|ヤツ|商品|アイテム|感じ(?:の)?)$|(?<=[^\s])の$"
    r"|\b(?:ones?|something|anything|stuff|things?|products?|items?)$"
    r"|^(?:something|anything|nothing|things?|stuff|products?|items?)\b"
    r"\s*(?:for|with|that(?:'s| is| are)?)?"
)
_PARTICLES: Final = re.compile(r"[のでにをはがともへやかな\s。、,.?!]*")
# What is left of "do u have large" names no thing.
_SMALL_TALK: Final = re.compile(
    r"(?:\W|\b(?:do|does|did|u|you|ya|have|has|got|get|gimme|give|pls|plz|also|maybe|then|ok|okay"
    r"|so|and|but|it|its|this|that|in|the|an?|any|some|ones?|what|about|how|for|me|i|like|take|want"
    r"|is|are|there|to|of|first|with|though|only|small|medium|large|extra)\b)*"
)
_EDGES: Final = " 、。,.?!のをにではが"


class Words(msgspec.Struct, frozen=True):
    """The words of a shop: what its catalog can be asked for, and in which currency."""

    facets: Facets = Facets()
    currency: str = "JPY"


def slots_of(
    act: Act, normal: Normal, found: Sequence[Found], shop: tuple[Words, Language]
) -> tuple[SetSlot, ...]:
    """The slots of one clause, `found` being what the readers found in it."""
    if act not in SEARCHING:
        return tuple(
            SetSlot(one.slot, normal.span(one.begin, one.end))
            for one in found
            if one.slot is not None
        )
    words, language = shop
    let_go, text = taken_back(normal.text)
    asked = understand(text, words.facets, words.currency, language)
    if act == "refine":
        asked = msgspec.structs.replace(asked, terms=_CHANGE.sub("", asked.terms).strip(_EDGES))
    asked = msgspec.structs.replace(asked, terms=_things(asked.terms))
    told = [*constraints(asked), *let_go]
    searched = [SetSlot(slot, _where(slot, normal, found)) for slot in told]
    named = {type(one.slot) for one in searched}
    unwanted = set(asked.exclude)
    for one in found:
        # Colours and sizes that the shop has none of are still what was asked for.
        slot = one.slot
        unasked = isinstance(slot, Colour) and slot.name in unwanted
        if isinstance(slot, Colour | Size | Product) and type(slot) not in named and not unasked:
            searched.append(SetSlot(slot, normal.span(one.begin, one.end)))
    return tuple(searched)


def _things(terms: str) -> str:
    """The words without a pronoun for the thing itself, and nothing where only particles stay."""
    plain = _PRONOUN.sub("", terms).strip(" 、。,.?!") if len(terms.split()) <= 8 else terms
    return "" if _PARTICLES.fullmatch(plain) or _SMALL_TALK.fullmatch(plain) else plain


def constraints(asked: Understood) -> list[Slot]:
    """What a query asks for, as slots."""
    found: list[Slot] = [Colour(name) for name in asked.colour]
    if asked.terms:
        found.append(Query(asked.terms))
    if asked.price_min is not None or asked.price_max is not None:
        found.append(Price(asked.price_min, asked.price_max))
    if asked.size:
        found.append(Size(asked.size))
    if asked.category:
        found.append(Category(asked.category))
    if asked.brand:
        found.append(Brand(asked.brand))
    if asked.exclude:
        found.append(Exclude(asked.exclude))
    if asked.order:
        found.append(Sorted(asked.order))
    if asked.gender:
        found.append(ForWhom(asked.gender, asked.age_months))
    if asked.in_stock:
        found.append(InStock())
    if asked.purpose:
        found.append(Purpose(asked.purpose))
    return found


def _where(slot: Slot, normal: Normal, found: Sequence[Found]) -> Span | None:
    kinds: dict[type, str] = {Price: "price", Colour: "colour", Size: "size", Brand: "brand"}
    some = [one for one in found if one.kind == kinds.get(type(slot))]
    return normal.span(some[0].begin, some[-1].end) if some else None
