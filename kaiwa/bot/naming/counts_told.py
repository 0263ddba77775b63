"""How many of what a text says, wherever the number stands: two mugs, カステラ1, "ivory, one"."""

import re
import unicodedata
from typing import Final

from kaiwa.bot.nlu.reader.counting import quantities
from kaiwa.bot.nlu.reader.numbers import small_number
from kaiwa.bot.nlu.slot import Quantity

_LOOSE: Final = re.compile(
    r"(?<![\d.,a-z$¥/-])(?:(?P<n>[1-9]\d?)(?![\d:/-]|[.,]\d"
    r"|\s?(?:[a-z]{1,2}\b(?!')|cm|mm|ml|inch|feet|foot|lbs|円|月|日|時|番|号|[かヶケカヵ箇]月"
    r"|才|歳|合|畳|形|炊|段|%|-?\s?(?:year|month|day|person|people|man\b|way|piece|pocket|quart|liter|litre"
    r"|gallon|watt|speed|season)))|(?P<word>two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|(?<=[,.!;] )one|^\W*one)\b(?![ -](?:person|man|people|way|piece|season|liter|litre|quart))"
    r"|(?P<dozen>half a dozen|(?:a |one )?dozen|a couple)\b(?! (?:ways|times|eggs?))"
    r"|(?P<a>an?) (?:(?:set|pack|pair|box|bag|bottle|couple) of|single"
    r"|pair(?=\W*$|,| (?:as|please|pls|then|too)\b))\b)"
)
# "3 in grey", "2 of it", "1 to the cart": no inches, and no part of a ratio.
_OF_OPTION: Final = re.compile(
    r"(?:^\W*|[,.!]\s*|\b(?:take|add|have|want|need|get|order|put|buy|grab|me|it|like|do|ok|make"
    r"|down for)\s+)"
    r"(?P<n>[1-9]\d?)(?=\s+(?:(?:of (?:it|them|these|those) )?in|of|to|for)\s+[a-z0-9])"
)
# 9 x 12, 11x14 in: measures; but 2 x 12 oz is two of them.
_SIDES: Final = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?\s?[x×]\s?\d+(?:\.\d+)?(?![\d.])(?!\s*(?:oz|ml|g|kg|lbs?|l|packs?)\b)"
)
# さんご1あんず1: a bare number ends what it counts.
GOES_ON: Final = re.compile(r"(?<=\d)[ぁ-んァ-ヺ一-鿿](?<![つ個本枚点着足冊箱袋月日時])")
_ALL_OF_THEM: Final = re.compile(
    r"[2-6二三四五六]つ(?:とも|全部)"
    r"|\ball (?:of )?(?:the |these |those )?(?:two|three|four|five|six|[2-6])\b"
)
# One coral one blue; "the red one looks" counts none.
_ONE_AND_ONE: Final = re.compile(
    r"(?:^|[,.:;]\s*|\b(?:sorry|actually|make it|and|please|take|want|then|do|have|get|grab|buy"
    r"|need|order)\s+)"
    r"(?P<a>one)(?: in)? [a-z]+(?: [a-z]+)?,? (?:and )?(?P<b>one)(?= [a-z]{3})"
)
# Pop one in for me; "I'll take one of those": one of what is spoken of.
_ONE_OF_IT: Final = re.compile(
    r"\b(?:pop|put|throw|toss|stick|chuck|add|take|grab|get|have|order|buy|want|need) (?P<a>one)"
    r"(?=(?: of (?:those|them|these))?(?: (?:in|into|to|please|pls|too|then)\b|\W*(?:,|$)))"
    r"|\bjust(?: the)? (?P<b>one)(?=\W*$| (?:please|pls|then|of|is)\b)"
)
# Take one off, take one of the blue ones out, take away one: so many fewer.
_FEWER: Final = re.compile(
    r"\b(?:take|knock|get|leave|pull) (?P<n>one|two|three|[1-9])(?: [a-z0-9'-]+){0,5}?"
    r" (?:off|out|away)\b"
    r"|\btake (?P<a>an?)(?: [a-z0-9'-]+){1,4}? (?:off|out|away)\b"
    r"|\b(?:(?<!ll )(?<!will )(?<!'d )(?<!could )(?<!to )take|knock|drop|lose)"
    r" (?P<only>one|two|three|[1-9])(?: of (?:them|those|these))?"
    r"(?= ?(?:please|pls)?\W*$)"
    r"|\b(?:(?:take|knock|leave|pull) (?:off|out|away)|remove|drop|lose|delete|ditch|minus)"
    r" (?:just |only )?(?P<of>one|two|three|[1-9])(?= (?:of|bags?|pairs?|packs?|[a-z]{3,}))"
    r"|\b(?P<less>one|two|three|[1-9])(?: (?!for\b|or\b|at\b|and\b|is\b|sizes?\b)[a-z'-]+){0,2}"
    r" (?:less|fewer)(?=\W*$| (?:please|pls|then|of)\b)"
)
_OF_THE: Final = re.compile(r"\bof (?:the|these|those|my)\s+$")  # the cheaper of the two
_FOR: Final = re.compile(r"[a-z] for $")
_ENDS: Final = re.compile(r"\W*$|\s*(?:people|persons|players|of us|kids|children|adults)\b")
_KANA_COUNTS: Final = {
    "いっこ": 1,
    "にこ": 2,
    "さんこ": 3,
    "いっぽん": 1,
    "いちまい": 1,
    "にまい": 2,
    "いっそく": 1,
}
_KANA_COUNT: Final = re.compile(rf"(?<![ぁ-ん])(?:{'|'.join(_KANA_COUNTS)})(?![ぁ-く])")


