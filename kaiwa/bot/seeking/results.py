"""What a search finds, in the order shown: what was listed before stands back."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot.nlu.slot import Option, Product, Slot
from kaiwa.bot.nlu.title_words import letters_named
from kaiwa.bot.seeking.gist import things_of
from kaiwa.bot.seeking.kinds import of_the_kind
from kaiwa.bot.seeking.narrowing import Sample, has
from kaiwa.bot.seeking.query import sought
from kaiwa.bot.seeking.suiting import by_telling, describes, suiting
from kaiwa.bot.seeking.unsold import unsold
from kaiwa.bot.seeking.unwanted import without_unwanted
from kaiwa.bot.shop import Shop
from kaiwa.bot.showing import Item
from kaiwa.catalog.finder.find import Answer, Found
from kaiwa.catalog.understanding import Understood
from kaiwa.catalog.variant import variants_of_all
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

SHOWN: Final = 5
LONG: Final[dict[Language, int]] = {"ja": 22, "en": 40}  # letters of a whole sentence
LOOKED_AT: Final = 24  # so many of the best tell what to ask
NEAR: Final = 0.4  # of the best score: what is below is a faint likeness
NEAR_OUTSIDE: Final = 0.5  # the same for what is not of the category that was named
_HOW_LARGE: Final = re.compile(
    r"\b(?:small|smaller|little|tiny|large|larger|big|bigger)\b|大き[いめな]|小さ[いめな]", re.I
)
EVERY: Final = 100  # products of a shop whose pages are all read for a need
TELLING: Final = 0.5  # of what was asked a page must tell
WITH_OPTIONS: Final = 100  # so many are looked through for a value that only the catalog knows


class Results(msgspec.Struct, frozen=True):
    """What was understood and found: the best not listed before, and how many there are.

    `let_go` are the constraints that nothing kept; `lost` are values of the catalog's own that
    nothing has. `samples` are the best with their variants.
    """

    asked: Understood
    samples: tuple[Sample, ...]
    total: int
    let_go: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    answer: Answer | None = None


def results(
    shop: Shop,
    slots: Sequence[Slot],
    language: Language,
    listed: Sequence[int] = (),
    *,
    alike: bool = False,
) -> Results:
    """Search for what was told; `listed` products are left out.

    With `alike` what is of another kind than the one named may stand beside it.
    """
    asked = sought(slots, language)
    if not asked.terms and (called := _called(shop, slots, asked)) is not None:
        return called
    wanted = [one for one in slots if isinstance(one, Option)]
    most = (WITH_OPTIONS if wanted else LOOKED_AT) + len(listed)
    answer = _found(shop, asked, most)
    if asked.size and _HOW_LARGE.search(asked.terms):
        # A small desk, where no desk comes in sizes, is a desk first.
        plain = msgspec.structs.replace(asked, size=None)
        other = _found(shop, plain, most)
        if _named(other, asked.terms) > _named(answer, asked.terms):
            asked, answer = plain, other
    fit = without_unwanted(answer.results, asked.exclude)
    near = _near(answer, suiting(fit, asked))
    near = near if alike else of_the_kind(near, asked, slots)
    samples = _samples(shop, [one for one in near if one.product.id not in set(listed)])
    lost: list[str] = []
    total = (answer.total if len(near) == most else len(near)) - len(listed)
    for one in wanted:
        fitting = tuple(some for some in samples if has(some, one.name, one.value, language))
        if not fitting:
            lost.append(one.value)
            continue
        samples, total = fitting, len(fitting)
    samples = _named_first(samples, slots)
    if not alike and not wanted and (thing := unsold(shop, asked, samples)):
        lost.append(thing)
    return Results(asked, samples, max(total, len(samples)), answer.relaxed, tuple(lost), answer)


def _called(shop: Shop, slots: Sequence[Slot], asked: Understood) -> Results | None:
    """Several products that were called by name, and nothing else: just those, as said."""
    ids = next((one.ids for one in slots if isinstance(one, Product)), ())
    if len(ids) < 2 or len(slots) > 1:
        return None
    titles = {one.id: one.title for one in shop.products(ids)}
    found = []
    for one in ids:
        each = shop.peek(Understood(asked.language, titles.get(one, "")), SHOWN).results
        found += [some for some in each if some.product.id == one]
    answer = Answer(asked, (), tuple(found), len(found), {}, 0.0)
    samples = _samples(shop, found)
    return Results(asked, samples, len(samples), answer=answer) if samples else None


def _named(answer: Answer, terms: str) -> int:
    """How much of the first one's name the words say."""
    sound = fold(terms.casefold())
    first = answer.results[:1]
    return max((letters_named(sound, one.product.title, "") for one in first), default=0)


