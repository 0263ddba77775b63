"""Ties a request to what the shop has: the products and coupons that its words name.

What no act fits but names something on sale is sought; several products in one breath are several
requests, and words that only name, number and take are an order.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.cart_changes import cart_changes
from kaiwa.bot.coupon_said import coupon_said
from kaiwa.bot.in_context import has_products, likelier, values_in
from kaiwa.bot.informing import DOUBTFUL
from kaiwa.bot.naming import named, wanted
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import (
    Category,
    Colour,
    CouponCode,
    Email,
    Exclude,
    OrderNumber,
    Phone,
    Product,
    Purpose,
    Query,
    Size,
    Slot,
    Written,
    kind_of,
)
from kaiwa.bot.nlu.slots_of import constraints
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.order_talk import of_the_order, sorry_first
from kaiwa.bot.ordering import may_be_one, ordered
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.seeking.query import sought
from kaiwa.bot.shop import Shop
from kaiwa.bot.spoken_of import compared, each_of, in_the_talk, named_beside
from kaiwa.bot.turn import Turn
from kaiwa.catalog.understanding import Understood
from kaiwa.languages import reader
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

Pair = tuple[Request, Findings]

COURTESIES: Final = frozenset({"greet", "thanks", "goodbye", "affirm"})
_JUST_A_GREETING: Final = 8
_A_FEW_WORDS: Final = 40  # letters
_A_FEW: Final = 5
_INCLUDED: Final = re.compile(
    r"(?:セット|付属|付き|つき|込み|同梱|別売り?|別(?:に|途)(?:買|購入|必要)|ついて(?:い?る|く|き|い?ます)|入って)"
    r"|\b(?:included?|includes|comes? with|sold separately|separate(?:ly)?|in the box|part of)\b",
    re.IGNORECASE,
)
_GUESS: Final = 0.5
_SELDOM: Final = frozenset({"about_bot", "complaint", "human_handoff", "view_cart"})
_COUNTS_THEM: Final = re.compile(
    r"(?:(?:大人|子ども|子供|家族|夫婦|全部で|だいたい)[でがは]?)?\d{1,2}(?:人|名|歳|才|か月|ヶ月)"
    r"(?:家族|暮らし|分|用)?(?:です|だよ|かな|なんです(?:けど)?|くらい(?:です)?|ぐらい(?:です)?)?[。!]*$"
    r"|(?:we are|we're|there are|it's for) (?:two|three|four|five|six|\d)(?: of us| people)?[.!]*$"
    r"|(?:he|she|they)(?:'?s| is|'?re| are) \d{1,2}(?: years old| months old)?[.!]*$",
    re.IGNORECASE,
)
_A_STORY: Final = 12  # letters more than the wish itself
_LONG_STORY: Final = 300
_SURE_OF_ACT: Final = 0.9
_QUITE_SURE: Final = 0.95
_WHOSE: Final = (OrderNumber, Email, Phone)
_OF_PRODUCTS: Final = frozenset(
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


def grounded(request: Request, text: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """The request with the coupon or the products that its words name."""
    turn, shop = where
    words = request.question or text
    request = of_the_order(likelier(request, words, where), text, where)
    request = in_the_talk(request, text, language, where)
    lost = request.act in ("out_of_scope", "clarify") and not has_products(request)
    if lost or request.act in ("apply_coupon", "faq", CONTINUE):
        again = turn.state.last_act == "apply_coupon" and request.act != "faq"
        code = coupon_said(words, shop, again=again)
        if code is not None:
            return Request("apply_coupon", (CouponCode(code),), question=words)
    if request.act == "greet" and len(words) > _JUST_A_GREETING:
        return _rescued(request, words, language, where)
    if lost:
        return _rescued(request, words, language, where)
    if request.act not in _OF_PRODUCTS or request.chosen:
        return _called_by_more(request, words, shop)
    doubtful = request.act == "product_question" and request.confidence < DOUBTFUL
    if doubtful and (has_it := _with_it(words, language, where)):
        # ポールもセット？ of a tarp names no set of cookware.
        return Request("product_question", chosen=has_it, how="recency", question=words)
    if request.act == "compare" and (each := compared(words, language, where)):
        return msgspec.structs.replace(request, chosen=each, how="name")
    if (told := request.slot(Product)) is not None:
        return _nearest_named(request, told, words, language, shop)
    ids = _named_in(request, words, language, shop)
    in_focus = tuple(one for one in ids if one in turn.state.focus)
    if len(ids) > 1 and in_focus:
        ids = in_focus
    if ids:
        return msgspec.structs.replace(request, chosen=ids, how="name")
    return _of_nothing(request, words, turn)


def _nearest_named(
    request: Request, told: Product, words: str, language: Language, shop: Shop
) -> Request:
    """Of several products that share a word of the name, the one called by more words."""
    if len(_every(request, Product)) > 1:
        return request
    ids = named(shop, words, language).product_ids
    if len(told.ids) < 2:
        # Are the firefly lights ok in rain: lights are named more than the rain jacket is.
        asks = request.act == "product_question" and len(ids) == 1 and ids != told.ids
        more = asks and _letters(ids[0], words, shop) > _letters(told.ids[0], words, shop)
        return msgspec.structs.replace(request, chosen=ids, how="name") if more else request
    fuller = [one for one in ids if one in told.ids]
    if not 0 < len(fuller) < len(told.ids):
        return request
    return msgspec.structs.replace(request, chosen=tuple(fuller), how="name")


def _called_by_more(request: Request, words: str, shop: Shop) -> Request:
    """The ladder shelf, after a bench with shelf was shown: what is named, not what is like it."""
    told = request.slot(Product)
    if request.how != "kind" or told is None or len(told.ids) != 1 or len(request.chosen) != 1:
        return request
    if _letters(told.ids[0], words, shop) <= _letters(request.chosen[0], words, shop):
        return request
    return msgspec.structs.replace(request, chosen=told.ids, variant_id=None, how="name")


def _letters(product_id: int, words: str, shop: Shop) -> int:
    """How much of a product's own name the words say."""
    sound = fold(words.casefold())
    names = [name for one in shop.products((product_id,)) for name in told_names(one)]
    return max((letters_named(sound, *name) for name in names), default=0)


