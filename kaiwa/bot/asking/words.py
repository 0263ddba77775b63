"""The words of a question that say what it is about, beside the product and the asking itself."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.catalog.finder.synonyms import same_in_shops
from kaiwa.catalog.product import Product
from kaiwa.languages import en, words_ja
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

NOUN: Final = 1.0
OTHER: Final = 0.7
_PARTS: Final = {"名詞": NOUN, "動詞": OTHER, "形容詞": OTHER, "形状詞": OTHER}
_KANJI: Final = re.compile(r"[一-鿿々]+")
_RUN: Final = re.compile(r"[一-鿿々]+|[ァ-ヺー]{2,}|[a-z0-9]{2,}")
_LATIN: Final = re.compile(r"(?=[a-z0-9.+-]*[a-z])[a-z0-9][a-z0-9.+-]+")
_MEASURE: Final = re.compile(r"\d+(?:\.\d+)?(?:cm|mm|m|kg|g|ml|l|lb|oz|in|ft)")
_GENERIC_JA: Final = frozenset(
    "何 何れ どれ 誰 何処 何時 幾つ 幾ら 物 者 事 方 所 時 為 様 人 私 僕 俺 自分 家 自宅 うち"
    " 今 今日 本当 実際 普通 一般 毎日 普段"
    " 最大 最小 全部 全て 他 別 同じ 此れ 其れ 此の 其の 商品 品 製品 品物 やつ 奴 詳細 情報"
    " 説明 仕様 スペック 特徴 詳しい 質問"
    " 有る 無い 為る 成る 居る 出来る 言う 教える 知る 聞く 見る 思う 欲しい 使う 使える 使用"
    " 利用 可能 良い 大丈夫 平気 行ける いける"
    " 買う 買える 購入 注文 下さる 貰う 頂く 上げる 呉れる 分かる 解る 気 成る 良し 宜しい 御"
    " 選ぶ 選べる ok 程度 位 くらい どの どう 如何 どんな"
    " 種類 色 カラー サイズ 場合 必要 心配 対応 一 二 三 一つ 二つ 個 本 枚 円 つ 点"
    " mm cm センチ メートル"
    " グラム キロ 持つ 入る 付く 遣る やる 掛かる"
    " 在庫 残り 売り切れ 品切れ 合う 来る 行く 出る 置く 取る こと もの ところ"
    " ため だめ 駄目 入り 号 用 台 分 杯 度 秒 畳 種 前 後 中 上 下 是"
    " 此方 其方 何方 又 もう まだ 少し 一寸 ちょっと とても"
    " 結構 かなり 色違い 色 柄 軸 本体 全体 商品 一人 ひとり 独り 自分"
    " さっき 先程 先ほど 最初 最後"
    " 女性 男性 初心者 素人 簡単 大変 難しい 入れる いれる 本人".split()
)
_GENERIC_EN: Final = frozenset(
    "colour color size product item thing one article piece detail information info spec feature "
    "question "
    "much far choose pick "
    "ok okay fine really actually exactly exact kind sort type please available suitable safe made "
    "make own buy purchase order home house people person support problem issue mean feel "
    "left remaining stock last come fit include say tell give need explain actual sure both each "
    "expensive pricey cheap more else look describe description detail idea hear know "
    "first second third fourth fifth last earlier previous before "
    "two u dont im ive thats whats com tak mak giv tho lol pls plz anyway roughly max maximum min "
    "minimum".split()
)


class Word(msgspec.Struct, frozen=True):
    """A word that says what is asked: the ways to find it in a text, and how much it weighs."""

    text: str
    ways: tuple[str, ...]
    weight: float


def words_of_question(
    text: str,
    language: Language,
    about: Iterable[Product],
    spans: Sequence[tuple[int, int]] = (),
) -> tuple[Word, ...]:
    """The words of a folded question that the product's own names and small talk do not cover.

    `spans` are stretches that are understood already.
    """
    names = names_of(about)
    kinds = [other for name in names for other in same_in_shops(name)]
    if language == "en":
        rest = "".join(
            " " if any(a <= at < b for a, b in spans) else letter for at, letter in enumerate(text)
        )
        stems = [one for one in dict.fromkeys(en.tokens(rest)) if one.isalpha()]
        known = set(en.tokens(" ".join([*names, *kinds])))
        plain = {en.stem(one) for one in _GENERIC_EN} | _GENERIC_EN
        return tuple(
            Word(one, (one, *map(en.stem, _one_word(same_in_shops(one)))), NOUN)
            for one in stems
            if one not in known and one not in plain
        )
    folded = _folded(" ".join([*names, *kinds]))
    return tuple(
        one
        for one, begin, end in _japanese(text)
        if not any(a < end and begin < b for a, b in spans)
        and not any(way in folded for way in one.ways)
    )


def said_in(word: Word, text: str, language: Language) -> bool:
    """Whether a text has the word, in one of its ways."""
    if said_as_written(word, text, language):
        return True
    return language == "ja" and any(way in _folded(text) for way in word.ways)


def said_as_written(word: Word, text: str, language: Language) -> bool:
    """The same without the usual spelling of what the text spells otherwise: for many texts."""
    known = _stems(text) if language == "en" else _sounds(text)
    return any(way in known for way in word.ways)


def names_only(text: str, language: Language, about: Iterable[Product]) -> bool:
    """Whether a text says nothing of its own beside the names of these products."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return not words_of_question(folded, language, about)


