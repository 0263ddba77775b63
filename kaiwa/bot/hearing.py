"""From what was sent to requests: its form, our own buttons, its words, the shop's knowledge."""

import re
from typing import Final

import msgspec
from msgspec.structs import replace

from kaiwa.bot import payloads
from kaiwa.bot.cart.all_alike import all_alike
from kaiwa.bot.cart.beside_the_code import DOES_AT_ONCE, beside_the_code, tries_again
from kaiwa.bot.cart.both_otherwise import both_otherwise
from kaiwa.bot.cart.coupon_said import coupon_said
from kaiwa.bot.cart.every_line import all_counted
from kaiwa.bot.cart.last_number import last_number
from kaiwa.bot.cart.not_put import without_unasked
from kaiwa.bot.cart.on_top import on_top
from kaiwa.bot.cart.paid_how import paid_how
from kaiwa.bot.cart.paid_last import paid_last
from kaiwa.bot.cart.sent import cart_sent
from kaiwa.bot.cart.undone import undone
from kaiwa.bot.context.beside_the_wish import without_unsaid
from kaiwa.bot.context.carried_on import of_one_world, without_returns
from kaiwa.bot.context.denied_by_all import without_denied
from kaiwa.bot.context.grounding import grounded
from kaiwa.bot.context.guessing import guessed
from kaiwa.bot.context.haggling import haggles
from kaiwa.bot.context.hoped_for import hoped_for
from kaiwa.bot.context.informing import SURE_BEFORE_ORDERS, Informing
from kaiwa.bot.context.no_wish import without_no_wishes
from kaiwa.bot.context.one_breath import in_one_breath
from kaiwa.bot.context.one_search import one_search
from kaiwa.bot.context.only_pointed import only_pointed
from kaiwa.bot.context.only_said import only_said
from kaiwa.bot.context.plainly_said import plainly_said
from kaiwa.bot.context.put_there import put_there
from kaiwa.bot.context.surer_act import surer_act
from kaiwa.bot.context.taken_and_asked import taken_and_asked
from kaiwa.bot.context.what_fits import seeks_what_fits
from kaiwa.bot.context.when_it_is_back import when_it_is_back
from kaiwa.bot.context.wondered import wondered
from kaiwa.bot.context.wrapped import to_be_wrapped
from kaiwa.bot.gateway import MustWrite
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.naming.just_named import just_named
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.command import Reading
from kaiwa.bot.nlu.form import courtesy_of, form_of
from kaiwa.bot.nlu.phrases import phrases, spoken_acts
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import CouponCode, OrderNumber, Product, Quantity
from kaiwa.bot.nlu.understander import Context
from kaiwa.bot.options.alone import only_options
from kaiwa.bot.options.each_value import each_value
from kaiwa.bot.options.value_behind import with_value_behind
from kaiwa.bot.order.asked_as_wish import asked_as_wish
from kaiwa.bot.order.meant import in_general, without_stories
from kaiwa.bot.order.no_as_reason import without_the_no
from kaiwa.bot.order.one_order import of_one_order
from kaiwa.bot.order.sent_back import sent_back
from kaiwa.bot.order.told_beside import told_beside
from kaiwa.bot.request import CONTINUE, Request, requests_of
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.knowledge.retrieval import FaqHit
from kaiwa.languages import language_of, reader
from kaiwa.vocabulary.content import CART_SENT, Postback
from kaiwa.vocabulary.language import Language

LONGEST_READ: Final = 1_000
_RULE_CONFIDENCE: Final = 0.95
_BARE_CODE: Final = re.compile(
    r"^\W*(?:(?:ok |so |then |and )?(?:how|what) about |and |or |maybe |perhaps |it'?s |i meant "
    r"|try |code |じゃあ?|では|なら)?[\w-]{4,20}(?:は|で|なら)?"
    r"(?:どう(?:です(?:か)?|かな)?|いけます?か?)?\W*$",
    re.I,
)
_RULE_DOUBT: Final = 0.6
_SETTLED: Final = ("human_handoff", "about_bot")
# Says nothing beside a code.
_EMPTY: Final = frozenset({"out_of_scope", "clarify", "affirm", "decline", "product_question", ""})
MANIPULATION: Final = "manipulation"

