"""What sounds like a wish and asks for nothing: a reason, a remark, a question of what there is.

"Too dear, take it out" looks for nothing cheaper; "how do they take the caffeine out" takes nothing
out of a cart; "I'd rather have white, is there any?" asks before it buys.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.context.following import WHO_PAYS
from kaiwa.bot.naming.named import named
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.slot import OrderNumber, Product
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader

Where = tuple[Turn, Shop]

_TAKES_AWAY: Final = frozenset(
    {"remove_from_cart", "wishlist_remove", "cancel_order", "return_request"}
)
_OF_GOODS: Final = frozenset({"find_product", "refine", "compare", "product_question", "recommend"})
_TOO_MUCH: Final = re.compile(
    r"(?:\W*\b(?:nah|no|nope|h?mm+|forget it|lol|ok|oh|ugh|it'?s|that'?s|they'?re|it|is|way|just"
    r"|a bit|bit|still|all|really|damn|wow)\b)*\W*\btoo (?:\w+\W*){1,2}"
    r"|.{0,12}(?:高|大き|小さ|重|長|短|多|派手|地味)(?:すぎ|過ぎ)(?:る|た|ます|ました)?"
    r"(?:ので|から|し|な|ね|か)*[。、!！]*",
    re.IGNORECASE,
)
_REMOVES: Final = re.compile(
    r"外|はず|消|けし|やめ|抜(?!き(?!ま|た))|削除|取り|取っ|いら|要ら|要り|いり[まゃ]|なし|無し|キャンセル|空|戻|不要|捨"
    r"|\b(?:remov|delet|drop|tak(?:e|ing) |cancel|scrap|lose|ditch|nix|forget|skip|get rid|undo"
    r"|scratch|chuck|kick|bin\b|toss|put (?:it|that|them) back|empty|clear (?:it|the|my|every|all)"
    r"|do(?:es)?n'?t (?:want|need)|no longer|not the|never ?mind|minus|without|out\b|off\b)",
    re.IGNORECASE,
)
_ASKS_HOW: Final = re.compile(
    r"^\W*(?:(?:and|so|but|ok|well)\W+)*(?:how|why|what|which|does|do they|is|are)\b"
    r"|(?:どう|なぜ|どこ)[^。]*[?？か]",
    re.IGNORECASE,
)
_HAD_ORDERED: Final = re.compile(
    r"(?:注文|購入)し(?:た|ちゃ|まし|てしま)|頼ん[だじ]|買っ(?:た|ちゃ|てしま)"
    r"|\b(?:ordered|bought|placed|purchased)\b",
    re.IGNORECASE,
)
_IS_THERE: Final = re.compile(
    r"\W*(?:(?:and|so|but|or|well)\W+)?(?:is there (?:any|one|some)|are there any"
    r"|do you have (?:it|any|one|them|that)|have you (?:got )?(?:it|any|one|them)"
    r"|(?:is|are) (?:it|that|they) (?:in stock|available)|got any|any left)(?: left)?\W*"
    r"|(?:まだ|在庫[はも]?|それ[はも]?)?、?(?:ある|あります|残って(?:る|ます))(?:か(?:な|ね)?|の)?[?？。]*",
    re.IGNORECASE,
)
_THAT_ONE: Final = re.compile(
    r"\W*(?:(?:yes|yeah|yep|right|ok|okay|sure|perfect|great)\W+)*(?:exactly )?"
    r"(?:that(?:'s the)? one|this one|the one|that)\W*"
    r"|(?:はい|うん|ええ|そう)?[、。]?(?:それ|これ)(?:です|で(?:す(?:ね)?|いいです)?)?[。!！]*",
    re.IGNORECASE,
)
# Joins one thing to the next, and is none: それと、 before what is wanted.
_JOINS: Final = re.compile(
    r"(?:それと|それから|それに|あと|また|ところで|では|じゃあ?|えっと|ちなみに)[、。\s]*"
    r"|(?:and|also|plus|then|so|well|oh|by the way)[,.\s]*",
    re.IGNORECASE,
)
_MISTAKEN: Final = _OF_GOODS | {"faq", "view_cart", "out_of_scope", "complaint"}
_IF_THERE_IS: Final = re.compile(
    r"(?:あれ|いれ|でき)ば|あ(?:る|った|るん)なら|あったら"
    r"|\bif (?:there(?:'s| is| are)|you (?:have|sell|do)|it comes)\b",
    re.IGNORECASE,
)
_EXCLAIMS: Final = re.compile(
    r"\W*(?:(?:oh|ah|ugh|well|wow|hm+)\W+)?what an? (?:\w+ )?\w+[\s.!]*"
    r"|(?:なんて|なんという?)[^。?？]{1,14}[。!！]*",
    re.IGNORECASE,
)
_THAT_DOES: Final = re.compile(
    r"\W*(?:and |so )?(?:that|this|it)(?:'s|'ll)? ?(?:should|ought to|will|must|would)? ?"
    r"(?:reach|do|cover|gets?|puts?|brings?|takes?|make|makes|be enough|enough)\b[^?]{0,30}\?"
    r"|これで(?:足り|届|超え|こえ|いけ)[^。]{0,12}[?？。]*",
    re.IGNORECASE,
)
_KEEPS: Final = re.compile(r"\b(?:keep|leave)\b|残し|そのまま|キープ", re.IGNORECASE)
_A_LIST: Final = re.compile(
    r"\b(?:list|later|save|favou?rites?)\b|リスト|お気に入り|あとで|後で", re.I
)


def without_unsaid(requests: list[Request], where: Where) -> list[Request]:
    """The requests without what is only said beside them; at least one is left."""
    requests = _asked_who_pays(requests, where[0])
    left = [_not_taken_out(one, len(requests) > 1, where) for one in requests]
    found = [one for one in left if one is not None] or requests
    found = [one for one in found if not _JOINS.fullmatch(one.question.strip())] or found
    found = [one for one in found if not _is_exclaimed(one, found)] or found
    found = _without_reasons(found)
    found = _asked_first(found)
    found = [one for one in found if not _counts_the_asked(one, found, where)] or found
    found = [one for one in found if not _is_in_already(one, found, where)] or found
    return [one for one in found if not _stays(one, found, where)] or found


def _asked_who_pays(requests: list[Request], turn: Turn) -> list[Request]:
    """返送代はうちが払うの？: who bears a cost is asked, and nothing is paid."""
    pays = any(one.act == "checkout" for one in requests)
    asks = is_question(reader(turn.language).normalise(turn.text), turn.language)
    if not pays or not asks or not WHO_PAYS.search(turn.text):
        return requests
    return [Request("faq", question=turn.text)]


def _is_exclaimed(request: Request, every: list[Request]) -> bool:
    """What a surprise. Put the ceramic in; the mat then, that should reach it, no?"""
    if len(every) < 2 or request.act not in _MISTAKEN:
        return False
    words = request.question.strip()
    puts = any(one.act in ("add_to_cart", "change_quantity") for one in every)
    return bool(_EXCLAIMS.fullmatch(words) or puts and _THAT_DOES.fullmatch(words))


def _without_reasons(requests: list[Request]) -> list[Request]:
    """Nah, too pricey. Take it back out: why it goes away is no search."""
    if not any(one.act in _TAKES_AWAY for one in requests):
        return requests
    return [
        one
        for one in requests
        if one.act not in _OF_GOODS or not _TOO_MUCH.fullmatch(one.question.strip())
    ]


def _not_taken_out(request: Request, beside: bool, where: Where) -> Request | None:
    """With nothing in the cart, and no word of it, nothing is to be taken out of it."""
    turn, shop = where
    if request.act != "remove_from_cart":
        return request
    if shop.cart is not None and shop.cart.lines:
        return _asked_instead(request)
    last = turn.state.last_act or ""
    words = request.question
    if last.startswith("wishlist") or last == "account_data" or not words:
        return request
    if _HAD_ORDERED.search(turn.text):
        slots = tuple(one for one in request.slots if isinstance(one, OrderNumber))
        return Request("cancel_order", slots, question=words, confidence=request.confidence)
    if _ASKS_HOW.search(words):
        return replace(request, act="product_question")
    if _REMOVES.search(words):
        return request
    return None if beside else Request("out_of_scope", question=words)


def _asked_instead(request: Request) -> Request:
    """カフェイン抜きのもあれば替えたい: with no word of removing, it asks whether there is one."""
    told = request.slot(Product) is not None
    if told or not _IF_THERE_IS.search(request.question) or _REMOVES.search(request.question):
        return request
    return replace(request, act="product_question")


def _asked_first(requests: list[Request]) -> list[Request]:
    """I'd rather have white. Is there any?: asked about, and not put in before it is known."""
    for at, one in enumerate(requests[1:], 1):
        before = requests[at - 1]
        if before.act not in ("add_to_cart", "change_quantity"):
            continue
        if one.act in (*_OF_GOODS, "out_of_scope", "faq") and _IS_THERE.fullmatch(one.question):
            asked = replace(before, act="product_question", candidates=())
            return [*requests[: at - 1], asked, *requests[at + 1 :]]
    return requests


