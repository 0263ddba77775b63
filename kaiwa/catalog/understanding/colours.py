"""Colours: their words in both languages, found as whole words only (緑茶 is no green)."""

import re
from functools import lru_cache
from typing import Final

_LATIN = re.compile(r"[a-z]+")
# Behind a word: the end, the end of a phrase, or no word.
_LAST = re.compile(r"\s*(?:$|[,、。.?!\d]|(?:or|and|in|with|under|for|か|と|や|系|色|\s)(?![a-z]))")

_WORDS: Final = {
    "white": (
        "しろ色 白 白い 白色 真っ白 まっ白 真白 純白 乳白色 "
        "ホワイト オフホワイト white wht off-white"
    ),
    "black": "黒 黒い 黒色 くろ色 blackish 真っ黒 まっ黒 真黒 漆黒 墨色 ブラック black blk",
    "red": (
        "reddish あか色 赤 赤い 赤色 "
        "真っ赤 まっ赤 紅色 朱色 深紅 真紅 えんじ えんじ色 臙脂 臙脂色 小豆色 "
        "ワイン色 朱赤 あずき色 レッド ワインレッド ボルドー バーガンディ バーガンディー red "
        "burgundy crimson maroon scarlet"
    ),
    "blue": (
        "青 青い 青色 真っ青 ブルー 水色 空色 群青 群青色 瑠璃色 浅葱色 ターコイズ "
        "bluish あお色 ターコイズブルー ティール サックス "
        "blue teal turquoise aqua cyan azure cobalt"
    ),
    "navy": "紺 紺色 濃紺 藍 藍色 紺碧 ネイビー ネイビーブルー インディゴ navy indigo",
    "green": (
        "greenish みどり色 緑 緑色 "
        "深緑 黄緑 黄緑色 若草色 抹茶色 萌黄色 草色 苔色 グリーン カーキ カーキ色 "
        "オリーブ色 green khaki"
    ),
    "yellow": (
        "黄色 黄色い 黄 きいろ きいろい yellowish 真っ黄色 "
        "山吹色 からし色 辛子色 芥子色 レモン色 たまご色 マスタード色 "
        "イエロー yellow"
    ),
    "pink": "ピンク ピンク色 pinkish 桃色 桜色 珊瑚色 サーモンピンク pink fuchsia",
    "grey": (
        "グレー 灰 灰色 greyish grayish 鼠色 ねずみ色 "
        "グレイ チャコール チャコールグレー grey gray charcoal"
    ),
    "brown": (
        "茶色 茶色い ちゃ色 brownish こげ茶 焦げ茶 "
        "焦茶 栗色 チョコレート色 チョコ色 コーヒー色 飴色 ブラウン "
        "キャメル モカ モカ色 テラコッタ brown tan"
    ),
    "beige": (
        "ベージュ グレージュ greige 肌色 アイボリー 象牙色 "
        "生成り 生成り色 クリーム色 亜麻色 砂色 beige ivory "
        "ecru taupe"
    ),
    "purple": (
        "紫 紫色 むらさき色 purplish 藤色 すみれ色 ぶどう色 "
        "ラベンダー色 パープル purple violet mauve lilac magenta"
    ),
    "orange": "オレンジ オレンジ色 橙 橙色 柿色 みかん色 orange",
    "gold": "ゴールド 金色 ローズゴールド gold",
    "silver": "シルバー 銀 銀色 silver",
}
COLOURS: Final = tuple(_WORDS)
_CANONICAL: Final = {word: colour for colour, words in _WORDS.items() for word in words.split()}
# What is mostly something else (mint tea, olive oil) and a colour only of clothes and cloth.
_SOMETIMES: Final = {
    "olive": "green", "mint": "green", "sage": "green", "emerald": "green", "mustard": "yellow",
    "lemon": "yellow", "lavender": "purple", "plum": "purple", "coral": "pink", "rose": "pink",
    "salmon": "pink", "peach": "pink", "rust": "orange", "wine": "red", "cream": "beige",
    "sand": "beige", "camel": "brown", "chocolate": "brown", "mocha": "brown", "chestnut": "brown",
    "slate": "grey", "ash": "grey", "オリーブ": "green", "ミント": "green", "マスタード": "yellow",
    "ラベンダー": "purple", "コーラル": "pink", "クリーム": "beige", "ワイン": "red",
    "茶": "brown", "チョコレート": "brown", "濃茶": "brown", "桃": "pink",
}  # fmt: skip
_COLOURED: Final = frozenset(
    """shirt tee dress hoodie jacket coat sweater cardigan blouse pants trousers chinos skirt jeans
    shorts leggings shoe sneaker boot sandal hat beanie cap scarf glove sock bag backpack tote
    purse wallet belt blanket throw pillow cushion rug curtain sofa couch chair towel sheet duvet
    knitwear jumper sweatshirt polo apron tie umbrella raincoat""".split()
)
_WORN: Final = tuple(
    """シャツ パーカー ワンピース ドレス コート ジャケット セーター ニット カーディガン パンツ
    スカート ジーンズ 靴 スニーカー ブーツ 帽 マフラー ストール 手袋 靴下 ソックス バッグ
    リュック トート 財布 ベルト 毛布 ブランケット クッション ラグ カーテン ソファ 椅子
    チェア タオル エプロン 傘 スウェット ブラウス シーツ""".split()
)
_SHADES: Final = ("ライト", "ダーク", "ペール", "スカイ", "ディープ", "ロイヤル", "マット")
# Katakana shades end with their colour: モスグリーン, アイスブルー, チョコブラウン.
_ENDING: Final = tuple(
    word
    for word in _CANONICAL
    if re.fullmatch("[ァ-ヺー]{3,}", word) and word not in ("ターコイズ", "サックス", "ティール")
)
_SHORTEST_ENDING: Final = min(map(len, _ENDING))
# Words that only shade the colour behind them leave the text with it.
SHADING: Final = frozenset(
    """light lighter dark darker pale deep bright sky royal baby forest hot ice dusty pastel
    matte matt jet off midnight navy bottle olive mint mustard lemon rose sage emerald lime
    reddish bluish greenish yellowish brownish greyish grayish pinkish purplish blackish
    coral salmon muted soft warm cool neon army hunter くすみ くすんだ 淡い 濃い 薄い 明るい
    暗い 深い 鮮やか パステル スモーキー ライト ダーク ペール ネイビー マスタード オリーブ
    ミント""".split()
)
# Of two colour words in a row the first may tell the shade, and the whole is of that: navy blue.
SHADED: Final = frozenset({"navy", "ネイビー", "teal", "turquoise", "ターコイズ"})
WORDS: Final = tuple(_CANONICAL)


