"""What a turn goes on with: the wishlist, the order, what is sold out, the question put last."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.evidence import evidence, question
from kaiwa.bot.cart.coupon_said import coupon_said
from kaiwa.bot.context.required import required
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.command import How
from kaiwa.bot.nlu.phrases import is_question, spoken_acts
from kaiwa.bot.nlu.slot import OrderNumber, Product, Quantity
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings

_LOST: Final = frozenset({"out_of_scope", "clarify"})
_POLITE: Final = frozenset({"greet", "thanks", "goodbye", "affirm", "decline"})
_OF_WISHLIST: Final = frozenset({"wishlist_add", "wishlist_remove", "wishlist_view"})
_LIST: Final = re.compile(
    r"リスト|お気に入り|ほしい(?:もの|物)|\b(?:wish ?list|(?:my|the|that) list|favou?rites)\b", re.I
)
_TELL_ME: Final = re.compile(
    r"知らせ|通知|連絡|メール|教えて|一報|\b(?:tell|let|notify|e-?mail|ping|message|text"
    r"|alert|remind)"
    r"(?: me| us)?\b|\bshoot me\b",
    re.IGNORECASE,
)
_CHEAPER: Final = re.compile(
    r"安く|値下|値段|セール|割引|下がっ|切ったら|円|[$¥]|\b(?:cheaper|price|drops?|sale"
    r"|discount|below"
    r"|under)\b",
    re.IGNORECASE,
)
_OF_AN_ORDER: Final = re.compile(
    r"何(?:本|個|枚|点|足|冊|つ)?だった|中身|何を?(?:頼|買|注文)|何が入|届|着(?!る|用|心地|れ)|送|いつ|確認|取り消"
    r"|\b(?:what was in|what did i|in it again|ship\w*|arriv\w*|deliver\w*|delay\w*|carry|carrying"
    r"|cancelled|canceled|go through|went through|how much was|when|where|track(?:ing)?)\b",
    re.IGNORECASE,
)
_RETURNS: Final = re.compile(
    r"返品|交換|返金|返し|送り返|取り替|取り換"
    r"|\b(?:return|refund|exchange|send(?:ing)? (?:it|them|this)"
    r" back|money back|replace)",
    re.IGNORECASE,
)
_SOMEBODY_ELSES: Final = re.compile(
    r"(?:他|ほか|別)の(?:人|お客|方)|間違(?:った|えた)(?:荷物|もの|商品)"
    r"|\b(?:someone|somebody) else'?s\b|\banother (?:person|customer)'?s\b",
    re.IGNORECASE,
)
_MY_ORDER: Final = re.compile(
    r"(?:注文し|頼ん|購入し)(?:てい)?[ただ][^いらも]|\b(?:my|the) order\b|\bi ordered\b",
    re.IGNORECASE,
)
_TOLD: Final = frozenset({"find_product", "refine", "recommend", "add_to_cart", "product_question"})
_BOUGHT: Final = re.compile(
    r"買わせて(?:もら|いただ)|(?:買っ|頼ん|注文し|購入し|予約し|もらっ)(?:て(?:い)?)?[ただ](?!い)|(?:買い|頼み|もらい|し)ました"
    r"|\b(?:i|we|he|she|my \w+)(?:'ve| have| had)? (?:just |also |only |already )?"
    r"(?:bought|ordered|purchased|got|placed)\b",
    re.IGNORECASE,
)
_BYE_THANKS: Final = re.compile(r"(?:どうも|ども)(?:です|ね|ー|〜|~)*[。!！]*$")
_ANOTHER: Final = re.compile(
    r"^(?:じゃあ?|では|なら|あと)?[、 ]*.{1,16}(?:は|も(?:ですか)?|の(?:ほう|方)は)[?？。]*$"
    r"|^(?:and|what about|how about|then)\b.{1,30}$",
    re.IGNORECASE,
)
_ANGRY_FROM: Final = 0.6
_SURE: Final = 0.9
_LIKELY: Final = 0.75
_BUYING: Final = frozenset({"add_to_cart", "checkout", "change_quantity"})
_SHORT: Final = {"ja": 14, "en": 32}
_FEW: Final = 5
_SHOWING: Final = frozenset({"find_product", "refine", "product_question", "recommend", "compare"})
_NUMBERLESS: Final = re.compile(
    r"番号.{0,6}(?:わから|分から|不明|忘れ|なくし|ない)|(?:わから|分から)(?:ない|ん|ません)"
    r"|\b(?:don'?t (?:have|know|remember)|do not (?:have|know)|no idea|lost|can'?t find|forgot)\b",
    re.IGNORECASE,
)
# Where it stands is asked of nothing but the number.
_WHERE_IT_STANDS: Final = re.compile(
    r"^\W*どこ(?:に|で|を)[^、。]{0,6}(?:書いて|載って|見れば|見たら|わか|分か|ある|あり)"
    r"|^\W*(?:and |so |but |ok(?:ay)? )?where (?:is (?:it|that|the number)"
    r"|(?:do|can|would) i (?:find|see|get) (?:it|that|this|the number|one))\W*$",
    re.IGNORECASE,
)


def carried_on(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """The request that goes on with what was done last, if that is the likelier reading."""
    for rule in _RULES:
        other = rule(request, words, where)
        if other is not None:
            return other
    return None


def without_returns(requests: list[Request], text: str) -> list[Request]:
    """Anger at what came broken is a complaint; a return is asked for in words of its own."""
    acts = {one.act for one in requests}
    if _RETURNS.search(text):
        return requests
    if "complaint" in acts:
        return [one for one in requests if one.act != "return_request"]
    if "return_request" in acts and _SOMEBODY_ELSES.search(text):
        return [
            replace(one, act="complaint", reason="angry") if one.act == "return_request" else one
            for one in requests
        ]
    return requests


def of_one_world(requests: list[Request], where: tuple[Turn, Shop]) -> list[Request]:
    """Beside what is bought now, a guess at an earlier order or at an empty cart is none."""
    if len(requests) < 2:
        return requests
    turn, shop = where
    requests = [one for one in requests if not _only_tells(one, requests, turn)] or requests
    requests = _one_person(_farewells(requests))
    buys = any(one.act in _BUYING for one in requests)
    known = turn.state.order_id is not None or any(one.slot(OrderNumber) for one in requests)
    cart = shop.cart
    empty = cart is None or not cart.lines

    def is_void(one: Request) -> bool:
        if one.act == "remove_from_cart":
            others = {other.act for other in requests} - {one.act}
            return empty and bool(others - _POLITE or "goodbye" in others)
        if one.act == "checkout" and empty:
            return any(other.act == "faq" for other in requests)
        told = one.confidence >= _SURE and _MY_ORDER.search(one.question) is not None
        return one.act in OF_ORDERS and buys and not (known or told)

    return [one for one in requests if not is_void(one)] or requests


def _farewells(requests: list[Request]) -> list[Request]:
    """Too many to choose from, I'll sleep on it. Bye!: a guess beside a farewell is none."""
    if not any(one.act == "goodbye" and one.confidence >= _SURE for one in requests):
        return requests
    return [one for one in requests if one.act in _POLITE or one.confidence >= _ANGRY_FROM]


