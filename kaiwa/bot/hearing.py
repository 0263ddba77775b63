"""From what was sent to requests: its form, our own buttons, its words, the shop's knowledge."""

import re
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.naming import named
from kaiwa.bot.nlu.act import ACTS, OF_ORDERS
from kaiwa.bot.nlu.form import form_of
from kaiwa.bot.nlu.phrases import is_question, phrases, spoken_acts
from kaiwa.bot.nlu.questions import SURE, Findings, look_up
from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Colour, CouponCode, OrderNumber, Product, Quantity, Size, Slot
from kaiwa.bot.nlu.slots_of import constraints
from kaiwa.bot.nlu.understander import Context
from kaiwa.bot.request import CONTINUE, Request, requests_of
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.knowledge.retrieval import FaqHit
from kaiwa.languages import language_of, reader
from kaiwa.orders.coupon import coupons, folded_code
from kaiwa.vocabulary.content import Postback
from kaiwa.vocabulary.language import Language

LONGEST_READ: Final = 1_000
# A question about how the shop does it, not a wish to do it now, when the FAQ is this sure;
# of somebody whose orders are known here a wish is the likelier.
SURE_OF_FAQ: Final = 0.42
SURE_BEFORE_ORDERS: Final = 0.75
DOUBTFUL: Final = 0.6
_RULE_CONFIDENCE: Final = 0.95
_CODE: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-zＡ-Ｚａ-ｚ0-9０-９][A-Za-zＡ-Ｚａ-ｚ0-9０-９_-]{2,29}"
)
_MOST_CODES: Final = 12
_AND: Final = re.compile(r"と、?|、|,|＋|\+|&|\band\b|\bplus\b", re.IGNORECASE)
_EACH: Final = re.compile(r"ずつ|\beach\b|\bone of each\b", re.IGNORECASE)
_MOST_PARTS: Final = 5
_CORRECTING: Final = re.compile(
    r"やっぱ|じゃなく|ではなく|でなく|(?:の|い)(?:ほう|方)|変更|変え|替え|間違|ごめん|訂正"
    r"|\b(?:actually|instead|rather|sorry|swap|change|switch|meant|make (?:it|that)|no,)\b",
    re.IGNORECASE,
)
_TO_PAY: Final = re.compile(
    r"購入(?!し(?:た|て))|注文(?:します|する|確定|手続|に進|で|お願い)|会計|レジ|決済|精算|支払い?(?:ます|に|へ)"
    r"|買います|\b(?:check ?out|pay|till|place (?:the|my) order|buy (?:now|it all|them))\b",
    re.IGNORECASE,
)
_SEEKING: Final = re.compile(
    r"ある[?？]?$|あります(?:か|よね)|ありません|ほしい|欲しい|探し|さがし|買いたい|見せて|見たい|安い順|高い順|人気順"
    r"|\b(?:do you (?:have|sell|carry)|looking for|i'?d like|i want|i need|show me|got any"
    r"|cheapest first|is there an?)\b",
    re.IGNORECASE,
)
SURE_THOUGH_SOUGHT: Final = 0.62
_SWAPPABLE: Final = frozenset(
    {
        CONTINUE,
        "out_of_scope",
        "clarify",
        "refine",
        "find_product",
        "change_quantity",
        "add_to_cart",
        "product_question",
    }
)
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
_SETTLED: Final = ("human_handoff", "about_bot")
_ASKABLE: Final = frozenset(
    {
        "order_status",
        "cancel_order",
        "change_address",
        "delivery_request",
        "return_request",
        "checkout",
        "apply_coupon",
        "account_data",
        "product_question",
        "review",
        "recommend",
    }
)


class Heard(msgspec.Struct, frozen=True):
    """The requests of a turn in the order said, in which language, and what the FAQ says to each.

    `findings` has one entry a request.
    """

    language: Language
    requests: tuple[Request, ...]
    findings: tuple[Findings, ...]


def heard(turn: Turn, shop: Shop) -> Heard:
    """What the shopper wants with this turn."""
    text = turn.text[:LONGEST_READ]
    language = language_of(text, turn.state.language or turn.language)
    form = form_of(turn.content, text)
    if form:
        return _just(turn.language if form == "foreign" else language, Request(form))
    if isinstance(turn.content, Postback):
        pressed = _pressed(turn.content.payload, turn, shop)
        if pressed is not None:
            return pressed
    return _read(text, language, turn, shop)


def _just(language: Language, request: Request, findings: Findings | None = None) -> Heard:
    return Heard(language, (request,), (findings or Findings(),))


