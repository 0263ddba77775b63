"""Option values of one product as shoppers say them: 20000mAh, 粉, cream, "the bigger one"."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.bot.nlu.reader.entities import colours
from kaiwa.bot.nlu.slot import Colour, Option, Size, Slot
from kaiwa.bot.options.adjectives import said_as_adjective
from kaiwa.bot.options.compared import compared
from kaiwa.bot.options.lacking import lacking_said
from kaiwa.bot.options.offered import Values, values_of
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.turned_down import LAST_MEANT
from kaiwa.catalog.finder.traits import traits_of
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.understanding.colours import colours_told
from kaiwa.vocabulary.language import Language

_PIECES: Final = re.compile(r"[（）()\[\]／/・,、]+")
_UNIT: Final = r"(?:cm|kg|months?|mos?\b|か月|ヶ月|カ月|歳|才|years?|yrs?|y\b)"
_RANGE: Final = re.compile(rf"(\d+(?:\.\d)?)\s*[-~〜–]\s*(\d+(?:\.\d)?)\s*({_UNIT})?")
_BODY: Final = re.compile(rf"(?<![\d.-])(\d{{1,3}}(?:\.\d)?)[\s-]*({_UNIT})")
_FOOT: Final = re.compile(
    r"(?:足|サイズ|靴|foot|feet|shoe|size|wear)\D{0,8}(?<![\d.-])(\d{2}(?:\.\d)?)(?![\d.])"
)
_OF_SIDES: Final = re.compile(r"(\d+(?:\.\d+)?x\d+(?:\.\d+)?)\s*(?:in|inch|cm|mm|m|ft)?\b")
_MODEL: Final = re.compile(r"[a-z]{3,}(?: [a-z]+)* ?(\d{1,4})")  # iphone 15: "my wife has a 15"
# The 8, and no more: 8のほう.
_THE: Final = re.compile(r"\b(?:the|that|an?|one|two|three|four|five|six) $")
_NO_MORE: Final = re.compile(
    r"\s*(?:$|[,.;!?]|(?:and|please|pls|then|instead|thanks|thank|too|pack|count|one)\b)"
)
_THAT_ONE: Final = re.compile(r"\s?(?:[個本枚袋包粒]入?)?の(?:方|ほう|やつ)")
# What stands behind a number and is none of these is a word of its own: "the 20,000 bank".
_SIGNS: Final = frozenset(
    "cm mm ml l m km g kg mg mah wh inch in ft oz lb qt gal w v hz gb tb".split()
)
_COLOUR: Final = re.compile(r"colou?r|色|カラー", re.IGNORECASE)
_SIZE: Final = re.compile(r"size|サイズ|寸法|\bwaist\b|ウエスト", re.IGNORECASE)
_MEASURE: Final = re.compile(
    r"(\d{1,6}(?:\.\d+)?)\s*([a-z]{0,5}|号|枚|本|包|個入|形|畳|段|[ァ-ヺー]{2,8})(?:\W.*)?"
)
_NUMBER: Final = re.compile(
    r"(?<![\d.,¥$a-z:/-])(\d{1,6}(?:\.\d+)?)(?![\d:/])\s?([a-z]{0,5})(?![a-z])"
)
# A bare number is a measure ("the 500") unless it counts, costs or is a day.
_COUNTS: Final = re.compile(
    r"\s*(?:円|個|つ|本|枚|点|着|足|冊|箱|袋|セット|日|月|時|番|才|歳|%|yen|usd|dollars|x\b"
    r"|pcs|pairs?|packs?"
    r"|of\b|more\b|boxes|bags|sets)|[.,]\d"
)
_PLURAL: Final = "s"
_FEWEST_LETTERS: Final = 2
_FEWEST_BARE: Final = 9  # a smaller bare number counts pieces
# How sizes of letters are said in full.
_LETTERS: Final = {
    "xs": r"extra small|エックスエス",
    "s": r"small|エス(?:サイズ)?|小さめ",
    "m": r"medium|エム(?:サイズ)?",
    "l": r"(?<!extra )large|(?<!エックス)エル(?:サイズ)?|大きめ",
    "xl": r"extra large|x-large|エックスエル",
    "小": "small",
    "中": "medium",
    "大": "large",
    "small": r"小(?=さ|の|を|$)",
    "medium": r"中(?=の|を|$)",
    "large": r"大(?=き|の|を|$)",
}
_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_KANA_COLOURS: Final = {
    "くろ": "black", "しろ": "white", "あか": "red", "あお": "blue", "みどり": "green",
    "きいろ": "yellow", "ちゃいろ": "brown", "むらさき": "purple", "はいいろ": "grey",
    "みずいろ": "blue",
}  # fmt: skip
_IN_KANA: Final = re.compile(
    rf"(?<![ぁ-ん])({'|'.join(_KANA_COLOURS)})(?:い(?!ろ)|(?=[のでがをはも、。\s]|$))"
)
# 全部黒に, 2枚白: what tells how many is no part of the word.
_BY_ITSELF: Final = r"(?:(?<![一-鿿々])|(?<=全部)|(?<=両方)|(?<=\d[個枚本着足点台箱袋缶]))"
_WORD: Final = re.compile(r"[a-z]{4,}")
_SHORTEST: Final = 4  # letters; shorter ones are said as they are: box, tin, jar
_INTO: Final = re.compile(r"\s+(?:my|the|your|our|an?)\b")
_LOOSE: Final = re.compile(r"[a-z]+|[ァ-ヺー]+|[一-鿿々]+")


class Told(msgspec.Struct, frozen=True):
    """An option value that a text names, and where: `[begin, end)` of the text as `plain` has it.

    `slot` is the product's own value, or only its colour when a general word was said ("cream").
    """

    name: str
    slot: Option | Colour
    begin: int
    end: int


def with_options(
    every: Sequence[Offer], text: str, slots: Sequence[Slot], language: Language
) -> tuple[Slot, ...]:
    """The values told, and beside them those of the product's own options that the text says.

    Where the product's own word was said it stands instead of the general colour or size.
    """
    own = options_said(every, text, language)
    colour = any(isinstance(one, Colour) or _COLOUR.search(one.name) for one in own)
    size = any(isinstance(one, Option) and _SIZE.search(one.name) for one in own)
    kept = [
        one
        for one in slots
        if not (isinstance(one, Colour) and colour) and not (isinstance(one, Size) and size)
    ]
    names = {one.name for one in own if isinstance(one, Option)}
    kept = [one for one in kept if not (isinstance(one, Option) and one.name in names)]
    return (*kept, *own)


def options_said(
    every: Sequence[Offer], text: str, language: Language
) -> tuple[Option | Colour, ...]:
    """The option values of these variants that the text says, one for each option."""
    return tuple(one.slot for one in options_told(every, plain(text), language))


def options_told(every: Sequence[Offer], text: str, language: Language) -> list[Told]:
    """The same with their places in a `plain` text, one for each option."""
    if LAST_MEANT in text:
        return _told_last(every, text, language)
    found: dict[str, Told] = {}
    clear: dict[str, tuple[bool, int]] = {}
    values = values_of(every, language)
    for one in values.every:
        place = _said(one.shown, text) or _counted(one.shown, text) or _whole_said(one.whole, text)
        if place:
            place = _with_its_name(one.name, place, text)
            # The value itself is clearer than a word for it: small heads take an XS.
            now = (text[slice(*place)] in one.shown, _length(place))
            if now > clear.get(one.name, (False, 0)):
                found[one.name] = Told(one.name, Option(one.name, one.own), *place)
                clear[one.name] = now
    for told in (*_by_a_word(values, text, found), *_by_colour(every, text)):
        found.setdefault(told.name, told)
    open_names = [name for name in _names(every) if name not in found]
    for name, value, begin, end in compared(_left(every, found), open_names, text):
        found[name] = Told(name, Option(name, value), begin, end)
    return list(found.values())


def _with_its_name(name: str, place: tuple[int, int], text: str) -> tuple[int, int]:
    """The place with a word of the option's own name behind it: the 6 inch pot, of a pot size."""
    behind = _behind(name.casefold()).match(text, place[1])
    return (place[0], behind.end()) if behind else place