def _one_person(requests: list[Request]) -> list[Request]:
    """You keep six dollars? I'd like to talk to somebody: who asks for a person gets one."""
    if any(one.act == "about_bot" and one.confidence >= _SURE for one in requests):
        # あなたはAI？それとも店員さん？ asks who is speaking, and for nobody.
        return [o for o in requests if o.act != "human_handoff" or o.confidence >= _SURE]
    if not any(one.act == "human_handoff" and one.confidence >= _SURE for one in requests):
        return requests
    return [
        one
        for one in requests
        if one.confidence >= _SURE or one.act not in ("complaint", *_SHOWING, "clarify")
    ]


def _only_tells(request: Request, every: list[Request], turn: Turn) -> bool:
    """今朝だしを頼んだんですけど, "I bought some leggings": the story before what is wanted now.

    So is a guess at a search that asks for nothing: 返品したいです。犬が入らなくて.
    """
    if request.act not in _TOLD | {"compare"} or request.act == "compare" and request.has_products:
        return False
    if not any(one.act in OF_ORDERS and one is not request for one in every):
        return False
    words = request.question
    asks = is_question(reader(turn.language).normalise(words), turn.language)
    # 平井ですが、タオル、もう出荷されてますか: what is only named is the order's.
    sure = any(one.act in OF_ORDERS and one.confidence >= _SURE for one in every)
    least = _LIKELY if sure and turn.state.order_id is None else _ANGRY_FROM
    doubtful = request.confidence < least and not asks and request.act in _SHOWING
    doubtful = doubtful or request.act == "compare" and not asks
    return doubtful or _BOUGHT.search(words) is not None


