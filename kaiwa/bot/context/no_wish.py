"""What has the words of a wish and is none: a sum said aloud, a pair pointed at, what may please.

"Two for 40 dollars, ouch" sets no number; その二つ、どう違うの puts nothing in; 気に入りますかね
looks at no list of wishes.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_PUTS: Final = frozenset({"add_to_cart", "change_quantity"})
_SUM: Final = re.compile(
    r"(?:[2-9２-９]|[二三四五六]|ふた|みっ|よっ)(?:つ|個|本|枚|点|箱|袋|着|足|冊)で"
    r"[、 ]*(?:合計|全部で)?[¥￥]?[\d,]+円"
    r"|\b(?:two|three|four|both|\d) (?:of (?:them|those|it) )?(?:for|at|come to|comes to|is|are)"
    r" [$£€¥]\s?\d",
    re.IGNORECASE,
)
_TAKES: Final = re.compile(
    r"くだ|下さい|お願い|入れ|いれ|買[いうおっ]|もら|増や|減ら|変え|に(?:して|する|します)"
    r"|\b(?:please|add|take|buy|get|put|make|give)\b",
    re.IGNORECASE,
)
_A_PAIR: Final = re.compile(
    r"\W*(?:その|この|それら?|これら?|今の|さっきの|上の)の?(?:[2-4２-４二三四]|ふた|みっ|よっ)"
    r"(?:つ|個|本|枚|点|品|種類?)(?:とも|の|は|って|で)?\W*"
    r"|\W*(?:those|these|the) (?:two|three|four|2|3|4)(?: ones)?\W*",
    re.IGNORECASE,
)
# 全部取り消し、かごの: of what, and nothing more.
_THE_CART: Final = re.compile(r"\W*(?:かご|カゴ|カート|バスケット)の(?:中身?)?\W*")
_ASKS: Final = re.compile(r"[?？]|か[。]*$")
_TOO_MANY: Final = re.compile(
    r"(?:\d|[二三四五]|ふた|みっ)(?:つ|個|本|枚|箱|袋|着|足|冊|台)もい?ら(?:な|ん)|\btoo many\b",
    re.I,
)
_AS_IT_IS: Final = re.compile(
    r"(?:今|いま|この|その)のまま(?:で|に)?(?:いい(?:です)?|大丈夫(?:です)?|お願いします)?[。!！]*$"
    r"|(?:^|[、。 ])そのまま(?:で)?(?:いい(?:です)?|大丈夫(?:です)?|結構(?:です)?)?[。!！]*$"
    r"|(?:ある|残って(?:い)?る|残り|在庫)の?(?:ぶん|分)(?:だけ)?(?:で|に)"
    r"(?:いい(?:です)?|結構(?:です)?|大丈夫(?:です)?|かまいません|構いません)[。!！]*$"
    r"|\b(?:whatever|what)(?: is|'s| you have| you've got)?(?: left| there)? "
    r"(?:is|will be|would be)? ?(?:fine|ok|okay|enough|do)\W*$"
    r"|\b(?:leave|keep) it (?:as it is|like that|that way|the way it is)\W*$",
    re.IGNORECASE,
)
_IN_IT_NOW: Final = re.compile(
    r"(?:いま|今|現在)の?(?:かご|カゴ|カート|バスケット)(?:の中)?(?:は|って|、)?[^、。]{0,8}[?？]*$"
    r"|(?:かご|カゴ|カート|バスケット)(?:の中)?(?:は|って|、)?(?:いま|今)?"
    r"(?:どんな感じ|どうなっ|どんなふう|何が入)"
    r"|\bhow(?:'s| is) (?:my|the) (?:cart|basket|bag) (?:looking|now|so far)\b",
    re.IGNORECASE,
)
_ASKING: Final = frozenset({"compare", "product_question", "faq", "recommend"})
_PLEASES: Final = re.compile(
    r"(?<!お)気に入(?:り(?:ます|そう)|る|って(?:もら|くれ|いただ))[^、。]{0,10}(?:か|かな|かね|[?？])"
    r"|\b(?:will|would) (?:he|she|they|my \w+) (?:like|love|enjoy) (?:it|this|that|them)\b",
    re.IGNORECASE,
)
_OF_A_LIST: Final = re.compile(
    r"リスト|お気に入り|一覧|登録|\b(?:list|favou?rites?|saved?)\b", re.I
)


# お気に入りには、いま何が登録されていますか: what is on it, and nothing to be put there.
_ON_THE_LIST: Final = re.compile(
    r"(?:リスト|お気に入り)[^。?？]{0,14}(?:何|なに|どんな|どれ)[^。?？]{0,14}"
    r"(?:登録|保存|追加|入れ|入っ|残っ|並ん|あ(?:る|り|っ))[^。?？]{0,14}(?:か|の|[?？]|っけ)"
    r"|\bwhat(?:'?s| is| things are| do i have| have i(?: got)?| did i)\b[^.?]{0,30}"
    r"\b(?:wish ?list|favou?rites|saved)\b[^.]{0,20}\?",
    re.IGNORECASE,
)


def without_no_wishes(requests: list[Request], where: tuple[Turn, Shop]) -> list[Request]:
    """The requests without those that wish for nothing; at least one is left."""
    if any(one.act == "wishlist_add" for one in requests) and _ON_THE_LIST.search(where[0].text):
        return [Request("wishlist_view", question=where[0].text)]
    asks = any(one.act in _ASKING for one in requests)
    found = [one for one in requests if not (asks and _only_points(one))] or requests
    found = [one for one in found if not _THE_CART.fullmatch(one.question)] or found
    found = _less(found, where[0].text)
    filled = where[1].cart is not None and bool(where[1].cart.lines)
    if filled and _stays_so(found, where[0].text):
        return [Request("affirm", question=where[0].text)]
    if filled and len(found) == 1 and _looks_into_it(found[0]):
        return [Request("view_cart", question=where[0].text)]
    return [_asked(_told(one, where), where[0], alone=len(found) == 1) for one in found]


def left_as_it_is(text: str) -> bool:
    """Whether something shall stay as it is, and nothing is taken beside it."""
    return _AS_IT_IS.search(text.strip()) is not None and not _TAKES.search(text)


def _less(requests: list[Request], text: str) -> list[Request]:
    """電球、2個もいらなかった。1個に減らせる？: why it shall be less is no no."""
    why = [one for one in requests if one.act == "decline" and _TOO_MANY.search(one.question)]
    if not why or len(requests) != 2:
        return requests
    other = next(one for one in requests if one is not why[0])
    return [replace(other, question=text)] if other.act == "change_quantity" else requests


def _stays_so(requests: list[Request], text: str) -> bool:
    """白でいいです、そのままで: what lies in the cart stays as it is, and no more is put in."""
    if not left_as_it_is(text):
        return False
    if _ASKS.search(text):
        return False
    idle = {"decline", "affirm", "out_of_scope", "clarify", "product_question", "refine"}
    acts = {one.act for one in requests if one.slot(Quantity) is None}
    return len(acts - idle) < 2 and acts <= idle | {"add_to_cart", "change_quantity"} and bool(acts)


def _only_points(request: Request) -> bool:
    """Those two, and then what is asked of them."""
    if request.act not in _PUTS or request.slot(Product) is not None:
        return False
    return _A_PAIR.fullmatch(request.question) is not None


def _looks_into_it(request: Request) -> bool:
    """いまカゴどんな感じ？, where baskets are sold too: the shopper's own."""
    return request.act in _ASKING | {"find_product", "out_of_scope", "clarify"} and bool(
        _IN_IT_NOW.search(request.question)
    )


def _told(request: Request, where: tuple[Turn, Shop]) -> Request:
    """The sum of what is in the cart, where it is only said aloud."""
    words = request.question
    if request.act not in _PUTS or not _SUM.search(words) or _TAKES.search(words):
        return request
    kept = tuple(one for one in request.slots if not isinstance(one, Quantity | Product))
    cart = where[1].cart
    act = "view_cart" if cart is not None and cart.lines else "product_question"
    return replace(request, act=act, slots=kept, candidates=())


def _asked(request: Request, turn: Turn, *, alone: bool) -> Request:
    """Whether somebody will be pleased with it."""
    words = turn.text if alone else request.question
    if request.act not in ("wishlist_view", "wishlist_add") or not _PLEASES.search(words):
        return request
    return request if _OF_A_LIST.search(words) else replace(request, act="product_question")
