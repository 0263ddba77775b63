"""The words of titles and kinds of goods, in other words for them too, and where a text says them.

A shop keeps the beginnings of all its words as numbers: whether a text says any of them costs one
look-up, and most texts ("two please", ありがとう) say none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from kaiwa.bot.nlu.name_key import name_key
from kaiwa.catalog.finder.synonyms import same_in_shops
from kaiwa.catalog.product import Product
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold

_PIECES: Final = re.compile(r"[\s「」『』()（）\[\]【】・、,]+")
_OF: Final = re.compile(r"(?<=[一-鿿々ァ-ヺー])の(?=.)")  # 西陣織の|がま口
_MIXED: Final = re.compile(r"[ぁ-ゖ]+[一-鿿々]+|[一-鿿々]+[ぁ-ゖ]+")
_LONGEST_PIECE: Final = 8
# The particle behind a word in kana is none of its letters: かぜ of かぜの替芯.
_WORD: Final = re.compile(
    r"[a-z]+|[ァ-ヺー]+|[一-鿿々]+|[ぁ-ゖ]{2,}(?=の[一-鿿々ァ-ヺ])|[ぁ-ゖ]{3,}"
)
_LONG_STEM: Final = 5
# Words of a title that anybody says of anything: "for two" names no cookset for two.
_NAMES_NOTHING: Final = frozenset(
    "for the and with from two one set pack pair all not you your our any are can per new".split()
)
# Shelf, shelves; cherry, cherries: what ends otherwise when there are several.
_CHANGING: Final = re.compile(
    r"([a-z]+(?:(?:l|ar|ea|oa|ni|wi|li)(?=f|ve)|[^aeiou](?=y|ies)))(?:fe?|ves|y|ies)"
)
_HISSING: Final = re.compile(r"([a-z]+(?:x|ch|sh|ss))es")
_KANJI: Final = re.compile(r"[一-鿿々]{2,}")
_KANA_ALONE: Final = re.compile(r"[ぁ-ゖー]+")
_KANA: Final = re.compile(r"[ぁ-ゖー]{3,}?(?=の?[一-鿿々ァ-ヺa-z])")
_LATIN: Final = re.compile(r"\b[a-z0-9][a-z]*")
_KEPT: Final = 6  # letters of a Japanese word that are looked at
_FRESH: Final = 1_000  # words kept apart before they are sorted in with the others


class TitleWords:
    """The words of all titles of a shop in this process; what went out of use may stay."""

    def __init__(self, known: npt.NDArray[np.int64] | None = None) -> None:
        self._sorted = np.zeros(0, np.int64) if known is None else known
        self._fresh: set[int] = set()

    def add(self, product: Product) -> None:
        """Learn the words of a product."""
        for title, category in told_names(product):
            self._fresh |= _keys(title, category)
        if len(self._fresh) > max(_FRESH, len(self._sorted)):
            self.settled()

    def settled(self) -> npt.NDArray[np.int64]:
        """All of them, for `TitleWords(known)`."""
        fresh = np.fromiter(self._fresh, np.int64, len(self._fresh))
        self._sorted = np.union1d(self._sorted, fresh)
        self._fresh = set()
        return self._sorted

    def said_in(self, sound: str) -> bool:
        """Whether a folded text may say a word of any title: False is sure, True is likely."""
        return self._any(list(map(name_key, dict.fromkeys(_stretches(sound)))))

    def has(self, word: str) -> bool:
        """Whether a folded word is one of a title, or another word for one."""
        return len(word) > 1 and self._any([name_key(_beginning(word))])

    def those_of(self, words: Sequence[str]) -> list[str]:
        """Which of many folded words are of a title: one look-up for all of them."""
        keys = np.array([name_key(_beginning(one)) for one in words], np.int64)
        held = np.zeros(len(keys), bool)
        if len(self._sorted):
            at = np.searchsorted(self._sorted, keys).clip(max=len(self._sorted) - 1)
            held = self._sorted[at] == keys
        return [
            word
            for word, key, here in zip(words, keys.tolist(), held, strict=True)
            if here or key in self._fresh
        ]

    def _any(self, keys: list[int]) -> bool:
        if not self._fresh.isdisjoint(keys):
            return True
        if not len(self._sorted) or not keys:
            return False
        asked = np.array(keys, np.int64)
        at = np.searchsorted(self._sorted, asked).clip(max=len(self._sorted) - 1)
        return bool((self._sorted[at] == asked).any())


def told_names(product: Product) -> list[tuple[str, str]]:
    """Title and category, as the shop has them and in other languages."""
    return [
        (product.title, product.category),
        *((one.title, one.category) for one in product.translations.values()),
    ]


def letters_named(sound: str, title: str, category: str) -> int:
    """How many letters of a product's own words, or of other words for them, a folded text says."""
    return sum(
        max((len(word) for word in ways if len(word) > 1 and _says(sound, word)), default=0)
        for ways in _ways_to_say(title, category)
    )


