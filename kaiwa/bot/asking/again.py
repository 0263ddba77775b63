"""A second look at a request in the light of the products spoken of.

"Can I use it on induction?" is lost on an understander that has never seen it, and taken for a
question to the shop by another. Where a product in focus, or named in the text, answers it in its
own words, it is a question about that product.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.evidence import Evidence, Question, evidence, question
from kaiwa.bot.asking.measure_asked import asks_money, tells_money
from kaiwa.bot.asking.words import names_only
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Brand, Category, Colour, InStock, Product, Query, Size, Slot
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.options.said import options_said
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.catalog.understanding.colours import colour_of
from kaiwa.languages import reader
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

SURE_OF_PRODUCT: Final = 0.7  # how much of a question the product must answer
# What a shop handles alike for all products: its general answer is what was asked for.
_POLICIES: Final = frozenset({"wrapping", "boxed", "warranty", "storage"})
DOUBTFUL: Final = 0.8
_MOST: Final = 5
_SEEKING_ACTS: Final = frozenset({"find_product", "product_question", "recommend"})
# What a shop has or has not, and no shop sells.
_OF_THE_HOUSE: Final = frozenset({"parking", "jobs", "tour", "insurance", "owner", "points"})
_EVERYDAY: Final = frozenset({"forecast", "joke", "news", "money_market", "study"})
_OF_WEATHER: Final = frozenset({"waterproof", "temperature", "shade"})
_LOST: Final = frozenset({"out_of_scope", "clarify"})
_UNSURE: Final = frozenset({"out_of_scope", "clarify", "faq"})
_PRICE: Final = re.compile(
    r"いくら(?!でも)|値段|価格|何円|なんぼ|\bhow much\b|\bprices?\b|\bcosts?\b", re.IGNORECASE
)
_EXISTS: Final = re.compile(
    r"ある|あり|[?？]|\b(?:do (?:you|u) have|is there|are there|come in|got)\b", re.IGNORECASE
)
_PREDICATE: Final = re.compile(
    r"(?:って|は|も|が).{2,}(?:なの|るの|の|んだっけ|だっけ|ですか|ますか|かな|よね)[?？]?$"
    r"|^(?:so |and |but |ok )?(?:is|are|does|do|can|will|has|have) (?:the|your|this|that)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"に(?:は|も)?([^にはをがもで、。\s]{1,12})(?:は|って|が|も)?\s*"
    r"(?:あります|ある(?:[?？の]|ん(?:です|だ)|$)|ない|ついて|付いて|付属|入って)"
)
_ASKED: Final = re.compile(r"[?？]\W*$")
_OF_IT: Final = re.compile(r"(?:これ|それ|この|その)|\b(?:it|this|them|these|that|they)\b")
_SEEKING: Final = re.compile(
    r"ありますか|ある[?？]|あります|ない(?:です)?か|ください|下さい|ほしい|欲しい|探し|さがし"
    r"|見せて|見たい|おすすめ|お願い|カート|かご|買"
    r"|\b(?:do you (?:have|sell|carry)|looking for|i'?d like|i want|i need|show me|got any|add"
    r"|buy|take)\b",
    re.IGNORECASE,
)


def looked_at_again(
    request: Request,
    findings: Findings,
    state: Dialogue,
    where: tuple[Shop, Language, str],
) -> Request:
    """The request, or the question about a product that it turns out to be.

    `where` is the shop, the language and the text of the turn.
    """
    shop, language, text = where
    words = request.question or text
    if request.yes is not None or request.reason or request.candidates and request.chosen:
        return request
    if request.act in ("find_product", "faq") and request.how == "name":
        # The FAQ's own question, or nothing but a product's own name: no word of it asks.
        return request
    if _is_of_what_is_told(request, words, state, (shop, language)):
        return replace(request, act="product_question")
    if _asks_of_the_one(request, words, state, (shop, language)):
        return replace(request, act="product_question", slots=(), chosen=state.focus, how="recency")
    if other := _of_no_goods(request, words, findings, (shop, language)):
        return replace(request, act=other, slots=(), candidates=())
    if not _may_be(request, words, (shop, language)):
        return request
    ids = _spoken_of(request, words, state, (shop, language))
    if not ids:
        return request
    products = shop.products(ids[:_MOST])
    asks = question(words, language, products)
    if request.act == "view_cart":
        answers = bool(_PRICE.search(words)) or any(evidence(asks, one) for one in products)
    else:
        told = [evidence(asks, one) for one in products]
        answers = any(_answers(asks, found, request, findings) for found in told)
        answers |= request.act in _LOST and _PRICE.search(words) is not None
    if not answers:
        return request
    found = tuple(one for one in request.slots if not isinstance(one, Product))
    return replace(
        request, act="product_question", slots=found, chosen=ids, how="name", candidates=()
    )


def _is_of_what_is_told(
    request: Request, words: str, state: Dialogue, where: tuple[Shop, Language]
) -> bool:
    """Whether what sounds sought is asked about: the one named, or the one spoken of."""
    named_one = request.act == "find_product" and (
        _asks_about_it(request, words)
        or _asks_of_its_page(request, words, where)
        or _asks_for_part(request, words, where[0])
        or _is_of_one_shown(request, state)
    )
    return named_one or (
        request.act in ("find_product", "refine")
        and (_asks_for_trait(request, words, state) or _asks_for_option(words, state, where))
    )


def _of_no_goods(
    request: Request, words: str, findings: Findings, where: tuple[Shop, Language]
) -> str | None:
    """駐車場ありますか, "will it rain tomorrow": what is no article, though it sounds sought."""
    shop, language = where
    if findings.answers or request.chosen or request.act not in _SEEKING_ACTS:
        return None
    normal = reader(language).normalise(words)
    told = frozenset(meanings(normal, language))
    if request.act == "find_product" and told & _OF_THE_HOUSE and is_question(normal, language):
        sold = any(isinstance(one, Product | Category | Brand) for one in request.slots)
        return None if sold or named(shop, words, language).product_ids else "faq"
    doubtful = request.confidence < DOUBTFUL and told & _EVERYDAY
    return "out_of_scope" if doubtful and _asks_only_of_weather(normal) else None


def _asks_only_of_weather(normal: str) -> bool:
    return all(one.name in _OF_WEATHER for one in asked(normal, ()).aspects)


def _asks_about_it(request: Request, words: str) -> bool:
    """ローファーって革底なの？, "6 cup moka in stock?": one is named, and asked about."""
    told = request.slot(Product)
    if told is None or len(told.ids) != 1 or _SEEKING.search(words):
        return False
    if request.slot(InStock) is not None:
        return True
    return request.confidence < DOUBTFUL and _PREDICATE.search(words) is not None


def _asks_of_its_page(request: Request, words: str, where: tuple[Shop, Language]) -> bool:
    """Moka pot for induction?: one is named, and its page says by name what is asked of it."""
    told = request.slot(Product)
    if told is None or len(told.ids) != 1 or _SEEKING.search(words) or not _ASKED.search(words):
        return False
    products = where[0].products(told.ids)
    asks = question(words, where[1], products)
    if not asks.aspects:
        return False
    return any(
        found.named and found.covered >= 1 for one in products for found in evidence(asks, one)
    )


def _asks_for_part(request: Request, words: str, shop: Shop) -> bool:
    """ふなでにポケットはありますか: what stands before に is named, what it may have is not."""
    told, found = request.slot(Product), _PART.search(words)
    if told is None or len(told.ids) != 1 or found is None:
        return False
    before, part = fold(words[: found.start()]), fold(found[1])
    names = [name for one in shop.products(told.ids) for name in told_names(one)]
    return any(letters_named(before, *one) for one in names) and not any(
        letters_named(part, *one) for one in names
    )


def _is_of_one_shown(request: Request, state: Dialogue) -> bool:
    """しろたえ白L, right after it was shown: whether it is there, no new search."""
    told = request.slot(Product)
    traits = request.slot(Colour) or request.slot(Size)
    if told is None or len(told.ids) != 1 or traits is None:
        return False
    return state.product(told.ids[0]) is not None


def _asks_for_trait(request: Request, words: str, state: Dialogue) -> bool:
    """青はありますか, while one product is spoken of: whether it comes in blue."""
    only = all(isinstance(one, Colour | Size) or _is_colour(one) for one in request.slots)
    told = any(isinstance(one, Colour | Size) for one in request.slots)
    return only and told and len(state.focus) == 1 and _EXISTS.search(words) is not None


def _asks_for_option(words: str, state: Dialogue, where: tuple[Shop, Language]) -> bool:
    """無香料ある？, while one product is spoken of that comes so."""
    shop, language = where
    if len(state.focus) != 1 or _EXISTS.search(words) is None:
        return False
    every = shop.variants(state.focus).get(state.focus[0], [])
    if not options_said(every, words, language):
        return False
    others = named(shop, words, language).product_ids
    return not others or state.focus[0] in others


def _asks_of_the_one(
    request: Request, words: str, state: Dialogue, where: tuple[Shop, Language]
) -> bool:
    """Where from, while one is spoken of: no word of it is of any goods, so none are sought."""
    shop, language = where
    doubtful = request.act in ("find_product", "refine") and request.confidence < DOUBTFUL
    if not doubtful or len(state.focus) != 1 or _SEEKING.search(words):
        return False
    if not is_question(reader(language).normalise(words), language):
        return False
    if any(not isinstance(one, Query) for one in request.slots):
        return False
    products = shop.products(state.focus)
    asks = question(words, language, products)
    if not asks.aspects or any(shop.known.is_goods(one.text) for one in asks.words):
        return False
    return any(evidence(asks, one) for one in products)


def _is_colour(slot: Slot) -> bool:
    # A colour that the shop has none of is sought as a word.
    return isinstance(slot, Query) and colour_of(slot.text) is not None


def _may_be(request: Request, words: str, where: tuple[Shop, Language]) -> bool:
    shop, language = where
    if request.act == "view_cart":
        cart = shop.cart
        return cart is None or not cart.lines
    if request.act == "find_product":
        told = request.slot(Product)
        if told is None or len(told.ids) != 1 or _SEEKING.search(words):
            return False
        # "Decaf" is sought by its name, and nothing is asked of it.
        return not names_only(words, language, shop.products(told.ids))
    if request.act == "refine":
        # サイズは？ after a list asks for what there is: it narrows nothing.
        return all(isinstance(one, Query) for one in request.slots) and not _SEEKING.search(words)
    return request.act in _UNSURE or (
        request.act == "human_handoff" and request.confidence < DOUBTFUL
    )


def _spoken_of(
    request: Request, words: str, state: Dialogue, where: tuple[Shop, Language]
) -> tuple[int, ...]:
    """The products named in the words, else those in focus, else the few that were shown."""
    shop, language = where
    if request.chosen:
        return request.chosen
    text = normalised(words).text
    told = [one.slot for one in shop.known.names(text)]
    ids = [i for one in told if isinstance(one, Product) for i in one.ids]
    near = tuple(dict.fromkeys(ids))
    if near:
        return near if len(near) <= _MOST else ()
    if state.near:
        return state.near
    if found := _found_by_name(words, shop, language):
        return found
    shown = tuple(one.id for one in state.shown)
    return shown if len(shown) <= _MOST else ()


def _found_by_name(words: str, shop: Shop, language: Language) -> tuple[int, ...]:
    """The one product that the finder takes the words for, where they ask for an aspect."""
    if not asked(normalised(words).text, ()).aspects:
        return ()
    found = named(shop, words, language).product_ids
    return found if len(found) == 1 else ()


def _tells_price(findings: Findings, found: Sequence[Evidence]) -> bool:
    """打ち直しっていくら: the page says that it can be done, the shop for how much."""
    told = any(tells_money(hit.entry.answer.casefold()) for hit in findings.sure)
    return told and not any(tells_money(one.text.casefold()) for one in found)


def _is_told_of_it(asks: Question, first: Evidence) -> bool:
    """When should I plant them: what the page tells under a name for it, asked of just that."""
    return first.named and _OF_IT.search(asks.text) is not None


def _answers(
    asks: Question, found: Sequence[Evidence], request: Request, findings: Findings
) -> bool:
    """Whether the product answers surely enough to overrule what was understood."""
    if not found or found[0].covered < SURE_OF_PRODUCT:
        return False
    if findings.sure and {one.name for one in asks.aspects} & _POLICIES:
        return False
    if asks_money(asks.text) and findings.sure and _tells_price(findings, found):
        return False
    if request.act in ("faq", "human_handoff"):
        # The shop's rules speak of wrapping and washing too: the very word must be the product's.
        # Where they are silent, what the page tells under a name for it will do.
        silent = not findings.answers and found[0].named
        return silent or any(one.literal for one in found) or _is_told_of_it(asks, found[0])
    if request.act in ("find_product", "refine"):
        return bool(asks.aspects) and found[0].covered >= 1
    return bool(asks.aspects) or found[0].covered >= 1