def names_of(about: Iterable[Product]) -> list[str]:
    """What these products and their kinds are called, in every language, folded."""
    found: list[str] = []
    for one in about:
        found += [one.title, one.category, one.brand, one.handle.replace("-", " ")]
        for told in one.translations.values():
            found += [told.title, told.category]
    return [unicodedata.normalize("NFKC", name).casefold() for name in found if name]


@lru_cache(maxsize=2_000)
def _japanese(text: str) -> tuple[tuple[Word, int, int], ...]:
    cut = words_ja.words(text)
    if cut is None:
        return tuple(
            (_word(hit[0], NOUN), *hit.span())
            for hit in _RUN.finditer(text)
            if hit[0] not in _GENERIC_JA
        )
    latin = [
        (_word(hit[0], NOUN), *hit.span())
        for hit in _LATIN.finditer(text)
        if not _MEASURE.fullmatch(hit[0])
    ]
    plain = [(found, one.begin, one.end) for one in cut if (found := _word_of(one)) is not None]
    return tuple(one for one in [*latin, *plain] if one[0].text not in _GENERIC_JA)


def _word_of(one: words_ja.Word) -> Word | None:
    weight = _PARTS.get(one.part)
    if weight is None or one.normal in _GENERIC_JA or one.surface in _GENERIC_JA:
        return None
    if one.surface.isascii() or one.surface.startswith("何"):
        return None
    if one.part == "名詞":
        is_letter = len(one.surface) == 1 and not _KANJI.match(one.surface)
        return None if is_letter else _word(one.surface, weight, one.normal)
    # あらえる is 洗える; what is only praised (かわいい) is not asked.
    written = one.normal if one.part == "動詞" else ""
    stem = _KANJI.match(one.surface) or _KANJI.match(written)
    return Word(one.surface, (fold(stem[0]),), weight) if stem else None


def _word(text: str, weight: float, normal: str = "") -> Word:
    """A word with its other names, and with its usual spelling: 追いだき is 追い焚き."""
    ways = (text, *same_in_shops(text), *([normal] if _KANJI.search(normal) else []))
    return Word(text, tuple(dict.fromkeys(map(fold, ways))), weight)


def _one_word(words: Iterable[str]) -> list[str]:
    return [one for one in words if one.isascii() and " " not in one]


@lru_cache(maxsize=4_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(en.tokens(text))


@lru_cache(maxsize=4_000)
def _sounds(text: str) -> str:
    return fold(text.casefold())


@lru_cache(maxsize=4_000)
def _folded(text: str) -> str:
    """The text by its sound, and behind it the usual spelling of what is written otherwise."""
    cut = words_ja.words(text) or ()
    usual = [one.normal for one in cut if one.normal != one.surface and _KANJI.search(one.normal)]
    return "\0".join((_sounds(text), *map(fold, usual)))
