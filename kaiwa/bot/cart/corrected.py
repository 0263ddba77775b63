"""Whether an article that is in the cart already is wanted otherwise, or once more.

「金平糖は5つにする」, "make the moss ones four", チノを紺に変えて set what is there;
「あんずも一つ追加で」 puts in more. What is said of the number, of the option and of the
verb tells which.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article, Spoken
from kaiwa.bot.nlu.slot import Slot
from kaiwa.bot.options.turned_down import counts_anew, without_turned_down
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.orders.cart import CartLine

SURE: Final = 0.9
ELSEWHERE: Final = frozenset({"delivery_request", "change_order", "return_request"})
_NUMBER_JA: Final = r"(?:\d{1,2}|[一二三四五六七八九十]|ひと|ふた|みっ|よっ|いつ)"
_COUNTER: Final = r"(?:つ|個|本|枚|箱|缶|袋|足|点|台|冊|着|脚|組|膳|セット|パック)?"
# The number is what it shall be: 5つにする, だけ3つ, "make it four", "just the one".
_SETS: Final = re.compile(
    rf"{_NUMBER_JA}{_COUNTER}(?:だけ)?に(?:し|す|変|かえ|増|減|お願い|なり)"
    rf"|だけ[、 ]*{_NUMBER_JA}"
    rf"|{_NUMBER_JA}{_COUNTER}(?:が|で)?(?:ほし|欲し|必要|い|要)[^、。\d]{{0,3}}(?:ん|の)(?:だった|でした)"
    rf"|は[、 ]*{_NUMBER_JA}{_COUNTER}(?:で|に|だけ|な(?![いん])|ね|だ(?!け)|です)"
    r"|\b(?:make|change|bump|cut|bring|set) (?:it|that|them|those|the|my)\b"
    r"|\b(?:is|are|will be|'ll be) (?:plenty|enough|sufficient|all (?:i|we) need)\b"
    r"|\b(?:was|were) supposed to be\b|\bshould have (?:been|said)\b"
    r"|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) it is\b"
)
_CORRECTS: Final = re.compile(
    r"にして|だけ[、 ]*(?=[\d一二三四五])|(?:\d|[一二三])(?:つ|個|本|枚|足|着|冊)は|やっぱ|変更"
    r"|改め|直し|だけに|で(?:お願い(?:します)?)?[。!]*$|じゃなく|まちがえ|間違"
    r"|\b(?:make (?:it|that|those)|actually|instead|rather|just|only|no|sorry|wait)\b"
)
_OTHERWISE: Final = re.compile(
    r"変え|かえ[てる]|替え|変更|戻し|じゃなく|ではなく|でなく|サイズ(?:アップ|ダウン)|間違|やっぱ"
    r"|(?:^|[。、\s])(?:いや|ううん|違う|ちがう|ごめん)|にして(?:くださ?い)?[。!]*$"
    r"|の(?:方|ほう)は(?=[^?？]{1,10}で)|(?:色|カラー|サイズ|容量|柄)は[^?？も]{1,12}$"
    r"|(?:の(?:方|ほう)|は[^、。?？も]{1,12})に(?:し(?:ます|よう|とく|とこう|とき|て)|する)"
    r"|(?:サイズ|大きさ|容量|色|柄|量|方|ほう)[^、。?？]{0,3}に(?:落と|下げ|上げ|切り?替え)"
    r"|\b(?:size|colou?r) is \w+\W*$"
    r"|で(?:いい|十分|大丈夫|結構)(?:です|や|よ|かな)?(?:わ|ね)?[。!]*$"
    r"|\b(?:will|would) do\b"
    r"|\b(?:change|swap|switch|instead|after all|make (?:it|that|the)|back to|actually|only"
    r"|rather|no|sorry"
    r"|wait|oops)\b"
)
_QUESTION: Final = re.compile(
    r"[?？]|ます?か|ですか|^\W*(?:can|could|do|does|is|are|what|which|how)\b"
)
# More of it beside what is there.
_MORE: Final = re.compile(
    rf"追加|足し|さらに|もう(?={_NUMBER_JA})|あと(?={_NUMBER_JA})"
    rf"|も(?=[、 ]*{_NUMBER_JA}{_COUNTER}(?!に)|[、。]|$"
    r"|お願い|ください|下さい|入れ|買|ほしい|欲しい)"
    r"|\b(?:another|more|extra|too|also|as well|plus|add|on top(?! of (?:it|that|the)\b)"
    r"|in addition|besides)\b"
)
_JOINS: Final = re.compile(r"^\W*(?:and|plus|n|あと|それと|それから)(?![a-z])|^\s*[+&]")
# A verb, or what joins it to the rest, puts in so many more.
_TAKES_MORE: Final = re.compile(
    r"入れ|いれ|追加|足し|ください|下さい|お願い|ほしい|欲しい|買|もら|も(?=[、 ]|$)"
    r"|\b(?:add|put|take|get|buy|grab|order|want|need|have|and|plus|throw|pop|give|please)\b"
)
_TURNS_INTO: Final = re.compile(
    r"変え|替え|かえ[てる]|戻し|に(?:して|し(?:ます|よう|とく)|する)"
    r"|\b(?:make|change|switch|swap|turn)\b|\bback to\b|\binstead\b"
)
_PUTS_IN: Final = re.compile(
    r"入れ|追加|足し|買|\b(?:add|put|take|get|buy|grab|order|another|more|extra)\b"
)
_INSTEAD: Final = re.compile(
    r"(?:変え|替え|かえ|変更し)(?:て|る|たい|ます)|じゃなく|の?(?:代わり|かわり)|気が変わ"
    r"|やっぱり?[^。、]{1,16}(?<!だけ)に(?:し(?:ます|て|とく|とこう|よう)|する)"
    r"|\b(?:swap|switch|change|replace|exchange)\b.*\b(?:for|to|with)\b|\binstead\b"
    r"|\bchanged my mind\b"
)
_BACK_TO: Final = re.compile(r"(?:に|へ)戻(?:し|す|る)|\bback to\b")


def may_correct(words: str) -> bool:
    """Whether anything in the words may change what is in the cart."""
    return any(way.search(words) for way in (_SETS, _CORRECTS, _OTHERWISE))


def sets_number(words: str) -> bool:
    """Whether it says, and does not ask, what a number shall be."""
    return _SETS.search(words) is not None and not _QUESTION.search(words)


def turns_down(words: str) -> bool:
    """Whether one thing is wanted in the place of another: "white instead of mint"."""
    return _INSTEAD.search(words) is not None or "rather than" in words or counts_anew(words)


def goes_back(words: str) -> bool:
    """Whether it goes back to what was there before: 最初の5号4つに戻して."""
    return _BACK_TO.search(words) is not None


def corrected(
    request: Request, words: str, told: Spoken, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """Another number or option of what is in the cart, or another thing in its place.

    None where the words put something in, or speak of nothing that is there.
    """
    cart = where[1].cart
    lines = cart.lines if cart else ()
    inside = {one.product_id for one in lines}
    if not inside or not told.articles:
        return None
    if len(told.articles) > 1:
        each = _each_otherwise(words, told.articles, lines, where[1])
        return each or _divided(words, told.articles, lines, where[1])
    article = told.articles[0]
    if article.product_id not in inside:
        return _replaced(words, article, inside, where)
    if article.count is not None and article.count.relative and article.count.count < 0:
        return [request_of("change_quantity", article)]
    beside = _JOINS.match(words) is not None and _is_of_no_line(article, lines, where[1])
    if (beside or _MORE.search(words)) and not _SETS.search(words):
        if request.act != "change_quantity" or not article.options:
            return None
        return [request_of("add_to_cart", article)]
    if article.options and _OTHERWISE.search(words):
        # Pink rather than blue: which line it is stands in what is turned down.
        said = words if without_turned_down(words) != words else article.words
        return [replace(request_of("change_quantity", article), question=said)]
    numbered = article.count is not None and not article.count.relative
    if numbered and _is_so_many_of_it(words, article, where):
        return [request_of("change_quantity", article)]
    sets = request.act == "change_quantity" or _SETS.search(words) is not None
    corrects = sets or (
        _CORRECTS.search(words) and (not article.spans or request.act != "add_to_cart")
    )
    if numbered and corrects and request.act not in ELSEWHERE:
        return [request_of("change_quantity", article)]
    return None


def _is_of_no_line(article: Article, lines: Sequence[CartLine], shop: Shop) -> bool:
    """And 3 in 120 cm, where only the 180 lies in the cart: so many are put beside it."""
    if article.count is None or article.count.relative or not article.options:
        return False
    offers = shop.offers([one.variant_id for one in lines]).values()
    mine = [one for one in offers if one.product.id == article.product_id]
    return not any(_is_of(article, set(one.variant.options.values())) for one in mine)


def _is_so_many_of_it(words: str, article: Article, where: tuple[Turn, Shop]) -> bool:
    """Two of the coarse, when one was put in a moment ago: that makes two, and not three."""
    state, shop = where[0].state, where[1]
    last = state.focus_variant if state.last_act == "add_to_cart" else None
    line = next(
        (one for one in (shop.cart.lines if shop.cart else ()) if one.variant_id == last), None
    )
    if line is None or article.count is None or article.count.count <= line.wanted:
        return False
    if line.product_id != article.product_id or not article.options or _TAKES_MORE.search(words):
        return False
    offer = shop.offers([line.variant_id]).get(line.variant_id)
    return offer is not None and _is_of(article, set(offer.variant.options.values()))


def _each_otherwise(
    words: str, articles: Sequence[Article], lines: Sequence[CartLine], shop: Shop
) -> list[Request] | None:
    """Make the plant the 10 inch and the pot too: each of several in another option."""
    inside = [one.product_id for one in lines]
    alone = all(inside.count(one.product_id) == 1 for one in articles)
    named = len({one.product_id for one in articles}) == len(articles)
    if not alone or not named or not _TURNS_INTO.search(words) or _PUTS_IN.search(words):
        return None
    if not all(one.options and one.count is None for one in articles):
        return None
    offers = {one.product.id: one for one in shop.offers([o.variant_id for o in lines]).values()}
    other = [
        one
        for one in articles
        if not _is_of(one, set(offers[one.product_id].variant.options.values()))
    ]
    return [request_of("change_quantity", one) for one in other] or None


def _divided(
    words: str, articles: Sequence[Article], lines: Sequence[CartLine], shop: Shop
) -> list[Request] | None:
    """One red, one mint, of two red ones in the cart: each variant gets its number."""
    ids = {one.product_id for one in articles}
    mine = [one for one in lines if one.product_id in ids]
    counted = all(one.count and one.options and not one.count.relative for one in articles)
    if len(ids) != 1 or len(mine) != 1 or not counted or _MORE.search(words):
        return None
    whole = sum(one.count.count for one in articles if one.count)
    if not _OTHERWISE.search(words) and whole != mine[0].wanted:
        return None
    offer = shop.offers([mine[0].variant_id]).get(mine[0].variant_id)
    values = set(offer.variant.options.values()) if offer else set()
    there = [one for one in articles if _is_of(one, values)]
    if len(there) != 1:
        return None
    rest = [one for one in articles if one is not there[0]]
    added = [request_of("add_to_cart", one) for one in rest]
    return [request_of("change_quantity", there[0]), *added]


def _is_of(article: Article, values: set[str]) -> bool:
    return all(getattr(one.slot, "value", None) in values for one in article.options)


def _replaced(
    words: str, article: Article, inside: set[int], where: tuple[Turn, Shop]
) -> list[Request] | None:
    """One thing in the place of the one spoken of: both are served, the cart has the other."""
    focus = [one for one in where[0].state.focus if one in inside]
    if not (article.spans or article.options) or len(focus) != 1 or not _INSTEAD.search(words):
        return None
    away = Request("remove_from_cart", chosen=(focus[0],), how="name", confidence=SURE)
    return [away, request_of("add_to_cart", article)]


def request_of(act: str, article: Article) -> Request:
    """The request that does this with the article, its options and its number."""
    return Request(
        act,
        slots_of(article),
        chosen=(article.product_id,),
        how="name",
        question=article.words,
        confidence=SURE,
    )


def slots_of(article: Article) -> tuple[Slot, ...]:
    """The options told of the article, and how many."""
    slots: tuple[Slot, ...] = tuple(one.slot for one in article.options)
    return (*slots, article.count) if article.count else slots
