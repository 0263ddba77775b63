"""What a request says of an order that is being talked about, and what is a complaint before all.

An order's number alone, "I don't have the number", a day for it to come: what they are for is told
by the talk so far, not by their words.
"""

import re
from typing import Final, NamedTuple

from msgspec.structs import replace

from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Clock, Day, Email, OrderNumber, Phone, Product, Query, Slot
from kaiwa.bot.order.added_to import into_the_order
from kaiwa.bot.order.looked_at import looked_at
from kaiwa.bot.order.reported import reported
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.orders.order import order_by_number

Where = tuple[Turn, Shop]

_CANNOT_TELL: Final = re.compile(
    r"(?:番号|メール|控え|それ).{0,16}(?:わか[らり]|分か[らり]|覚えて|忘れ|不明|なくし|手元に"
    r"|消し(?:た|て|ちゃ)|消え|捨て|見当た|見つから|存じ(?:ま|な))"
    r"|\b(?:don'?t|do not|can'?t|cannot|no longer)\s+(?:know|have|remember"
    r"|find)\b.{0,24}\b(?:number|it|email)\b"
    r"|\b(?:forgot|lost|deleted|misplaced|threw (?:out|away))\b.{0,16}\b(?:number|it)\b"
)
_DOES: Final = re.compile(
    r"返|交換|キャンセル|取り?消|変|替|届け|送|配達|受け取|減ら|支払|[?？]|どこ|いつ|状況"
    r"|教え|確認|見せ|まだ"
    r"|\b(?:return|refund|send|exchang|swap|replac|cancel|chang|updat|deliver|where|when"
    r"|status|track|show)",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"(?<![A-Za-z0-9_@.-])#?([A-Za-z]{0,3}-?\d{3,8})(?![\d@.-])")
_DOUBTFUL: Final = 0.8
_SHORT: Final = 40
_LITTLE: Final = 20  # letters beside an address that say no more than that it is one
_CHANGES: Final = re.compile(
    r"変|替|直し|直せ|修正|違|間違|引っ越|(?:に|へ)(?:送|届)|\b(?:chang|updat|wrong|mov"
    r"|instead|correct|switch|different)",
    re.IGNORECASE,
)
_SHOWS: Final = re.compile(
    r"見せ|見たい|教え|確認|知り|中身|内容|\b(?:show|see|tell|what|check|list)\b", re.IGNORECASE
)
_COMES: Final = re.compile(
    r"届け|届く|届き|配達|配送|持って来|\b(?:deliver(?:ed|y)?|come|arrive|bring|drop)\b",
    re.IGNORECASE,
)
_WISHED: Final = re.compile(
    r"ほしい|欲しい|たい|して|でき(?:ます|る)|もらえ|いただけ|変え|変更|に(?:お願い|して)"
    r"|\b(?:could|can|please|want|instead|make|like|have it)\b",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"いつ|まで(?:に|は)|頃|\b(?:when|by|will|does|did|expected)\b", re.IGNORECASE
)
_TAKES_BACK: Final = re.compile(
    r"取り?消|キャンセル|やめ|なし(?:で|に)|いらない|要らない"
    r"|\b(?:cancel|scrap|drop|call (?:it|that) off)",
    re.IGNORECASE,
)
_CARRIER: Final = re.compile(
    r"(?:配送|運送|宅配|配達)(?:会社|業者)|どこの(?:会社|便|宅配)|ヤマト|佐川|ゆうパック"
    r"|日本郵便|郵便局|クロネコ"
    r"|\b(?:who(?:'s| is| are)? (?:carrying|delivering|shipping|bringing)"
    r"|(?:which|what) (?:carrier|courier|(?:company|firm|service)(?= (?:has|is|will|brings|delivers"
    r"|carries|ships|did|does)\b))|ups|fedex|usps|dhl|courier|carrier|post office)\b",
    re.IGNORECASE,
)
_TELLING: Final = 4  # letters of a number that is hardly a count, a size or a price
_OF_GOODS: Final = frozenset({"find_product", "refine", "product_question"})
_UNTOUCHED: Final = re.compile(
    r"未開封|未使用|使うて(?:へん|ない)|(?:着|履|使|開け|洗う)前(?:です|だ|に|なのに|[。、!！]|$)"
    r"|(?:開け|あけ|使っ|着|履い|はい|出し|試し|洗っ|通し|付け|つけ|外し)て(?:も|は|さえ|すら)?"
    r"(?:い|お[りら])?(?:な[いくか]|ま(?:せ|へ)|へん)"
    r"|\b(?:unopened|still sealed|unused|still in (?:the|its) (?:box|wrapper|packag\w+)"
    r"|unworn|never (?:used|opened|worn)|not opened|haven'?t (?:opened|used|worn))\b",
    re.IGNORECASE,
)
# 6403の黄色を白に: the one for the other.
_FOR_ANOTHER: Final = re.compile(
    r"を[^、。]{1,12}(?:に|と|へ)(?:[。!]|$|したい|して|変|替|換|か[えわ])"
    r"|\b(?:swap|switch|change|trade)\b.{1,40}\b(?:for|to)\b",
    re.IGNORECASE,
)
_ASKS_HOW: Final = re.compile(
    r"(?:どこ|いつ|どう|状況).{0,8}[?？]?$"
    r"|\b(?:where|when|how)(?:'s|s| is| are| will| did)\b|\bstatus\b",
    re.IGNORECASE,
)
_AWAITED: Final = re.compile(
    r"(?:返金|お金).{0,10}(?:いつ|まだ|どこ|どうな)|(?:いつ|まだ).{0,10}(?:返金|お金)"
    r"|\b(?:when|where|how (?:long|soon))\b.{0,24}\b(?:refund|money|cash|credit)"
    r"|\border was cancel",
    re.IGNORECASE,
)
_IS_DONE: Final = re.compile(
    r"(?:取り?消し?|キャンセル|変更|返品|返金|手続き)(?:に|が|は|も|って)?"
    r"(?:なって|され|できて|済んで|すんで|完了して|終わって)(?:い)?(?:る|ます|ない|ません|た|ました)"
    r"|\b(?:has|have|is|was|did) (?:it|that|this|my order|the order|everything)"
    r"(?: \w+)? (?:cancell?ed|changed|refunded|gone? through|go through)\b",
    re.IGNORECASE,
)
_GUESSED: Final = frozenset({"account_data", "out_of_scope", "clarify", "faq", "affirm", "thanks"})


