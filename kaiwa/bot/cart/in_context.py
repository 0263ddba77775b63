"""What a request means in the light of the cart: put in, swapped, counted anew, or paid."""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.counts_told import counts_told
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.slot import Colour, Product, Quantity, Size
from kaiwa.bot.options.turned_down import without_turned_down
from kaiwa.bot.options.values import values_in
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_CORRECTING: Final = re.compile(
    r"やっぱ|じゃなく|ではなく|でなく|(?:の|い)(?:ほう|方)|変更|変え|替え|間違|ごめん|訂正|戻し"
    r"|(?<=[色ァ-ヶ一-鿿a-z])にして[。!！]*$"
    r"|\b(?:actually|instead|rather|sorry|swap|change|switch|meant|make (?:it|that)|no,|wait"
    r"|scratch that)\b",
    re.IGNORECASE,
)
_TO_PAY: Final = re.compile(
    r"購入(?!し(?:た(?!い)|て))|注文(?:します|する|確定|手続|に進|で|お願い)|会計|レジ|決済|精算"
    r"|支払い?(?:ます|に|へ)|続き(?:を|お願い)|続けて|買いま[ーあ〜]*す|^\W*(?:ご?注文|購入|決済|会計)\W*$|買[うお](?:わ|よ|ね|か)?[。!！〜ー]*$|買っちゃ"
    r"|\b(?:check ?out|continue|carry on|pay|till|place (?:the|my) order|take (?:it|them) all"
    r"|buy (?:now|it all|them)|order (?:(?:it|this|that|them) )?(?:as (?:it|they|is)|like this))\b",
    re.IGNORECASE,
)
# それで注文します is said of the cart, それを of the thing.
_AS_IT_IS: Final = re.compile(
    r"^\W*(?:じゃあ?|では|ほな|よし|はい|うん|よっしゃ)?[、 ]*"
    r"(?:(?:これ|それ|この内容|以上)で|[こそ]のまま)(?:お?会計|注文|購入|決済|頼(?:む|み)|たの(?:む|み))"
    r"|\border (?:(?:it|this|that|them) )?(?:as (?:it|they|is)|like this)\b",
    re.IGNORECASE,
)
# I'll take them, right after the whole cart was looked at or a code was used on it.
_TAKES_ALL: Final = re.compile(
    r"^\W*(?:(?:ok|okay|fine|great|good|alright|well|yes|yeah|then|so)\W+)*i(?:'?ll| will)"
    r" (?:take|have|get|buy) (?:it|them|em|'em|these|those|everything)(?: all| then| please)?\W*$"
    r"|^\W*(?:じゃあ?|では|はい|それなら)?[、 ]*(?:これ|それ|全部)(?:で|を|、)?"
    r"(?:買い|もらい|いただき|頂き)ます[。!！]*$",
    re.IGNORECASE,
)
_OF_WHOLE_CART: Final = frozenset({"apply_coupon", "view_cart"})
# Wait, do you have white: asks, and exchanges nothing.
_WHETHER: Final = re.compile(
    r"\b(?:do (?:you|they|u) (?:have|make|sell|do)|have you got|is there an?y?|are there"
    r"|does (?:it|that) come|what about)\b|あります(?:か|よね)|ある(?:の|かな)?[?？]",
    re.IGNORECASE,
)
_ANY: Final = re.compile(
    r"\b(?:is|are) there any\W*$|は(?:あります|ある)(?:か|の)?[?？]\W*$", re.IGNORECASE
)
_SURELY: Final = 0.9
_BEFORE_PAYING: Final = frozenset({"add_to_cart", "out_of_scope", "clarify", "goodbye", "affirm"})
_TILL: Final = re.compile(r"\b(?:check ?out|till|pay now)\b|レジ|お?会計", re.IGNORECASE)
_COUNTING: Final = frozenset({"add_to_cart", "change_quantity", "view_cart", "apply_coupon"})
LOST: Final = frozenset({"out_of_scope", "clarify"})
OPEN: Final = frozenset({"find_product", "refine", "add_to_cart", "change_quantity", CONTINUE}) | (
    LOST
)
_SWAPPABLE: Final = OPEN | {"product_question", "faq"}
_BACK: Final = re.compile(r"戻し|\b(?:back to|go back)\b", re.IGNORECASE)
_ENOUGH: Final = re.compile(
    r"十分|じゅうぶん|足り(?:る|ます)|で(?:いい|大丈夫|お願い)|だけ|やっぱ"
    r"|に(?:して|しと|変|増|減|でき)|まで(?:増|減)|ごめん|(?:違|ちが|間違|まちが)(?:った|え(?:た|ました)|います|う)"
    r"|いや|(?:やっぱ|よく考え)|\b(?:second thoughts?|thinking again|enough|plenty|fine"
    r"|will do|'ll do|is good|only|just|nah|no|nope|actually"
    r"|make it|make that|need|sorry|instead|rather|drop|bump|cut|up to|down to)\b",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    r"^\s*\+|もう|あと|追加|足し|さらに|ほか|別|\b(?:more|another|extra|also|too|add|plus)\b",
    re.IGNORECASE,
)
# Two of it, we go through it fast: why there shall be so many.
_WHY: Final = re.compile(
    r"[,;.] *(?:because|since|as|cause|cos|(?:i|we|they|he|she|it|my \w+|the \w+)(?:'\w+)? \w+)"
    r"[^,;.?!\d]*[.!]*$"
    r"|[、。][^、。?？\d]{2,24}(?:から|ので|んで|し)[。!！]*$"
)
_PUTS_IN: Final = re.compile(r"\b(?:add|put|throw|toss|pop|stick|chuck)\b")
_NUMBERS: Final = re.compile(r"\d+(?:\.\d+)?")
_NOTHING_ELSE: Final = re.compile(
    r"(?:個|つ|本|枚|箱|缶|袋|足|点|台|冊|セット|パック)|\d+|[一二三四五六七八九十]|ひと|ふた|みっ|よっ"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|fifteen|twenty|an? even|even"
    r"|please|pls|lol|ok|scratch|em|the"
    r"|on second thoughts?|thinking again|come to think of it|whatever"
    r"|you've|could|you|i'll|ill|up|down|it|that|to|is|'s|s|be|of|them|those)\b"
    r"|だった|でした|いり?ます|いる|要り?ます|要る|必要(?:です)?|組|脚|増やし|減らし|ください|でき(?:ます|る)か?|ます|[\W_]"
)


