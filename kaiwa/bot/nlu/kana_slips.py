"""Latin letters that were left standing in Japanese while typing: おねがいしまs, くださi, しmあ.

Whoever types kana by Latin letters leaves one standing when a key is missed: it is put right where
its sound is plain. A letter that may be a size or a name (黒のm) stays.
"""

import re
from typing import Final

_ROWS: Final = {
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "w": "わいうえを",
}
_VOWELS: Final = "あいうえお"
_SPLIT: Final = re.compile(rf"(?<=[ぁ-んァ-ヶー一-鿿])([{''.join(_ROWS)}])([{_VOWELS}])")
_ENDS: Final = (
    (re.compile(r"(?<=[しりきちみいえけせてれめべっ]ま)s(?:u)?(?=[。.!！?？\s]|$)"), "す"),
    (re.compile(r"(?<=くださ)i(?=[。.!！?？\s]|$)"), "い"),
    (re.compile(r"(?<=です)[kga](?=[。.!！?？\s]|$)"), "か"),
    (re.compile(r"(?<=ます)[kga](?=[。.!！?？\s]|$)"), "か"),
    (re.compile(r"(?<=[ぁ-ん]ない)[dn](?=[。.!！?？\s]|$)"), ""),
    (re.compile(r"(?<=ほし)i(?=[。.!！?？\s]|$)"), "い"),
    (re.compile(r"(?<=おねが)i(?=[。.!！?？\s]|$)"), "い"),
)
# 冬nの was typed with one n too many.
_STRAY: Final = re.compile(r"(?<=[ぁ-んァ-ヶー一-鿿])[nｎ](?=[なにぬねの])")
_LATIN: Final = re.compile(r"[a-zａ-ｚ]")


def without_slips(text: str) -> str:
    """The text with such letters put right; itself where there is none."""
    if text.isascii() or _LATIN.search(text) is None:
        return text
    text = _SPLIT.sub(lambda hit: _ROWS[hit[1]][_VOWELS.index(hit[2])], text)
    text = _STRAY.sub("", text)
    for pattern, meant in _ENDS:
        text = pattern.sub(meant, text)
    return text
