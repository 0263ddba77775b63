"""The shop's names, found in a text: products by their titles or parts of them, and brands.

Names are compared by sound: kana of one kind, no long marks, kanji also by their reading. A name
is kept as a number only, so 50,000 products cost some megabytes, and a text costs one look-up of
all its stretches together. The change feed keeps it fresh.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import structlog

from kaiwa.bot.nlu.intents.features import concepts
from kaiwa.bot.nlu.name_key import name_key
from kaiwa.bot.nlu.names_kept import NamesKept, kept_names, save_names
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slot import Brand, Product
from kaiwa.bot.nlu.title_words import TitleWords
from kaiwa.catalog.change import catalog_mark, last_change
from kaiwa.catalog.finder.synonyms import same_in_shops
from kaiwa.catalog.product import Product as CatalogProduct
from kaiwa.catalog.product import changed_products
from kaiwa.catalog.understanding.colours import colour_of
from kaiwa.engines.db import Session
from kaiwa.languages import words_ja
from kaiwa.languages.folding import fold, romaji_to_kana

PAGE: Final = 2_000
LONGEST: Final = 40  # folded letters of a name
MOST_IDS: Final = 8  # a name of more products than this is a kind of thing, not a product
KEPT_FROM: Final = 20_000  # names; fewer are read from the tables in a moment
FRESH: Final = 1_000  # names kept apart before they are sorted in with the others
_PARTS: Final = 6
_SHORTEST: Final = 2
_SOUND: Final = 3  # kana of a single kanji that names by its sound: まくら, not て
_LONG: Final = 6  # letters of a loan word that people cut short

Numbers = npt.NDArray[np.int64]

_PIECE = re.compile(r"[a-z0-9][a-z0-9'.&-]*|[ァ-ヺー]+|[一-鿿々]+[ぁ-ゖ]*|[ぁ-ゖー]+")
_JOINED = re.compile(r"^|と(?!も)|や|より|か(?=[^なもらど])")
_BOUND = re.compile(r"と|って|は(?!じ)|を|が|の|も|より|か(?!ら)|や")
_TIED = re.compile(r"[ぁ-ゖー]{2,}の")
_BRACKETS = re.compile(r"[(\[【「『（].*?[)\]】」』）]")
_QUOTED = re.compile(r"[「『“]([^」』”]{2,30})[」』”]")
_COUNTED = re.compile(r"\d[\d.,]*\s?([一-鿿]{1,3})")
_MEASURE = re.compile(r"\d|(?:lbs?|oz|kg|mg|ml|cm|mm|in|inch(?:es)?|ft|gal|qt|ct|pcs|count)$")
_OF_A_THING = re.compile(r"\b(?:an?|the|this|that|each|per|your|my|one|of|\d+) $")
_GRAMMAR: Final = frozenset(
    "の と で に を が は も や for the and with of in a an to by on set new size one two"
    " three four five six".split()
)


log = structlog.get_logger()


class Gazetteer:
    """One merchant's names in this process. Not for several threads at once.

    Those of a large shop are kept in `folder`, if there is one, for the next start.
    """

    def __init__(self, merchant_id: int, folder: Path | None = None) -> None:
        self.merchant_id = merchant_id
        self._file = folder and folder / f"{merchant_id}.npz"
        self._seen = 0
        self._keys: Numbers = np.zeros(0, np.int64)
        self._ids: Numbers = np.zeros(0, np.int64)
        self._fresh: dict[int, list[int]] = {}
        self._stale: set[int] = set()
        self._brands: dict[int, str] = {}
        self.words = TitleWords()

    def catch_up(self, session: Session) -> bool:
        """Take over what was committed before this session began; whether there was any."""
        if last_change(session, self.merchant_id) == self._seen:
            return False
        if self._seen == 0:
            self._open(session)
        after, place, first = self._seen, 2**62, self._seen == 0
        keys, ids = array("q"), array("q")
        while page := changed_products(session, self.merchant_id, after, place, PAGE):
            after, place = page[-1].change, page[-1].id
            for one in page:
                names = _names(one) if one.status == "active" else set()
                self.words.add(one)
                if one.brand and len(one.brand) >= _SHORTEST:
                    self._brands[name_key(_whole(one.brand))] = one.brand
                if not first:
                    self._renew(one.id, names)
                else:
                    keys.extend(names)
                    ids.extend([one.id] * len(names))
        self._seen = max(self._seen, after)
        if first:
            self._sort_in(np.array(keys), np.array(ids))
            self._keep(session)
        elif len(self._fresh) > FRESH:
            self._settle()
            self._keep(session)
        return True

    def find(self, text: str) -> list[Found]:
        """The longest names in a folded text; those of products with their ids."""
        stretches = _stretches(text)
        if not stretches:
            return []
        keys = np.fromiter((key for key, _, _ in stretches), np.int64, len(stretches))
        left = np.searchsorted(self._keys, keys, "left")
        right = np.searchsorted(self._keys, keys, "right")
        found = []
        for (key, begin, end), low, high in zip(stretches, left, right, strict=True):
            if high - low > MOST_IDS + len(self._stale):
                found.append(Found("product", begin, end, None))  # a kind of thing
                continue
            ids = [one for one in self._ids[low:high].tolist() if one not in self._stale]
            ids += self._fresh.get(key, ())
            if ids:
                slot = Product(tuple(dict.fromkeys(ids))) if len(ids) <= MOST_IDS else None
                found.append(Found("product", begin, end, slot))
            elif brand := self._brands.get(key):
                found.append(Found("brand", begin, end, Brand(brand)))
        return sorted(found, key=lambda one: (one.begin - one.end, one.begin))

    def __len__(self) -> int:
        return len(self._keys) + len(self._fresh)

    def _open(self, session: Session) -> None:
        if self._file is None:
            return
        newest = last_change(session, self.merchant_id)
        kept = kept_names(self._file, catalog_mark(session, self.merchant_id), newest)
        if kept is not None:
            self._seen, self._keys, self._ids = kept.seen, kept.keys, kept.ids
            self._brands, self.words = kept.brands, TitleWords(kept.words)

    def _keep(self, session: Session) -> None:
        if self._file is None or len(self._keys) < KEPT_FROM:
            return
        mark, words = catalog_mark(session, self.merchant_id), self.words.settled()
        names = NamesKept(mark, self._seen, self._keys, self._ids, words, self._brands)
        try:
            save_names(self._file, names)
        except OSError as error:
            # The next start reads them from the tables again.
            log.warning("names_not_kept", reason=str(error))

    def _renew(self, product_id: int, names: Iterable[int]) -> None:
        self._stale.add(product_id)
        for key, ids in list(self._fresh.items()):
            if product_id in ids:
                ids.remove(product_id)
            if not ids:
                del self._fresh[key]
        for key in names:
            self._fresh.setdefault(key, []).append(product_id)

    def _settle(self) -> None:
        kept = ~np.isin(self._ids, list(self._stale))
        pairs = [(key, one) for key, ids in self._fresh.items() for one in ids]
        keys = np.array([key for key, _ in pairs], np.int64)
        ids = np.array([one for _, one in pairs], np.int64)
        self._keys, self._ids = self._keys[kept], self._ids[kept]
        self._fresh, self._stale = {}, set()
        self._sort_in(keys, ids)

    def _sort_in(self, keys: Numbers, ids: Numbers) -> None:
        every = np.concatenate([self._keys, keys])
        owners = np.concatenate([self._ids, ids])
        order = np.argsort(every, kind="stable")
        self._keys, self._ids = every[order], owners[order]


def _names(product: CatalogProduct) -> set[int]:
    titles = [product.title, *(one.title for one in product.translations.values() if one.title)]
    names = {name for title in titles for name in _names_of(title)}
    kinds = [product.category, *(one.category for one in product.translations.values())]
    names |= {_kind(kind) for kind in kinds if kind}
    return {name_key(name) for name in names if _SHORTEST <= len(name) <= LONGEST}


def _names_of(title: str) -> set[str]:
    plain = _BRACKETS.sub(" ", title).strip() or title
    every = _pieces(plain)
    names = {_whole(title)} | ({_joined(every)} if plain != title else set())
    pieces = every[:_PARTS]
    # What stands in quotes is the product's own name: あまぐも in レインコート「あまぐも」.
    quoted = [_pieces(one) for one in _QUOTED.findall(title)]
    # So is a Japanese word in an English title: Shizuku gooseneck kettle.
    quoted += [[one] for one in pieces if _is_romaji(one)]
    # The head is the last word that is no measure: ケトル in 東雲ケトル 0.8L, 最中 in 最中 8個入.
    of_measures = set(_pieces(" ".join(_COUNTED.findall(plain.casefold()))))
    kept = (at for at, one in enumerate(pieces) if one not in of_measures)
    head = max((at for at in kept if not _MEASURE.match(pieces[at])), default=-1)
    names |= {short for piece in pieces for short in _short_for(piece)}
    for spelt in (_spelt, _sounded):
        names |= {"".join(map(spelt, one)) for one in quoted}
        letters = [spelt(one) for one in pieces]
        names.update(
            "".join(letters[begin:end])[: -1 if _is_tied(pieces, end) else None]
            for begin in range(len(pieces))
            for end in range(begin + 2, len(pieces) + 1)
        )
        if head >= 0 and (_says_something(pieces[head]) or _is_sound(pieces[head], letters[head])):
            names.add(letters[head])
    return names


def _is_tied(pieces: Sequence[str], end: int) -> bool:
    """Whether a name cut short there ends in what ties it to the next piece: かぜ of かぜの替芯."""
    return end < len(pieces) and _TIED.fullmatch(pieces[end - 1]) is not None


@lru_cache(maxsize=20_000)
def _short_for(piece: str) -> frozenset[str]:
    """What a long loan word is cut to: マスキングテープ is マステ, ゲルボールペン ゲルペン."""
    if len(piece) < _LONG or not re.fullmatch("[ァ-ヺー]+", piece):
        return frozenset()
    parts = [fold(one.surface) for one in words_ja.words(piece, "short") or []]
    pairs = [(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]]
    cut = {one[:2] + rest for one, other in pairs for rest in (other[:1], other[:2], other[-2:])}
    if len(parts) == 1:
        cut = {parts[0][:2] + parts[0][-2:]}
    return frozenset(one for one in cut if len(one) > 2)


def _is_romaji(piece: str) -> bool:
    plain = piece.isascii() and piece.isalpha() and len(piece) >= 4
    return plain and romaji_to_kana(piece) is not None and not same_in_shops(piece)


def _pieces(title: str) -> list[str]:
    return [one for one in _PIECE.findall(title.casefold()) if one not in _GRAMMAR]


@lru_cache(maxsize=20_000)
def _is_sound(piece: str, spelt: str) -> bool:
    return len(piece) == 1 and not piece.isascii() and len(spelt) >= _SOUND


def _says_something(piece: str) -> bool:
    # A word of everyday shop talk at the end of a title ("gift", "sale") is not its name.
    if len(piece) < 2 or piece.isdigit() or colour_of(piece) is not None:
        return False
    return not concepts(piece, "en" if piece.isascii() else "ja")


@lru_cache(maxsize=2_000)
def _kind(category: str) -> str:
    return _whole(category.split(">")[-1])


def _whole(text: str) -> str:
    return _joined(_pieces(text))


def _joined(pieces: Sequence[str]) -> str:
    return "".join(map(_spelt, pieces))


# A catalog says the same words again and again.
@lru_cache(maxsize=20_000)
def _spelt(piece: str) -> str:
    return fold(_singular(piece))


@lru_cache(maxsize=20_000)
def _sounded(piece: str) -> str:
    if piece.isascii() or not re.search("[一-鿿]", piece):
        return _spelt(piece)
    return _spelt(words_ja.reading_of(piece) or piece)


def _singular(word: str) -> str:
    plural = word.isascii() and len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


@lru_cache(maxsize=512)
def _stretches(text: str) -> tuple[tuple[int, int, int], ...]:
    """Every stretch that may be a name: its key, and where it begins and ends in the text."""
    return tuple(_each_stretch(text))


def _each_stretch(text: str) -> Iterator[tuple[int, int, int]]:
    places = [found.span() for found in _PIECE.finditer(text)]
    for at, (begin, _) in enumerate(places):
        sound = ""
        for last in range(at, min(len(places), at + _PARTS + 2)):
            start, end = places[last]
            piece = text[start:end]
            if last == at and (piece in _GRAMMAR or _is_modal(piece, text[:start])):
                break
            if last == at:
                yield from _inner(piece, start)
            if piece not in _GRAMMAR:
                before = sound
                sound += fold(_singular(piece))
                if _SHORTEST <= len(sound) <= LONGEST:
                    yield name_key(sound), begin, end
                    yield from _shorter(before, piece, (begin, start))
                    if piece.isascii() and (kana := romaji_to_kana(piece)):
                        yield name_key(before + fold(kana)), begin, end


def _is_modal(piece: str, before: str) -> bool:
    """Can the cover come off: whoever may do something speaks of no can."""
    return piece == "can" and _OF_A_THING.search(before) is None


def _inner(piece: str, start: int) -> Iterator[tuple[int, int, int]]:
    """Names within a run of kana: the second in しずくとゆげを, short ones between particles."""
    if piece.isascii():
        return
    for gap in _JOINED.finditer(piece):
        begin = gap.end()
        for end in range(begin + 2, min(len(piece), begin + 12) + 1):
            bounded = end == len(piece) or _BOUND.match(piece, end)
            if (end - begin > 2 and begin) or bounded:
                yield name_key(fold(piece[begin:end])), start + begin, start + end


def _shorter(before: str, piece: str, where: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """A Japanese piece may carry grammar or another word behind the name: すにーかーある."""
    if piece.isascii():
        return
    for length in range(len(piece) - 1, 0 if before else 1, -1):
        part = fold(piece[:length])
        if len(before + part) >= 3 or re.search("[一-鿿]", part):
            yield name_key(before + part), where[0], where[1] + length
