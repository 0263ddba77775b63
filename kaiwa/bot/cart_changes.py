"""Changes to what is in the cart, piece by piece of a text: out with this, that instead, two of it.

「ソフトはやめてハードのほうにする」 and "drop the pad, add the easel" say one thing after the other;
each piece speaks of one article, and takes it out, sets its number, keeps it, or puts it in.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from kaiwa.bot.articles_told import Article, spoken
from kaiwa.bot.nlu.slot import Slot
from kaiwa.bot.options_said import options_told
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
_BESIDE: Final = frozenset({"checkout", "apply_coupon", "thanks", "greet", "view_cart"})
_ASKS: Final = re.compile(
    r"[?？]|ます?か(?:ね|な)?[。!]*$|ですか|でしょうか|\b(?:what|which|how|why|can|could|do you)\b"
)
_DROPS: Final = re.compile(
    r"やめ(?!ら)|(?:いら|要ら)な|(?:いり|要り)ませ|不要|(?:外|はず)し|抜い|消し|削除|取り消|キャンセル"
    r"|必要な(?:い|く)|なし(?:で|に(?:して|します)?)?(?:お願いします|いい(?:です)?)?[。!、]*$|結構です"
    r"|\b(?:remove|drop|delete|lose|scrap|ditch|forget|skip|nix|cancel|take (?:out|off|away)|never ?mind"
    r"|(?:don'?t|do not|no longer|won'?t|doesn'?t) (?:want|need)|leave out|not the|get rid of)\b"
)
_KEEPS: Final = re.compile(
    r"(?:その|この|今の|いまの|[^\s、。]の)まま|\b(?:keep|leave|stick with|stay with)\b"
)
_SETS: Final = re.compile(
    r"(?:[個つ本枚点着足冊台箱袋缶]|セット|\d)(?:だけ)?に(?:して|し|増|減|変|する|お願い)|増や|減ら|だけに"
    r"|\b(?:make (?:it|that|them|those|the)|change .{1,30} to|only|down to|up to|bump|just)\b"
)
_ADDS: Final = re.compile(
    r"足し|追加|入れ|ください|下さい|お願い|もらい|買い|に(?:する|します|しよう|しとく|して)|ほうで|方で"
    r"|\b(?:add|get|take|put|give|instead|go (?:with|for)|i'?ll have|want|need|include|throw in)\b"
)
_PIECE: Final = re.compile(
    r"(?<=やめて)、?|(?<=なしで)、?|(?<=にして)、?|(?<=[やらげ]して)、?|(?<=減らして)、?|(?<=[外消足]して)、?"
    r"|(?<=追加して)、?|(?<=抜いて)、?|(?<=いらないから)、?|(?<=いらないので)、?|[、。;,!\n]|\.(?=\s|$)"
    r"|\s(?:and|but|then)\s(?=(?:\w+\s){0,2}(?:add|get|take|put|give|make|keep|drop|remove|i'?ll|the)\b)"
)


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
    if not (_DROPS.search(words) or _KEEPS.search(words) or _SETS.search(words)):
        return None
    matters = [one for one in requests if one.act not in _BESIDE]
    if not matters or any(_is_elsewhere(one) for one in matters) or _ASKS.search(words):
        return None
    pieces = [one for one in _PIECE.split(words) if one and one.strip()]
    every = [_change(one, language, where) for one in pieces[:_MOST_PIECES]]
    changes = [one for one in every if one.way]
    if not _is_change(changes):
        return None
    beside = [one for one in requests if one.act in _BESIDE]
    first = [one for one in beside if one.act in ("greet", "thanks")]
    told = [_request(one) for one in changes if one.way != "keep"]
    return [*first, *told, *(one for one in beside if one not in first)]


def _is_elsewhere(request: Request) -> bool:
    return request.act not in _MAY_CHANGE or request.how in ("button", "ordinal", "all")


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


def _change(words: str, language: Language, where: tuple[Turn, Shop]) -> _Change:
    way = _way(words)
    if not way:
        return _Change("", None, line=False)
    told = spoken(words.strip(), language, where)
    if told.open_ids or len(told.articles) != 1:
        return _Change(way, None, line=False)
    article = told.articles[0]
    named = bool(article.spans or article.options)
    if not named and way in ("drop", "add"):
        return _Change(way, None, line=False)
    inside = _is_line(article, language, where)
    if way == "set" and (article.count is None or not inside):
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
    lines = [one for one in shop.cart.lines if one.product_id == article.product_id] if (
        shop.cart
    ) else []
    if not article.options:
        return bool(lines)
    offers = shop.offers([one.variant_id for one in lines])
    count = len(article.options)
    return any(len(options_told([one], article.words, language)) >= count for one in offers.values())


def _request(change: _Change) -> Request:
    article = change.article
    assert article is not None
    slots: tuple[Slot, ...] = tuple(one.slot for one in article.options)
    if article.count is not None and change.way != "drop":
        slots = (*slots, article.count)
    acts = {"drop": "remove_from_cart", "set": "change_quantity", "add": "add_to_cart"}
    chosen = (article.product_id,)
    act = acts[change.way]
    return Request(act, slots, chosen=chosen, how="name", question=article.words, confidence=_SURE)