def _every(request: Request, kind: type[Slot]) -> list[Slot]:
    return [one for one in request.slots if isinstance(one, kind)]


def _named_in(request: Request, words: str, language: Language, shop: Shop) -> tuple[int, ...]:
    """The products named; a question's own subject ("bluetooth") names none where others do."""
    if request.act == "product_question":
        text = normalised(words).text
        spans = asked(text, ()).spans
        other = "".join(
            " " if any(a <= at < b for a, b in spans) else one for at, one in enumerate(text)
        )
        if spans and (found := named(shop, other, language).product_ids):
            return found
    return named(shop, words, language).product_ids


def in_one_breath(
    pairs: list[Pair], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Pair]:
    """What is ordered, each article with the number and the options said beside it.

    All of the text is one order where nothing in it is left over: "whole bean's fine. 1". Else
    each piece of it may be one.
    """
    sorry = sorry_first([one for one, _ in pairs])
    pairs = [one for one in pairs if any(one[0] is kept for kept in sorry)]
    if any(one.slot(Written) for one, _ in pairs):
        # The answer to what was asked is no order, whatever it names.
        return pairs
    changes = cart_changes([one for one, _ in pairs], text, language, where)
    if changes is not None:
        return [(one, Findings()) for one in changes]
    matters = [one for one in pairs if one[0].act not in COURTESIES or one[0].yes is not None]
    understood = [one for one in matters if not _is_aside(one[0], language)]
    if understood and len(understood) < len(matters):
        # A reason or a remark beside what is wanted is not answered by itself.
        pairs = [
            one for one in pairs if one[0].act in COURTESIES or not _is_aside(one[0], language)
        ]
        matters = understood
    if len(matters) > 1:
        pairs = [one for one in pairs if not _is_beside_an_answer(one, pairs, language, where[0])]
        matters = [one for one in matters if one in pairs]
    first = (matters or pairs)[0][0]
    adds = next((one for one, _ in matters if one.act == "add_to_cart"), first)
    told = ordered(adds, text, language, where, whole=len(pairs) > 1)
    if told is not None and may_be_one([one for one, _ in matters], where[0]):
        polite = [one for one in pairs if one[0].act in ("greet", "thanks") and one not in matters]
        return [*polite, *((one, Findings()) for one in told)]
    if len(matters) == 1 and (story := _with_story(matters[0][0], text, language, where)):
        return [(story, one[1]) if one is matters[0] else one for one in pairs]
    if len(pairs) == 1:
        request, findings = pairs[0]
        several = each_of(request, text, language, where)
        return [(one, findings) for one in several]
    beside = named_beside([one for one, _ in pairs], text, language, where)
    kept = {id(one): findings for one, findings in pairs}
    pairs = [(one, kept.get(id(one), Findings())) for one in beside]
    found: list[Pair] = []
    for request, findings in pairs:
        each = ordered(request, request.question, language, where) if request.question else None
        found += [(request, findings)] if each is None else [(one, Findings()) for one in each]
    return _added_once(found)


