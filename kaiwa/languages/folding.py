"""Japanese spelling folded to sound: kana of one kind, no long marks, large kana, pairs of them.

"スニーカー", "すにーかー" and "ｽﾆｰｶｰ" fold to the same; romaji becomes kana where all of it can.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_SMALL = dict(zip(map(ord, "ァィゥェォッャュョヮヵヶ"), "アイウエオツヤユヨワカケ", strict=True))
_MARKS = dict.fromkeys(map(ord, "ー−‐-~〜・"))
_LETTER: Final = {**_SMALL, **_MARKS}
_VOWELS: Final = "aiueo"
_ROWS: Final = {
    **{
        "": "アイウエオ",
        "k": "カキクケコ",
        "s": "サシスセソ",
        "t": "タチツテト",
        "n": "ナニヌネノ",
    },
    **{"h": "ハヒフヘホ", "m": "マミムメモ", "y": "ヤ ユ ヨ", "r": "ラリルレロ", "w": "ワ   ヲ"},
    **{"g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ"},
    **{"p": "パピプペポ", "j": "  ジ  "},
}
_KANA: Final = {
    **{
        consonant + vowel: kana
        for consonant, row in _ROWS.items()
        for vowel, kana in zip(_VOWELS, row, strict=True)
        if kana != " "
    },
    **{
        start + vowel: kana + glide
        for start, kana in {
            **{"ky": "キ", "sy": "シ", "sh": "シ", "ty": "チ", "ch": "チ", "ny": "ニ", "hy": "ヒ"},
            **{"my": "ミ", "ry": "リ", "gy": "ギ", "zy": "ジ", "jy": "ジ", "j": "ジ", "by": "ビ"},
            **{"py": "ピ"},
        }.items()
        for vowel, glide in (("a", "ャ"), ("u", "ュ"), ("o", "ョ"))
    },
    **{"shi": "シ", "chi": "チ", "tsu": "ツ", "ji": "ジ", "fu": "フ", "fa": "ファ", "fi": "フィ"},
    **{"fe": "フェ", "fo": "フォ", "she": "シェ", "che": "チェ", "je": "ジェ", "ti": "ティ"},
    **{"n": "ン", "nn": "ン", "n'": "ン"},
}
_ROMAJI = re.compile(r"[a-z' ]+")
_DOUBLED = re.compile(r"([bcdfghjklmpqrstvwyz])(?=\1)")
_SYLLABLE = re.compile("|".join(sorted((re.escape(s) for s in _KANA), key=len, reverse=True)))


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """The sound of kana, letters and digits; kanji stay as they are."""
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)
    return wide.translate(_LETTER)


def bigrams(folded: str) -> list[str]:
    """Neighbouring characters in pairs; one character alone stands for itself."""
    if len(folded) < 2:
        return [folded] if folded else []
    return [folded[at : at + 2] for at in range(len(folded) - 1)]


def romaji_to_kana(text: str) -> str | None:
    """Katakana of a romaji text; None when a letter is left over ("coffee")."""
    latin = text.casefold().strip()
    if not _ROMAJI.fullmatch(latin):
        return None
    kana = _SYLLABLE.sub(lambda found: _KANA[found[0]], _DOUBLED.sub("ッ", latin))
    return None if re.search("[a-z]", kana) else kana.replace("'", "")


def likeness(one: str, other: str) -> float:
    """1 for the same, 0 for nothing alike: edits (swaps too) against the longer length."""
    longest = max(len(one), len(other))
    return 1 - _edits(one, other) / longest if longest else 1.0


def _edits(one: str, other: str) -> int:
    """Letters put in, left out, changed, or swapped with their neighbour.

    A column of the usual table at a time, as the bits of two numbers that say where it rises and
    falls (Myers 1999, with swaps by Hyyrö 2003): a guess at a word compares it with a dozen.
    """
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    all_bits, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    rises, falls, same, before, edits = all_bits, 0, 0, 0, len(one)
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~same & here) << 1) & before
        same = ((((here & rises) + rises) ^ rises) | here | falls | swapped) & all_bits
        right_rises = falls | (all_bits & ~(same | rises))
        right_falls = same & rises
        edits += bool(right_rises & last) - bool(right_falls & last)
        right_rises = (right_rises << 1 | 1) & all_bits
        right_falls = (right_falls << 1) & all_bits
        rises = right_falls | (all_bits & ~(same | right_rises))
        falls = right_rises & same
        before = here
    return edits
