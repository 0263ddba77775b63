"""A text all in hiragana, as children and the old write it: じゅうでんは　なんじかん　かかりますか.

The words that the shop itself writes in kanji (充電時間, 自転車, 組み立て) are put back by their
sound, so that whatever reads the text finds them; nothing else is touched.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import words_ja

_KANJI: Final = re.compile(r"[一-鿿々]")
_KANA: Final = re.compile(r"[ぁ-ゖー]")
_LEAST: Final = 8  # kana of a text
_SHARE: Final = 0.7
_SHORTEST: Final = 4  # kana of a word
_MOST_PRODUCTS: Final = 5
# What is asked everywhere.
_COMMON: Final = {
    "なんじかん": "何時間", "なんにち": "何日", "なんねん": "何年", "なんぼん": "何本",
    "なんきろ": "何キロ", "なんせんち": "何センチ", "おもさ": "重さ", "おおきさ": "大きさ",
    "ながさ": "長さ", "ざいこ": "在庫", "そうりょう": "送料", "へんぴん": "返品",
    "こうかん": "交換", "ちゅうもん": "注文", "はっそう": "発送", "せんたく": "洗濯",
    "そざい": "素材", "ほしょう": "保証", "とりけし": "取り消し", "しはらい": "支払い",
    "りょうほう": "両方", "つつんで": "包んで",
}  # fmt: skip
_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}


def in_kanji(turn: Turn, shop: Shop) -> Turn:
    """The turn with the shop's own words in its spelling; itself where the text has kanji."""
    text = turn.text
    letters = len(_KANA.findall(text))
    if _KANJI.search(text) or letters < _LEAST or letters < _SHARE * len(text.replace("　", "")):
        return turn
    known = _by_sound(_texts(turn, shop)) | _COMMON
    for sound in sorted(known, key=len, reverse=True):
        text = text.replace(sound, known[sound])
    return turn if text == turn.text else msgspec.structs.replace(turn, text=text)


def _texts(turn: Turn, shop: Shop) -> Iterable[str]:
    """What the shop writes: its kinds, its answers' questions, the pages that are spoken of."""
    yield from shop.known.words.facets.categories
    yield from (one.question for one in shop.known.faq.entries if one.language == "ja")
    state = turn.state
    ids = (*state.focus, *(one.id for one in state.shown))
    for product in shop.products(tuple(dict.fromkeys(ids))[:_MOST_PRODUCTS]):
        yield product.title
        yield from product.attributes


def _by_sound(texts: Iterable[str]) -> dict[str, str]:
    """The nouns and verb stems written in kanji, by how they sound."""
    found: dict[str, str] = {}
    for text in texts:
        cut = (*(words_ja.words(text) or ()), *(words_ja.words(text, "short") or ()))
        for word in cut:
            sound = word.reading.translate(_HIRAGANA)
            named = word.part in ("名詞", "動詞") and _KANJI.search(word.surface)
            if named and len(sound) >= _SHORTEST:
                found.setdefault(sound, word.surface)
    return found
