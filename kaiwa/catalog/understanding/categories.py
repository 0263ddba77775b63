"""Which of the shop's categories a query names: as its head, in either number, nearly spelt."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold

_LATIN = re.compile(r"[a-z0-9][a-z0-9']*")
_T_SHIRT = re.compile(r"\btee?-?\s?shirt")
_MODIFIER = re.compile(r"\s(?:for|with|to|in|of|from|on|by|that|which|and)\s")
_FOR = re.compile(fold("用|向け|専用|対応|に合う|入れ|に使う|みたいな"))
_SPACE = re.compile(r"\s+")
SHORTEST_GUESS: Final = 6
_IRREGULAR: Final = {"mice": "mous", "children": "child", "feet": "foot", "teeth": "tooth"}


def category_of(text: str, categories: Sequence[str]) -> str | None:
    """The category named last and longest: "プレゼント用のマグカップ" is about マグカップ.

    What stands behind "for" or before 用 only tells what the thing is for.
    """
    head = _MODIFIER.split(f" {text.strip()} ", maxsplit=1)[0]
    found = _named(head, categories) or _named(text, categories)
    return found or _nearly(head, categories)


def _named(text: str, categories: Sequence[str]) -> str | None:
    best: tuple[bool, int, int, str] | None = None
    plain = _latin_form(text)
    folded = fold(text)
    runs: list[str] | None = None
    for name in categories:
        key = category_key(name)
        if not key:
            continue
        if key.isascii():
            at, modifies = plain.rfind(f" {key} "), False
        elif (at := folded.rfind(key)) >= 0:
            # As a whole word or the last part of a longer one: not 財布 in 財布ケース.
            runs = _runs(text) if runs is None else runs
            if runs and not any(run.endswith(key) for run in runs):
                continue
            modifies = _FOR.match(folded, at + len(key)) is not None
        if at >= 0 and (best is None or (not modifies, at + len(key), len(key)) > best[:3]):
            best = (not modifies, at + len(key), len(key), name)
    return best and best[3]


def _runs(text: str) -> list[str]:
    words = words_ja.words(_SPACE.sub(" ", text)) or ()
    plain = [(fold(word.surface), word.is_grammar) for word in words]
    joined = [
        one + two
        for (one, grammar), (two, also) in zip(plain, plain[1:], strict=False)
        if not grammar and not also
    ]
    return [word for word, grammar in plain if not grammar] + joined


def _nearly(text: str, categories: Sequence[str]) -> str | None:
    # A letter left out, doubled or swapped; a letter changed may be another word (shirts, shorts).
    words = [word for word in _latin_form(text).split() if len(word) >= SHORTEST_GUESS]
    for word in reversed(words):
        for name in categories:
            key = category_key(name)
            if key.isascii() and key[:1] == word[0] and _slipped(word, key):
                return name
    return None


def _slipped(word: str, key: str) -> bool:
    short, long = sorted((word, key), key=len)
    if len(long) == len(short):
        differs = [at for at in range(len(word)) if word[at] != key[at]]
        return (
            len(differs) == 2
            and word[differs[0]] == key[differs[1]]
            and (word[differs[1]] == key[differs[0]])
        )
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


@lru_cache(maxsize=20_000)
def category_key(name: str) -> str:
    """The form in which a category is compared."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _latin_form(plain).strip() if plain.isascii() else fold(plain)


def _latin_form(text: str) -> str:
    words = _LATIN.findall(_T_SHIRT.sub("t shirt", text))
    return f" {' '.join(_one(word) for word in words)} "


@lru_cache(maxsize=20_000)
def _one(word: str) -> str:
    """The same for singular and plural, and no word: knives and knife are "knif"."""
    if len(word) <= 3 or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    if word.endswith("'s"):
        word = word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    word = word.removesuffix("e")
    if word.endswith("i"):
        return f"{word[:-1]}y"
    return f"{word[:-1]}f" if word.endswith("v") else word
