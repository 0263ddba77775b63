"""Ages: of whom something is for (3歳の子に, "for my 4 year old"), and those a product is made for.

An age is no size: it is taken out of the text before sizes are read. All ages are months.
"""

import re
from typing import Final

_NUMBER: Final = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WORDS: Final = {
    word: at
    for at, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_KANJI: Final = {word: at for at, word in enumerate("一二三四五六七八九十", start=1)}
_CHILDHOOD: Final = 16 * 12
# What is told of the age itself: 3歳児用の, "for a 4 year old".
_TOLD: Final = [
    re.compile(
        r"(?<![\d.~〜\-])(?P<n>\d{1,2}|[一二三四五六七八九十])\s*(?P<unit>歳|才|さい|ヶ月|か月|カ月|ヵ月|ケ月)"
        r"(?:児|くらい|ぐらい|になる|半)*(?:の)?(?:男の子|女の子|子供|子ども|こども|子|息子|娘|孫|甥|姪|赤ちゃん)?"
        r"(?:に|が|でも)?(?:向け|用|から)?(?:遊べる|使える|着られる|乗れる)?(?:の)?(?!以上|以下|未満)"
    ),
    re.compile(
        rf"\b(?:for\s+)?(?:(?:a|my|our|an|the|his|her)\s+)?(?P<n>{_NUMBER})[\s-]*"
        r"(?P<unit>years?|yrs?|y/?o|months?|mos?)[\s-]*(?:olds?\b)?"
        r"(?:\s+(?:boy|girl|kid|child|son|daughter|baby|toddler)\b)?(?!\s*(?:warranty|guarantee))"
    ),
    re.compile(
        rf"\b(?:turns?|turning|aged?|is)\s+(?P<n>{_NUMBER})(?![\d.]|\s*(?:cm|in|oz|%|pm|am))"
        r"(?P<unit>)(?=\s*(?:$|[,.;!?]|and\b|in\b|next\b|this\b|who\b|today\b))"
    ),
]
_OLD: Final = re.compile(r"[歳才さ月]|old|turn|aged|\bis\b|boy|girl|kid|child|son|daughter|y/?o")
_MONTHS: Final = re.compile(r"^(?:[ヶかカヵケ]月|mo)")
_UNIT: Final = r"(?P<unit>歳|才|years?|yrs?|[ヶかカヵケ]月|months?)"
_JOINED: Final = r"\s*(?:[〜~–-]|から|to|through|and)\s*"
_RANGE: Final = re.compile(
    rf"(?P<low>\d{{1,2}})\s*(?P<first>歳|才|years?|[ヶかカヵケ]月|months?)?{_JOINED}"
    rf"(?P<high>\d{{1,2}})\s*{_UNIT}"
)
_FROM: Final = re.compile(
    r"(?P<low>\d{1,2})\s*(?P<unit>歳|才|[ヶかカヵケ]月)(?:頃|ごろ|くらい)?\s*(?:から|以上|[〜~]|\+)"
    r"|\b(?:from|ages?|over)\s+(?P<from>\d{1,2})\s*(?P<old>years?|yrs?|months?)?"
    r"(?:\s*(?:and|or)\s+(?:up|over|older)|\s*\+|(?=\s*(?:on|up)\b))"
)


def age(text: str) -> tuple[int | None, str]:
    """The age of the child it is for, in months, and the text without it; grown-ups have none."""
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            if not _OLD.search(found[0]):
                continue  # "a 2 year plan"
            number = _number(found["n"])
            months = number if _MONTHS.match(found["unit"]) else number * 12
            if 0 < months <= _CHILDHOOD:
                return months, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def made_for(text: str) -> tuple[int, int] | None:
    """The ages that a product's text says it is made for, in months; None when it tells none."""
    folded = text.casefold()
    for found in _RANGE.finditer(folded):
        first = found["first"] or found["unit"]
        low, high = _months(found["low"], first), _months(found["high"], found["unit"])
        if low < high <= _CHILDHOOD:
            return low, high
    if (begins := _FROM.search(folded)) is not None:
        number = str(begins["low"] or begins["from"])
        unit = str(begins["unit"] or begins["old"] or "years")
        return _months(number, unit), _CHILDHOOD
    return None


def _number(told: str) -> int:
    return _WORDS.get(told) or _KANJI.get(told) or int(told)


def _months(number: str, unit: str) -> int:
    return int(number) if _MONTHS.match(unit) else int(number) * 12