_MATTERLESS: Final = re.compile(
    r"</?[A-Za-z][^<>]*>|https?://\S+|[\w.+-]+@[\w.-]+"
    r"|(?<![a-z])#?(?=[A-Z0-9_-]*\d)[A-Z0-9_-]{2,24}(?![a-z])|[\w-]*_\d+"
)


# KOMO10ってコード、使わせてください says nothing beside the code.
_USES: Final = re.compile(
    r"(?:って|という)?(?:割引)?(?:クーポン|コード)(?:番号)?|使(?:わせて|って|いた|え)[^、。]{0,6}|適用(?:して)?"
    r"|\b(?:use|using|apply|redeem|enter|try)\b|\b(?:promo |discount |coupon )?(?:code|coupon)\b"
)
# When or under which number somebody can be called is asked of the shop's hours.
_BY_PHONE: Final = re.compile(
    r"(?:電話|つなが).{0,16}(?:何時|何番|いつ|番号|受付)|(?:何時|何番|いつ|番号|受付).{0,16}(?:電話|つなが)"
    r"|\b(?:what|which|when).{0,24}\b(?:call|phone|number|reach)\b"
)


class Heard(msgspec.Struct, frozen=True):
    """The requests of a turn in the order said, in which language, and what the FAQ says to each.

    `findings` has one entry a request; `text` is the text as it was read, its slips put right.
    """

    language: Language
    requests: tuple[Request, ...]
    findings: tuple[Findings, ...]
    text: str = ""


class ToBeWritten(MustWrite):
    """The turn wants to write. `heard` is what it asks for: it need not be heard a second time."""

    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self.heard = heard


def heard(turn: Turn, shop: Shop) -> Heard:
    """What the shopper wants with this turn."""
    text = turn.text[:LONGEST_READ]
    language = _language(text, turn)
    form = form_of(turn.content, text)
    if form == "foreign" and turn.state.language and (polite := courtesy_of(text)):
        return _just(turn.state.language, Request(polite, question=text))
    if form:
        return _just(turn.language if form == "foreign" else language, Request(form))
    if isinstance(turn.content, Postback):
        pressed = _pressed(turn.content.payload, turn, shop)
        if pressed is not None:
            return pressed
    return _read(text, language, turn, shop)


def _language(text: str, turn: Turn) -> Language:
    """The language of the text; a button, an address or a number changes none."""
    known = turn.state.language or turn.language
    asked = turn.state.asked
    if asked is not None and text in asked.labels:
        return known
    # Addresses, numbers, codes and tags are of no language: "7012 ren@example.com".
    return language_of(_MATTERLESS.sub(" ", text), known)


def _just(language: Language, request: Request, findings: Findings | None = None) -> Heard:
    return Heard(language, (request,), (findings or Findings(),))


def _pressed(payload: str, turn: Turn, shop: Shop) -> Heard | None:
    """What one of our own buttons means, without reading its words."""
    language = turn.state.language or turn.language
    if payload == payloads.PERSON:
        return _just(language, Request("human_handoff", question=turn.text))
    if payload == CART_SENT and (filled := cart_sent(turn.content, shop)):
        return Heard(language, filled, (Findings(),) * len(filled))
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
        spoken=language,
        today=shop.today,
        words=known.words,
        names=known.names,
        own=known.own(language),
        shop=str(shop.merchant.id),
    )
    understander = shop.tools.understander
    reading = understander.read(text, context)

    def read(words: str) -> list[Request]:
        return requests_of(understander.read(words, context), words)

    told = without_denied(requests_of(reading, text), reading, text, turn)
    told = beside_the_code(told, text, read)
    first = _heard(told, text, language, (turn, shop))
    if any(one.answers and one.best >= SURE_BEFORE_ORDERS for one in first.findings):
        return first  # what the shop has written says what is asked
    act = surer_act(reading, first.requests, turn, shop)
    if act is None:
        return first
    again = understander.read_as(text, context, act)
    second = _heard(requests_of(again, text), text, language, (turn, shop))
    return second if act in {one.act for one in second.requests} else first


