"""What is said of an order that is spoken of, in the words of a cart or of the shop's rules.

"Can you make the bulbs one" with nothing in the cart changes the order; キャンセルはまだ間に合う？
of what was ordered takes it back; 枕届きました、良かったです sends nothing back; and where no
order is spoken of, キャンセル of what is in the cart takes it out.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec.structs import replace

from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Clock, Day, Email, OrderNumber, Phone, Product, Quantity
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.options.said import options_said
from kaiwa.bot.order.in_time import asks_in_time
from kaiwa.bot.order.while_away import while_away
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.languages.folding import fold

Where = tuple[Turn, Shop]

_FEWEST: Final = 2  # letters: two kanji are a word
_ALTERS: Final = re.compile(
    r"変え|かえ(?:たい|られ|て)|替え|換え|変更|じゃなく|ではなく|でなく|減ら|だけに|でよかった"
    r"|\b(?:chang|swap|switch|instead|rather|make (?:it|that|them)|not (?:two|three|\d)|only need)",
    re.IGNORECASE,
)
_TAKES_BACK: Final = re.compile(
    r"(?:キャンセル|取り?消|取りやめ)(?!し?(?:料|待ち|され|でき(?:てい?る|ました)|になっ|済|ポリシー))"
    r"(?!した(?!い)|して(?!くだ|ほし|も))"
    r"|\b(?:cancel|call (?:it|that|one) off)\b",
    re.IGNORECASE,
)
# Or if that is a hassle, just cancel: what is turned down is the trouble, and not the offer.
_JUST_CANCEL: Final = re.compile(
    r"\b(?:just|rather|better) (?:cancel|kill|scrap|call off)\b(?! (?:the )?(?:return|coupon))"
    r"|(?:面倒|無理|ややこし)[^。]{0,8}(?:なら|だったら|でしたら|ければ)[、 ]*(?:もう)?"
    r"(?:全部)?(?:キャンセル|取り消)",
    re.IGNORECASE,
)
_TURNED_DOWN: Final = frozenset({"decline", "out_of_scope", "clarify", "change_order"})
_HAVE_ORDERED: Final = re.compile(
    r"(?:注文|購入)し(?:た|て|まし)|(?:頼|たの)んだ|買った"
    r"|\bi (?:just )?(?:ordered|bought|placed)\b",
    re.IGNORECASE,
)
_WHO_ORDERED: Final = re.compile(
    r"(?:頼んだ|注文した|注文しました|買った|購入した)(?:者|もの|人)(?:です|だ|なん)"
    r"|\bi(?:'m| am) the (?:one|person|guy|customer) (?:who|that) (?:ordered|bought)\b",
    re.IGNORECASE,
)
_PRAISES: Final = re.compile(
    r"[良よ]かった(?:です|よ|[。!！〜ー]|$)|最高|大満足|気に入(?:っ|り)|うれし|嬉し|ばっちり"
    r"|\b(?:love (?:it|them)|works? great|so happy|perfect|fantastic|brilliant)\b",
    re.IGNORECASE,
)
_BUT: Final = re.compile(
    r"けど|ですが|のに|でも|だが|返|交換|替|違|壊|割|大き|小さ|きつ|ゆる|ほうが|方が|なかった"
    r"|\b(?:but|though|however|return|exchange|swap|broke|wrong|too|except)\b",
    re.IGNORECASE,
)
_BUYS: Final = re.compile(
    r"買いたい|買おう|買います|(?:もう|追加で).{0,6}(?:ほしい|欲しい|ください)"
    r"|\b(?:want|like) (?:to (?:buy|order|get) )?(?:another|one more)\b|\bbuy another\b",
    re.IGNORECASE,
)
_OF_AN_ORDER: Final = re.compile(r"注文|オーダー|\border", re.IGNORECASE)
_MAY_ALTER: Final = frozenset({"change_quantity", "add_to_cart", "out_of_scope", "clarify"})
_INTO_CART: Final = re.compile(
    r"かご|カゴ|カート|ください|買|\b(?:cart|basket|bag|get me|add|buy|order)\b", re.IGNORECASE
)
_ALL_OF_IT: Final = re.compile(
    r"全部|ぜんぶ|すべて|全て|まるごと|丸ごと"
    r"|\b(?:all of it|everything|it all|the (?:lot|whole thing))\b",
    re.IGNORECASE,
)
_OF_THE_CART: Final = frozenset(
    {"add_to_cart", "change_quantity", "remove_from_cart", "view_cart", "apply_coupon"}
)
_MAY_TAKE_BACK: Final = frozenset(
    {"delivery_request", "faq", "out_of_scope", "clarify", "order_status", "product_question"}
)
_MAY_INTRODUCE: Final = frozenset(
    {
        "delivery_request",
        "greet",
        "find_product",
        "add_to_cart",
        "out_of_scope",
        "clarify",
    }
)


_GUESSES: Final = frozenset(
    {"find_product", "refine", "out_of_scope", "clarify", "faq", "product_question", "recommend"}
)
_THE_ONE: Final = re.compile(
    r"^.{1,16}の(?:方|ほう|やつ|注文)(?:です|は|で)?[。?？]*$|^\W*the .{2,24} (?:one|order)\W*$",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"(?:過ぎ|すぎ|超え|越え)(?:て|た)?.{0,8}(?:無理|だめ|ダメ|駄目|アウト|あかん|でき)"
    r"|\btoo late (?:to|for)\b|\bpast the (?:window|deadline|\d+)",
    re.IGNORECASE,
)
_WHAT_NOW: Final = re.compile(
    r"どう(?:すれば|したら)|写真(?:を|も|が|は)?(?:ある|あり|送|撮)"
    r"|\bwhat (?:should|do|shall) (?:i|we) do\b"
    r"|\b(?:have|send|took|got) (?:a |some |you )*(?:photo|picture)",
    re.IGNORECASE,
)


_IN_GENERAL: Final = re.compile(
    r"日数|何日(?:くらい|ぐらい|で|以内)|(?:時間|日時|日付|時間帯)(?:って|て|は|を|とか|の指定|指定)*"
    r"(?:決め|選[べぶ]|指定)?(?:られ|でき|可能|れ)(?:ん|る|ます)?(?:の|か|[?？])"
    r"|\b(?:delivery time|how (?:long|many days) (?:does|is|until|till))\b",
    re.IGNORECASE,
)


class _Said(NamedTuple):
    request: Request
    words: str
    text: str
    where: Where

    @property
    def of_an_order(self) -> bool:
        """Whether an order is what the talk is about."""
        state = self.where[0].state
        return state.order_id is not None and not state.focus and state.last_act in OF_ORDERS

    @property
    def cart_is_empty(self) -> bool:
        cart = self.where[1].cart
        return cart is None or not cart.lines


def of_that_order(request: Request, text: str, where: Where) -> Request:
    """The request as the order, or the cart, that is spoken of makes it likelier."""
    if request.yes is not None or request.how == "button":
        return request
    said = _Said(request, request.question or text, text, where)
    told = next((one for rule in _RULES if (one := rule(said)) is not None), None)
    return told or while_away(request, text, where) or request


_MISTAKEN: Final = frozenset({"recommend", "find_product", "refine"})


def in_general(requests: list[Request], where: Where) -> list[Request]:
    """届く日数おしえて, where no order is spoken of, asks how the shop does it."""
    turn = where[0]
    requests = [
        replace(one, act="faq", slots=(), candidates=())
        if one.act in _MISTAKEN and asks_in_time(one.question)
        else one
        for one in requests
    ]
    if turn.state.order_id is not None or turn.state.top is not None:
        return requests
    return [
        replace(one, act="faq", slots=(), candidates=())
        if one.act in ("delivery_request", "order_status")
        and (_is_general(one, turn.text) or _is_being_bought(one, where))
        else one
        for one in requests
    ]


def _is_general(request: Request, text: str) -> bool:
    if any(isinstance(one, OrderNumber | Email | Phone | Day) for one in request.slots):
        return False
    return bool(_IN_GENERAL.search(request.question)) and not _HAVE_ORDERED.search(text)


def _is_being_bought(request: Request, where: Where) -> bool:
    """金曜までにいる, "express then", said with a full cart of what is not ordered yet."""
    turn, shop = where
    told = any(isinstance(one, OrderNumber | Email | Phone) for one in request.slots)
    filled = shop.cart is not None and bool(shop.cart.lines)
    new = request.act == "delivery_request" or not shop.person.signed_in
    looks = new and bool(turn.state.focus)
    if told or not (filled or looks) or turn.state.last_act in OF_ORDERS:
        return False
    ways = (_HAVE_ORDERED, _OF_AN_ORDER, _ALTERS)
    return not any(way.search(turn.text) for way in ways)


def without_stories(requests: list[Request]) -> list[Request]:
    """昨夜注文したものですが beside taking it back tells which: no day is wished for it."""
    if not any(one.act == "cancel_order" for one in requests):
        return requests
    beside = ("delivery_request", "order_status")
    return [one for one in requests if one.act not in beside or _only_wishes(one)]


def _only_wishes(request: Request) -> bool:
    return not _HAVE_ORDERED.search(request.question)


def _altered(said: _Said) -> Request | None:
    """やっぱりふつうの硬さに変えられる？, with nothing in the cart: what was ordered is."""
    if said.request.act not in _MAY_ALTER or not said.of_an_order or not said.cart_is_empty:
        return None
    if not _ALTERS.search(said.words) or _INTO_CART.search(said.words):
        return None
    # 電球、2個もいらなかった。1個に減らせる？: what it is of was said before.
    said = said if _names_what_is_in_it(said) else said._replace(words=said.text)
    if not _names_what_is_in_it(said):
        return None
    told = tuple(one for one in said.request.slots if isinstance(one, Quantity))
    return Request("change_order", told, question=said.words)


def _names_what_is_in_it(said: _Said) -> bool:
    """Whether an article of the order, or an option that it comes in, is named."""
    turn, shop = said.where
    offers = _ordered(said.where)
    sound = fold(said.words.casefold())
    for one in offers:
        if max(letters_named(sound, *name) for name in told_names(one.product)) >= _FEWEST:
            return True
    sold = shop.variants(tuple(one.product.id for one in offers))
    return any(options_said(every, said.words, turn.language) for every in sold.values())


def _ordered(where: Where) -> list[Offer]:
    turn, shop = where
    found = shop.order(turn.state.order_id, turn.state) if turn.state.order_id else None
    variants = [one.variant_id for one in found.lines if one.variant_id] if found else []
    return list(shop.offers(variants).values())


def _taken_back(said: _Said) -> Request | None:
    """キャンセルはまだ間に合いますか, of what was ordered: it is to be taken back."""
    request = said.request
    rather = request.act in _TURNED_DOWN and said.of_an_order and _JUST_CANCEL.search(said.words)
    if not rather and (request.act not in _MAY_TAKE_BACK or not _TAKES_BACK.search(said.words)):
        return None
    if not said.of_an_order and not _HAVE_ORDERED.search(said.text):
        return None
    slots = tuple(one for one in request.slots if isinstance(one, OrderNumber))
    return Request("cancel_order", slots, question=said.words)


def _out_of_the_cart(said: _Said) -> Request | None:
    """なら歯がためキャンセル: where no order is spoken of, what is in the cart is taken out."""
    request, (turn, shop) = said.request, said.where
    state, cart = turn.state, shop.cart
    if request.act != "cancel_order" or cart is None or said.cart_is_empty:
        return None
    if state.order_id is not None or state.last_act in OF_ORDERS or state.top is not None:
        return None
    if request.slot(OrderNumber) or _OF_AN_ORDER.search(said.words):
        return None
    if _ALL_OF_IT.search(said.words) and _is_buying(said):
        return Request("remove_from_cart", how="all", question=said.words)
    inside = {one.product_id for one in cart.lines}
    told = request.slot(Product)
    meant = told.ids if told else named(shop, said.words, turn.language).product_ids
    ids = [one for one in meant if one in inside]
    if len(ids) != 1:
        return None
    return Request("remove_from_cart", chosen=tuple(ids), how="name", question=said.words)


def _is_buying(said: _Said) -> bool:
    """Whether nothing but what lies in the cart can be meant: no order is known or told of."""
    turn, shop = said.where
    told = _HAVE_ORDERED.search(said.text) is not None
    return not told and (not shop.person.signed_in or turn.state.last_act in _OF_THE_CART)


def _introduced(said: _Said) -> Request | None:
    """昨日の夜ヘルメットとライトを頼んだ者です: who ordered them seeks none."""
    if said.request.act not in _MAY_INTRODUCE or not _WHO_ORDERED.search(said.words):
        return None
    return Request("order_status", question=said.words)


def _its_article(said: _Said) -> Request | None:
    """カリンバの方, of an order that was shown or of several to choose from: the one with it."""
    state = said.where[0].state
    if said.request.act != "find_product" or state.last_act not in OF_ORDERS or state.focus:
        return None
    if not _THE_ONE.search(said.words) or not _names_what_is_in_it(said):
        return None
    return Request("order_status", question=said.words)


def _of_its_goods(said: _Said) -> Request | None:
    """洗濯は手洗いでした？, right after an order was shown: of what is in it."""
    request, (turn, shop) = said.request, said.where
    state = turn.state
    if request.act != "product_question" or state.last_act not in OF_ORDERS or state.top:
        return None
    if state.order_id is None or request.slot(Product) or request.how == "name":
        return None
    if named(shop, said.words, turn.language).product_ids:
        return None
    ids = tuple(dict.fromkeys(one.product.id for one in _ordered(said.where)))
    sold = shop.variants(ids)
    fits = tuple(one for one in ids if options_said(sold.get(one, []), said.words, turn.language))
    meant = fits if len(fits) == 1 else ids
    return replace(request, chosen=meant, how="recency", variant_id=None) if meant else None


def _day_told(said: _Said) -> Request | None:
    """12月3日はいかがでしょうか, where the day was asked for, answers."""
    state = said.where[0].state
    asked = state.asked is not None and state.asked.slot in ("day", "time")
    if not asked or said.request.act not in (*_MAY_TAKE_BACK, "recommend", "affirm"):
        return None
    found = entities(normalised(said.words), said.where[1].today, ())
    slots = tuple(one.slot for one in found if isinstance(one.slot, Day | Clock))
    return Request(CONTINUE, slots, question=said.words) if slots else None


def _praised(said: _Said) -> Request | None:
    """枕2個届きました！良かったです sends nothing back."""
    request = said.request
    if request.act != "return_request" or said.where[0].state.top is not None:
        return None
    if not _PRAISES.search(said.text) or _BUT.search(said.text):
        return None
    return Request("thanks", question=said.words)


def _refused(said: _Said) -> Request | None:
    """14日過ぎてるから無理ってこと？, of an order: whether it can still go back."""
    if said.where[0].state.order_id is None or said.request.act not in _GUESSES:
        return None
    return Request("return_request", question=said.words) if _PAST.search(said.words) else None


def _what_now(said: _Said) -> Request | None:
    """写真あるけどどうすれば, after a complaint was taken to a person: it is that person's."""
    state = said.where[0].state
    if state.last_act != "complaint" or said.request.act not in _GUESSES or state.top is not None:
        return None
    return Request("human_handoff", question=said.words) if _WHAT_NOW.search(said.words) else None


def _another_one(said: _Said) -> Request | None:
    """同じ枕をもう一つ買いたい, after one that was ordered was spoken of, is bought anew."""
    request, (turn, shop) = said.request, said.where
    state = turn.state
    if request.act not in ("return_request", "change_order") or state.top is not None:
        return None
    if not _BUYS.search(said.words) or _BUT.search(said.words):
        return None
    ids = named(shop, said.words, turn.language).product_ids
    own = tuple(one.product.id for one in _ordered(said.where))
    meant = tuple(one for one in own if one in ids) or (own if len(own) == 1 else ids)
    if len(set(meant)) != 1:
        return None
    return replace(request, act="add_to_cart", chosen=meant[:1], how="name", variant_id=None)


_RULES: Final[tuple[Callable[[_Said], Request | None], ...]] = (
    _introduced,
    _taken_back,
    _out_of_the_cart,
    _day_told,
    _altered,
    _praised,
    _another_one,
    _its_article,
    _of_its_goods,
    _refused,
    _what_now,
)