def _with_story(
    request: Request, text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """She asked for a balance bike. Have you one for her age?: what was told before it is sought.

    None where the wish says itself what it is for, or where nothing was told before.
    """
    turn, shop = where
    told = len(text) - len(request.question)
    if (
        request.act != "find_product"
        or request.chosen
        or told < _A_STORY
        or len(text) > _LONG_STORY
    ):
        return None
    if turn.state.search or request.slot(Product) or request.slot(Category):
        return None
    slots = _constraints(wanted(shop, text, language), text, shop)
    if not any(isinstance(one, Category | Product | Size) for one in slots):
        return None
    found = shop.peek(sought(slots, language), 1)
    if not found.results or found.relaxed:
        return None
    return msgspec.structs.replace(request, slots=slots, question=text)


def _added_once(pairs: list[Pair]) -> list[Pair]:
    """Yes that one, just one pair: what is taken twice in one breath is taken once."""
    kept: list[Pair] = []
    for pair in pairs:
        same = next((one for one in kept if _is_the_same(one[0], pair[0])), None)
        if same is None:
            kept.append(pair)
            continue
        slots = dict.fromkeys((*same[0].slots, *pair[0].slots))
        more = msgspec.structs.replace(same[0], slots=tuple(slots))
        kept[kept.index(same)] = (more, same[1])
    return kept


def _is_the_same(one: Request, other: Request) -> bool:
    """Whether both take the same product and tell nothing that is told apart.

    What else is said of a removal (外して、やっぱり暑い) names nothing, and removes nothing more.
    """
    if one.act == other.act == "remove_from_cart":
        return bool(one.chosen) and (not other.chosen or other.how == "recency")
    if not one.act == other.act == "add_to_cart" or one.chosen != other.chosen or not one.chosen:
        return False
    told = {kind_of(slot): slot for slot in one.slots}
    return all(told.get(kind_of(slot), slot) == slot for slot in other.slots)


def _is_beside_an_answer(pair: Pair, every: list[Pair], language: Language, turn: Turn) -> bool:
    """What only leads up to a question that the shop answers: then I wait. Who pays for that?

    So is what was taken for a question, and neither asks nor is answered, beside anything else.
    """
    request, findings = pair
    words = reader(language).normalise(request.question)
    others = [one for one in every if one is not pair and one[0].act not in COURTESIES]
    if request.act == "faq":
        told = findings.answers or findings.perhaps
        person = any(one[0].act in ("human_handoff", "complaint") for one in others)
        return not told and bool(others) and (person or not is_question(words, language))
    if request.act == "compare" and not request.chosen and not request.slot(Product):
        # サイズ選びに迷う。身長104なんですけど: nothing is named to be compared.
        return any(one[0].act == "faq" and one[1].answers for one in others)
    if request.act in _SELDOM and request.confidence < _GUESS and not request.slots:
        return any(one[0].confidence >= DOUBTFUL for one in others)
    if request.act not in OF_ORDERS or any(isinstance(one, _WHOSE) for one in request.slots):
        return False
    if request.confidence >= _SURE_OF_ACT:
        return False
    of_none = turn.state.order_id is None and turn.state.top is None
    if request.slots and not of_none or request.act == "order_status" and of_none:
        return False
    answered = any(one.act == "faq" and found.answers for one, found in others)
    return answered and not is_question(words, language)


def _is_aside(request: Request, language: Language) -> bool:
    """Whether it is a remark that no act fits, and nothing is to be done about it."""
    if request.act == "clarify" and not has_products(request):
        words = reader(language).normalise(request.question)
        return not is_question(words, language)
    return request.act == "out_of_scope" and not request.reason and request.yes is None


def _of_nothing(request: Request, words: str, turn: Turn) -> Request:
    """A guess at a product's act where no product was ever spoken of is none of ours."""
    state = turn.state
    if state.focus or state.showings or state.top is not None:
        return request
    doubtful = request.act == "add_to_cart" and request.confidence < DOUBTFUL
    strange = request.act == "product_question" and request.confidence < _QUITE_SURE
    strange = strange and not asked(normalised(words).text, ()).aspects
    if not (doubtful or strange) or request.slots:
        return request
    return msgspec.structs.replace(request, act="out_of_scope")


def _rescued(request: Request, words: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """Words that no act fits but that name something the shop sells: it is sought."""
    turn, shop = where
    waits = turn.state.top is not None and turn.state.asked is not None
    found = named(shop, words, language)
    slots = _constraints(wanted(shop, words, language), words, shop)
    if not found.product_ids:
        return _narrowed(request, slots, words, where)
    if waits and turn.state.top is not None and turn.state.top.act in _OF_PRODUCTS:
        return Request(CONTINUE, _options(slots), chosen=found.product_ids, how="name")
    first = request.candidates[0].act if request.candidates else None
    if first == "add_to_cart" and len(found.product_ids) == 1:
        return Request("add_to_cart", chosen=found.product_ids, how="name", question=words)
    asks = is_question(reader(language).normalise(words), language)
    if asks and (told := _with_it(words, language, where)):
        return Request("product_question", chosen=told, how="recency", question=words)
    if asks and len(found.product_ids) == 1 and turn.state.product(found.product_ids[0]):
        chosen = found.product_ids
        return Request(
            "product_question", _options(slots), chosen=chosen, how="name", question=words
        )
    return Request("find_product", slots, question=words, confidence=request.confidence)


def _with_it(words: str, language: Language, where: tuple[Turn, Shop]) -> tuple[int, ...]:
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
    if not kinds or len(terms) > len(words) / 2:
        return request
    plain = [one for one in slots if not isinstance(one, Query)]
    if not shop.peek(sought(plain, turn.language), 1).results:
        return request
    act = "refine" if turn.state.search else "find_product"
    return Request(act, tuple(plain), question=words, confidence=request.confidence)


def _constraints(asked: Understood, words: str, shop: Shop) -> tuple[Slot, ...]:
    """What the words ask for; a colour or a size too that the shop has none of."""
    slots = constraints(asked)
    names = {type(one) for one in slots}
    more = [one for one in values_in(words, shop) if isinstance(one, Colour | Size)]
    return (*slots, *(one for one in more if type(one) not in names))


def _options(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(one for one in slots if isinstance(one, Colour | Size))