def put_or_changed(request: Request, words: str, where: tuple[Turn, Shop]) -> Request:
    """Two whites: a number of what is not in the cart is put in, of what is in it is changed."""
    cart, focus = where[1].cart, where[0].state.focus
    inside = {one.product_id for one in cart.lines} if cart else set()
    meant = request.chosen or focus
    act = "change_quantity" if inside and inside.issuperset(meant) else "add_to_cart"
    slots = request.slots or values_in(words, where[1])
    return replace(request, act=act, slots=slots, candidates=())


def counted_last(request: Request, words: str, where: tuple[Turn, Shop]) -> Request:
    """1個、いや3個ください; 2つじゃなくて3つください: the number said last is meant."""
    acts = {one.act for one in request.candidates}
    open_count = bool(acts) and acts <= {"add_to_cart", "change_quantity"}
    if request.act not in ("add_to_cart", "change_quantity") and not open_count:
        return request
    left = without_turned_down(words.casefold())
    counts = [one for _, _, one in counts_told(left)]
    if len(counts) > 1 or left == words.casefold():
        return request
    kept = tuple(one for one in request.slots if not isinstance(one, Quantity))
    if not counts:
        # 4本もいらなかった、半分にして: the number that is turned down is none.
        return replace(request, slots=kept) if request.act == "change_quantity" else request
    focus, cart = where[0].state.focus, where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    act = request.act
    if open_count:
        act = "change_quantity" if inside.intersection(focus) else "add_to_cart"
    return replace(request, act=act, slots=(*kept, counts[0]), candidates=())