def counts_told(text: str) -> list[tuple[int, int, Quantity]]:
    """Every number of pieces; a loose one too: カステラ1, "two stoneware mugs", "ivory, one"."""
    told = ((o.begin, o.end, o.slot) for o in quantities(text) if isinstance(o.slot, Quantity))
    found = list(dict.fromkeys(told))
    for loose in (*_OF_OPTION.finditer(text), *_LOOSE.finditer(text)):
        kind = str(loose.lastgroup)
        begin, end = loose.span(kind)
        if any(a < end and begin < b for a, b, _ in found):
            continue
        count = 1 if kind == "a" else small_number(loose[kind].strip(" -,"))
        if count:
            found.append((begin, end, Quantity(count)))
    for pair in _ONE_AND_ONE.finditer(text):
        found += [
            (*pair.span(name), Quantity(1))
            for name in ("a", "b")
            if not any(a < pair.end(name) and pair.start(name) < b for a, b, _ in found)
        ]
    for one in _ONE_OF_IT.finditer(text):
        begin, end = one.span(str(one.lastgroup))
        if not any(a < end and begin < b for a, b, _ in found):
            found.append((begin, end, Quantity(1)))
    for one in _FEWER.finditer(text):
        begin, end = one.span(str(one.lastgroup))
        if not any(a < end and begin < b for a, b, told in found if told.relative):
            found = [told for told in found if not (told[0] < one.end() and one.start() < told[1])]
            fewer = -(small_number(text[begin:end]) or 1)
            found.append((begin, end, Quantity(fewer, relative=True)))
    for kana in _KANA_COUNT.finditer(text):
        found.append((*kana.span(), Quantity(_KANA_COUNTS[kana[0]])))
    found = [one for one in found if not _OF_THE.search(text[: one[0]])]
    found = [one for one in found if not _for_people(text, one[0], one[1])]
    sides = [one.span() for one in _SIDES.finditer(text)]
    return [one for one in found if not any(a < one[1] and one[0] < b for a, b in sides)]


def _for_people(text: str, begin: int, end: int) -> bool:
    """Games for 2: so many play, and none is counted."""
    return _FOR.search(text[:begin]) is not None and _ENDS.match(text, end) is not None


def means_all(text: str) -> bool:
    """Whether a number says that all of the things named before are meant: "all three"."""
    return _ALL_OF_THEM.search(text) is not None


def is_in_name(text: str, place: tuple[int, int], title: str) -> bool:
    """Whether a number belongs to a product's name: the 2本 of ポール2本組, "the set of 24".

    The title has the same number between the same neighbours: the word before it, or what comes
    right behind it.
    """
    title = unicodedata.normalize("NFKC", title).casefold()
    begin, end = place
    number = _DIGITS.search(text, begin, end)
    if number is None:
        # 銘茶の二缶箱: a number in kanji, with what stands beside it in the name.
        beside = (text[max(0, begin - 1) : end], text[begin : end + 1])
        kanji = not text[begin:end].isascii()
        spelt = kanji and any(len(one) > 2 and one in title for one in beside)
        return spelt or text[begin:end].endswith("dozen") and "dozen" in title
    before, after = _before(text[: number.start()]), _after(text[number.end() :])
    for found in _same_number(number[0], title):
        behind = _after(title[found.end() :])
        if len(behind) > 1 and (after == behind or _is_pack(after) and _is_pack(behind)):
            return True
        word = _before(title[: found.start()])
        if word and word == before and (not behind or not after or after == behind):
            return True
    return False


def is_its_size(text: str, place: tuple[int, int], title: str) -> bool:
    """Whether a title tells the number with the same counter: 4食 of ぜんざい 4食, beside 2つ."""
    number = _DIGITS.search(text, *place)
    if number is None:
        return False
    after = _after(text[number.end() :])
    return bool(after) and any(
        _after(title[found.end() :])[:1] == after[:1] for found in _same_number(number[0], title)
    )


def sizes_said(text: str, title: str) -> set[tuple[int, int]]:
    """Where a text says a number of a title with its measure: "4 person", 3合, 20l of 20L."""
    return {
        found.span()
        for size in _SIZE.finditer(title)
        for found in re.finditer(
            rf"(?<![\d.]){re.escape(size[1])}[\s-]*{re.escape(size[2])}s?(?![a-z])", text
        )
    }


def _same_number(number: str, title: str) -> list[re.Match[str]]:
    return [found for found in _DIGITS.finditer(title) if found[0] == number]


def _is_pack(word: str) -> bool:
    """Whether what stands behind a number tells how many are in a pack, in whichever word."""
    return _PACK.fullmatch(word) is not None


def _before(text: str) -> str:
    found = _WORD_BEFORE.search(text)
    return found[1] if found else ""


def _after(text: str) -> str:
    found = _WORD_AFTER.match(text)
    return found[1].removesuffix("s") if found else ""


_DIGITS: Final = re.compile(r"\d+")
_WORD_BEFORE: Final = re.compile(r"([a-z]{2,}|[ァ-ヺー一-鿿]+|(?<![ぁ-ゖ])[ぁ-ゖ]{3,})[\s-]*$")
_WORD_AFTER: Final = re.compile(r"[\s-]*([a-z]{2,}|[ァ-ヺー一-鿿]{1,2}|[つこ])")
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)[\s-]*([a-z]+|[一-鿿ァ-ヺ]{1,2})")
_PACK: Final = re.compile(r"[一-鿿](?:入|組|セ)|pack|count|ct|piece|pc|set")