def _found(shop: Shop, asked: Understood, most: int) -> Answer:
    """What the finder has for the query, or for the things that it names."""
    answer = shop.find(asked, most)
    if not asked.terms or (answer.results and len(asked.terms) < LONG[asked.language]):
        return answer
    things = [shop.peek(one, most) for one in things_of(asked)]
    if answer.results:
        # Of a long sentence the words around the thing weigh as much as the thing itself.
        more = [one for some in things for one in some.results]
        every = {one.product.id: one for one in (*more, *answer.results)}
        told = by_telling(list(every.values()), asked)
        return msgspec.structs.replace(answer, results=told, total=len(told))
    if (fewer := next((one for one in things if one.results), None)) is not None:
        return fewer
    if (pages := _told_of(shop, asked)) is not None:
        return pages
    if asked.gender or asked.purpose or asked.category:
        return shop.peek(msgspec.structs.replace(asked, terms=""), most)
    return answer


def _told_of(shop: Shop, asked: Understood) -> Answer | None:
    """自転車でも濡れないやつ: a need that no name tells, by what the pages of a small shop say."""
    if not describes(asked.terms, asked.language):
        return None
    every = shop.peek(msgspec.structs.replace(asked, terms=""), EVERY)
    told = [one for one in by_telling(every.results, asked) if one.score >= TELLING]
    if every.total > EVERY or not told:
        return None
    return msgspec.structs.replace(every, results=tuple(told), total=len(told))


def items_of(shop: Shop, found: Results, most: int = SHOWN) -> tuple[Item, ...]:
    """The first results, each by the variant that fits best, with all of its variants."""
    some = found.samples[:most]
    best = {
        one.product.id: one.variant.id for one in (found.answer.results if found.answer else ())
    }
    every = shop.variants([one.product.id for one in some])
    items = []
    for one in some:
        own = every.get(one.product.id, [])
        card = next((o for o in own if o.variant.id == best.get(one.product.id)), None)
        if card is not None:
            items.append(Item(card, tuple(own)))
    return tuple(items)


def _near(answer: Answer, found: list[Found]) -> list[Found]:
    """Without the tail that shares no more than a word or a sound with what was asked."""
    best = max((one.score for one in found), default=0.0)
    kind = answer.asked.category
    if best <= 0 or not (answer.asked.terms or kind):
        return found
    inside = any(one.product.category == kind for one in found)
    return [
        one
        for one in found
        if one.score >= best * (NEAR_OUTSIDE if inside and one.product.category != kind else NEAR)
    ]


def _samples(shop: Shop, found: list[Found]) -> tuple[Sample, ...]:
    ids = [one.product.id for one in found]
    sold = variants_of_all(shop.session, shop.merchant.id, ids)
    return tuple(
        Sample(one.product, tuple(sold[one.product.id]))
        for one in found
        if sold.get(one.product.id)
    )


def _named_first(samples: tuple[Sample, ...], slots: Sequence[Slot]) -> tuple[Sample, ...]:
    """A product that was called by its name stands first."""
    named = next((one.ids for one in slots if isinstance(one, Product)), ())
    if len(named) != 1:
        return samples
    first = [one for one in samples if one.product.id in named]
    return (*first, *(one for one in samples if one.product.id not in named))