def heard_as(reading: Reading, turn: Turn, shop: Shop) -> Heard:
    """What a reading, of rules or of a model, asks of this shop in this conversation."""
    text = turn.text[:LONGEST_READ]
    return _heard(requests_of(reading, text), text, reading.language, (turn, shop))


def _heard(
    requests: list[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> Heard:
    turn, shop = where
    requests = one_search(of_one_order(_settled(requests, text, language)), text)
    requests = sent_back(without_returns(requests, text), text)
    requests = of_one_world(requests, (turn, shop))
    if (back := undone(requests, text, where)) is not None:
        return _just(language, back)
    if (plain := plainly_said(requests, text, language, where)) is not None:
        return _just(language, plain)
    requests = told_beside(without_the_no(requests, language, turn), text, language, where)
    requests = without_no_wishes(without_unsaid(requests, (turn, shop)), where)
    requests = put_there(requests, turn)
    if requests[0].reason == MANIPULATION:
        return Heard(language, tuple(requests[:1]), (Findings(),))
    if haggles(text) and not any(one.slot(CouponCode) or one.yes for one in requests):
        found = Informing(turn, shop, language).looked_up_here(text)
        return _just(language, Request("faq", question=text), found)
    if (told := just_named(requests, text, language, (turn, shop))) is not None:
        return Heard(language, tuple(told), (Findings(),) * len(told))
    each = all_counted(text, where) or all_alike(text, language, where)
    each = each or both_otherwise(text, language, where)
    each = each or each_value(requests, text, language, where)
    if each is not None:
        return Heard(language, tuple(each), (Findings(),) * len(each))
    requests = only_said(requests, where)
    requests = only_pointed(requests, text, where)
    requests = only_options(requests, text, language, (turn, shop)) or requests
    requests = taken_and_asked(requests, text, where)
    requests = paid_how(when_it_is_back(requests, text, language, where), text, where)
    requests = without_unasked(_with_coupon(requests, text, (turn, shop)), text, where)
    requests = paid_last(requests, text, where)
    wished = [asked_as_wish(one, text, where) for one in requests]
    if wished != requests:
        wished = of_one_world(wished, where)  # beside a wish of an order, what was told is a story
    requests = [hoped_for(one, text, where) for one in wished]
    requests = [seeks_what_fits(to_be_wrapped(one, text), text) for one in requests]
    requests = [on_top(last_number(one), text) for one in in_general(requests, where)]
    requests = [wondered(one, text) for one in requests]
    informing = Informing(turn, shop, language)
    pairs = [informing.of(one, text) for one in requests]
    pairs = [(grounded(one, text, language, (turn, shop)), found) for one, found in pairs]
    told = without_stories([one for one, _ in pairs])
    pairs = [one for one in pairs if any(one[0] is kept for kept in told)]
    pairs = in_one_breath(pairs, text, language, (turn, shop))
    pairs = with_value_behind(pairs, language, where)
    pairs = [(guessed(one, language, (turn, shop)), found) for one, found in pairs]
    pairs = [one for at, one in enumerate(pairs) if not _is_used_twice(one[0], pairs[:at])]
    return Heard(language, tuple(one for one, _ in pairs), tuple(found for _, found in pairs))


def _with_coupon(requests: list[Request], text: str, where: tuple[Turn, Shop]) -> list[Request]:
    """A code of the shop's in the text is to be used, whatever else was made of it."""
    codes = [c for one in requests if (c := one.slot(CouponCode)) and one.act not in DOES_AT_ONCE]
    if codes:
        return _beside(requests, codes[0].text)
    if where[0].state.code and tries_again(text):
        return [Request("apply_coupon", (CouponCode(where[0].state.code),), question=text)]
    again = where[0].state.last_act == "apply_coupon" and _BARE_CODE.search(text) is not None
    code = coupon_said(text, where[1], again=again, plain=False)
    if code is None:
        return requests
    slot = CouponCode(code)
    for at, one in enumerate(requests):
        if one.act == "apply_coupon":
            coded = replace(one, slots=(*one.slots, slot))
            return _beside([*requests[:at], coded, *requests[at + 1 :]], code)
    requests = [_likeliest(one) for one in requests]
    kept = [one for one in requests if one.act not in _EMPTY and _is_likely(one)]
    kept = [one for one in kept if _says_more(one, code) and not _is_number(one, code)]
    return [*kept, Request("apply_coupon", (slot,), question=text)]


def _is_used_twice(request: Request, before: list[tuple[Request, Findings]]) -> bool:
    """WREN15 was in your newsletter, does that do anything: one code, used once."""
    code = request.slot(CouponCode)
    return request.act == "apply_coupon" and any(
        one.act == request.act and one.slot(CouponCode) == code for one, _ in before
    )


def _beside(requests: list[Request], code: str) -> list[Request]:
    """The requests without those that only say that the code is to be used."""
    return [
        one for one in requests if one.slot(CouponCode) or not one.question or _says_more(one, code)
    ]


def _is_likely(request: Request) -> bool:
    """玄米茶2つ、CHAGAMA10も: what is named and counted beside a code is meant, however short."""
    counted = request.slot(Product) and request.slot(Quantity) and request.act in DOES_AT_ONCE
    return request.confidence >= _RULE_DOUBT or bool(counted)


def _is_number(request: Request, code: str) -> bool:
    """Whether the code was taken for the number of an order."""
    told = request.slot(OrderNumber)
    return told is not None and told.text.casefold() == code.casefold()


def _says_more(request: Request, code: str) -> bool:
    """Whether more is said than the code: じゃあTAKIBI1000のほうで puts nothing in."""
    words = re.sub(re.escape(code), " ", request.question, flags=re.IGNORECASE)
    return bool(IDLE.sub("", _USES.sub(" ", words.casefold())).strip())


def _likeliest(request: Request) -> Request:
    """ミルも入れて、SORA10も使って: what stood in doubt beside a code is what takes, if it may."""
    first = request.candidates[0].act if request.candidates else None
    if request.act != "clarify" or first != "add_to_cart":
        return request
    return replace(request, act=first, candidates=())


def _settled(requests: list[Request], text: str, language: Language) -> list[Request]:
    """A set phrase that asks for a person, or who is speaking, means it whatever else is said."""
    normal = reader(language).normalise(text)
    if phrases(language).unwanted.search(normal):
        return [_unwanted(one) if one.act == "human_handoff" else one for one in requests]
    acts, _ = spoken_acts(normal, language)
    if "out_of_scope" in acts:
        return [Request("out_of_scope", question=text, reason=MANIPULATION)]
    told = next((act for act in _SETTLED if act in acts), None)
    if told == "human_handoff" and _BY_PHONE.search(normal) and requests[0].act == "faq":
        return requests
    if told is None or any(one.act == told or one.yes is not None for one in requests):
        return requests
    unclear = all(one.act in ("out_of_scope", "clarify", "faq") for one in requests)
    # How old are you is asked of no product.
    unclear = unclear or told == "about_bot" and not any(one.has_products for one in requests)
    if told == "human_handoff" or unclear:
        return [Request(told, question=text, confidence=_RULE_CONFIDENCE)]
    return requests


def _unwanted(request: Request) -> Request:
    return Request("decline", question=request.question, yes=False)
