"""Rescues words that no act fits: what they name of the shop is sought, asked about or taken."""

import re
from typing import Final

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.asking.polarity import is_closed
from kaiwa.bot.naming.named import Naming, named, wanted
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.slot import (
    Category,
    Colour,
    Exclude,
    Purpose,
    Query,
    Size,
    Slot,
)
from kaiwa.bot.nlu.slots_of import constraints
from kaiwa.bot.options.values import values_in
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.seeking.query import sought
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.understanding import Understood
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

_A_FEW_WORDS: Final = 40  # letters
_A_FEW: Final = 5
_SURELY_OUTSIDE: Final = 0.97
_MAYBE_OUTSIDE: Final = 0.7
_INCLUDED: Final = re.compile(
    r"(?:セット|付属|付き|つき|込み|同梱|別売り?|別(?:に|途)(?:買|購入|必要)|ついて(?:い?る|く|き|い?ます)|入って)"
    r"|\b(?:included?|includes|comes? with|sold separately|separate(?:ly)?|in the box|part of)\b",
    re.IGNORECASE,
)
_COUNTS_THEM: Final = re.compile(
    r"(?:(?:大人|子ども|子供|家族|夫婦|全部で|だいたい)[でがは]?)?\d{1,2}(?:人|名|歳|才|か月|ヶ月)"
    r"(?:家族|暮らし|分|用)?(?:です|だよ|かな|なんです(?:けど)?|くらい(?:です)?|ぐらい(?:です)?)?[。!]*$"
    r"|(?:we are|we're|there are|it's for) (?:two|three|four|five|six|\d)(?: of us| people)?[.!]*$"
    r"|(?:he|she|they)(?:'?s| is|'?re| are) \d{1,2}(?: years old| months old)?[.!]*$",
    re.IGNORECASE,
)
# バスソルトでいいですか answers what was asked.
_WILL_DO: Final = re.compile(r"で(?:も)?(?:いい|よい|良い|お願い|大丈夫)|\b(?:is|be) (?:fine|ok)\b")
OF_PRODUCTS: Final = frozenset(
    {
        "add_to_cart",
        "product_question",
        "remove_from_cart",
        "change_quantity",
        "wishlist_add",
        "wishlist_remove",
        "restock_alert",
        "price_alert",
        "compare",
        "review",
    }
)


def rescued(request: Request, words: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """Words that no act fits but that name something the shop sells: it is sought."""
    turn, shop = where
    waits = turn.state.top is not None and turn.state.asked is not None
    found = named(shop, words, language)
    outside = request.act == "out_of_scope" and request.confidence >= _SURELY_OUTSIDE
    if outside and len(found.product_ids) > 1 and not waits:
        return request  # who won the game last night: many a name has a night in it
    slots = constraints_in(wanted(shop, words, language), words, shop)
    if not found.product_ids:
        return _narrowed(request, slots, words, where)
    answers = not is_closed(words) or _WILL_DO.search(words) is not None
    if waits and answers and turn.state.top is not None and turn.state.top.act in OF_PRODUCTS:
        return Request(CONTINUE, _options(slots), chosen=found.product_ids, how="name")
    first = request.candidates[0].act if request.candidates else None
    if first == "add_to_cart" and len(found.product_ids) == 1 and _may_be_wanted(found, turn):
        return Request("add_to_cart", chosen=found.product_ids, how="name", question=words)
    asks = is_question(reader(language).normalise(words), language)
    if asks and (told := with_it(words, language, where)):
        return Request("product_question", chosen=told, how="recency", question=words)
    known = len(found.product_ids) == 1 and turn.state.product(found.product_ids[0])
    if asks and (known or not answers and waits):
        chosen = found.product_ids
        return Request(
            "product_question", _options(slots), chosen=chosen, how="name", question=words
        )
    return Request("find_product", slots, question=words, confidence=request.confidence)


def _may_be_wanted(found: Naming, turn: Turn) -> bool:
    """Whether the thing was shown, or things are being put in: else it is looked at first."""
    state = turn.state
    buying = state.last_act in ("add_to_cart", "change_quantity") or not state.showings
    return buying or state.product(found.product_ids[0]) is not None


def with_it(words: str, language: Language, where: tuple[Turn, Shop]) -> tuple[int, ...]:
    """ポールもセット？: of the products spoken of, that whose page tells what comes with it."""
    state = where[0].state
    near = state.focus or tuple(one.id for one in state.shown)
    if len(near) > _A_FEW or not _INCLUDED.search(words):
        return ()
    products = where[1].products(near)
    return tuple(one.id for one in products if evidence(question(words, language, ()), one))[:1]


def _narrowed(
    request: Request, slots: tuple[Slot, ...], words: str, where: tuple[Turn, Shop]
) -> Request:
    """Words that name no product but a kind, a purpose or what is not wanted: "decaf"."""
    turn, shop = where
    if len(words) <= _A_FEW_WORDS and turn.state.search and _COUNTS_THEM.match(words.strip()):
        # 2人です, after a search: for so many.
        return Request("refine", (Query(words),), question=words, confidence=request.confidence)
    if turn.state.top is not None or len(words) > _A_FEW_WORDS:
        return request
    kinds = [one for one in slots if isinstance(one, Category | Purpose | Exclude)]
    terms = next((one.text for one in slots if isinstance(one, Query)), "")
    kind = any(isinstance(one, Category) for one in kinds)
    if kind and request.act == "out_of_scope" and request.confidence < _MAYBE_OUTSIDE:
        # cashmeer sweter for my wife: misspelt, it is still a kind of goods.
        act = "refine" if turn.state.search else "find_product"
        return Request(act, slots, question=words, confidence=request.confidence)
    if not kinds or len(terms) > len(words) / 2:
        return request
    plain = [one for one in slots if not isinstance(one, Query)]
    if not shop.peek(sought(plain, turn.language), 1).results:
        return request
    act = "refine" if turn.state.search else "find_product"
    return Request(act, tuple(plain), question=words, confidence=request.confidence)


def constraints_in(asked: Understood, words: str, shop: Shop) -> tuple[Slot, ...]:
    """What the words ask for; a colour or a size too that the shop has none of."""
    slots = constraints(asked)
    names = {type(one) for one in slots}
    more = [one for one in values_in(words, shop) if isinstance(one, Colour | Size)]
    return (*slots, *(one for one in more if type(one) not in names))


def _options(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(one for one in slots if isinstance(one, Colour | Size))