def title_words(sound: str, title: str, category: str) -> list[tuple[int, int]]:
    """Where a folded text says a product's own words, or other words for them."""
    found: list[tuple[int, int]] = []
    for ways in _ways_to_say(title, category):
        for word in ways:
            if len(word) > 1:
                found += _places(sound, word)
    return found


def _keys(title: str, category: str) -> set[int]:
    return {key for word in _words(title, category) for key in _keys_of(word)}


# The words of a large catalog are few beside its titles.
@lru_cache(maxsize=20_000)
def _keys_of(word: str) -> tuple[int, ...]:
    ways = (one for one in _ways(word) if len(one) > 1)
    return tuple(name_key(_beginning(one)) for one in ways)


def _beginning(way: str) -> str:
    """What a text must have to say the word: the stretch that `_stretches` gives of it."""
    if not way.isascii():
        return way[:_KEPT]
    found = _LATIN.match(_stem(way))
    return found[0] if found else way[:1]


def _stretches(sound: str) -> Iterator[str]:
    for found in _LATIN.finditer(sound):
        for end in range(1, len(found[0]) + 1):
            yield found[0][:end]
    if not sound.isascii():
        for begin in range(len(sound)):
            for end in range(begin + 2, min(len(sound), begin + _KEPT) + 1):
                yield sound[begin:end]


@lru_cache(maxsize=2_000)
def _ways_to_say(title: str, category: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_ways, _words(title, category)))


def _words(title: str, category: str) -> Iterable[str]:
    every = _WORD.findall(f"{title} {category}".casefold())
    words = dict.fromkeys(fold(one) for one in every if _stem(one) not in _NAMES_NOTHING)
    # Of several scripts it is a name too: まる皿, お椀.
    pieces = _PIECES.split(title.casefold())
    mixed = [one for one in pieces if 1 < len(one) <= _LONGEST_PIECE]
    mixed += [one for piece in pieces for one in _OF.split(piece)[1:] if _MIXED.fullmatch(one)]
    mixed += [kanji for one in mixed if _MIXED.fullmatch(one) for kanji in _in_kanji(one)]
    # Not a name of its own: トースター こむぎ is called by no 小麦.
    joined = [one for one in pieces if not _KANA_ALONE.fullmatch(one)]
    kana = [one for piece in joined for one in _KANA.findall(piece)]
    mixed += [kanji for one in kana for kanji in _in_kanji(one)]
    return words | dict.fromkeys(fold(one) for one in mixed if not one.isascii())


@lru_cache(maxsize=20_000)
def _ways(word: str) -> tuple[str, ...]:
    return (word, *map(fold, (*same_in_shops(word), *_readings(word), *_as_cut(word))))


def _readings(word: str) -> tuple[str, ...]:
    """How a word of kanji is said, for those who write it in kana: 最中 is モナカ."""
    if not re.fullmatch(r"[一-鿿々]+", word):
        return ()
    sound = words_ja.reading_of(word)
    return (sound,) if sound and len(sound) > 2 else ()


def _as_cut(word: str) -> tuple[str, ...]:
    """What a word of kanji ends in: 園芸手袋 is a 手袋."""
    cut = words_ja.words(word) if _KANJI.fullmatch(word) else None
    if not cut or len(cut) < 2 or cut[-1].part != "名詞" or len(cut[-1].surface) < 2:
        return ()
    return (cut[-1].surface,)


def _in_kanji(word: str) -> tuple[str, ...]:
    """How a noun in kana is written in kanji alone: 長ぐつ is 長靴, きょうりゅう 恐竜."""
    cut = words_ja.words(word)
    if not cut or len(cut) > 1 or cut[0].part != "名詞" or not _KANJI.fullmatch(cut[0].normal):
        return ()
    return (cut[0].normal,)


def _says(sound: str, word: str) -> bool:
    return bool(_places(sound, word))


def _places(sound: str, word: str) -> list[tuple[int, int]]:
    if not word.isascii():
        at = sound.find(word)
        return [(at, at + len(word))] if at >= 0 else []
    if len(word) < 3:
        return []
    stem = _stem(word)
    if stem not in sound:  # nearly always, and far cheaper than a pattern
        return []
    return [one.span() for one in _standing(word).finditer(sound)]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """What the singular and the plural of a word have in common: dress, box, kni(fe), cherr(y)."""
    if (found := _CHANGING.fullmatch(word)) or (found := _HISSING.fullmatch(word)):
        return found[1]
    return word if word.endswith("ss") else word.removesuffix("s")


@lru_cache(maxsize=4_096)
def _standing(word: str) -> re.Pattern[str]:
    stem = _stem(word)
    if _CHANGING.fullmatch(word):
        # Who leaves something, or will leave, names no leaf.
        ends = "y|ies" if word.endswith(("y", "ies")) else "fe?|ves" + "?" * word.endswith("ves")
        return re.compile(rf"\b{re.escape(stem)}(?:{ends})\b")
    # A short one is a word of its own: "cart" is no car. Of a long one the beginning will do.
    end = r"(?:e?s)?\b" if len(stem) < _LONG_STEM else r"(?:e?s\b)?"
    return re.compile(rf"\b{re.escape(stem)}{end}")
