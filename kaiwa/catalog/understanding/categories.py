"""Which of the shop's categories a query names: as its head, in either number, nearly spelt."""

import re
from typing import Final

from kaiwa.catalog.understanding.names import KnownNames, latin_form
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings.product_words import WHOLE_ENGLISH, is_whole

_MODIFIER = re.compile(r"\s(?:for|with|to|in|of|from|on|by|that|which|and)\s")
_FOR = re.compile(fold("用|向け|専用|対応|に合う|入れ|に使う|みたいな"))
_SPACE = re.compile(r"\s+")
SHORTEST_GUESS: Final = 6


def category_of(text: str, known: KnownNames) -> str | None:
    """The category named last and longest: "プレゼント用のマグカップ" is about マグカップ.

    What stands behind "for" or before 用 only tells what the thing is for.
    """
    head = _MODIFIER.split(f" {text.strip()} ", maxsplit=1)[0]
    found = _named(head, known)
    if found is None and head.strip() != text.strip():
        found = _named(text, known)
    return found or _nearly(head, known)


def is_the_thing(text: str, category: str, known: KnownNames) -> bool:
    """Whether the category is what is sought: not so in "phone case", where it is Phones."""
    head = latin_form(_MODIFIER.split(f" {text.strip()} ", maxsplit=1)[0])
    ends = [head, *(fold(chunk) for chunk in text.split())]
    keys = [key for key, name in known.categories_within(text) if name == category]
    return any(end.rstrip().endswith(key) for end in ends for key in keys)


def _named(text: str, known: KnownNames) -> str | None:
    best: tuple[bool, int, int, str] | None = None
    plain = latin_form(text)
    folded = fold(text)
    runs: list[str] | None = None
    for key, name in known.categories_within(text):
        if key.isascii():
            at, modifies = plain.rfind(f" {key} "), False
            if at >= 0 and _is_inside(plain[: at + len(key) + 1], key):
                continue
        elif (at := folded.rfind(key)) >= 0:
            # As a whole word or the last part of a longer one: not 財布 in 財布ケース.
            runs = _runs(text) if runs is None else runs
            if runs and not any(
                run.endswith(key) and (run == key or not is_whole(run)) for run in runs
            ):
                continue
            modifies = _FOR.match(folded, at + len(key)) is not None
        if at >= 0 and (best is None or (not modifies, at + len(key), len(key)) > best[:3]):
            best = (not modifies, at + len(key), len(key), name)
    return best and best[3]


def _is_inside(text: str, key: str) -> bool:
    wholes = (one for one in WHOLE_ENGLISH if one != key and one.endswith(f" {key}"))
    return any(text.endswith(f" {whole}") for whole in wholes)


def _runs(text: str) -> list[str]:
    words = words_ja.words(_SPACE.sub(" ", text).strip()) or ()
    plain = [(fold(word.surface), word.is_grammar) for word in words]
    joined = [
        one + two
        for (one, grammar), (two, also) in zip(plain, plain[1:], strict=False)
        if not grammar and not also
    ]
    return [word for word, grammar in plain if not grammar] + joined + _longer(plain)


def _longer(plain: list[tuple[str, bool]]) -> list[str]:
    """Three to five words in a row, as a name may have: 緑茶のティーバッグ."""
    return [
        "".join(word for word, _ in plain[at : at + count])
        for count in range(3, 6)
        for at in range(len(plain) - count + 1)
        if not plain[at][1] and not plain[at + count - 1][1]
    ]


def _nearly(text: str, known: KnownNames) -> str | None:
    # A letter left out, doubled or swapped; a letter changed may be another word (shirts, shorts).
    words = [word for word in latin_form(text).split() if len(word) >= SHORTEST_GUESS]
    for word in reversed(words):
        for key, name in known.categories_like(word):
            if _slipped(word, key):
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
