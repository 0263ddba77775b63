"""What is said in one breath: several wishes, one order of several articles, or a story.

Several products in one breath are several requests, and words that only name, number and take
are an order.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.cart.changes import cart_changes
from kaiwa.bot.cart.corrected import request_of
from kaiwa.bot.cart.given_up import given_up
from kaiwa.bot.cart.ordering import may_be_one, ordered
from kaiwa.bot.context.informing import DOUBTFUL
from kaiwa.bot.context.rescuing import constraints_in
from kaiwa.bot.context.spoken_of import each_of, named_beside
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.named import wanted
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import (
    Category,
    Email,
    Exclude,
    OrderNumber,
    Phone,
    Product,
    Quantity,
    Size,
    Written,
    kind_of,
)
from kaiwa.bot.options.plain import plain
from kaiwa.bot.order.reported import sorry_first
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.seeking.query import sought
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.vocabulary.language import Language

Pair = tuple[Request, Findings]
_SELF: Final = re.compile(
    r"[一-鿿ァ-ヺー]{2,}(?:は|って|とか)?(?:ございます|あります|ありません)か"
)
COURTESIES: Final = frozenset({"greet", "thanks", "goodbye", "affirm"})
_WHICH: Final = re.compile(r"\bwhich\b|どっち|どちら", re.IGNORECASE)
_DONE: Final = frozenset({"add_to_cart", "change_quantity", "remove_from_cart", "checkout"})
_LOOKS: Final = frozenset({"find_product", "refine", "decline", "out_of_scope", "product_question"})
_DENIES: Final = re.compile(
    r"(?:は|も|なんか)?(?:なし|無し|いらない|要らない|いりません|要りません|不要|やめ(?:る|ます|て))(?:で)?[。!！]*$"
    r"|^\W*(?:no|not|without|forget|skip|never ?mind) ",
    re.IGNORECASE,
)
_GUESS: Final = 0.5
_SELDOM: Final = frozenset({"about_bot", "complaint", "human_handoff", "view_cart"})
_A_STORY: Final = 12  # letters more than the wish itself
_LONG_STORY: Final = 300
_SURE_OF_ACT: Final = 0.9
_THEN_PAYS: Final = re.compile(
    r"[、。\sてで](?:それ|これ|以上)で(?:お?会計|注文|購入|決済|買い)"
    r"|[,.;!]? (?:and|then|and then) (?:check ?(?:me )?out|pay|ring (?:me|it) up)\b",
    re.IGNORECASE,
)
_WHOSE: Final = (OrderNumber, Email, Phone)


def in_one_breath(
    pairs: list[Pair], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Pair]:
    """What is ordered, each article with the number and the options said beside it.

    All of the text is one order where nothing in it is left over: "whole bean's fine. 1". Else
    each piece of it may be one.
    """
    sorry = sorry_first([one for one, _ in pairs])
    pairs = [one for one in pairs if any(one[0] is kept for kept in sorry)]
    if any(one.slot(Written) or _tells_whose(one) for one, _ in pairs):
        # The answer to what was asked is no order, whatever it names or numbers.
        return pairs
    all_said = [one for one, _ in pairs]
    changes = given_up(all_said, text, language, where)
    changes = changes or cart_changes(all_said, text, language, where)
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
    told = _of_the_named(matters, text, language, where) if told is None else told
    if told is not None and may_be_one([one for one, _ in matters], where[0]):
        polite = [one for one in pairs if one[0].act in ("greet", "thanks") and one not in matters]
        return [*polite, *((one, Findings()) for one in [*told, *_paid_then(told, text)])]
    if len(matters) == 1 and (story := _told_before(matters[0][0], text, language, where)):
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
    return _without_remarks(_added_once(found))


def _of_the_named(
    matters: list[Pair], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """I need dry bags for our club. Two in 10 l and four in 5 l: of the thing named before."""
    if [one.act for one, _ in matters] != ["find_product", "add_to_cart"] or len(
        text
    ) > _LONG_STORY:
        return None
    adds = matters[1][0]
    if adds.chosen or adds.slot(Product) or not adds.slot(Quantity):
        return None
    told = spoken(text.casefold(), language, where)
    begin = len(plain(text[: max(0, text.find(adds.question))]))
    counted = [
        one
        for one in told.articles
        if one.count and one.options and all(value.begin >= begin for value in one.options)
    ]
    if told.open_ids or len({one.product_id for one in told.articles}) != 1:
        return None
    return [request_of("add_to_cart", one) for one in counted] or None


def _paid_then(told: list[Request], text: str) -> list[Request]:
    """E17の電球も1つ、それで注文します: what is put in, and then the cart is paid."""
    only = all(one.act in ("add_to_cart", "change_quantity") for one in told)
    if not told or not only or not _THEN_PAYS.search(text):
        return []
    return [Request("checkout", question=text, confidence=_SURE_OF_ACT)]


def _tells_whose(request: Request) -> bool:
    """7303: the number of the order that was asked for, or whom it is of."""
    return request.act == CONTINUE and any(isinstance(one, _WHOSE) for one in request.slots)


def _without_remarks(pairs: list[Pair]) -> list[Pair]:
    """Oh what a pity. Medium will do: beside what is done, a remark is not answered."""
    done = any(one.act in _DONE for one, _ in pairs)
    return [one for one in pairs if not (done and _is_remark(one[0]))]


def _is_remark(request: Request) -> bool:
    return request.act == "out_of_scope" and not request.reason and request.yes is None


def _told_before(
    request: Request, text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """The request with what was told before it; None where nothing was."""
    apart = _without_what_is_out(request, text, language, where)
    return _with_story(apart or request, text, language, where) or apart


def _without_what_is_out(
    request: Request, text: str, language: Language, where: tuple[Turn, Shop]
) -> Request | None:
    """卵と小麦ダメで。食べられるお菓子ある？: what may not be in it was told before."""
    if request.act not in ("find_product", "recommend") or request.question.strip() == text.strip():
        return None
    told = constraints_in(wanted(where[1], text, language), text, where[1])
    out = [one for one in told if isinstance(one, Exclude) and one not in request.slots]
    return msgspec.structs.replace(request, slots=(*request.slots, *out)) if out else None


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
    own = shop.peek(sought(request.slots, language), 1) if request.slots else None
    if own is not None and own.results and not own.relaxed and _SELF.search(request.question):
        return None
    slots = constraints_in(wanted(shop, text, language), text, shop)
    if not any(isinstance(one, Category | Product | Size) for one in slots):
        return None
    found = shop.peek(sought(slots, language), 1)
    if not found.results or found.relaxed:
        return None
    return msgspec.structs.replace(request, slots=slots, question=text)


def _added_once(pairs: list[Pair]) -> list[Pair]:
    """Yes that one, just one pair: what is taken twice in one breath is taken once."""
    kept: list[Pair] = []
    swapped = {i for one, _ in pairs if one.act == "change_quantity" for i in one.chosen}
    for pair in pairs:
        if swapped and pair[0].act == "remove_from_cart" and swapped.issuperset(pair[0].chosen):
            continue  # やっぱりドライにする。ウェットはなし: that one is in its place already
        if swapped and pair[0].act in _LOOKS and _DENIES.search(pair[0].question):
            continue
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
    if request.act == "recommend" and _WHICH.search(request.question):
        # The big or the small one of the chess set, which would you pick?: that is one question.
        asked = [one for one, _ in others if one.act in ("product_question", "compare")]
        return any(one.chosen or one.slot(Product) for one in asked)
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
    if request.act == "clarify" and not request.has_products:
        words = reader(language).normalise(request.question)
        return not is_question(words, language)
    return request.act == "out_of_scope" and not request.reason and request.yes is None
