"""Understands a query: each rule takes its words out of the text; what is left is what is sought.

Deterministic, well under a millisecond. Colours are whole morphemes, so that 緑茶 stays tea;
brands, categories and sizes are only those the shop has.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from kaiwa.catalog.understanding import Facets, Understood, phrases
from kaiwa.catalog.understanding.amounts import price_bounds
from kaiwa.catalog.understanding.colours import colour_of, is_part_of_name
from kaiwa.catalog.understanding.exclusions import exclusions
from kaiwa.catalog.understanding.names import Names
from kaiwa.languages import language_of, words_ja
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import minor_digits

_LATIN = re.compile(r"[a-z0-9][a-z0-9']*")
_SPACE = re.compile(r"\s+")


def understand(query: str, facets: Facets, currency: str, otherwise: Language) -> Understood:
    """The constraints of `query` that this shop can keep, and the terms to match."""
    text = unicodedata.normalize("NFKC", query).casefold().replace("’", "'")
    language = language_of(query, otherwise)
    brand, text = _named(text, _known(facets).brands.within(_compact(text)))
    low, high, text = price_bounds(text, minor_digits(currency))
    in_stock, text = phrases.stock(text)
    exclude, text = exclusions(text)
    size, text = phrases.size(text, facets.sizes)
    order, text = phrases.order(text)
    gender, text = phrases.gender(text)
    category = _category(phrases.without_fillers(text), _known(facets))
    colour, text = _colours(text, facets.colours)
    if size is None and category and _comes_in_sizes(facets, text):
        size, text = phrases.adjective_size(text)
    return Understood(
        language=language,
        terms=phrases.without_fillers(text),
        price_min=low,
        price_max=high,
        colour=colour,
        size=size,
        gender=gender,
        category=category,
        brand=brand,
        in_stock=in_stock,
        order=order,
        exclude=exclude,
    )


def without(understood: Understood, *names: str) -> Understood:
    """The same with these constraints dropped."""
    plain = Understood(understood.language, understood.terms)
    return msgspec.structs.replace(understood, **{name: getattr(plain, name) for name in names})


class _Known:
    """The names of one shop, ready to be looked for."""

    def __init__(self, facets: Facets) -> None:
        self.brands = Names((_compact(_plain(name)), name) for name in facets.brands)
        keyed = [(_category_key(name), name) for name in facets.categories]
        self.latin = Names((f" {key} ", name) for key, name in keyed if key.isascii() and key)
        self.japanese = Names((key, name) for key, name in keyed if not key.isascii())


def _known(facets: Facets) -> _Known:
    # Kept with the facets: a shop may have thousands of names, and a query has few words.
    kept: _Known | None = facets.__dict__.get("known")
    if kept is None:
        kept = facets.__dict__["known"] = _Known(facets)
    return kept


def _compact(text: str) -> str:
    return _SPACE.sub("", text).replace("and", "&")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _named(text: str, names: Sequence[str]) -> tuple[str | None, str]:
    """The longest of these names in the text, as whole words."""
    for name in sorted(names, key=len, reverse=True):
        if pattern := _name_pattern(name):
            found = pattern.search(text)
            if found:
                return name, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


@lru_cache(maxsize=20_000)
def _name_pattern(name: str) -> re.Pattern[str] | None:
    plain = _plain(name)
    if len(plain) < 2:
        return None
    body = r"\s*".join(map(re.escape, plain.split())).replace(r"\&", r"(?:\&|and)")
    body = body.replace(r"\s*(?:\&|and)\s*", r"\s*(?:&|and)\s*")
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9])(?:の|製)?")


def _colours(text: str, known: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Colours that stand alone as words and that the shop knows."""
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    words = _words(text)
    for at, (word, begin, end) in enumerate(words):
        colour = colour_of(word)
        if colour is None or colour not in known:
            continue
        following = words[at + 1][0] if at + 1 < len(words) else ""
        if is_part_of_name(word, following):
            continue
        found.append(colour)
        spans.append((begin, end))
    for begin, end in reversed(spans):
        text = f"{text[:begin]} {text[end:]}"
    return tuple(dict.fromkeys(found)), text


def _words(text: str) -> list[tuple[str, int, int]]:
    morphemes = words_ja.words(text)
    if morphemes is None or text.isascii():
        return [(found[0], found.start(), found.end()) for found in _LATIN.finditer(text)]
    return _with_suffix([(one.surface, one.begin, one.end) for one in morphemes])


def _with_suffix(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    joined: list[tuple[str, int, int]] = []
    for word, begin, end in words:
        if word in ("色", "系") and joined and joined[-1][2] == begin and colour_of(joined[-1][0]):
            joined[-1] = (joined[-1][0], joined[-1][1], end)
        else:
            joined.append((word, begin, end))
    return joined


def _comes_in_sizes(facets: Facets, text: str) -> bool:
    # Letters are sizes of clothes; a lamp or a bag may be large all the same.
    worn = r"shirt|tee|dress|hoodie|jacket|coat|sweater|pants|skirt|jeans|shoes|wear|jumper"
    return bool(facets.sizes & {"S", "M", "L"}) and re.search(worn, text) is not None


def _category(text: str, known: _Known) -> str | None:
    """The category named last and longest: "プレゼント用のマグカップ" is about マグカップ."""
    best: tuple[int, int, str] | None = None
    plain = _latin_form(text)
    for name in (*known.latin.within(plain), *known.japanese.within(fold(text))):
        key = _category_key(name)
        at = plain.rfind(f" {key} ") if key.isascii() else _japanese_place(text, key)
        if at >= 0 and (best is None or (at + len(key), len(key)) > best[:2]):
            best = (at + len(key), len(key), name)
    return best and best[2]


def _japanese_place(text: str, key: str) -> int:
    # As a whole word or the last part of a longer one: 黒Tシャツ, but not 財布 in 財布ケース.
    at = fold(text).rfind(key)
    if at < 0:
        return -1
    words = words_ja.words(fold_spaces(text))
    if words is None:
        return at
    return at if any(fold(word.surface).endswith(key) for word in _runs(words)) else -1


def _runs(words: Sequence[words_ja.Word]) -> list[words_ja.Word]:
    return [word for word in words if not word.is_grammar] + _joined(words)


def _joined(words: Sequence[words_ja.Word]) -> list[words_ja.Word]:
    return [
        msgspec.structs.replace(one, surface=one.surface + two.surface)
        for one, two in zip(words, words[1:], strict=False)
        if not one.is_grammar and not two.is_grammar
    ]


def fold_spaces(text: str) -> str:
    """One space where there were several."""
    return _SPACE.sub(" ", text)


@lru_cache(maxsize=20_000)
def _category_key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _latin_form(plain).strip() if plain.isascii() else fold(plain)


def _latin_form(text: str) -> str:
    words = _LATIN.findall(text.replace("t-shirt", "t shirt").replace("tshirt", "t shirt"))
    return f" {' '.join(_singular(word) for word in words)} "


def _singular(word: str) -> str:
    for ending, instead in (("sses", "ss"), ("ies", "y"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
