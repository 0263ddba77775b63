"""What a scripted shopper wants of this shop, drawn from its own records."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias, TypeVar, get_args

import msgspec

from kaiwa.catalog.offer import Offer
from kaiwa.catalog.translation import in_language, options_in
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.language import Language

Kind: TypeAlias = Literal[
    "buy", "change", "give_up", "budget", "matter", "restock", "faq", "person"
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
T = TypeVar("T")
MOST_PIECES: Final = 3
_MEASURE: Final = re.compile(
    r",?[\s\u3000]*(?<![a-zA-Z])\d[\d.,]*[\s\u3000]*[a-zA-Zぁ-んァ-ン一-鿿]*$"
)
_BRACKETS: Final = re.compile(r"[(\[【（].*?[)\]】）]")
_TELLS: Final = re.compile(r"[0-9a-zA-Zぁ-んァ-ン一-鿿]")


class Stock(msgspec.Struct, frozen=True):
    """A shop as its shoppers know it: what is sold (each variant once) and what is asked."""

    offers: tuple[Offer, ...]
    questions: tuple[FaqEntry, ...]


class Goal(msgspec.Struct, frozen=True):
    """One wish. `name` is what the shopper calls the product; `wanted` is what must be told.

    `cart` is what must be in the cart when the goal is reached, as (SKU, quantity).
    """

    kind: Kind
    name: str = ""
    options: tuple[str, ...] = ()
    count: int = 1
    then: int = 0
    handle: str = ""
    cart: tuple[tuple[str, int], ...] = ()
    category: str = ""
    price_minor: int = 0
    price: str = ""
    matter: str = ""
    wanted: str = ""


def draw(stock: Stock, kind: Kind, language: Language, dice: random.Random) -> Goal | None:
    """A goal of this kind; None when the shop has nothing to want so."""
    return _DRAWN[kind](stock, language, dice)


def _buy(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    one = _one([each for each in stock.offers if each.variant.sku and each.free > 0], dice)
    if one is None:
        return None
    count = dice.randint(1, min(MOST_PIECES, one.free))
    return _of(one, "buy", language, count, cart=((one.variant.sku or "", count),))


def _change(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    many = [each for each in stock.offers if each.variant.sku and each.free > MOST_PIECES]
    one = _one(many, dice)
    if one is None:
        return None
    count = dice.randint(1, MOST_PIECES)
    then = dice.choice([n for n in range(1, MOST_PIECES + 2) if n != count])
    made = _of(one, "change", language, count, cart=((one.variant.sku or "", then),))
    return msgspec.structs.replace(made, then=then)


def _give_up(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    made = _buy(stock, language, dice)
    return None if made is None else msgspec.structs.replace(made, kind="give_up")


def _budget(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    one = _one([each for each in stock.offers if each.product.category and each.free > 0], dice)
    if one is None:
        return None
    category = in_language(one.product, language).category.split(">")[-1].strip()
    # A round sum that this product keeps within: two figures, then noughts.
    step = 10 ** max(0, len(str(one.variant.price.amount_minor)) - 2)
    bound = -(-one.variant.price.amount_minor // step) * step
    money = msgspec.structs.replace(one.variant.price, amount_minor=bound)
    figures = re.sub(r"[^\d.,]", "", money.label()).replace(",", "")
    price = figures if language == "ja" and money.currency == "JPY" else money.label()
    return Goal("budget", category=category, price_minor=bound, price=price)


def _matter(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    told = [
        (each, name, value)
        for each in stock.offers
        for name, value in in_language(each.product, language).attributes.items()
        if _TELLS.search(value) and len(value) <= 60 and name not in each.variant.options
    ]
    found = _one(told, dice)
    if found is None:
        return None
    one, name, value = found
    made = _of(one, "matter", language, 1)
    return msgspec.structs.replace(made, matter=name, wanted=value)


def _restock(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    one = _one([each for each in stock.offers if each.free <= 0], dice)
    return None if one is None else _of(one, "restock", language, 1)


def _faq(stock: Stock, language: Language, dice: random.Random) -> Goal | None:
    one = _one([each for each in stock.questions if each.language == language], dice)
    return None if one is None else Goal("faq", matter=one.question, wanted=one.question)


def _person(_: Stock, __: Language, ___: random.Random) -> Goal:
    return Goal("person")


def _of(
    one: Offer,
    kind: Kind,
    language: Language,
    count: int,
    cart: tuple[tuple[str, int], ...] = (),
) -> Goal:
    return Goal(
        kind,
        name=called(in_language(one.product, language).title),
        options=tuple(options_in(one.product, one.variant, language).values()),
        count=count,
        handle=one.product.handle,
        cart=cart,
    )


def called(title: str) -> str:
    """What people say for a title: without brackets and the measure at its end."""
    plain = _BRACKETS.sub("", title).strip()
    return _MEASURE.sub("", plain).strip() or title


def _one(some: Sequence[T], dice: random.Random) -> T | None:
    return dice.choice(some) if some else None


_DRAWN: Final[dict[Kind, Callable[[Stock, Language, random.Random], Goal | None]]] = {
    "buy": _buy,
    "change": _change,
    "give_up": _give_up,
    "budget": _budget,
    "matter": _matter,
    "restock": _restock,
    "faq": _faq,
    "person": _person,
}
