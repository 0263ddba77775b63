"""All values of the option that is open: "one of each", 両方, 全色1つずつ, "all three"."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.naming.article import Article
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.nlu.reader.numbers import small_number
from kaiwa.bot.nlu.slot import Colour, Option, Quantity, Size, Slot
from kaiwa.bot.options.picking import fitting
from kaiwa.bot.options.plain import plain
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 80
_SURE: Final = 0.9
_MOST: Final = 6
_ASKED: Final = frozenset({"size", "colour", "option"})
_MAY: Final = frozenset(
    {
        CONTINUE, "add_to_cart", "change_quantity", "find_product", "refine", "product_question",
        "recommend", "compare", "out_of_scope", "clarify", "affirm",
    }
)  # fmt: skip
_NUMBER: Final = r"(?:\d{1,2}|one|two|three|four|five|six|a pair|a couple)"
_WAYS: Final = (
    r"colou?rs?|sizes?|kinds?|types?|sorts?|shapes?|flavou?rs?|scents?|versions?|styles?|patterns?"
)
_NUMBER_JA: Final = r"(?:\d{1,2}|[一二三四五六]|ひと|ふた|みっ|よっ)"
_COUNTER: Final = r"(?:つ|個|本|枚|箱|缶|袋|足|点|台|冊|着|脚|組|膳|セット|パック)"
_WAYS_JA: Final = r"(?:色|種類?|サイズ|味|柄|タイプ|カラー|パターン|形)"
# So many of each of them; how many they are is told in `_ALL`.
_EACH: Final = re.compile(
    rf"\b(?P<en>{_NUMBER})(?: (?:of|in|from))? (?:each|every)"
    rf"(?: (?:one|{_WAYS}|of (?:them|those)))?\b"
    rf"|\beach (?:one|{_WAYS}|of (?:them|those))\b|\bevery (?:one|{_WAYS})\b|\beach\W*$"
    rf"|(?:それぞれ)?(?P<ja>{_NUMBER_JA}){_COUNTER}ずつ|(?:各{_WAYS_JA}?|それぞれ)(?P<all>{_NUMBER_JA}){_COUNTER}?"
    rf"|各{_WAYS_JA}|(?P<half>半分ずつ|半々|\bhalf (?:and|&|n) half\b|\bhalf of each\b)"
)
_ALL: Final = re.compile(
    rf"\b(?P<both>both)(?: of (?:them|those|these|the {_WAYS})| {_WAYS})?\b"
    rf"|\ball (?:of )?(?:the |those |these )?(?P<en>two|three|four|five|six|[2-6])\b(?: {_WAYS})?"
    rf"|\ball (?:of )?(?:the |those |these )?(?:{_WAYS})\b"
    rf"|(?:[全各]|全部の|すべての){_WAYS_JA}(?:とも)?"
    rf"|(?P<pair>(?:両方|両{_WAYS_JA})(?:とも|も)?|(?:どちら|どっち)も|(?:どちら|どっち)とも)"
    rf"|(?P<ja>{_NUMBER_JA})(?:{_COUNTER}|{_WAYS_JA})(?:とも|全部)"
)

_ASKS: Final = re.compile(
    r"[?？]|(?:ます|です|せん|るの)か|ある(?:の|かな)?\W*$|いくら|値段|違|どう"
    r"|\b(?:what|which|how|is|are|does|do you|have you|differ\w*|costs?|prices?)\b"
)
_SENTENCE: Final = re.compile(r"(?<=[.!。！])\s*")
_OF_WAYS: Final = re.compile(rf"\b(?:{_WAYS})\b|{_WAYS_JA}")


def each_value(
    requests: Sequence[Request], text: str, language: Language, where: tuple[Turn, Shop]
) -> list[Request] | None:
    """A request for each value of the one product spoken of; None where not all are meant."""
    words = _its_sentence(plain(text))
    turn, shop = where
    if len(text) > _LONGEST or turn.state.pending is not None or not _says_all(words, turn):
        return None
    if any(one.act not in _MAY or one.how in ("button", "undo") for one in requests):
        return None
    if _ASKS.search(words) and all(one.act != "add_to_cart" for one in requests):
        return None
    rest = _ALL.sub(" ", _EACH.sub(" ", words))
    articles = _articles(rest, language, where)
    ids = {one.product_id for one in articles or ()} or set(_asked_of(turn) or turn.state.near)
    if articles is None or len(ids) != 1:
        return None
    if not articles and _asked_of(turn) is None and not _OF_WAYS.search(words):
        inside = {one.product_id for one in shop.cart.lines} if shop.cart else set()
        if ids & inside:
            return None  # one more of each: of what lies in the cart
    product_id = ids.pop()
    every = shop.variants((product_id,)).get(product_id, [])
    before = turn.state.top.slots if _asked_of(turn) and turn.state.top else ()
    kept = [one for one in before if isinstance(one, Colour | Size | Option)]
    kept += [one.slot for article in articles for one in article.options]
    values = _open_values(every, kept, language, asked=_asked_of(turn) is not None)
    several = _told_of_all(words)
    if not 1 < len(values) <= _MOST or several not in (None, len(values)):
        return None
    wished = next((one.count for one in before if isinstance(one, Quantity)), None)
    many = _of_each(words, wished, len(values))
    if many is None:
        return None
    base = Request("add_to_cart", chosen=(product_id,), how="name", confidence=_SURE)
    return [
        replace(base, slots=(*_others(kept, one), one, Quantity(many)), question=one.value)
        for one in values
    ]


def _its_sentence(words: str) -> str:
    """We sleep on two sides, so two. One of each color: why it is wanted is left out."""
    said = [one for one in _SENTENCE.split(words) if one.strip()]
    each = [one for one in said if _OF_WAYS.search(one) and (_EACH.search(one) or _ALL.search(one))]
    asks = any(_ASKS.search(one) for one in said if one not in each)
    return each[0] if len(each) == 1 and not asks else words


def _articles(
    rest: str, language: Language, where: tuple[Turn, Shop]
) -> tuple[Article, ...] | None:
    """What is named beside the words for all; None where more is said than that."""
    if not IDLE.sub("", rest).strip():
        return ()
    told = spoken(rest, language, where)
    left = IDLE.sub("", told.rest).strip("\x00 ")
    return None if left or told.open_ids else told.articles


def number_of_all(text: str) -> Quantity | None:
    """How many "both" and "all three" are: "both square" is two of the square one."""
    many = _told_of_all(plain(text))
    return Quantity(many) if many else None


def _says_all(words: str, turn: Turn) -> bool:
    """Whether all are meant; a bare "both" means values only where they were asked about."""
    if _EACH.search(words):
        return True
    found = _ALL.search(words)
    return found is not None and (
        _asked_of(turn) is not None or _OF_WAYS.search(found[0]) is not None
    )


def _asked_of(turn: Turn) -> tuple[int, ...] | None:
    """The one product of which an option is being asked."""
    top = turn.state.top
    if top is None or top.act != "add_to_cart" or top.asked is None:
        return None
    return top.products if top.asked.slot in _ASKED and len(top.products) == 1 else None


def _open_values(
    every: Sequence[Offer], kept: Sequence[Slot], language: Language, *, asked: bool
) -> list[Option]:
    """The values of the first option that is open; none where another is open beside it.

    Where they were offered a moment ago, those that could be had then.
    """
    left, unknown = fitting(every, kept, language)
    if unknown or not left:
        return []
    names = [
        name
        for name in left[0].variant.options
        if len({one.variant.options.get(name) for one in left}) > 1
    ]
    if not names or len(names) > 1 and not asked:
        return []
    mine = [one for one in left if one.free > 0 or not asked]
    values = dict.fromkeys(one.variant.options[names[0]] for one in mine)
    return [Option(names[0], one) for one in values]


def _others(kept: Sequence[Slot], value: Option) -> list[Slot]:
    return [one for one in kept if not (isinstance(one, Option) and one.name == value.name)]


def _told_of_all(words: str) -> int | None:
    found = _ALL.search(words)
    if found is None:
        return None
    if found["both"] or found["pair"]:
        return 2
    told = found["en"] or found["ja"]
    return small_number(told) if told else None


def _of_each(words: str, wished: int | None, several: int) -> int | None:
    """How many of each: as told, else what was wished for before shared out among them."""
    found = _EACH.search(words)
    told = found and (found["en"] or found["ja"] or found["all"])
    if told:
        return small_number(told) or 1
    if wished and wished % several == 0:
        return wished // several
    return None if found and found["half"] else 1
