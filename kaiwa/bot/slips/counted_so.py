"""A number told by a word: 1ダース is 12個, 3人…人数分 is 3個, 同じだけ is as many as went in last.

So that whatever reads numbers reads these too. What is sold by the dozen keeps its word.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.nlu.reader.numbers import ENGLISH, JAPANESE, small_number
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn

_DOZENS: Final = re.compile(
    rf"(?P<n>半|{JAPANESE})\s?ダース(?!入り|パック|セット|売)"
    rf"|\b(?P<en>half an?|half a|a couple(?: of)?|an?|{ENGLISH}) dozens?\b(?! (?:pack|box|set))",
    re.IGNORECASE,
)
_BY_THE_DOZEN: Final = re.compile(r"ダース|dozen", re.IGNORECASE)
_HALF: Final = re.compile(r"半|half", re.IGNORECASE)
_TWELVE: Final = 12
_PEOPLE: Final = re.compile(
    rf"(?P<n>{JAPANESE})(?:人|名)(?!前|分|用|掛|がけ|乗|目)|(?P<two>二人|ふたり)"
)
_FOR_EACH: Final = re.compile(
    r"(?:人数|頭数|全員|みんな|皆|皆さん|その)の?(?:人数)?分(?:だけ|ずつ)?"
    r"|(?:1|一|ひと)り?(?:人|名)?に?(?:1|一|ひと)(?:つ|個|本|枚|点)ずつ"
)
_AS_MANY: Final = re.compile(
    r"同じ(?:だけ|数(?:だけ)?|個数|本数|枚数)(?:で|を|ずつ)?(?=[、。!！\s]|お願|くだ|下さ|入れ|ほし|欲し|頼|買|足|追加|$)"
    r"|\b(?:the )?same (?:number|amount|quantity|count)\b(?: of (?=[a-z]))?",
    re.IGNORECASE,
)
_LONGEST: Final = 300


def with_numbers(turn: Turn, shop: Shop) -> Turn:
    """The turn with such numbers in figures."""
    text = turn.text
    if len(text) > _LONGEST:
        return turn
    if _DOZENS.search(text) and not _sold_by_the_dozen(turn, shop):
        text = _DOZENS.sub(_in_pieces, text)
    text = _for_people(text)
    if _AS_MANY.search(text) and (before := _last_number(turn, shop)) is not None:
        text = _AS_MANY.sub(lambda one: _pieces(before, one[0]), text)
    return turn if text == turn.text else replace(turn, text=text)


def _pieces(count: int, said: str) -> str:
    if not said.isascii():
        return f"{count}個"
    return f"{count} " if said.endswith("of ") else f"{count} of it"


def _in_pieces(said: re.Match[str]) -> str:
    told = said["n"] or said["en"].casefold()
    if _HALF.match(told):
        return "6個" if said["n"] else "6"
    many = 2 if told.startswith("a couple") else 1 if told in ("a", "an") else small_number(told)
    if many is None:
        return said[0]
    return f"{many * _TWELVE}個" if said["n"] else str(many * _TWELVE)


def _for_people(text: str) -> str:
    """3人に着せるベスト、人数分: how many people were told is how many are wanted."""
    people = {small_number(one["n"]) if one["n"] else 2 for one in _PEOPLE.finditer(text)}
    if len(people) != 1 or None in people:
        return text
    return _FOR_EACH.sub(f"{people.pop()}個", text)


def _last_number(turn: Turn, shop: Shop) -> int | None:
    """How many went in last; None where something else is spoken of: it was sold out, say."""
    lines = shop.cart.lines if shop.cart else ()
    if not lines or turn.state.top is not None or lines[-1].product_id not in turn.state.focus:
        return None
    return lines[-1].wanted


def _sold_by_the_dozen(turn: Turn, shop: Shop) -> bool:
    """Whether what is named, or talked about, has the word itself: 鉛筆 1ダース."""
    named = [one.slot for one in shop.known.names(turn.text.casefold())]
    ids = [key for one in named if isinstance(one, Product) for key in one.ids]
    sold = shop.variants(tuple(dict.fromkeys((*ids, *turn.state.focus)))[:_TWELVE])
    said = (
        f"{one.product.title} {' '.join(one.variant.options.values())}"
        for every in sold.values()
        for one in every
    )
    return any(_BY_THE_DOZEN.search(one) for one in said)
