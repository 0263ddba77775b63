"""Changes to what is in the cart, piece by piece of a text: this out, that instead, two of it.

「ソフトはやめてハードのほうにする」 and "drop the pad, add the easel" say one thing after another;
each piece speaks of one article, and takes it out, sets its number, keeps it, or puts it in.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.slot import Quantity, Slot
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.language import Language

Way: TypeAlias = Literal["drop", "keep", "set", "add", ""]

_LONGEST: Final = 160
_MOST_PIECES: Final = 6
_SURE: Final = 0.9
_MAY_CHANGE: Final = frozenset(
    {
        "add_to_cart", "change_quantity", "remove_from_cart", "find_product", "refine", "decline",
        "affirm", "out_of_scope", "clarify", "product_question", "recommend", "compare",
    }
)  # fmt: skip
_OF_ORDER: Final = frozenset({"change_order", "return_request"})
_BESIDE: Final = frozenset({"checkout", "apply_coupon", "thanks", "greet", "view_cart"})
_ASKS: Final = re.compile(
    r"[?？]|ます?か(?:ね|な)?[。!]*$|ですか|でしょうか|\b(?:what|which|how|why|can|could|do you)\b"
)
# You know what, no eucalyptus: asks nothing.
_NO_QUESTION: Final = re.compile(
    r"\b(?:(?:i'?ll )?(?:you know|tell you|guess) what|no matter (?:what|how|which)"
    r"|that'?s (?:what|why|how))\b"
)
_DROPS: Final = re.compile(
    r"やめ(?!ら)|(?:いら|要ら)(?:な|ん|へん)|(?:いり|要り)ませ|不要|(?:外|はず)し|抜い|消し(?!ゴム)|削除|じゃなく|ではなく|でなく|の(?:代わり|かわり)|取り消|キャンセル"
    r"|必要な(?:い|く)|(?:なし|無し)(?:で|に(?:して|します)?)?(?:お願いします|いい(?:です)?)?[。!、]*$|(?<!で)結構です"
    r"|\b(?:remove|drop|delete|lose|scrap|ditch|forget|skip|nix|cancel|take (?:out|off|away)"
    r"|never ?mind"
    r"|(?:don'?t|do not|no longer|won'?t|doesn'?t) (?:want|need)|leave out|not the"
    r"|get rid of|scratch|instead of|rather than)\b"
    r"|(?:^|[,.;])\W*(?:and |but |so |then |actually )?no (?:more )?"
    r"(?!(?:thanks?|thx|wait|problem|need|rush|worries|idea|clue|longer|way|it|i|that|this|not|use|one|more|other|matter|big|sorry)\b)"
    r"[a-z-]+(?: [a-z-]+)?(?: (?:please|then|after all))?\W*$"
)
_KEEPS: Final = re.compile(
    r"(?:その|この|今の|いまの|[^\s、。]の)まま|\b(?:keep|leave|stick with|stay with)\b"
)
_SETS: Final = re.compile(
    r"(?:[個つ本枚点着足冊台箱袋缶]|セット|\d)(?:だけ)?に(?:して|し|増|減|変|する|お願い|[。!]*$)|増や|減ら|だけに"
    r"|\b(?:make (?:it|that|them|those|the)|change .{1,30} to|only|down to|up to|bump|just)\b"
)
_ADDS: Final = re.compile(
    r"足し|追加|入れ|ください|下さい|お願い|もらい|買い|に(?:する|します|しよう|しとく|して)|ほうで|方で"
    r"|\b(?:add|get|take|put|give|instead|go (?:with|for)|i'?ll have|want|need|include|throw in)\b"
)
_PIECE: Final = re.compile(
    r"(?<=やめて)、?|(?<=なしで)、?|(?<=にして)、?|(?<=[やらげ]して)、?|(?<=減らして)、?|(?<=[外消足]して)、?"
    r"|(?<=追加して)、?|(?<=抜いて)、?|(?<=なくて)、?|(?<=[代か]わりに)、?|(?<=いらないから)、?|(?<=いらないので)、?"
    r"|[、。;,!\n]|[ \u3000]+(?=もう[1一ひ]|あと|それと)|\.(?=\s|$)"
    r"|\s(?:and|but|then)\s(?=(?:\w+\s){0,2}(?:add|get|take|put|give|make|keep|drop|remove|i'?ll|the)\b)"
)
_NUMBERED: Final = re.compile(
    r"は[、 ]*(?:\d{1,2}|[一二三四五六七八九十]|ひと|ふた|みっ|よっ)"
    r"|\b(?:to )?(?:\d{1,2}|one|two|three|four)\W*$"
)
_ONE_MORE: Final = re.compile(
    r"^\W*(?:もう(?:[1一]|ひと)(?:つ|個|本|枚)は|あと|それと|and another)", re.IGNORECASE
)
_OUT, _IN = "remove", "add"
_SWAP: Final = re.compile(
    r"\b(?:swap|switch|exchange|replace|trade|change)(?: out)? (?P<x>.{2,40}?) (?:for|with"
    r"|to) (?P<y>.{2,40})"
    r"|(?P<a>[^、。]{2,20}?)を、?(?P<b>[^、。]{2,20}?)(?:に|へ|と)(?:変え|替え|換え|かえ|変更|交換|取り替え|チェンジ)"
    r"|(?P<p>[^、。,.;→]{1,24}?)\s*(?:→|⇒|->|=>)\s*(?P<q>[^、。,.;→]{1,24})"
)
_RATHER: Final = re.compile(
    r"(?P<y>.{2,60}?) (?:rather than|instead of) (?P<x>[^,.;]{2,40})(?:[,.;]|$)"
)
_INSTEAD: Final = re.compile(
    r"じゃなく|ではなく|でなく|の(?:代わり|かわり)|\b(?:instead of|rather than|not the)\b"
)
_PAYS: Final = re.compile(r"会計|レジ|決済|支払|\b(?:check ?out|pay|ring (?:it|me) up)\b")
# Words of dropping that sound like names.
_NO_NAMES: Final = re.compile(
    r"\b(?:remove|delete|never ?mind|forget|scratch|lose|drop|skip|keep|leave|scrap|ditch)\b"
)

# Drop a blue: one of them, and not all.
_ONE_OF_IT: Final = re.compile(r"^\W*(?:an?|one)\b(?! (?:lot|few|bit)\b)")


class _Change(NamedTuple):
    way: Way
    article: Article | None
    line: bool  # whether a line of the cart is meant


def cart_changes(
    requests: Sequence[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """The requests of a text that changes several things, or drops one; None for any other."""
    turn, shop = where
    words = text.casefold()
    cart = shop.cart
    if cart is None or not cart.lines or len(text) > _LONGEST or turn.state.top is not None:
        return None
    if not any(way.search(words) for way in (_DROPS, _KEEPS, _SETS, _SWAP)):
        return None
    known, inside = turn.state.order_id is not None, {one.product_id for one in cart.lines}
    if any(_is_elsewhere(one, known, inside) for one in requests) or _asks(words):
        return None
    pieces = _pieces(words)
    changes: list[_Change] = []
    before = ""  # a piece that only names what the next one speaks of
    for piece in pieces[:_MOST_PIECES]:
        bare: Way = "add" if changes and _INSTEAD.search(words) else ""
        if _ONE_MORE.match(piece):
            bare = "add"
        elif changes and changes[-1].way == "set" and _NUMBERED.search(piece):
            bare = "set"  # three wipes, and the tea two
        change = _change(piece, language, where, bare=bare)
        if before and change.way and change.article is None:
            change = _change(f"{before} {piece}", language, where, bare=bare)
        before = "" if change.way else piece
        if change.way:
            changes.append(change)
    if (other := _otherwise(changes) or _in_all(changes)) is not None:
        return [other]
    if not _is_change(changes):
        return None
    beside = [one for one in requests if one.act in _BESIDE]
    if _PAYS.search(words) and not any(one.act == "checkout" for one in beside):
        beside.append(Request("checkout", question=text, confidence=_SURE))
    first = [one for one in beside if one.act in ("greet", "thanks")]
    told = [_request(one) for one in changes if one.way != "keep"]
    return [*first, *told, *(one for one in beside if one not in first)]


def _asks(words: str) -> bool:
    return _ASKS.search(_NO_QUESTION.sub(" ", words)) is not None


def _pieces(words: str) -> list[str]:
    """The text cut where one change may end; 「XをYに変えて」 is X dropped and Y put in."""
    if (swap := _SWAP.search(words)) is not None:
        old, new = (one for one in swap.groups() if one)
        return [f"{_OUT} {old}", f"{_IN} {new}"]
    if (rather := _RATHER.match(words)) is not None:
        return [f"{_OUT} {rather['x']}", f"{_IN} {rather['y']}"]
    return [one for one in _PIECE.split(words) if one and IDLE.sub("", one).strip()]


def _in_all(changes: Sequence[_Change]) -> Request | None:
    """さくらを1本追加して3本にします: how many there are in all is what is done."""
    if len(changes) != 2 or [one.way for one in changes] != ["add", "set"] or not changes[0].line:
        return None
    more, whole = (one.article for one in changes)
    if more is None or whole is None or more.product_id != whole.product_id or whole.spans:
        return None
    if more.count is None or whole.count is None or whole.options or whole.count.relative:
        return None
    return _request(_Change("set", replace(more, count=whole.count), line=True))


def _otherwise(changes: Sequence[_Change]) -> Request | None:
    """Swap the 30 for the 50; 灰は外して、紺だけに: one thing of the cart in another option."""
    if len(changes) != 2 or changes[0].way != "drop" or changes[1].way not in ("add", "set"):
        return None
    old, new = (one.article for one in changes)
    if old is None or new is None or old.product_id != new.product_id or not changes[0].line:
        return None
    if old.count is not None:
        return None  # one of the black ones for a white: the rest stays as it is
    told = {one.name for one in old.options}
    if not any(one.name in told for one in new.options) or old.options == new.options:
        return None
    return replace(_request(_Change("set", new, line=True)), question=new.words)


def _is_elsewhere(request: Request, known: bool, inside: set[int]) -> bool:
    """Whether it is about something else: an order, if one is `known`, or what was pointed at.

    The first one is no other thing where it lies `inside` the cart.
    """
    if request.how == "ordinal" and request.chosen and inside.issuperset(request.chosen):
        return request.act not in _MAY_CHANGE
    if request.act in _OF_ORDER and not known:
        return False
    return request.act not in _MAY_CHANGE | _BESIDE or request.how in ("button", "ordinal", "all")


def _is_change(changes: Sequence[_Change]) -> bool:
    """Whether every piece has its one article, and more is meant than putting something in."""
    if any(one.article is None for one in changes):
        return False
    ways = {one.way for one in changes}
    if any(not one.line for one in changes if one.way in ("drop", "keep", "set")):
        return False
    dropped = {one.article.product_id for one in changes if one.article and one.way == "drop"}
    added = {one.article.product_id for one in changes if one.article and one.way == "add"}
    if dropped & added or not ways - {"keep"}:
        return False  # the same thing in another colour is exchanged, not dropped
    return "drop" in ways or len(changes) > 1 and bool(ways & {"keep", "set"})


def _change(words: str, language: Language, where: tuple[Turn, Shop], *, bare: Way) -> _Change:
    """What a piece changes; `bare` is what one without a verb does."""
    way = _way(words) or bare
    if not way:
        return _Change("", None, line=False)
    if way == "add" and _PAYS.search(words):
        return _Change("", None, line=False)
    told = spoken(_NO_NAMES.sub(" ", words).strip(), language, where)
    if told.open_ids or len(told.articles) != 1:
        return _Change(way, None, line=False)
    article = told.articles[0]
    named = bool(article.spans or article.options)
    if not named and way in ("drop", "add"):
        return _Change(way, None, line=False)
    inside = _is_line(article, language, where)
    if way == "set" and article.count is None and inside:
        way = "keep"  # just the pots
    if way == "set" and not inside:
        way = "add"
    return _Change(way, article, inside)


def _way(words: str) -> Way:
    ways: tuple[tuple[Way, re.Pattern[str]], ...] = (
        ("drop", _DROPS),
        ("keep", _KEEPS),
        ("set", _SETS),
        ("add", _ADDS),
    )
    return next((way for way, pattern in ways if pattern.search(words)), "")


def _is_line(article: Article, language: Language, where: tuple[Turn, Shop]) -> bool:
    """Whether the cart has it, in the options told."""
    shop = where[1]
    lines = (
        [one for one in shop.cart.lines if one.product_id == article.product_id]
        if (shop.cart)
        else []
    )
    if not article.options:
        return bool(lines)
    offers = shop.offers([one.variant_id for one in lines])
    told = [one.slot for one in article.options]
    return any(not fitting([one], told, language)[1] for one in offers.values())


def _request(change: _Change) -> Request:
    article = change.article
    assert article is not None
    slots: tuple[Slot, ...] = tuple(one.slot for one in article.options)
    count = article.count
    if count is None and change.way == "drop" and _ONE_OF_IT.search(article.words):
        count = Quantity(1)
    if count is not None:
        slots = (*slots, count)
    acts = {"drop": "remove_from_cart", "set": "change_quantity", "add": "add_to_cart"}
    chosen = (article.product_id,)
    act = acts[change.way]
    return Request(act, slots, chosen=chosen, how="name", question=article.words, confidence=_SURE)
