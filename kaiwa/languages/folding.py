"""Japanese spelling folded to sound: kana of one kind, no long marks, large kana, pairs of them.

"スニーカー", "すにーかー" and "ｽﾆｰｶｰ" fold to the same; romaji becomes kana where all of it can.
"""

import re
import unicodedata
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
    if not longest:
        return 1.0
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (a != b))
            swapped = row > 1 and column > 1 and a == other[column - 2] and one[row - 2] == b
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return 1 - last[-1] / longest
