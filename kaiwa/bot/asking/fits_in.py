"""Whether a fact tells the room there is for a thing of a measure that was told.

"Will a 12 inch knife fit" is answered by "Longest tool: 13 in", 158センチです by Sは身長155〜165cm:
the measure told is of the same kind, whatever word either of them uses.
"""

import re
from typing import Final

_NUMBER: Final = r"(?P<n>\d+(?:[.,]\d+)?)"
_UNITS: Final = {
    "length": r"mm|ミリ|cm|センチ|せんち|メートル|m|in(?:ch(?:es)?)?\.?|\"|”|インチ|ft|feet|foot",
    "weight": r"kg|キロ|g|グラム|lbs?|pounds?|oz|ounces?",
    "volume": r"ml|ミリリットル|l|リットル|qts?|quarts?|fl oz|gal(?:lons?)?",
    "age": r"歳|才|か月|ヶ月|カ月|years?(?: old)?|yrs?|months?(?: old)?|mos?\b",
    "people": r"人|名|people|persons?|guests?",
}
_TOLD: Final = {
    kind: re.compile(rf"{_NUMBER}\s*-?\s*(?:[〜~–-]\s*\d+(?:\.\d+)?\s*)?(?:{units})(?![a-z])")
    for kind, units in _UNITS.items()
}
_RANGED: Final = re.compile(r"\d\s*(?:[a-z]{0,3}\s*(?:[〜~–-]|to)\s*\d)|まで|以[上下]|未満|以内")
_ASKS: Final = re.compile(
    r"入[りるらっれ]|はい[りるらっ]|(?<!受)付[きくけ]|つ[きくけ](?:ます|る|られ)|乗[りるらせっ]|載[りるらせっ]|合[いうわっ]"
    r"|通[りるらせっ]|収ま|おさま|掛か|かけられ|足り|使え|着[らけれ]|履け|はけ|いけ(?:る|ます)|大丈夫|平気|どれ|サイズ"
    r"|\b(?:fits?|go(?:es)? in(?:to|side)?|sit|stand(?: up)? in|lie(?: down)? in|hold|take"
    r"|big enough|long enough|wide enough|work"
    r"|ok(?:ay)?|old enough|too (?:big|small|long|old|young|heavy|tall|short)|which size|what size"
    r"|suit(?:able|s)?)\b"
)
_CAPACITY: Final = re.compile(
    r"入る|付けられる|載せられる|掛けられる|使える|適応|適用|対象|対応|目安|合う|まで|最大|内寸|内側|室内"
    r"|\b(?:peak|headroom|inner|inside|interior|longest|largest|widest"
    r"|max(?:imum)?|up to|fits?|holds?|takes?|for|sizes?|ages?"
    r"|opens?)\b"
)
_PART: Final = re.compile(
    r"ひも|紐|ストラップ|コード|ケーブル|持ち手|\b(?:straps?|cords?|cables?|handles?|leads?|drop)\b"
)


def asks_to_fit(question: str) -> tuple[str, ...]:
    """The kinds of measure that a folded question gives of what shall fit; none where none."""
    return measures_told(question) if asks_room(question) else ()


def asks_room(question: str) -> bool:
    """Whether a folded question asks whether something fits."""
    return _ASKS.search(question) is not None


def measures_told(text: str) -> tuple[str, ...]:
    """The kinds of measure that a folded text gives."""
    return tuple(kind for kind, told in _TOLD.items() if told.search(text))


def tells_room(label: str, value: str, kinds: tuple[str, ...]) -> bool:
    """Whether a folded fact tells room in such a measure: a range, or the most it takes."""
    if not any(_TOLD[kind].search(value) for kind in kinds):
        return False
    if _CAPACITY.search(f"{label} {value}"):
        return True
    # What can be made longer or shorter is a part of the thing, and no room in it.
    return _RANGED.search(value) is not None and _PART.search(label) is None
