"""Places in a text: by its sound, within and without others."""

import re
from collections.abc import Iterable
from typing import Final

from kaiwa.languages import words_ja
from kaiwa.languages.en import tokens
from kaiwa.languages.folding import fold

Span = tuple[int, int]

_KANJI: Final = re.compile(r"[一-鿿々]")
_RUN: Final = re.compile(r"[ァ-ヺー]+|[一-鿿々]+")
_RUN_OF_TITLE: Final = re.compile(r"[ァ-ヺー]+|[一-鿿々]+|[ぁ-ゖー]+")


def within(inner: Span, around: Span) -> bool:
    """Whether a place lies in another that is longer."""
    return inner != around and around[0] <= inner[0] and inner[1] <= around[1]


def blanked(found: re.Match[str]) -> str:
    """As many blanks as were found letters."""
    return "\x00" * len(found[0])


def sounds(text: str) -> tuple[str, list[int]]:
    """The text by its sound, and where each letter of that stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(at)
    return "".join(letters), places


def place_of(sound: Span, text: str, places: list[int]) -> Span:
    """Where a stretch of the sound stands in the text, with the long mark that ends it."""
    end = places[sound[1] - 1] + 1
    while text[end : end + 1] == "ー":
        end += 1
    return places[sound[0]], end


def inner_words(text: str, titles: str) -> set[Span]:
    """Words of the text that stand within a longer word of the titles: チノ in チノパンツ.

    No word reaches from one into the next: the sound of ノート is in 帆布のトート, and is none.
    """
    sounds = [fold(one) for one in _RUN_OF_TITLE.findall(titles)]
    return {
        found.span()
        for found in _RUN.finditer(text)
        if len(found[0]) > 1 and any(fold(found[0]) in one for one in sounds)
    }


def outer(spans: Iterable[Span]) -> list[Span]:
    """Without those that lie within others."""
    every = sorted(set(spans), key=lambda one: (one[0], -one[1]))
    kept: list[Span] = []
    for one in every:
        if not kept or one[1] > kept[-1][1]:
            begin = max(one[0], kept[-1][1]) if kept else one[0]
            kept.append((begin, one[1]))
    return kept


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with these places blanked out, as long as before."""
    letters = list(text)
    for begin, end in spans:
        for at in range(max(0, begin), min(end, len(letters))):
            letters[at] = "\x00"
    return "".join(letters)


def is_grammar(word: str) -> bool:
    """Whether it is an English word that names nothing: "are", "with"."""
    return word.isascii() and not tokens(word)


def is_no_thing(word: str) -> bool:
    """Whether it does, tells or joins and names nothing: 変えて, には, よかった."""
    if is_grammar(word):
        return True
    cut = (None if word.isascii() else words_ja.words(word)) or []
    if not _KANJI.search(word):
        # A name in kana may sound like a verb's stem; it is not told as past, wished or denied.
        return bool(cut) and (cut[-1].part == "助動詞" or [one.part for one in cut] == ["形容詞"])
    return any(one.part in ("動詞", "助動詞") for one in cut)