class _Said(NamedTuple):
    request: Request
    words: str
    where: Where


def of_the_order(request: Request, text: str, where: Where) -> Request:
    """The request as the order that is talked about makes it likelier."""
    words = request.question or text
    for rule in (
        _whether_done,
        _untouched,
        _other_order,
        _refund_awaited,
        _taken_back,
        _carried_by,
        _unknown_number,
        _another_number,
        _contact,
        _shown,
        _day_for_it,
        _looked_at,
        _into_it,
        _report,
    ):
        other = rule(_Said(request, words, where))
        if other is not None:
            return other
    return request


def _other_order(said: _Said) -> Request | None:
    """And the other one, J304?; when is 7409 getting here: an order's number not read as one."""
    request, words, where = said.request, said.words, said.where
    state = where[0].state
    in_talk = state.order_id is not None or state.last_act in (*OF_ORDERS, "complaint")
    if request.slot(OrderNumber) or request.yes is not None:
        return None
    if _waiting(where) and not _ASKS_HOW.search(words):
        return None
    if request.act not in (
        CONTINUE,
        *_GUESSED,
        *OF_ORDERS,
        *_OF_GOODS,
        "apply_coupon",
        "complaint",
    ):
        return None
    of_goods = request.act in _OF_GOODS and request.act != "find_product"
    shop = where[1]
    for number in _DIGITS.findall(normalised(words).cased):
        long = len(number) >= _TELLING or of_goods
        if not (in_talk and not of_goods or long and number not in _title_numbers(request, shop)):
            continue
        if order_by_number(shop.session, shop.merchant.id, number) is None:
            continue
        act = request.act if request.act in OF_ORDERS else "order_status"
        if act == "order_status" and (_UNTOUCHED.search(words) or _FOR_ANOTHER.search(words)):
            act = "return_request"
        slots = tuple(one for one in request.slots if not isinstance(one, Product | Query))
        whose = (one for one in _values(words, where) if isinstance(one, Email | Phone))
        slots = tuple(dict.fromkeys((*slots, OrderNumber(number), *whose)))
        return Request(act, slots, question=words)
    return None


def _title_numbers(request: Request, shop: Shop) -> str:
    """The titles of what a request names: the numbers in them are no order's."""
    told = request.slot(Product)
    ids = request.chosen or (told.ids if told else ())
    return " ".join(one.title for one in shop.products(ids[:5])) if ids else ""


def _refund_awaited(said: _Said) -> Request | None:
    """When do I get my money back?, of an order that is spoken of: how it is, nothing is done."""
    request, words, where = said.request, said.words, said.where
    state = where[0].state
    if request.act not in ("return_request", "cancel_order") or request.slot(OrderNumber):
        return None
    if state.top is not None or state.order_id is None and request.act == "return_request":
        return None
    return replace(request, act="order_status") if _AWAITED.search(words) else None


def _untouched(said: _Said) -> Request | None:
    """一度も使ってないんですけど、だめですか, after a return was spoken of: that return."""
    request, words, where = said.request, said.words, said.where
    state = where[0].state
    if request.act not in (*_GUESSED, *_OF_GOODS, "add_to_cart") or state.top is not None:
        return None
    if state.last_act != "return_request" or not _UNTOUCHED.search(words):
        return None
    return Request("return_request", question=words)


