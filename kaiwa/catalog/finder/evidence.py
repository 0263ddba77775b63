"""Whether a shop has what a text asks for, before what is only a little alike is shown.

Words are weighed: the thing itself twice as much as what is said of it, and a word that products
only mention in passing hardly at all. "Tent" is no word of a shop whose lantern hangs in tents.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.catalog.finder.document import JAPANESE_NEAR, JAPANESE_SUBJECT, SUBJECT, is_japanese
from kaiwa.catalog.finder.synonyms import Synonyms
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.engines.search import Clause, Term, TextIndex
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

ENOUGH: Final = 0.5  # of the weight of all words
OF_THE_THING: Final = 2.0  # what the last word of a phrase weighs
TOLD: Final = 0.5  # what the thing itself counts that is only told of others: with a case
MENTIONED: Final = 0.2  # what a word counts that only descriptions have
SURELY: Final = 0.85  # so alike, a word is another one mistyped, even in its first letter
LONG: Final = 4  # content words of an English text that describes more than it names
_SHORTEST_GUESS: Final = 5
_MOST: Final = 12
_CALLED: Final = ("brand", SUBJECT)
_TOLD: Final = ("title", "brand", "attributes")
_CALLED_JAPANESE: Final = ("ja_title", JAPANESE_SUBJECT)
_ENGLISH_FIELDS: Final = (
    (*_CALLED, *_CALLED_JAPANESE),
    (*_TOLD, *JAPANESE_NEAR),
    ("description", "ja_words"),
)
_NO_THING: Final = frozenset(
    """物 もの 事 こと 時 とき 所 ところ 奴 やつ 方 ほう 人 用 系 製 式 風 機 器 庫 剤 類 具
    商品 品 用品 アイテム グッズ 為 様 感じ 其れ 此れ""".split()
)
_NO_WORDS: Final = frozenset({"接尾辞", "接頭辞", "代名詞", "連体詞", "接続詞", "感動詞", "副詞"})
_SMALL: Final = frozenset(
    """a an the and or of for with without in on at to from by as is are be it its my your our their
    his her i me we you that this these those some any all which who where when how what do does
    can could would will not no new good best great nice set pc pcs""".split()
)
_TWICE = re.compile(r"([aeiou])\1")
_ASIDE = re.compile(r"\s(?:for|with|to|in|of|from|on|by|that|which|without)\s")


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word asked for: its weight, and the fields in which a product is called so or tells it.

    It is any of the terms of `same`, or all parts of one of `ways`.
    """

    text: str
    weight: float
    same: Sequence[str]
    ways: Sequence[Sequence[str]]
    called: tuple[str, ...]
    told: tuple[str, ...]
    mentioned: tuple[str, ...]

    def within(self, fields: Sequence[str]) -> Clause:
        """What a product has that says the word in these fields."""
        return Clause(
            tuple([Term(field, one) for field in fields for one in self.same]),
            tuple(
                [
                    tuple([Clause(tuple([Term(field, part) for field in fields])) for part in way])
                    for way in self.ways
                    if way
                ]
            ),
        )