@lru_cache(maxsize=512)
def _behind(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(one) for one in _LOOSE.findall(name) if len(one) > 1)
    return re.compile(rf"[ -]?(?:{words})(?:(?<=[a-z])e?s)?(?![a-z])" if words else r"(?!)")


def _told_last(every: Sequence[Offer], text: str, language: Language) -> list[Told]:
    """Blue, no wait, red: what is told last of each option."""
    first, last = text.split(LAST_MEANT, 1)
    begin = len(text) - len(last)
    after = [
        msgspec.structs.replace(one, begin=one.begin + begin, end=one.end + begin)
        for one in options_told(every, last, language)
    ]
    names = {one.name for one in after}
    return [*(one for one in options_told(every, first, language) if one.name not in names), *after]


def _whole_said(value: str, text: str) -> tuple[int, int] | None:
    return None if value.isascii() or len(value) < _FEWEST_LETTERS else _stands(value, text)


def _counted(value: str, text: str) -> tuple[int, int] | None:
    """Four quarts: a value that is a unit, where pieces of it are told."""
    sign = plain(f"1 {value}")[1:].strip() if value.isalpha() else value
    if sign == value:
        return None
    found = re.search(rf"(?<![\d.])\d{{1,2}}{re.escape(sign)}(?![a-z])", text)
    return found.span() if found else None


