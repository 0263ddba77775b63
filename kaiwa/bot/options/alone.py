"""A text of nothing but option values of the one product spoken of: "light tint pls" takes it.

Read like a search of its own it would be answered with other goods.
"""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.remarks import is_remark
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Slot
from kaiwa.bot.options.by_price import answer_by_price
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import Told, options_told
from kaiwa.bot.options.several import several_options
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 60
_SURE: Final = 0.9
_DOUBTFUL: Final = 0.6
# Stars, of a sheet with stars on it, gives none to anything.
_MISREAD: Final = frozenset({"find_product", "refine", "out_of_scope", "clarify", "review"})
_OPEN: Final = frozenset({"find_product", "refine", "recommend", "product_question", "compare"})
_ASKED: Final = frozenset({"size", "colour", "option"})
_ASKS: Final = re.compile(
    r"[?？]|ある|あり|見|みせ|探|がいい|\b(?:any|show|other|find|do you|is)\b"
)
# 小さい方で結構です takes it, and turns nothing down.
_WILL_DO: Final = re.compile(
    r"で(?:も)?(?:結構|けっこう|いい|十分|大丈夫)(?:です)?[。!！]*$"
    r"|\b(?:is|will be|would be|'ll be|'s) (?:fine|enough|plenty|good enough)\W*$|\bwill do\W*$"
    r"|^\W*(?:that'?s )?good enough\b",
    re.IGNORECASE,
)
# Of an open question: "small" is the smaller one, "same size" is that of the last.
_SIZED: Final = re.compile(r"\b(small|big|large)\b(?! (?:one|size|bottle))")
_THE_SAME: Final = re.compile(
    r"\W*(?:in )?(?:the )?same (?:size|colou?r)(?: (?:please|too|again|as (?:that|before)))*\W*"
    r"|\W*(?:同じ|おなじ)(?:サイズ|色|カラー|の)(?:で|が)?(?:いい|お願い(?:します)?|ください)?(?:です)?\W*"
)
_QUESTION: Final = re.compile(r"[?？]|(?:ます|です)か")
_RATES: Final = re.compile(r"\d|\b(?:one|two|three|four|five)\b|[一二三四五]", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\d{1,2}\s*(?:個|つ|本|枚|点|着|足|冊|箱|袋|缶|x\b)?")


def only_options(
    requests: Sequence[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """What the values are wanted for; None where more is said, or where none is spoken of."""
    turn, shop = where
    state = turn.state
    asked = state.asked is not None and state.asked.slot in _ASKED
    top, near = state.top, (state.top.product_ids if state.top and asked else state.near)
    if len(text) > _LONGEST or len(near) != 1 or len(requests) != 1 or state.pending is not None:
        return None
    if requests[0].act == "product_question" and not asked and not _ASKS.search(text):
        return several_options(requests[0], plain(text), language, where)
    if asked and (slots := _by_price(text, language, where)):
        return [Request(CONTINUE, slots, question=text, confidence=_SURE)]
    same = _THE_SAME.fullmatch(text.casefold()) is not None
    will_do = _WILL_DO.search(text) is not None
    rates = requests[0].act == "review" and _RATES.search(text) is not None
    misread = requests[0].act in _MISREAD and not rates or will_do or _is_no_no(requests[0])
    misread = misread and (top is None or top.act in _OPEN)
    # The bigger size, where the size was asked for, sends nothing back.
    answers = asked and (same or will_do or requests[0].act in OF_ORDERS)
    if not misread and not answers:
        return None
    every = shop.variants(near).get(near[0], [])
    if asked and same:
        return [Request(CONTINUE, question=text, confidence=_SURE)]
    folded = plain(_without_reasons(text, every, language))
    if asked:
        folded = _SIZED.sub(r"\1 one", _WILL_DO.sub(" ", folded))
    if _ASKS.search(folded):
        return None
    told = options_told(every, folded, language)
    if not told:
        return None
    colours = [one for one in requests[0].slots if isinstance(one, Colour)]
    if len(colours) > 1 and len(colours) > len(told):
        return None  # white and blue, of what comes in no blue: that there is none is to be said
    if _says_more(folded, told):
        return several_options(requests[0], folded, language, where)
    counts = tuple(one for one in requests[0].slots if isinstance(one, Quantity))
    slots = (*(one.slot for one in told), *counts)
    if not asked and len(told) == 1:
        # なければ80でもいい, of what was wanted with stripes.
        names = {one.name for one in told}
        kept = [one for one in state.wanted if not isinstance(one, Option) or one.name not in names]
        slots = (*slots, *(one for one in kept if isinstance(one, Option)))
    if asked:
        return [Request(CONTINUE, slots, question=text, confidence=_SURE)]
    return [Request("add_to_cart", slots, chosen=near, question=text, confidence=_SURE)]


def _is_no_no(request: Request) -> bool:
    """I can't wait that long. White: what is turned down is the waiting, and no offer."""
    return request.act == "decline" and request.yes is None and request.confidence < _DOUBTFUL


def _by_price(text: str, language: Language, where: tuple[Turn, Shop]) -> tuple[Slot, ...]:
    """一番安いので: the option that was asked for, told by what it costs."""
    top = where[0].state.top
    ids = top.product_ids if top is not None and top.act == "add_to_cart" else ()
    if top is None or len(ids) != 1 or _QUESTION.search(text):
        return ()
    every = where[1].variants(ids).get(ids[0], [])
    return answer_by_price(every, top.slots, text, language)


def _says_more(folded: str, told: Sequence[Told]) -> bool:
    """Whether more is said than these values, the names of their options and a number."""
    rest = folded
    for one in sorted(told, key=lambda one: -one.begin):
        rest = f"{rest[: one.begin]}\x00{rest[one.end :]}"
    for one in told:
        rest = rest.replace(plain(one.name), "\x00")
    return bool(IDLE.sub("", _NUMBERS.sub("", rest)).strip("\x00 "))


def _without_reasons(text: str, every: Sequence[Offer], language: Language) -> str:
    """80でもいい。来年も着られるし: the value without why it will do."""
    parts = [one for one in _SENTENCE.split(text) if one.strip()]
    if len(parts) == 1 and (reason := _CLAUSE.match(text)) is not None:
        parts = [reason[0], text[reason.end() :]]
    kept = [one for one in parts if options_told(every, plain(one), language)]
    others = [one for one in parts if one not in kept]
    only = kept and all(_REASON.search(one) or is_remark(one, language) for one in others)
    return " ".join(kept) if only else text


_SENTENCE: Final = re.compile(r"[。!！\n]+|(?<=[a-z])\.\s")
_CLAUSE: Final = re.compile(r"[^、。]{2,24}?(?<!それ)(?:ので|んで|から|し)、?(?=.{3})")
_REASON: Final = re.compile(
    r"(?:し|から|ので|んで|ない(?:や|わ|な|です)?)(?:ね|な)?\W*$"
    r"|^\W*(?:i )?(?:can(?:'?t|not)|won'?t|don'?t|not|too|no way|never)\b",
    re.IGNORECASE,
)