class Evidence:
    """What the index and the titles of one shop say about a text."""

    def __init__(
        self, index: TextIndex, vocabulary: Vocabulary, english: Synonyms, japanese: Synonyms
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._english = english
        self._japanese = japanese

    def has(self, text: str) -> bool:
        """Whether products of this shop are named or told by enough of the words, by weight.

        What a glance at the index tells is asked first, and guesses at sounds last.
        """
        words = self._japanese_words(text) if is_japanese(text) else self._english_words(text)
        words = words[:_MOST]
        # Who describes what is sought may use no word of the shop; a likeness is all there is.
        if not words or _describes(text, words):
            return True
        enough = ENOUGH * sum([one.weight for one in words])
        found, called = 0.0, set[int]()
        # The thing itself is often enough.
        for at in sorted(range(len(words)), key=lambda at: -words[at].weight):
            if self._index.answers(words[at].within(words[at].called)):
                found += words[at].weight
                called.add(at)
                if found >= enough:
                    return True
        if self._all([one.within(one.told) for one in words]):
            return True
        for at, one in enumerate(words):
            if at not in called:
                found += one.weight * self._found(one)
                if found >= enough:
                    return True
        return self._titled(text)

    def _found(self, word: Word) -> float:
        """How much of a word that nothing is called by is there nevertheless."""
        told = self._index.answers(word.within(word.told))
        # A guess at its sound costs more than a glance at the index.
        if (told and word.weight < OF_THE_THING) or self._titled(word.text):
            return 1.0
        if told:
            return TOLD
        return MENTIONED if self._index.answers(word.within(word.mentioned)) else 0.0

    def _all(self, clauses: Sequence[Clause]) -> bool:
        # One word that nothing is told by decides it without a search.
        return all(map(self._index.answers, clauses)) and (
            len(clauses) == 1 or len(self._index.find(clauses, 1, every=True).numbers) > 0
        )

    def _titled(self, text: str) -> bool:
        """Whether titles have it as it sounds, nearly, or as the end of a longer word."""
        sounds = dict.fromkeys((fold(words_ja.reading_of(text) or text), fold(text)))
        if not text.isascii() or any(map(self._sounds, sounds)):
            return any(map(self._sounds, sounds))
        # "Suniikaa" writes a long vowel twice, as スニーカー has it once.
        romaji = (text, _TWICE.sub(r"\1", text))
        return any(self._sounds(fold(kana)) for one in romaji if (kana := romaji_to_kana(one)))

    def _sounds(self, sound: str) -> bool:
        if sound.isascii() and len(sound) < _SHORTEST_GUESS:
            return False
        near = self._vocabulary.nearest(sound)
        if near is not None:
            same_start = fold(words_ja.reading_of(near[0]) or near[0])[:1] == sound[:1]
            return near[1] >= SURELY or same_start
        return not sound.isascii() and self._vocabulary.ends_a_word(sound)

    def _japanese_words(self, text: str) -> list[Word]:
        found: list[Word] = []
        for chunk in text.split():
            words = [one for one in words_ja.words(chunk) or () if _is_content(one)]
            if not words and words_ja.words(chunk) is None:
                found.append(self._japanese_word(chunk, chunk, (), (), OF_THE_THING))
            last = next((at for at in range(len(words) - 1, -1, -1) if _is_noun(words[at])), -1)
            others = self._japanese.of([one.normal for one in words])
            for at, one in enumerate(words):
                means = [name for a, b, some in others if a <= at < b for name in some]
                weight = OF_THE_THING if at == last else 1.0
                found.append(
                    self._japanese_word(one.surface, one.normal, one.groups, means, weight)
                )
        return found

    def _japanese_word(
        self,
        surface: str,
        normal: str,
        groups: Iterable[int],
        means: Iterable[str],
        weight: float,
    ) -> Word:
        latin = normal.isascii()
        return Word(
            surface,
            weight,
            (normal, *(f"syn{group}" for group in groups)),
            [_parts(surface), *(_parts(other) for other in means)],
            (*_CALLED_JAPANESE, *(_CALLED if latin else ())),
            (*JAPANESE_NEAR, *(_TOLD if latin else ())),
            ("ja_words",),
        )

    def _english_words(self, text: str) -> list[Word]:
        head = _ASIDE.split(f" {text.strip()} ", maxsplit=1)[0]
        told = [one for one in re.findall(r"[^\W_]+", text.casefold()) if one not in _SMALL]
        thing = next(
            (w for w in reversed(re.findall(r"[^\W_]+", head.casefold())) if w not in _SMALL), ""
        )
        stems = [self._index.stems(one) for one in told]
        whole = [one for some in stems for one in some]
        runs = self._english.of(whole)
        found: list[Word] = []
        for at, (word, some) in enumerate(zip(told, stems, strict=True)):
            if not some:
                continue
            cut = words_ja.words(word) or ()
            kana = [one.normal for one in cut if one.normal != word] if len(cut) == 1 else []
            joined = [
                stem
                for a, b in zip(told, told[1:], strict=False)
                if word in (a, b)
                for stem in self._index.stems(a + b)
            ]
            means = [
                self._index.stems(name)
                for begin, end, names in runs
                if begin <= at < end
                for name in names
                if not is_japanese(name)
            ]
            weight = OF_THE_THING if word == thing else 1.0
            found.append(Word(word, weight, [*some, *joined, *kana], means, *_ENGLISH_FIELDS))
        return found


def _parts(text: str) -> list[str]:
    found = words_ja.words(text, "short") or ()
    return [one.normal for one in found if not one.is_grammar]


def _is_content(word: words_ja.Word) -> bool:
    return not (
        word.is_grammar
        or word.part in _NO_WORDS
        or word.normal in _NO_THING
        or word.surface in _NO_THING
        or word.surface.isdigit()
    )


def _is_noun(word: words_ja.Word) -> bool:
    return word.part in ("名詞", "形状詞")


def _describes(text: str, words: Sequence[Word]) -> bool:
    """Whether the text tells what a thing does rather than its name."""
    if not is_japanese(text):
        return len(words) >= LONG
    cut = [one for one in words_ja.words(text) or () if not one.is_grammar]
    verbs = sum(one.part == "動詞" for one in cut)
    return bool(cut) and verbs > 0 and (len(cut) > 2 or not _is_content(cut[-1]))