def _whether_done(said: _Said) -> Request | None:
    """取り消しになってないよね？: asks how it is, and takes nothing back."""
    request, words = said.request, said.words
    if request.act not in ("cancel_order", "return_request", "delivery_request", "change_address"):
        return None
    if not _IS_DONE.search(words):
        return None
    return replace(request, act="order_status", candidates=())


def _taken_back(said: _Said) -> Request | None:
    """全部キャンセルで, with nothing in the cart and an order in the talk: that order."""
    request, words, where = said.request, said.words, said.where
    state = where[0].state
    cart = where[1].cart
    if request.act != "remove_from_cart" or cart is not None and cart.lines:
        return None
    of_orders = state.order_id is not None or state.last_act in OF_ORDERS
    if not of_orders or not _TAKES_BACK.search(words):
        return None
    return replace(request, act="cancel_order", chosen=(), variant_id=None, slots=())


def _carried_by(said: _Said) -> Request | None:
    """ヤマトですか？, "who's carrying it?", of the order that was looked at."""
    request, words, where = said.request, said.words, said.where
    state = where[0].state
    if state.order_id is None or state.last_act not in OF_ORDERS or state.focus:
        return None
    if request.act not in (*_GUESSED, "product_question", "find_product", "order_status"):
        return None
    if not _CARRIER.search(words):
        return None
    return Request("order_status", question=words)


def _waiting(where: Where) -> bool:
    top = where[0].state.top
    return top is not None and top.act in OF_ORDERS and top.asked is not None


def _unknown_number(said: _Said) -> Request | None:
    """The number is not at hand: the question stays open, and what else there is is offered."""
    words, where = said.words, said.where
    if not _waiting(where) or not _CANNOT_TELL.search(words.casefold()):
        return None
    return Request(CONTINUE, question=words)


def _another_number(said: _Said) -> Request | None:
    """まちがえた、7005でした: only the number is told anew."""
    request, words, where = said.request, said.words, said.where
    top = where[0].state.top
    if top is None or not _waiting(where) or request.act == top.act or _DOES.search(words):
        return None
    told = request.slot(OrderNumber)
    if told is not None and request.act in OF_ORDERS:
        return replace(request, act=CONTINUE, corrected=True)
    numbers = _DIGITS.findall(normalised(words).cased)
    unsure = request.act == "clarify" or request.confidence < _DOUBTFUL
    guessed = request.act in (*OF_ORDERS, *_GUESSED) and unsure
    if not guessed or len(numbers) != 1:
        return None
    return Request(CONTINUE, (OrderNumber(numbers[0]),), corrected=True, question=words)


def _contact(said: _Said) -> Request | None:
    """An address alone, told after an order was spoken of, is that order's."""
    request, words, where = said.request, said.words, said.where
    turn = where[0]
    last = turn.state.last_act
    if request.act not in (*_GUESSED, "add_to_cart", "find_product", "product_question"):
        return None
    slots = tuple(one for one in _values(words, where) if isinstance(one, Email | Phone))
    plain = re.sub(r"[\w.+-]+@[\w.-]+|[\d+() -]{9,}", "", words).strip(" 、。,.")
    if not slots or len(plain) > _LITTLE or last not in (*OF_ORDERS, "complaint"):
        return None
    if turn.state.top is not None:
        return Request(CONTINUE, slots, corrected=True, question=words) if _waiting(where) else None
    act = last if last in OF_ORDERS else "order_status"
    return Request(str(act), slots, question=words)


def _shown(said: _Said) -> Request | None:
    """1124の中身と送り先を見せて changes nothing."""
    request, words = said.request, said.words
    if request.act != "change_address" or request.slot(OrderNumber) is None:
        return None
    if _CHANGES.search(words) or not _SHOWS.search(words):
        return None
    return replace(request, act="order_status")


def _day_for_it(said: _Said) -> Request | None:
    """A day or a time for an order to come is a wish, where an order is spoken of."""
    request, words, where = said.request, said.words, said.where
    if request.act not in (*_GUESSED, "order_status", "product_question"):
        return None
    if not _WISHED.search(words) or _WHEN.search(words):
        return None
    state = where[0].state
    spoken_of = state.order_id is not None and len(words) <= _SHORT and not state.focus
    if not _COMES.search(words) and not spoken_of:
        return None
    slots = _values(words, where)
    known = any(isinstance(one, OrderNumber) for one in slots)
    if not any(isinstance(one, Day | Clock) for one in slots):
        return None
    if not known and state.order_id is None:
        return None
    return Request("delivery_request", slots, question=words)


def _into_it(said: _Said) -> Request | None:
    return into_the_order(*said)


def _report(said: _Said) -> Request | None:
    return reported(*said)


def _looked_at(said: _Said) -> Request | None:
    return looked_at(*said)


def _values(words: str, where: Where) -> tuple[Slot, ...]:
    found = entities(normalised(words), where[1].today, ())
    kinds = OrderNumber | Email | Phone | Day | Clock
    return tuple(one.slot for one in found if isinstance(one.slot, kinds))