def _is_in_already(request: Request, every: list[Request], where: Where) -> bool:
    """Yes, that one. Show me my basket: what was put in just now is not put in twice."""
    turn, shop = where
    if len(every) < 2 or request.act != "add_to_cart" or request.slot(Product) is not None:
        return False
    inside = {one.product_id for one in shop.cart.lines} if shop.cart else set()
    just = turn.state.last_act == "add_to_cart" and inside.issuperset(turn.state.focus)
    return just and bool(turn.state.focus) and _THAT_ONE.fullmatch(request.question) is not None


def _counts_the_asked(request: Request, every: list[Request], where: Where) -> bool:
    """What are your cheapest chairs? I need a pair: of those, and not of what is in the cart."""
    turn, shop = where
    bare = not request.chosen and request.slot(Product) is None
    if request.act != "change_quantity" or not bare:
        return False
    before = every[: every.index(request)]
    asked = [one.question for one in before if one.act in _OF_GOODS | {"faq"}]
    inside = {one.product_id for one in shop.cart.lines} if shop.cart else set()
    ids = [named(shop, one, turn.language).product_ids for one in asked]
    return any(some and inside.isdisjoint(some) for some in ids)


def _stays(request: Request, every: list[Request], where: Where) -> bool:
    """Whatever, keep it: what is in the cart stays there, and goes on no list."""
    shop = where[1]
    if len(every) < 2 or request.act != "wishlist_add" or _A_LIST.search(request.question):
        return False
    inside = {one.product_id for one in shop.cart.lines} if shop.cart else set()
    meant = request.chosen or where[0].state.focus
    return bool(inside.intersection(meant)) and bool(_KEEPS.search(request.question))
