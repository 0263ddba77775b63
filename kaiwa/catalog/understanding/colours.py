"""Colours: their words in both languages, found as whole words only (緑茶 is no green)."""

from typing import Final

_WORDS: Final = {
    "white": "白 白い 白色 真っ白 まっ白 真白 ホワイト オフホワイト white wht off-white",
    "black": "黒 黒い 黒色 真っ黒 まっ黒 真黒 ブラック black blk",
    "red": "赤 赤い 赤色 真っ赤 まっ赤 紅色 レッド ワインレッド ボルドー red burgundy crimson",
    "blue": "青 青い 青色 真っ青 ブルー 水色 blue",
    "navy": "紺 紺色 濃紺 ネイビー ネイビーブルー navy",
    "green": "緑 緑色 グリーン カーキ green khaki",
    "yellow": "黄色 黄色い 黄 真っ黄色 イエロー yellow",
    "pink": "ピンク ピンク色 桃色 pink",
    "grey": "グレー 灰色 グレイ チャコール grey gray charcoal",
    "brown": "茶色 茶色い こげ茶 焦げ茶 ブラウン キャメル brown",
    "beige": "ベージュ 肌色 アイボリー 生成り beige ivory",
    "purple": "紫 紫色 パープル purple violet",
    "orange": "オレンジ オレンジ色 橙 橙色 orange",
    "gold": "ゴールド 金色 gold",
    "silver": "シルバー 銀 銀色 silver",
}
COLOURS: Final = tuple(_WORDS)
_CANONICAL: Final = {word: colour for colour, words in _WORDS.items() for word in words.split()}
_SHADES: Final = ("ライト", "ダーク", "ペール", "スカイ", "ディープ", "ロイヤル", "マット")
# "Navy blue" is navy: of two colour words in a row the first tells the shade.
SHADED: Final = frozenset({"navy", "ネイビー"})
WORDS: Final = tuple(_CANONICAL)


def colour_of(word: str) -> str | None:
    """The colour that a whole word names."""
    lowered = word.casefold()
    if found := _CANONICAL.get(lowered) or _CANONICAL.get(lowered.removesuffix("系")):
        return found
    shade = next((shade for shade in _SHADES if lowered.startswith(shade)), None)
    return shade and _CANONICAL.get(lowered.removeprefix(shade))


def colours_in(words: list[str]) -> frozenset[str]:
    """Every colour among the words of a title or an option."""
    return frozenset(colour for word in words if (colour := colour_of(word)))


# A colour that makes another thing of what follows it is part of that thing's name.
_THINGS: Final = {
    "red": "wine pepper peppers bean beans bull hat curry onion cabbage lentils miso meat light",
    "white": "wine board noise rice bread chocolate tea pepper beans vinegar miso paper",
    "black": "tea pepper board friday box bean beans vinegar garlic coffee rice sesame hole forest",
    "green": "tea bean beans screen onion onions peas curry apple apples pepper house chili olives",
    "brown": "rice sugar bread butter",
    "orange": "juice peel oil tea marmalade blossom soda",
    "blue": "cheese ray rays berry tooth light cut",
    "gold": "fish",
    "silver": "ware fish",
    "yellow": "pages curry onion",
    "pink": "lemonade salt pepper grapefruit",
    "purple": "rain cabbage",
}


def is_part_of_name(colour_word: str, following: str) -> bool:
    """Whether "red" in "red wine" only names a kind of wine."""
    return following in _THINGS.get(colour_word, "").split()