def _by_a_word(values: Values, text: str, found: dict[str, Told]) -> list[Told]:
    """A word that only one of an option's values has: speckled, of Speckled white and Moss."""
    return [
        Told(name, Option(name, next(iter(own))), *place)
        for (name, word), own in values.by_word.items()
        if len(own) == 1 and name not in found and (place := _said_as(word, text)) is not None
    ]


def _said_as(word: str, text: str) -> tuple[int, int] | None:
    if word.isdigit():
        return _measured(float(word), "", text)
    return _begins(word, text) if word.isascii() else _stands(word, text)


def _begins(word: str, text: str) -> tuple[int, int] | None:
    """Where the text says a word, in the plural or cut short: dino, dinos, dinosaur."""
    if word[:_SHORTEST] not in text:  # nearly always, and far cheaper than a pattern
        return None
    if len(word) < _SHORTEST:
        whole = _standing(rf"{re.escape(word)}(?:e?s)?").search(text)
        return whole.span() if whole else None
    for said in _WORD.finditer(text):
        plain_one = said[0].removesuffix("s")
        if len(plain_one) >= _SHORTEST and word.startswith(plain_one):
            return said.span()
    return None


def _names(every: Sequence[Offer]) -> list[str]:
    return list(dict.fromkeys(name for one in every for name in one.variant.options))


def _left(every: Sequence[Offer], found: dict[str, Told]) -> list[Offer]:
    """The variants that have what was told already."""
    told = {name: one.slot.value for name, one in found.items() if isinstance(one.slot, Option)}
    left = [one for one in every if told.items() <= one.variant.options.items()]
    return left or list(every)


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]


# Sizes and colours are the same for many products.
@lru_cache(maxsize=4_096)
def _said(value: str, text: str) -> tuple[int, int] | None:
    """Where the text says the value: the whole, a part of it by itself, or what falls into it."""
    for piece in [value, *_PIECES.split(value)]:
        said = piece.strip()
        if said and (place := _stands(said, text)):
            return place
    if (lacks := lacking_said(value, text)) is not None:
        return lacks
    if (adjective := said_as_adjective(value, text)) is not None:
        return adjective
    if (words := _LETTERS.get(value)) and (found := _standing(words).search(text)):
        return found.span()
    if (model := _MODEL.fullmatch(value)) and (found := _bare_model(model[1]).search(text)):
        return found.span(1)
    span = _RANGE.fullmatch(value)
    if span is not None:
        return _within(float(span[1]), float(span[2]), span[3] or "cm", text)
    if (sides := _OF_SIDES.match(value)) is not None:
        return _stands(sides[1], text)
    measure = _MEASURE.fullmatch(value)
    return _measured(float(measure[1]), measure[2], text) if measure else None


@lru_cache(maxsize=256)
def _standing(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{words})s?(?![a-z])")  # two mediums


@lru_cache(maxsize=256)
def _bare_model(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:an?|the|my|her|his)\s+({number})(?!\d|[.,:/]\d|[%-]|\s*(?:packs?|pieces?|pcs|x\b|of\b|mm|usd))"
    )