def _pressed(payload: str, turn: Turn, shop: Shop) -> Heard | None:
    """What one of our own buttons means, without reading its words."""
    language = turn.state.language or turn.language
    if payload == payloads.PERSON:
        return _just(language, Request("human_handoff", question=turn.text))
    if payload == payloads.DECLINE:
        return _just(language, Request("decline", yes=False))
    kind, _, rest = payload.partition(":")
    if kind in ("yes", "no") and rest:
        yes = kind == "yes"
        told = Request("affirm" if yes else "decline", yes=yes, pending_id=rest)
        return _just(language, told)
    if kind == "act" and rest in ACTS:
        return _just(language, Request(rest))
    if kind == "order" and rest:
        return _just(language, Request("order_status", (OrderNumber(rest),)))
    if numbers := payloads.parts(payload):
        return _just(language, _of_product(turn, *numbers))
    entry_id = payloads.faq_id(payload)
    entry = shop.known.faq.entry(entry_id) if entry_id is not None else None
    if entry is None:
        return None
    hits = (FaqHit(entry, 1.0),)
    return _just(entry.language, Request("faq"), Findings(hits, (), 1.0))


def _of_product(turn: Turn, kind: str, numbers: tuple[int, ...]) -> Request:
    asked = turn.state.asked
    act = "product_question" if asked is None or asked.slot != "choice" else CONTINUE
    if kind == "add":
        act = "add_to_cart"
    variant = numbers[1] if len(numbers) > 1 and numbers[1] else None
    return Request(act, chosen=numbers[:1], variant_id=variant, how="button")


def _read(text: str, language: Language, turn: Turn, shop: Shop) -> Heard:
    known = shop.known
    context = Context(
        state=turn.state,
        language=turn.language,
        today=shop.today,
        words=known.words,
        names=known.names,
        own=known.own,
        shop=str(shop.merchant.id),
    )
    reading = shop.tools.understander.read(text, context)
    requests = requests_of(reading, text)
    requests = _settled(requests, text, language)
    informing = _Informing(turn, shop, language)
    pairs = [informing.of(one, text) for one in requests]
    pairs = [(_grounded(one, text, language, (turn, shop)), found) for one, found in pairs]
    pairs = [split for one, found in pairs for split in _split(one, found, language, shop)]
    return Heard(language, tuple(one for one, _ in pairs), tuple(found for _, found in pairs))