def swapped(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """グレーのほうにします, "actually in M", said right after it was put in the cart."""
    turn, shop = where
    if turn.state.top is not None or not _CORRECTING.search(f"{words}\n{turn.text}"):
        return None
    back = request.act == "remove_from_cart" and _BACK.search(words) is not None
    if (
        request.act not in _SWAPPABLE
        and not back
        or _WHETHER.search(words)
        or _ANY.search(turn.text)
    ):
        return None
    wanted = without_turned_down(words.casefold())
    values = tuple(one for one in values_in(wanted, shop) if isinstance(one, Colour | Size))
    meant = _in_cart(request, (turn, shop)) if values else ()
    if not meant:
        return None
    return Request("change_quantity", values, chosen=meant, how="recency", question=words)


def recounted(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """One is enough, 3台にできますか, right after it was put in: a number and no other thing."""
    turn, shop = where
    state, cart = turn.state, shop.cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    meant = [one for one in state.focus if one in inside] or list(inside)
    if len(meant) != 1 or state.last_act not in _COUNTING or state.pending is not None:
        return None
    if request.chosen and set(request.chosen) != set(meant) or request.act in OF_ORDERS:
        return None
    counts = [one for _, _, one in counts_told(words.casefold())]
    more = bool(_NEW.search(words))
    lost = request.act in LOST or request.act == "review"
    # Right after it was put in, a bare number is how many it shall be.
    just = state.last_act == "add_to_cart" or request.confidence < _SURELY
    lost = lost or request.act == "add_to_cart" and just
    if len(counts) != 1 or counts[0].relative != more or more and not lost:
        return None
    if len(_NUMBERS.findall(words)) > 1:
        return None  # "1 pack, 0.5": another number says which
    plain = _NEW.sub("", _ENOUGH.sub("", _WHY.sub("", words.casefold())))
    if not (lost or _ENOUGH.search(words)) or _says_more(plain):
        return None
    return Request(
        "change_quantity", (counts[0],), chosen=tuple(meant), how="recency", question=words
    )


def _says_more(words: str) -> bool:
    """Whether more is said than how many of it; "add two" puts two in."""
    if _PUTS_IN.search(words):
        return True
    left = _NOTHING_ELSE.sub(lambda one: " " if one[0].isspace() else "", words)
    return bool(IDLE.sub("", left).strip())


def _in_cart(request: Request, where: tuple[Turn, Shop]) -> tuple[int, ...]:
    """The product of the cart that is spoken of: named, else the one put in just now."""
    turn, shop = where
    told = request.slot(Product)
    named_now = request.chosen or (told.ids if told else ())
    just = turn.state.last_act in ("add_to_cart", "change_quantity")
    ids = named_now or (turn.state.focus if just else ())
    if not ids:
        return ()
    cart = shop.cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    found = tuple(one for one in ids if one in inside)
    return found if len(found) == 1 else ()


def to_pay(request: Request, words: str, where: tuple[Turn, Shop]) -> Request | None:
    """注文します, "take me to the till", with something in the cart and no product named."""
    if request.act not in _BEFORE_PAYING and not (request.act == "thanks" and _TILL.search(words)):
        return None
    bare = not request.chosen and request.slot(Product) is None and not request.has_products
    bare = bare or _AS_IT_IS.search(words) is not None
    if request.yes is not None or where[0].state.top is not None:
        return None
    cart = where[1].cart
    if cart is None or not cart.lines or request.slot(Quantity) is not None:
        return None
    if _takes_the_cart(words, where):
        return replace(request, act="checkout", chosen=(), slots=(), candidates=())
    if not bare or not (_TO_PAY.search(words) or _AS_IT_IS.search(words)):
        return None
    return replace(request, act="checkout", chosen=(), candidates=())


def _takes_the_cart(words: str, where: tuple[Turn, Shop]) -> bool:
    """Ok I'll take em, after the code was tried: what is in the cart, and not once more of it."""
    state, cart = where[0].state, where[1].cart
    inside = {one.product_id for one in cart.lines} if cart else set()
    looked_at = state.last_act in _OF_WHOLE_CART and inside.issuperset(state.focus)
    return looked_at and _TAKES_ALL.search(words) is not None