def _measured(wanted: float, unit: str, text: str) -> tuple[int, int] | None:
    """Where the text has the same measure: 24 or 24cm for 24.0cm, "16oz" for 16 oz."""
    for found in _NUMBER.finditer(text):
        if float(found[1]) != wanted:
            continue
        if found[2] == "in" and _INTO.match(text, found.end()):
            return found.span(1) if wanted > _FEWEST_BARE else None  # a 54 in my cart
        if found[2] and (found[2] == unit or {found[2], unit} == {"in", "inch"}):
            return found.span()
        told = (
            re.search(r"(?:サイズ|size|号)\W*$", text[: found.start()])
            or wanted > _FEWEST_BARE
            or not wanted.is_integer()
            or _points_at(text, found)
            or found[2] == _PLURAL
        )
        bare = not found[2] or not unit or found[2] not in _SIGNS
        if told and bare and not _COUNTS.match(text, found.end(1)):
            if found[2] == _PLURAL:
                return found.start(1), found.end(2)  # two of the 10s
            behind = re.match(rf"\s?{re.escape(unit)}", text[found.end(1) :]) if unit else None
            return found.start(1), found.end(1) + (behind.end() if behind else 0)
    return None


def _points_at(text: str, number: re.Match[str]) -> bool:
    """I'll have the 8; 8のほう: the one with this number, and not so many."""
    if _THE.search(text[: number.start()]) and _NO_MORE.match(text, number.end(1)):
        return True
    return _THAT_ONE.match(text, number.end(1)) is not None


def _within(low: float, high: float, unit: str, text: str) -> tuple[int, int] | None:
    """A measure of the body that falls into a range of sizes: 足は26センチ is in 25–27."""
    own = re.search(rf"(?<![\d.]){low:g}\s*[-~〜–]\s*{high:g}(?![\d.])", text)
    if own:
        return own.span()
    told = [one for one in _BODY.finditer(text) if one[2][:1] == unit[:1]]
    told += _FOOT.finditer(text) if unit == "cm" else ()
    for found in told:
        measure = float(found[1])
        if low <= measure < high or (measure == high and low < high):
            return found.start(1), found.end()
    return None


def _stands(piece: str, text: str) -> tuple[int, int] | None:
    if piece.isascii():
        if piece not in text:  # nearly always, and far cheaper than a pattern
            return None
        pattern = rf"(?<![a-z0-9.']){re.escape(piece)}(?![a-z0-9]|\.\d|-\d)"
    elif len(piece) > 1:
        piece = piece.translate(_KATAKANA)
        at = text.translate(_KATAKANA).find(piece)
        return (at, at + len(piece)) if at >= 0 else None
    else:
        # One letter, such as 粉 or 大, must stand by itself.
        pattern = rf"{_BY_ITSELF}{re.escape(piece)}(?![一-鿿々]|き|さ)"
    found = re.search(pattern, text)
    return found.span() if found else None


def _by_colour(every: Sequence[Offer], text: str) -> list[Told]:
    """Colours by general words: what is called Natural ivory here is cream to the shopper."""
    if not (said := _colours(text)):
        return []
    name = next((one for one in _names(every) if _COLOUR.search(one)), None)
    if name is None:
        return []
    free = {one.variant.id: one.free for one in every}
    traits = traits_of(every[0].product, [one.variant for one in every], free)
    comes_in = frozenset().union(*(one.colours for one in traits.variants))
    for place, colour in said:
        if colour in comes_in:
            return [Told(name, Colour(colour), *place)]
    return []


@lru_cache(maxsize=512)
def _colours(text: str) -> tuple[tuple[tuple[int, int], str], ...]:
    found = [
        ((one.begin, one.end), one.slot.name)
        for one in colours(text)
        if isinstance(one.slot, Colour)
    ]
    found += [(one.span(), _KANA_COLOURS[one[1]]) for one in _IN_KANA.finditer(text)]
    return tuple(found) or tuple(
        (word.span(), next(iter(names)))
        for word in _LOOSE.finditer(text)
        if (names := colours_told([word[0]]))
    )
