"""The one question that leaves the fewest products, from what the catalog itself tells of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.nlu.slot import SlotName
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.catalog.variant import Variant
from kaiwa.languages.strings import say
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

WORTH_ASKING: Final = 0.65  # of what is there, at most, may be left on average
MOST_QUESTIONS: Final = 2
MOST_VALUES: Final = 6
_LONGEST: Final = 18
_KNOWN_OF: Final = 0.6  # of the products a question must apply to
_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_SIZE: Final = re.compile(r"size|サイズ|寸法|\bwaist\b|ウエスト", re.IGNORECASE)
# What is told of products and yet nobody chooses by.
_DULL: Final = re.compile(
    r"原産|生産国|保証|包装|重さ|重量|賞味|期限|品番|型番|jan|sku|保存|お?手入れ|origin|made in"
    r"|warranty|wrapping"
    r"|アレルゲン|原材料|成分|weight|best before|shelf life|model|barcode|storage|care|allerg"
    r"|ingredient",
    re.IGNORECASE,
)
_COMPOUND: Final = re.compile(r"[、・,，/／（(:：]")
_FEW_COMPOUND: Final = 0.4  # of the values of an attribute that people can choose by
_WEIGHT: Final = {"category": 1.0, "option": 1.0, "price": 1.1, "attribute": 1.15}


class Sample(msgspec.Struct, frozen=True):
    """A product among the results, with its variants on sale."""

    product: Product
    variants: tuple[Variant, ...]


class Facet(msgspec.Struct, frozen=True):
    """Something to ask about: a name that is not asked twice, its label, and its values."""

    name: str
    slot: SlotName
    label: str
    values: tuple[str, ...]
    left: float


def narrowing(
    some: Sequence[Sample], told: Iterable[str], language: Language, currency: str
) -> Facet | None:
    """What to ask so that the fewest are left; None when nothing splits them well.

    `told` are the names of what was told or asked already.
    """
    known = set(told)
    found = [
        one
        for one in _facets(some, language, currency)
        if one.name not in known and one.slot not in (known - {"option"})
    ]
    best = min(found, key=lambda one: one.left, default=None)
    return best if best is not None and best.left <= WORTH_ASKING * len(some) else None


def has(sample: Sample, name: str, value: str, language: Language) -> bool:
    """Whether a product has this value of a facet, in the shopper's words or in the shop's."""
    wanted = value.casefold()
    for way in (language, None):
        shown = in_language(sample.product, way)
        if name in ("category", "") and shown.category.casefold() == wanted:
            return True
        values = [shown.attributes.get(name, "")] if name in shown.attributes else []
        for one in sample.variants:
            options = options_in(sample.product, one, way)
            values += [text for key, text in options.items() if key == name or _kind(key) == name]
        if any(text.casefold() == wanted for text in values):
            return True
    return False


def _facets(some: Sequence[Sample], language: Language, currency: str) -> list[Facet]:
    values: dict[tuple[str, str], list[set[str]]] = {}
    for one in some:
        shown = in_language(one.product, language)
        own: dict[tuple[str, str], set[str]] = {}
        if shown.category:
            own["category", "category"] = {shown.category}
        for variant in one.variants:
            for name, value in options_in(one.product, variant, language).items():
                own.setdefault(("option", name), set()).add(value)
        for name, value in shown.attributes.items():
            if not _DULL.search(name) and ("option", name) not in own:
                own["attribute", name] = {value}
        for key, told in own.items():
            values.setdefault(key, []).append(told)
    found = [facet for key, told in values.items() if (facet := _facet(key, told, len(some)))]
    if facet := _prices(some, language, currency):
        found.append(facet)
    return found


def _facet(key: tuple[str, str], told: list[set[str]], count: int) -> Facet | None:
    if len(told) < _KNOWN_OF * count:
        return None
    counts = Counter(value for one in told for value in one)
    distinct = len(counts)
    if not 2 <= distinct <= max(MOST_VALUES, 2) or max(map(len, counts)) > _LONGEST:
        return None
    kind, name = key
    compound = sum(_COMPOUND.search(value) is not None for value in counts)
    if kind == "attribute" and compound > _FEW_COMPOUND * distinct:
        return None
    left = sum(number * number for number in counts.values()) / counts.total() * _WEIGHT[kind]
    labels = tuple(value for value, _ in counts.most_common(MOST_VALUES))
    slot: SlotName = "category" if kind == "category" else _slot(name)
    return Facet("category" if kind == "category" else name, slot, name, labels, left)


def _slot(name: str) -> SlotName:
    found = _kind(name)
    if found == "colour":
        return "colour"
    return "size" if found == "size" else "option"


def _kind(name: str) -> str:
    if _COLOUR.search(name):
        return "colour"
    return "size" if _SIZE.search(name) else name


def _prices(some: Sequence[Sample], language: Language, currency: str) -> Facet | None:
    lowest = sorted(min(one.price.amount_minor for one in own.variants) for own in some)
    if len(lowest) < 3 or lowest[-1] < 2 * max(1, lowest[0]):
        return None
    first = _round(lowest[len(lowest) // 3])
    second = _round(lowest[2 * len(lowest) // 3])
    if first <= 0 or first >= second:
        return None
    counts = [
        sum(one <= first for one in lowest),
        sum(first < one <= second for one in lowest),
        sum(second < one for one in lowest),
    ]
    if not all(counts):
        return None
    low, high = Money(first, currency).label(), Money(second, currency).label()
    labels = (
        say("finding.price_to", language, high=low),
        say("finding.price_between", language, low=low, high=high),
        say("finding.price_from", language, low=high),
    )
    left = sum(one * one for one in counts) / len(lowest) * _WEIGHT["price"]
    return Facet("price", "price", "", labels, left)


def _round(amount: int) -> int:
    """To a round figure: 1, 1.5, 2, 3 and so on of a power of ten, upwards."""
    power = int(10 ** max(0, len(str(amount)) - 1))
    steps = (10, 15, 20, 30, 40, 50, 60, 70, 80, 100)
    return next(one * power // 10 for one in steps if one * power // 10 >= amount)