def _of_the_list(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """財布は消して, after the wishlist was shown: from there, not from an empty cart."""
    turn, shop = where
    says = _LIST.search(words) is not None
    last = turn.state.last_act in _OF_WISHLIST
    if not says and not last:
        return None
    if request.act == "remove_from_cart":
        cart = shop.cart
        inside = {one.product_id for one in cart.lines} if cart else set()
        told = request.slot(Product)
        ids = request.chosen or (told.ids if told else ())
        if says or not inside or (ids and inside.isdisjoint(ids)):
            return replace(request, act="wishlist_remove")
    counted = request.slot(Quantity) and not _STRUCK.match(words)
    drops = last and _STRUCK.search(words) and not counted
    if drops and request.act in _LOST | _STRIKES:
        ids = request.chosen or named(shop, words, turn.language).product_ids
        if ids:
            return Request("wishlist_remove", chosen=ids[:1], how="name", question=words)
    if request.act in _LOST | {"product_question", "refine", "view_cart"} and says:
        asks = is_question(reader(turn.language).normalise(words), turn.language)
        if not request.slot(Product) and (asks or request.act != "product_question"):
            return Request("wishlist_view", question=words)
    return None


def _when_back(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """届いたらメールして, of what is sold out: when it is back, not when an order comes."""
    turn, shop = where
    if request.act not in _LOST | _TAKEN_FOR:
        return None
    if not _TELL_ME.search(words) or _CHEAPER.search(words) or request.slot(OrderNumber):
        return None
    told = request.slot(Product)
    ids = request.chosen or (told.ids if told else ()) or turn.state.focus
    if len(ids) != 1 or turn.state.top is not None and turn.state.top.act in OF_ORDERS:
        return None
    every = shop.variants(ids).get(ids[0], [])
    if not any(one.free <= 0 for one in every):
        return None
    return replace(request, act="restock_alert", chosen=ids, how="recency", candidates=())


def _of_the_order(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """What was in it again?, while an order and no product is spoken of."""
    state = where[0].state
    if request.act not in _LOST | {"product_question", "view_cart", "about_bot"}:
        return None
    if state.order_id is None or state.last_act not in OF_ORDERS or state.focus:
        return None
    if request.chosen or not _OF_AN_ORDER.search(words):
        return None
    if request.act == "product_question" and request.slot(Product):
        # Does the train set run on other tracks: a thing is named, and asked about.
        return None
    return replace(request, act="order_status", slots=(), candidates=())


def _not_angry(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """A guess at anger, without a word of anger, fetches nobody."""
    if request.act != "complaint" or request.confidence >= _ANGRY_FROM:
        return None
    language = where[0].language
    if "complaint" in spoken_acts(reader(language).normalise(words), language)[0]:
        return None
    return replace(request, act="out_of_scope", reason="")


def _angry(request: Request, _: str, where: tuple[Turn, Shop]) -> Request | None:
    """は？納得いかん, after a return was refused: anger, though no act fits the rest of it."""
    last = where[0].state.last_act
    if request.act not in _LOST or request.reason or last not in OF_ORDERS:
        return None
    language, text = where[0].language, where[0].text
    angry = "complaint" in spoken_acts(reader(language).normalise(text), language)[0]
    return Request("complaint", question=text, reason="angry") if angry else None


def _asked_again(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """最中は？, "and the monaka": the question put last, of another product."""
    turn, shop = where
    before = turn.state.asked_last
    doubtful = request.act in _LOST | {"find_product", "add_to_cart", "product_question", "faq"}
    if not before or not doubtful or turn.state.top is not None:
        return None
    if turn.state.last_act != "product_question" or not _ANOTHER.search(words.strip()):
        return None
    counted = request.slot(Quantity) is not None
    if request.act == "add_to_cart" and request.confidence >= _ANGRY_FROM and counted:
        return None
    found = named(shop, words, turn.language).product_ids
    if len(found) != 1 or found[0] in turn.state.focus:
        return None
    other = shop.products(found)
    if not any(evidence(question(before, turn.language, other), one) for one in other):
        return None
    return Request("product_question", chosen=found, how="name", question=before)


def _of_the_focus(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """グリセリンは？, "3-6 months?": too short to tell, of the product that is spoken of."""
    turn, shop = where
    state = turn.state
    unclear = request.act in _LOST or request.act in _POLITE and request.confidence < _SURE
    if not unclear or request.yes is not None or has_candidates(request):
        return None
    language = turn.state.language or turn.language
    normal = reader(language).normalise(words)
    few = len(state.focus) == 1 or 0 < len(state.shown) <= _FEW and state.last_act in _SHOWING
    if not few or len(words) > _SHORT[language] or not is_question(normal, language):
        return None
    if meanings(normal, language) or spoken_acts(normal, language)[0]:
        return None
    after_code = state.last_act == "apply_coupon"
    if named(shop, words, language).product_ids or coupon_said(words, shop, again=after_code):
        return None
    ids = state.focus if len(state.focus) == 1 else ()
    how: How | None = "recency" if ids else None
    return Request("product_question", chosen=ids, how=how, question=words)


def has_candidates(request: Request) -> bool:
    """Whether it is only open which of some products is meant."""
    return any(one.product_id is not None for one in request.candidates)


def _polite_only(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """じゃあ傘は？: with a thing of the shop in it, a question is no courtesy."""
    turn, shop = where
    if request.act not in _POLITE or request.yes is not None or request.confidence >= _LIKELY:
        return None
    if not is_question(reader(turn.language).normalise(words), turn.language):
        return None
    return replace(request, act="out_of_scope") if words.strip() else None


def _all_my_data(request: Request, _: str, where: tuple[Turn, Shop]) -> Request | None:
    """全部削除して, after what is kept of the shopper was told."""
    turn, shop = where
    if request.act != "remove_from_cart" or turn.state.last_act != "account_data":
        return None
    cart = shop.cart
    empty = cart is None or not cart.lines
    return replace(request, act="account_data", slots=()) if empty else None


def _no_number(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """番号がわかりません goes on with what the number was asked for."""
    asked = where[0].state.asked
    if asked is None or asked.slot not in ("order_number", "email", "phone"):
        return None
    if request.yes is not None:
        return None
    if asked.slot == "order_number" and _WHERE_IT_STANDS.search(words):
        return Request(CONTINUE, question=words)
    doubtful = request.act in _LOST | _POLITE or request.confidence < _ANGRY_FROM
    if not doubtful or not _NUMBERLESS.search(words):
        return None
    return Request(CONTINUE, question=words)


def _farewell(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """どうも is a greeting at the beginning, and thanks at the end."""
    if request.act != "greet" or not where[0].state.turn or not _BYE_THANKS.search(words):
        return None
    return replace(request, act="thanks")


def _other_codes(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """ほかに使えるやつないの, after a code was refused: other codes, which only the shop gives."""
    if where[0].state.last_act != "apply_coupon" or not _OTHERS.search(words):
        return None
    if request.act not in _LOST | _TOLD or request.chosen or request.slot(Product):
        return None
    return Request("faq", question=words)


_OTHERS: Final = re.compile(
    r"(?:ほか|他|別)(?:に|の)(?:も)?[^、。]{0,8}(?:使える|コード|クーポン|割引)[^、。]{0,8}(?:ない|ある|あり)"
    r"|\b(?:any )?(?:other|different) (?:codes?|coupons?|discounts?|one that works)\b",
    re.IGNORECASE,
)
_STRUCK: Final = re.compile(
    r"消し|けして|外し|はずし|削除|いらな|要らな|やめ"
    r"|\b(?:remove|delete|drop|take (?:off|out)|lose|scratch)\b"
)
_TAKEN_FOR: Final = frozenset(
    {"price_alert", "delivery_request", "order_status", "review", "return_request"}
)
_STRIKES: Final = frozenset({"product_question", "find_product", "decline", "add_to_cart"})
_RULES: Final = (
    _of_the_list,
    _when_back,
    _of_the_order,
    _not_angry,
    _angry,
    required,
    _all_my_data,
    _no_number,
    _asked_again,
    _farewell,
    _other_codes,
    _of_the_focus,
    _polite_only,
)
