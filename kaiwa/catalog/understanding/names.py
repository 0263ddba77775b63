"""Which of a shop's many names a text speaks of, without trying each: brands and categories."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from kaiwa.catalog.understanding import Facets
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings.product_words import same_names

_HEAD = 2
_SPACE = re.compile(r"\s+")
_LATIN = re.compile(r"[a-z0-9][a-z0-9']*")
_T_SHIRT = re.compile(r"\btee?-?\s?shirt")
_IRREGULAR: Final = {"mice": "mous", "children": "child", "feet": "foot", "teeth": "tooth"}


class Names:
    """Names by a key: the plain form in which they would stand in a text."""

    def __init__(self, keyed: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key, name in keyed:
            if key:
                self._names[key].append(name)
                lengths[key[:_HEAD]].add(len(key))
        self._lengths = {head: tuple(some) for head, some in lengths.items()}
        self._firsts = frozenset(head[0] for head in self._lengths)

    def within(self, text: str) -> list[str]:
        """Every name whose key is anywhere in `text`."""
        return list(dict.fromkeys(name for _, name in self.keyed_within(text)))

    def keyed_within(self, text: str) -> list[tuple[str, str]]:
        """The same with the key of each."""
        found: dict[tuple[str, str], None] = {}
        for start, first in enumerate(text):
            if first not in self._firsts:
                continue
            for head in (text[start : start + _HEAD], first):
                for length in self._lengths.get(head, ()):
                    key = text[start : start + length]
                    for name in self._names.get(key, ()):
                        found[key, name] = None
        return list(found)


class KnownNames:
    """The names of one shop, ready to be looked for."""

    def __init__(self, facets: Facets) -> None:
        self._brands = Names((_compact(plain(name)), name) for name in facets.brands)
        keyed = [(category_key(name), name) for name in facets.categories]
        keyed += [(category_key(called), name) for called, name in facets.also]
        latin = [(key, name) for key, name in keyed if key.isascii() and key]
        keyed = [*dict.fromkeys([*keyed, *_renamed(keyed)])]
        self._latin = Names((f" {key} ", name) for key, name in keyed if key and key.isascii())
        self._japanese = Names((key, name) for key, name in keyed if not key.isascii())
        self._alike: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for key, name in latin:
            self._alike[key[0], len(key)].append((key, name))

    def brands_within(self, text: str) -> list[str]:
        """Brands that may be in the text."""
        return self._brands.within(_compact(text))

    def categories_within(self, text: str) -> list[tuple[str, str]]:
        """Names of categories that may be in the text as they are compared, and whose they are."""
        latin = self._latin.keyed_within(latin_form(text))
        japanese = self._japanese.keyed_within(fold(text))
        return [*((key.strip(), name) for key, name in latin), *japanese]

    def categories_like(self, word: str) -> list[tuple[str, str]]:
        """Latin categories with their keys that begin as `word` and are about as long."""
        lengths = (len(word) - 1, len(word), len(word) + 1)
        return [pair for length in lengths for pair in self._alike.get((word[0], length), ())]


def _renamed(keyed: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What else shoppers call these categories, where no category has that name itself."""
    own = {key for key, _ in keyed}
    called = _called()
    for key, name in keyed:
        for other in called.get(key, ()):
            if other not in own:
                yield other, name


@lru_cache(maxsize=1)
def _called() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for group in same_names():
        keys = [category_key(one) for one in group]
        for key in keys:
            found[key] += [other for other in keys if other != key]
    return {key: tuple(dict.fromkeys(others)) for key, others in found.items()}


def known_names(facets: Facets) -> KnownNames:
    """The names of these facets, made once: a shop may have thousands, a query few words."""
    kept: KnownNames | None = facets.__dict__.get("known")
    if kept is None:
        kept = facets.__dict__["known"] = KnownNames(facets)
    return kept


def plain(name: str) -> str:
    """Without differences of width and case."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _compact(text: str) -> str:
    return _SPACE.sub("", text).replace("and", "&")


@lru_cache(maxsize=20_000)
def category_key(name: str) -> str:
    """The form in which a category is compared."""
    folded = plain(name)
    return latin_form(folded).strip() if folded.isascii() else fold(folded)


def latin_form(text: str) -> str:
    """Its Latin words, each the same for singular and plural, between single spaces."""
    words = _LATIN.findall(_T_SHIRT.sub("t shirt", text))
    return f" {' '.join(_one(word) for word in words)} "


@lru_cache(maxsize=20_000)
def _one(word: str) -> str:
    # Not a word but the same for both: knives and knife are "knif".
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