@lru_cache(maxsize=8_192)
def colour_of(word: str) -> str | None:
    """The colour that a whole word names."""
    lowered = word.casefold()
    if found := _CANONICAL.get(lowered) or _CANONICAL.get(lowered.rstrip("系めみ")):
        return found
    if shade := next((shade for shade in _SHADES if lowered.startswith(shade)), None):
        return _CANONICAL.get(lowered.removeprefix(shade))
    if lowered.isascii() or len(lowered) < _SHORTEST_ENDING:
        return None
    ending = next((one for one in _ENDING if lowered.endswith(one)), None)
    return ending and _CANONICAL[ending]


def sometimes_colour(word: str, text: str, end: int) -> str | None:
    """The colour of "olive" in "olive jacket", but not in "olive oil"; it ends at `end`.

    Something that is worn or woven stands behind it, or before it and nothing right behind it.
    """
    colour = _SOMETIMES.get(word)
    if colour is None:
        return None
    after, last = text[end:], _LAST.match(text, end) is not None
    if not word.isascii():
        worn = any(one in (text if last else after) for one in _WORN)
        return colour if worn else None
    words = _LATIN.findall(text if last else after)
    return colour if any(_singular(one) in _COLOURED for one in words) else None


def _singular(word: str) -> str:
    return next((one for one in (word, word.removesuffix("s")) if one in _COLOURED), word)


def colours_in(words: list[str]) -> frozenset[str]:
    """Every colour among the words of a title."""
    return frozenset(colour for word in words if (colour := colour_of(word)))


def colours_told(words: list[str]) -> frozenset[str]:
    """Every colour among words that can only be colours, as those of an option are."""
    told = (colour_of(word) or _SOMETIMES.get(word.casefold()) for word in words)
    return frozenset(colour for colour in told if colour)


# A colour that makes another thing of what follows it is part of that thing's name.
_THINGS: Final = {
    "red": "wine pepper peppers bean beans bull hat curry onion cabbage lentils miso meat light",
    "white": "wine board noise rice bread chocolate tea pepper beans vinegar miso paper",
    "black": (
        "sea tea pepper peppercorn peppercorns board friday box bean beans vinegar garlic coffee"
        " rice sesame hole forest"
    ),
    "green": "tea bean beans screen onion onions peas curry apple apples pepper house chili olives",
    "brown": "rice sugar bread butter",
    "orange": "juice peel oil tea marmalade blossom soda",
    "blue": "cheese ray rays berry tooth light cut",
    "gold": "fish",
    "silver": "ware fish",
    "yellow": "pages curry onion",
    "pink": "lemonade salt pepper grapefruit",
    "purple": "rain cabbage",
    "黒": "ごま 胡麻 酢 豆 糖 砂糖 米 胡椒 こしょう にんにく ニンニク 烏龍茶 ウーロン茶 ビール 蜜",
    "白": "ごま 胡麻 米 味噌 みそ 菜 だし ワイン あん 玉",
    "ブルー": "ライト チーズ ベリー レイ",
    "ピンク": "ソルト グレープフルーツ レモネード",
    "ブラック": "コーヒー ペッパー ビーンズ フライデー オリーブ バス",
    "ホワイト": "ボード ハウス チョコレート チョコ ノイズ ペッパー デー ソース",
    "レッド": "ブル ワイン カーペット",
    "グリーン": "ピース ティー カレー スムージー ハウス カーテン",
    "イエロー": "ページ カード",
    "赤": "ワイン 味噌 みそ 飯 玉ねぎ しそ 唐辛子",
    "青": "じそ のり ねぎ 汁 唐辛子",
}


def is_part_of_name(colour_word: str, following: str) -> bool:
    """Whether "red" in "red wine" only names a kind of wine."""
    return following in _THINGS.get(colour_word, "").split()
