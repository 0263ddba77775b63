"""Which product a text calls by its whole name, whatever else it says, and with a slip of the pen.

The gazetteer and the finder know parts of names, which several products may share. Whoever says
every word of one title means that product, though others carry some of the words too.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import msgspec

from kaiwa.bot.naming.named import named
from kaiwa.bot.naming.stretches import Span, sounds, without
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.product import Product
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

_MOST: Final = 24
_FEWEST: Final = 3  # letters of a name
_LONG_ENOUGH: Final = 5  # letters of a word that may be misspelt
_BRACKETS: Final = re.compile(r"[(\[【].*?[)\]】]")
_MEASURE: Final = re.compile(r"(?:,\s*|\s+|(?<=[」』]))\d[\d.,]*\s*[a-z%ぁ-んァ-ヺ一-鿿]{0,8}$")
_PIECE: Final = re.compile(r"[a-z0-9][a-z0-9'-]*|[ぁ-ゖァ-ヺー一-鿿々]+")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9'-]*")
_SCRIPTS: Final = tuple(map(re.compile, (r"[ァ-ヺー]", r"[一-鿿々]", r"[a-z0-9]")))


class Called(msgspec.Struct, frozen=True):
    """The product, its name as the shop writes it, and the text without the name."""

    product_id: int
    title: str
    rest: str


def called(words: str, language: Language, where: tuple[Turn, Shop]) -> Called | None:
    """The one product that the words call by its whole name; None where none or several are."""
    known = where[1].looked_up
    key = ("called", words, language)
    if key not in known:
        known[key] = _called(words, language, where)
    found: Called | None = known[key]
    return found


def slipped(word: str, meant: str) -> bool:
    """Whether a word is another with one slip: two letters swapped, one lost, added or wrong."""
    if word == meant:
        return True
    if len(meant) < _LONG_ENOUGH or abs(len(word) - len(meant)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), None)
    if at is None:
        return True
    left, right = word[at:], meant[at:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _called(words: str, language: Language, where: tuple[Turn, Shop]) -> Called | None:
    text = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    every: list[tuple[int, Called]] = []
    for one in where[1].products(_candidates(text, language, where)):
        ways = [_said(text, title) for title in _titles(one)]
        spans = max((some for some in ways if some), key=_letters, default=())
        if spans:
            title = _core(next(iter(_titles(one))))
            every.append((_letters(spans), Called(one.id, title, without(text, spans))))
    most = max((letters for letters, _ in every), default=0)
    best = [one for letters, one in every if letters == most]
    return best[0] if len(best) == 1 else None


def _candidates(text: str, language: Language, where: tuple[Turn, Shop]) -> list[int]:
    turn, shop = where
    ids = [*turn.state.focus, *(one.id for some in turn.state.showings for one in some.products)]
    ids += [one.product_id for one in (shop.cart.lines if shop.cart else ())]
    for found in shop.known.names(text):
        if isinstance(found.slot, Named):
            ids += found.slot.ids
    ids += named(shop, text, language).product_ids
    return list(dict.fromkeys(ids))[:_MOST]


def _titles(product: Product) -> list[str]:
    return [product.title, *(one.title for one in product.translations.values() if one.title)]


def _letters(spans: tuple[Span, ...]) -> int:
    return sum(end - begin for begin, end in spans)


@lru_cache(maxsize=2_000)
def _core(title: str) -> str:
    """The title without what nobody says: brackets, and the measure at its end."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", title)).strip()
    return _MEASURE.sub("", plain.casefold()).strip(" ,") or plain.casefold()


@lru_cache(maxsize=2_000)
def _pieces(title: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(_core(title).replace("’", "'")))


def _said(text: str, title: str) -> tuple[Span, ...]:
    """Where the text has the pieces of a title; empty unless it has every one."""
    pieces = _pieces(title)
    spans = [_place(text, one) for one in pieces]
    found = [one for one in spans if one is not None]
    if not found or len(found) < len(spans) or sum(map(len, pieces)) < _FEWEST:
        return ()
    if len(pieces) == 1 and _is_within_a_word(text, found[0]):
        return ()
    return tuple(found)


def _place(text: str, piece: str) -> Span | None:
    if piece.isascii():
        words = _words(text)
        exact = next((span for word, span in words if word == piece), None)
        near = (span for word, span in words if slipped(word, piece))
        return exact or next(near, None)
    sound, places = sounds(text)
    wanted = fold(piece)
    at = sound.find(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[str, Span], ...]:
    """Asked for each piece of each name that may be meant."""
    return tuple((one[0], one.span()) for one in _WORD.finditer(text))


def _is_within_a_word(text: str, span: Span) -> bool:
    """Whether the letters before or after it go on in the same script: マグ in マグカップ."""
    begin, end = span
    before, after = text[begin - 1 : begin], text[end : end + 1]
    return any(
        (one.match(text[begin]) and one.match(before))
        or (one.match(text[end - 1]) and one.match(after))
        for one in _SCRIPTS
    )