def _grounded(request: Request, text: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """The request with the coupon or the products that its words name."""
    turn, shop = where
    words = request.question or text
    if swapped := _swapped(request, words, (turn, shop)):
        return swapped
    request = _likelier(request, words, (turn, shop))
    lost = request.act in ("out_of_scope", "clarify") and not _has_products(request)
    if lost or request.act in ("apply_coupon", CONTINUE):
        code = _coupon_in(words, shop)
        if code is not None:
            return Request("apply_coupon", (CouponCode(code),), question=words)
    if lost:
        return _rescued(request, words, language, where)
    if request.act not in _OF_PRODUCTS or request.chosen or request.slot(Product):
        return request
    found = named(shop, words, language)
    ids = found.product_ids
    in_focus = tuple(one for one in ids if one in turn.state.focus)
    if len(ids) > 1 and in_focus:
        ids = in_focus
    return msgspec.structs.replace(request, chosen=ids, how="name") if ids else request


def _likelier(request: Request, words: str, where: tuple[Turn, Shop]) -> Request:
    """What is close or lost, in the light of what is in focus and in the cart."""
    turn, shop = where
    if request.act == "refine" and not turn.state.search and not turn.state.showings:
        return msgspec.structs.replace(request, act="find_product")
    if request.act not in ("add_to_cart", "out_of_scope", "clarify", "goodbye"):
        return request
    bare = not request.chosen and request.slot(Product) is None and not _has_products(request)
    if bare and request.slot(Quantity) is None and _TO_PAY.search(words):
        cart = shop.cart
        if cart is not None and cart.lines:
            return msgspec.structs.replace(request, act="checkout", candidates=())
    first = request.candidates[0].act if request.candidates else None
    if first == "add_to_cart" and len(turn.state.focus) == 1:
        return msgspec.structs.replace(request, act="add_to_cart", candidates=())
    return request


def _swapped(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """グレーのほうにします, "actually in M", said right after it was put in the cart."""
    turn, shop = where
    just = turn.state.last_act in ("add_to_cart", "change_quantity")
    if not just or turn.state.top is not None or not _CORRECTING.search(words):
        return None
    if request.act not in _SWAPPABLE or request.slot(Product) or request.chosen:
        return None
    values = tuple(one for one in _values(words, shop) if isinstance(one, Colour | Size))
    if not values:
        return None
    return Request("change_quantity", values, question=words, confidence=request.confidence)


def _split(
    request: Request, found: Findings, language: Language, shop: Shop
) -> list[tuple[Request, Findings]]:
    """Several products in one breath: each with the number and the options said beside it."""
    if request.act != "add_to_cart" or request.how not in (None, "name"):
        return [(request, found)]
    parts = [one for one in _AND.split(request.question) if one.strip()]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return [(request, found)]
    told = [(named(shop, one, language).product_ids, one) for one in parts]
    if any(len(ids) != 1 for ids, _ in told) or len({ids for ids, _ in told}) < len(told):
        return [(request, found)]
    each = [_values(one, shop) for one in parts]
    count = next((s for some in each for s in some if isinstance(s, Quantity)), None)
    if count is not None and _EACH.search(request.question):
        each = [(*(s for s in some if not isinstance(s, Quantity)), count) for some in each]
    return [
        (msgspec.structs.replace(request, slots=tuple(some), chosen=ids, how="name"), found)
        for (ids, _), some in zip(told, each, strict=True)
    ]


def _values(words: str, shop: Shop) -> tuple[Slot, ...]:
    normal = normalised(words)
    found = entities(normal, shop.today, ())
    return tuple(one.slot for one in found if isinstance(one.slot, Quantity | Colour | Size))


def _has_products(request: Request) -> bool:
    return any(one.product_id is not None for one in request.candidates)


def _rescued(request: Request, words: str, language: Language, where: tuple[Turn, Shop]) -> Request:
    """Words that no act fits but that name something the shop sells: it is sought."""
    turn, shop = where
    waits = turn.state.top is not None and turn.state.asked is not None
    found = named(shop, words, language)
    if not found.product_ids:
        return request
    slots = tuple(constraints(found.asked))
    if waits and turn.state.top is not None and turn.state.top.act in _OF_PRODUCTS:
        return Request(CONTINUE, _options(slots), chosen=found.product_ids, how="name")
    asks = is_question(reader(language).normalise(words), language)
    if asks and len(found.product_ids) == 1 and turn.state.product(found.product_ids[0]):
        chosen = found.product_ids
        return Request(
            "product_question", _options(slots), chosen=chosen, how="name", question=words
        )
    return Request("find_product", slots, question=words, confidence=request.confidence)


def _options(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return tuple(one for one in slots if isinstance(one, Colour | Size))


def _coupon_in(words: str, shop: Shop) -> str | None:
    """A code of the shop's that stands in the text, expired or not."""
    tokens = [folded_code(one) for one in _CODE.findall(words)][:_MOST_CODES]
    known = coupons(shop.session, shop.merchant.id, tokens)
    return next((one for one in tokens if one in known), None)


def _settled(requests: list[Request], text: str, language: Language) -> list[Request]:
    """A set phrase that asks for a person, or who is speaking, means it whatever else is said."""
    normal = reader(language).normalise(text)
    if phrases(language).unwanted.search(normal):
        return [_unwanted(one) if one.act == "human_handoff" else one for one in requests]
    acts, _ = spoken_acts(normal, language)
    told = next((act for act in _SETTLED if act in acts), None)
    if told is None or any(one.act == told or one.yes is not None for one in requests):
        return requests
    unclear = all(one.act in ("out_of_scope", "clarify", "faq") for one in requests)
    if told == "human_handoff" or unclear:
        return [Request(told, question=text, confidence=_RULE_CONFIDENCE)]
    return requests


def _unwanted(request: Request) -> Request:
    return Request("decline", question=request.question, yes=False)


class _Informing:
    """Sets the shop's knowledge beside what was understood: a question that it answers is one."""

    def __init__(self, turn: Turn, shop: Shop, language: Language) -> None:
        self._turn = turn
        self._shop = shop
        self._language = language

    def of(self, request: Request, text: str) -> tuple[Request, Findings]:
        """The request, as a question where it is one, with what the FAQ has on it."""
        words = request.question or text
        if request.act in ("faq", "out_of_scope", "clarify"):
            return self._open(request, look_up(words, self._language, self._shop.known.faq))
        if request.act == CONTINUE or request.yes is not None or self._is_underway(request):
            return request, Findings()
        needed = self._needed(request, words)
        if needed is None:
            return request, Findings()
        found = look_up(words, self._language, self._shop.known.faq)
        if found.sure and found.best >= needed:
            return msgspec.structs.replace(request, act="faq", candidates=()), found
        return request, Findings()

    def _open(self, request: Request, found: Findings) -> tuple[Request, Findings]:
        products = any(one.product_id is not None for one in request.candidates)
        sought = found.best < SURE_THOUGH_SOUGHT and _SEEKING.search(request.question)
        if sought and named(self._shop, request.question, self._language).product_ids:
            return msgspec.structs.replace(request, act="out_of_scope", candidates=()), Findings()
        if found.sure and not products:
            return msgspec.structs.replace(request, act="faq", candidates=()), found
        return request, (Findings() if request.act == "clarify" else found)

    def _is_underway(self, request: Request) -> bool:
        top = self._turn.state.top
        return top is not None and top.act == request.act

    def _needed(self, request: Request, words: str) -> float | None:
        """How sure the FAQ must be to be what was meant; None when it never is."""
        doubtful = request.confidence < DOUBTFUL
        if request.act not in _ASKABLE:
            return SURE if doubtful else None
        spoken_of = request.act in OF_ORDERS and self._turn.state.order_id is not None
        if request.slots or request.chosen or spoken_of:
            return None
        if request.act == "product_question" and not self._turn.state.focus:
            return SURE
        asks = is_question(reader(self._language).normalise(words), self._language)
        if not asks and not doubtful:
            return None
        known = self._shop.person.signed_in or bool(self._turn.state.proved)
        return SURE_BEFORE_ORDERS if known else SURE_OF_FAQ
