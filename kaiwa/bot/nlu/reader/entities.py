"""All readers over one text: the row of what was found, in order and without overlaps."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kaiwa.bot.nlu.reader.amounts import prices
from kaiwa.bot.nlu.reader.calendar import days, times
from kaiwa.bot.nlu.reader.contacts import contacts
from kaiwa.bot.nlu.reader.counting import ordinals, quantities
from kaiwa.bot.nlu.reader.found import Found, settled
from kaiwa.bot.nlu.reader.normal import Normal
from kaiwa.bot.nlu.slot import Colour, Size
from kaiwa.catalog.understanding import Facets
from kaiwa.catalog.understanding.colours import WORDS, colour_of, is_part_of_name
from kaiwa.catalog.understanding.sizes import normal_size

_LETTERS: Final = r"(?:xs|xxxl|xxl|xl|s|m|l|3l|2l|ll|フリー|free)"
_SIZES: Final = [
    re.compile(rf"(?<![a-z0-9])(?P<size>{_LETTERS}|\d{{1,3}}(?:\.\d)?(?:\s*cm)?)\s*サイズ"),
    re.compile(
        rf"サイズ(?:は|が|を|:)?\s*(?P<size>{_LETTERS}|\d{{1,3}}(?:\.\d)?(?:\s*cm)?)(?![a-z0-9])"
    ),
    re.compile(
        rf"\b(?:in\s+)?(?:a\s+)?size\s+(?P<size>{_LETTERS}|\d{{1,3}}(?:\.\d)?(?:\s*cm)?"
        rf"|small|medium|large|extra large)(?![a-z0-9])"
    ),
    re.compile(
        r"(?<![a-z0-9'])(?P<size>xs|s|m|l|xl|xxl|xxxl|3l|2l|ll)(?=の|で|を|は|が|に|と|、|も|か|ください|$|\s*[,.?!]|\s+(?:please|one|ones|instead|in)\b)(?!\.)"
    ),
    re.compile(r"(?<![\d.])(?P<size>(?:1\d|2\d|3[0-2])(?:\.[05])?\s*cm)(?![a-z])"),
    re.compile(r"\b(?P<size>small|medium|large|extra large)(?=\s+(?:one|size|please)|\s*[.!?]*$)"),
    re.compile(r"\b(?:in|an?)\s+(?P<size>xs|xl|xxl|small|medium|large|s|m|l)\b(?!')"),
]
_ADJECTIVE: Final = re.compile(r"^an?\s+(?:small|medium|large)$")
_PARTS: Final = re.compile(r"[/\s-]+")
_KANJI = "一-鿿々"
_KANA = "ァ-ヺー"
_LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)
_EN_COLOURS = "|".join(word for word in _LONGEST_FIRST if word.isascii())
_KANA_COLOURS = "|".join(word for word in _LONGEST_FIRST if "ァ" <= word[0] <= "ヺ")
_KANJI_COLOURS = "|".join(word for word in _LONGEST_FIRST if word[0] >= "一")
_COLOURS: Final = [
    re.compile(rf"(?<![a-z])(?:{_EN_COLOURS})(?![a-z])"),
    re.compile(rf"(?<![{_KANA}])(?:{_KANA_COLOURS})系?(?![{_KANA}])"),
    re.compile(rf"(?<![{_KANJI}])(?:{_KANJI_COLOURS})系?(?![{_KANJI}]|ワイン|ちゃん|身)"),
]
_AFTER = re.compile(r"\s*([a-z]+)")


def entities(
    normal: Normal, today: dt.date, things: Iterable[Found] = (), *, by_form: bool = False
) -> tuple[Found, ...]:
    """What the text names by its form, and `things` that the gazetteer found in it.

    `by_form`: numbers of pieces by their own words, as in the examples that are learnt.
    """
    text = normal.text
    return settled(
        [
            *contacts(text, normal.cased),
            *prices(text),
            *_long(things),
            *days(text, today),
            *times(text),
            *ordinals(text),
            *sizes(text),
            *quantities(text, by_form=by_form),
            *things,
            *colours(text),
        ]
    )


def sold_so(found: Sequence[Found], text: str, facets: Facets) -> tuple[Found, ...]:
    """Without the sizes that are mere words here: "a small shop", where nothing comes in S."""
    letters = {part for one in facets.sizes for part in _PARTS.split(one)}
    return tuple(
        one
        for one in found
        if not isinstance(one.slot, Size)
        or _ADJECTIVE.search(text[one.begin : one.end]) is None
        or one.slot.text in letters
    )


def sizes(text: str) -> Iterator[Found]:
    """Sizes by their words: Mサイズ, 23.5cm, size 8, "a large one"."""
    for pattern in _SIZES:
        for found in pattern.finditer(text):
            yield Found("size", found.start(), found.end(), Size(normal_size(found["size"])))


def colours(text: str) -> Iterator[Found]:
    """Colours that stand as words of their own: 青は？, but not 緑茶 or "red wine"."""
    for pattern in _COLOURS:
        for found in pattern.finditer(text):
            following = _AFTER.match(text, found.end())
            name = colour_of(found[0])
            if name and not (following and is_part_of_name(found[0], following[1])):
                yield Found("colour", found.start(), found.end(), Colour(name))


def _long(things: Iterable[Found]) -> Iterator[Found]:
    # A name with several words wins over what its parts might be: "Room Lamp No. 2".
    return (one for one in things if one.end - one.begin >= 6)
