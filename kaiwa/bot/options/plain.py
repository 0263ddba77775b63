"""A text as option values are compared with it: numbers in digits, units by their signs."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kaiwa.catalog.understanding.numerals import in_digits, number_of

_COUNTED: Final = re.compile(
    r"[一二三四五六七八九十百千]+(?=号|合|畳|人用|本|枚|cm|ml|mm|l|g|kg"
    r"|センチ|ミリ|メートル|リットル|キロ|グラム|インチ"
    r"|[個コケ枚本袋包食粒箱缶巻錠玉切片膳客束足]\s*(?:入|いり|組))"
)
# 10個いり, 10個入り: ten in a pack, however it is spelt.
_IN_PACK: Final = re.compile(
    r"(?<=\d)\s*([個コケ枚本袋包食粒箱缶巻錠玉切片膳客束])\s*(?:入り?|いり)(?!ま|た)"
)
# よっつ入り, はちこいり: so are they said in kana.
_KANA_PACK: Final = re.compile(
    r"(?:(?P<a>ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの)つ|(?P<b>に|さん|よん|ご|ろっ|なな|はち|きゅう|じゅっ)こ)"
    r"\s*(?:入り?|いり)(?!ま|た)"
)
_KANA_VALUES: Final = {
    "ひと": 1, "ふた": 2, "みっ": 3, "よっ": 4, "いつ": 5, "むっ": 6, "なな": 7, "やっ": 8,
    "ここの": 9, "に": 2, "さん": 3, "よん": 4, "ご": 5, "ろっ": 6, "はち": 8, "きゅう": 9,
    "じゅっ": 10,
}  # fmt: skip
_APART: Final = re.compile(r"(?<=\d)\s+(?=[一-鿿])")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNITS: Final = tuple(
    (re.compile(rf"(?<=\d)[\s-]*(?:{words})(?![a-z])"), sign)
    for words, sign in (
        ("センチ(?:メートル)?|centimet(?:er|re)s?|cm", "cm"),
        ("ミリリットル|millilit(?:er|re)s?|ml", "ml"),
        ("リットル|lit(?:er|re)s?|l(?![a-z])", "l"),
        ("メートル|met(?:er|re)s?|m(?![a-z])", "m"),
        ("キログラム|キロ|kilograms?|kilos?|kg", "kg"),
        ("グラム|grams?|g(?![a-z])", "g"),
        ("ミリアンペア(?:時|アワー)?|mah", "mah"),
        ("インチ|inch(?:es)?", "inch"),
        ("フィート|f(?:oo|ee)t(?:ers?)?", "ft"),
        ("オンス|ounces?|ozs", "oz"),
        ("ポンド|pound(?:s|ers?)?|lbs", "lb"),
        ("quarts?|qts", "qt"),
        ("gallons?|gals", "gal"),
        ("ワット|watts?", "w"),
    )
)
# Ten liters, six-foot, fourteen inch, twenty six.
_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_IN_WORDS: Final = re.compile(
    rf"\b(?:(?P<tens>{_TENS})(?:[\s-](?P<ones>{_ONES}))?"
    rf"|(?P<small>{_ONES}|ten|{_TEENS})"
    r"(?=[\s-](?:f(?:oo|ee)t|ounces?|oz|pounds?|lbs?|quarts?|qt|gallons?|lit(?:er|re)s?|inch(?:es)?"
    r"|watts?|grams?|millilit(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?)(?:ers?)?\b)"
    # I'll have the eight, then: a size called by its number.
    rf"|(?<=\bsize )(?P<sized>{_ONES}|ten|{_TEENS})(?![\s-](?:hundred|thousand))"
    rf"|(?:(?<=\bthe )|(?<=\bone )|(?<=\b1 )|(?<=\ba ))"
    rf"(?P<bare>(?!one){_ONES.replace('one|', '')}|ten|{_TEENS})"
    r"(?=\s*(?:$|[,.;!?]|(?:and|please|pls|then|instead|thanks|thank|too|pack|count)\b)))\b"
)
# Two tens and four fives: sizes called by their number, several of each.
_PLURAL: Final = re.compile(
    rf"\b(?P<small>{_ONES.replace('one|', '').replace('six|', '')}|ten|{_TEENS})s\b"
    r"|\b(?P<six>six)es\b"
    r"|\b(?P<tens>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b"
)
_VALUES: Final = {
    **{word: at for at, word in enumerate(_ONES.split("|"), 1)},
    **{"ten": 10},
    **{word: at for at, word in enumerate(_TEENS.split("|"), 11)},
    **{word: at * 10 for at, word in enumerate(_TENS.split("|"), 2)},
}
# 11 x 14 in is said 11x14, or 11 by 14; "2 x 12 oz" are two of them.
_SIDES: Final = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s?(?:[x×]|by)\s?(\d+(?:\.\d+)?)(?![\d.])"
    r"(?!\s*(?:oz|ml|g|kg|lbs?|l|packs?)\b)"
)


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """Numbers in digits, units by their signs: 六号 is 6号, 26センチ 26cm, 20,000 mAh 20000mah."""
    # An ellipsis is a pause, and no point before the number behind it: …18L.
    paused = text.replace("…", "、")
    folded = in_digits(unicodedata.normalize("NFKC", paused).casefold())
    folded = _IN_WORDS.sub(_in_figures, folded)
    folded = _PLURAL.sub(_in_plural, folded)
    folded = _COUNTED.sub(lambda found: str(int(number_of(found[0]))), folded)
    folded = _APART.sub("", _THOUSANDS.sub("", folded))
    folded = _IN_PACK.sub(r"\1入", _KANA_PACK.sub(_in_pack, folded))
    for pattern, sign in _UNITS:
        folded = pattern.sub(sign, folded)
    return _SIDES.sub(r"\1x\2", folded)


def _in_figures(found: re.Match[str]) -> str:
    words = (found["tens"], found["ones"], found["small"], found["sized"], found["bare"])
    return str(sum(_VALUES[one] for one in words if one))


def _in_plural(found: re.Match[str]) -> str:
    word = f"{found['tens']}y" if found["tens"] else found["small"] or found["six"]
    return f"{_VALUES[word]}s"


def _in_pack(found: re.Match[str]) -> str:
    return f"{_KANA_VALUES[found['a'] or found['b']]}個入"
