"""Colours: their words in both languages, found as whole words only (緑茶 is no green)."""

from typing import Final

_WORDS: Final = {
    "white": "白 白い 白色 ホワイト white",
    "black": "黒 黒い 黒色 ブラック black",
    "red": "赤 赤い 赤色 紅色 レッド red",
    "blue": "青 青い 青色 ブルー 水色 blue",
    "navy": "紺 紺色 ネイビー navy",
    "green": "緑 緑色 グリーン カーキ green khaki",
    "yellow": "黄色 黄色い 黄 イエロー yellow",
    "pink": "ピンク ピンク色 桃色 pink",
    "grey": "グレー 灰色 グレイ grey gray",
    "brown": "茶色 茶色い ブラウン brown",
    "beige": "ベージュ 肌色 アイボリー beige ivory",
    "purple": "紫 紫色 パープル purple violet",
    "orange": "オレンジ 橙 橙色 orange",
    "gold": "ゴールド 金色 gold",
    "silver": "シルバー 銀 銀色 silver",
}
COLOURS: Final = tuple(_WORDS)
_CANONICAL: Final = {word: colour for colour, words in _WORDS.items() for word in words.split()}
WORDS: Final = tuple(_CANONICAL)


def colour_of(word: str) -> str | None:
    """The colour that a whole word names."""
    lowered = word.casefold()
    return _CANONICAL.get(lowered) or _CANONICAL.get(lowered.removesuffix("系"))


def colours_in(words: list[str]) -> frozenset[str]:
    """Every colour among the words of a title or an option."""
    return frozenset(colour for word in words if (colour := colour_of(word)))


# A colour that makes another thing of what follows it is part of that thing's name.
_THINGS: Final = {
    "red": "wine pepper bean bull hat",
    "white": "wine board noise rice bread chocolate tea",
    "black": "tea pepper board friday box bean vinegar garlic",
    "green": "tea bean screen onion peas",
    "brown": "rice sugar bread",
    "orange": "juice peel oil tea",
    "blue": "cheese ray berry tooth light",
    "gold": "fish",
    "silver": "ware fish",
    "yellow": "pages",
}


def is_part_of_name(colour_word: str, following: str) -> bool:
    """Whether "red" in "red wine" only names a kind of wine."""
    return following in _THINGS.get(colour_word, "").split()
