"""Which products of the shop a text speaks of, by weighing which of them explains its words.

Every product that may be meant (in focus, shown, in the cart, or called by a name) claims the
letters of the text that stand in its title; each stretch of the text goes to the product that
explains most of it, and the options and numbers in the stretch are that product's.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.dialogue.reference import title_words
from kaiwa.bot.naming import named
from kaiwa.bot.nlu.reader.counting import quantities
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options_said import Told, options_told, plain
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.languages.folding import bigrams, fold
from kaiwa.vocabulary.language import Language

MOST_CANDIDATES: Final = 16
MOST_STRETCHES: Final = 6
_NEAR: Final = 0.67  # of the most letters explained: what is spoken of already then wins
_AND: Final = re.compile(
    r"と(?=[^いかこてもっとへ])、?|、|,|;|。|＋|\+|&|\n|\band\b|\bplus\b|\bwith\b|も(?=[^うらっのし])"
)
_MORE_ALIKE: Final = 3  # pairs of letters
_IN_FOCUS, _SHOWN, _IN_CART, _EARLIER = 4, 3, 2, 1
_BARE: Final = re.compile(r"(?<![\d.,])([1-9]\d?)(?:\s*(?:pcs?|x))?\W*$")

Span = tuple[int, int]


class Article(msgspec.Struct, frozen=True):
    """A product that is spoken of: the words that are its own, and how many of it.

    `spans` are the places of its name in the `plain` text; none where only an option was said
    of what is in focus. `options` are the values told of it.
    """

    product_id: int
    words: str
    begin: int
    end: int
    count: Quantity | None = None
    spans: tuple[Span, ...] = ()
    options: tuple[Told, ...] = ()
    near: int = 0


class Spoken(msgspec.Struct, frozen=True):
    """The articles of a text in the order said; `rest` is what neither they nor numbers explain.

    `open_ids` are products of which it is open which is meant; then `articles` is not complete.
    """

    articles: tuple[Article, ...]
    rest: str
    open_ids: tuple[int, ...] = ()


def spoken(words: str, language: Language, where: tuple[Turn, Shop]) -> Spoken:
    """What the words speak of."""
    return _Reading(words, language, where).result()


class _Reading:
    """One text; looked up once, then cut and weighed."""

    def __init__(self, words: str, language: Language, where: tuple[Turn, Shop]) -> None:
        self._turn, self._shop = where
        self._language = language
        self.text = plain(words)
        self._near = self._nearness()
        self._counts = _counts(self.text)
        self._titles: dict[int, str] = {}
        self._names = self._claims(words)
        self._sold: dict[int, list[Offer]] = {}

    def result(self) -> Spoken:
        """The articles, and what is left of the text."""
        articles: list[Article] = []
        open_ids: tuple[int, ...] = ()
        for begin, end in self._stretches():
            ids = self._meant(begin, end)
            if len(ids) > 1:
                open_ids = open_ids or ids
                continue
            article = self._article(ids[0], (begin, end)) if ids else None
            articles = self._added(articles, article, (begin, end))
        articles = self._shared(articles)
        return Spoken(tuple(articles), self._rest(articles), open_ids)

    def _nearness(self) -> dict[int, int]:
        """How near each product is to what is being talked about."""
        state = self._turn.state
        near: dict[int, int] = {}
        rows = [one.products for one in state.showings]
        ways: list[tuple[int, Iterable[int]]] = [
            (_EARLIER, (one.id for some in rows[1:] for one in some)),
            (_IN_CART, (one.product_id for one in (self._shop.cart.lines if self._shop.cart else ()))),
            (_SHOWN, (one.id for some in rows[:1] for one in some)),
            (_IN_FOCUS, state.focus),
            (_IN_FOCUS, state.top.product_ids if state.top and state.top.asked else ()),
        ]
        for value, ids in ways:
            near |= dict.fromkeys(ids, value)
        return dict(sorted(near.items(), key=lambda one: -one[1])[:MOST_CANDIDATES])

    def _claims(self, words: str) -> dict[int, list[Span]]:
        """By product the places of the text that its name, or its kind, explains."""
        told = [one for one in self._shop.known.names(self.text) if isinstance(one.slot, Named)]
        ids = [i for one in told if isinstance(one.slot, Named) for i in one.slot.ids]
        ids += named(self._shop, words, self._language).product_ids
        for part in _AND.split(self.text)[:MOST_STRETCHES]:
            if part.strip() and part.strip() != self.text.strip():
                ids += named(self._shop, part, self._language).product_ids
        every = list(dict.fromkeys([*self._near, *ids]))[: 2 * MOST_CANDIDATES]
        sound, places = _sounds(self.text)
        claims: dict[int, list[Span]] = {}
        for one in self._shop.products(every):
            titles = [(one.title, one.category)]
            titles += [(other.title, other.category) for other in one.translations.values()]
            spans = {
                (places[begin], places[end - 1] + 1)
                for title, category in titles
                for begin, end in title_words(sound, title, category)
            }
            spans |= {
                (each.begin, each.end)
                for each in told
                if isinstance(each.slot, Named) and one.id in each.slot.ids
            }
            if one.id in self._near:
                spans |= _parts(self.text, " ".join(f"{a} {b}" for a, b in titles))
            self._titles[one.id] = fold(one.title)
            claims[one.id] = _outer(span for span in spans if not self._is_count(span))
        return claims

    def _is_count(self, span: Span) -> bool:
        """Whether it is the counter of a number: "two pairs" names no pair of bowls."""
        return any(begin < span[1] and span[0] < end for begin, end, _ in self._counts)

    def _stretches(self) -> list[Span]:
        """The text cut where one article may end: never within a name."""
        taken = [span for spans in self._names.values() for span in spans]
        cuts: list[Span] = [
            found.span()
            for found in _AND.finditer(self.text)
            if not any(begin < found.end() and found.start() < end for begin, end in taken)
        ]
        edges = [0, *(edge for cut in cuts for edge in cut), len(self.text)]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        found = [(begin, end) for begin, end in pairs if self.text[begin:end].strip()]
        return found[:MOST_STRETCHES]

    def _meant(self, begin: int, end: int) -> tuple[int, ...]:
        """The products that explain most of a stretch; several where that is open."""
        letters = {
            one: sum(b - a for a, b in spans if begin <= a and b <= end)
            for one, spans in self._names.items()
        }
        most = max(letters.values(), default=0)
        if most < 2:
            return ()
        likely = [one for one, count in letters.items() if count >= most * _NEAR]
        best = [one for one in likely if letters[one] == most]
        near = max((self._near.get(one, 0) for one in likely), default=0)
        if near:
            closest = [one for one in likely if self._near.get(one, 0) == near]
            top = max(letters[one] for one in closest)
            best = [one for one in closest if letters[one] == top]
        return tuple(best if len(best) < 2 else self._fitting(best, begin, end))

    def _fitting(self, ids: Sequence[int], begin: int, end: int) -> list[int]:
        """Of several those that come in the options said, then whose title is much more alike."""
        said = {one: self._options(one, begin, end) for one in ids}
        most = max(len(some) for some in said.values())
        left = [one for one, some in said.items() if len(some) == most]
        stretch = set(bigrams(fold(self.text[begin:end])))
        alike = sorted((len(stretch & set(bigrams(self._titles[one]))), one) for one in left)
        if len(alike) > 1 and alike[-1][0] >= alike[-2][0] + _MORE_ALIKE:
            return [alike[-1][1]]
        return left

    def _every(self, product_id: int) -> list[Offer]:
        if product_id not in self._sold:
            self._sold[product_id] = self._shop.variants([product_id]).get(product_id, [])
        return self._sold[product_id]

    def _options(self, product_id: int, begin: int, end: int) -> tuple[Told, ...]:
        blank = _without(self.text, self._names.get(product_id, ()))[begin:end]
        found = options_told(self._every(product_id), blank, self._language)
        moved = (msgspec.structs.replace(o, begin=o.begin + begin, end=o.end + begin) for o in found)
        return tuple(moved)

    def _article(self, product_id: int, span: Span, *, is_named: bool = True) -> Article:
        begin, end = span
        spans = self._names[product_id] if is_named else []
        return Article(
            product_id,
            self.text[begin:end],
            begin,
            end,
            self._count(begin, end, spans),
            tuple(one for one in spans if begin <= one[0] and one[1] <= end),
            self._options(product_id, begin, end),
            self._near.get(product_id, 0),
        )

    def _count(self, begin: int, end: int, names: Sequence[Span]) -> Quantity | None:
        for first, last, count in self._counts:
            inside = any(a <= first < b for a, b in names)
            if begin <= first and last <= end and not inside:
                return count
        return None

    def _added(self, articles: list[Article], now: Article | None, span: Span) -> list[Article]:
        """With a stretch more: of another product, of another variant, or more of the same."""
        last = articles[-1] if articles else None
        product_id = now.product_id if now else last.product_id if last else self._in_focus(span)
        if product_id is None:
            return articles
        article = now or self._article(product_id, span, is_named=False)
        if last is None or last.product_id != product_id:
            return [*articles, article] if now or article.options or article.count else articles
        if not _is_another(last, article):
            return [*articles[:-1], _one(last, article)]
        return [*articles, article]

    def _in_focus(self, span: Span) -> int | None:
        """What an option or a number without a name is of."""
        state = self._turn.state
        asked = state.top.product_ids if state.top and state.top.asked else ()
        ids = asked or state.focus or tuple(one.id for one in state.shown)
        if len(ids) < 2:
            return next(iter(ids), None)
        fits = [one for one in ids if self._options(one, *span)]
        return fits[0] if len(fits) == 1 else None

    def _shared(self, articles: list[Article]) -> list[Article]:
        """The number and the options said once for all, at the end: 黒で一つずつ, "both in M"."""
        if len(articles) < 2 or not _EACH.search(self.text):
            return articles
        count = next((one.count for one in reversed(articles) if one.count), None)
        last = articles[-1]
        found = []
        for one in articles[:-1]:
            names = {told.name for told in one.options}
            more = [
                told
                for told in options_told(
                    self._every(one.product_id),
                    _without(last.words, [(a - last.begin, b - last.begin) for a, b in last.spans]),
                    self._language,
                )
                if told.name not in names and told.name in {o.name for o in last.options}
            ]
            found.append(msgspec.structs.replace(one, options=(*one.options, *more)))
        return [msgspec.structs.replace(one, count=one.count or count) for one in [*found, last]]

    def _rest(self, articles: Sequence[Article]) -> str:
        taken = [span for one in articles for span in one.spans]
        taken += [(one.begin, one.end) for article in articles for one in article.options]
        taken += [(begin, end) for begin, end, _ in self._counts]
        return _without(self.text, taken)


_RUN: Final = re.compile(r"[ァ-ヺー]+|[一-鿿々]+")
_EACH: Final = re.compile(r"ずつ|どっちも|どちらも|両方|全部|\beach\b|\bboth\b|\ball\b")


def _is_another(last: Article, now: Article) -> bool:
    """Whether it tells another value of an option told already: 白のMと黒のL."""
    told = {one.name: one.slot for one in last.options}
    return any(one.name in told and told[one.name] != one.slot for one in now.options)


def _one(last: Article, now: Article) -> Article:
    names = {one.name for one in last.options}
    return msgspec.structs.replace(
        last,
        words=f"{last.words} {now.words}".strip(),
        end=now.end,
        count=now.count or last.count,
        spans=tuple(dict.fromkeys((*last.spans, *now.spans))),
        options=(*last.options, *(one for one in now.options if one.name not in names)),
    )


def _counts(text: str) -> list[tuple[int, int, Quantity]]:
    """Every number of pieces; a bare one at the very end too: カステラ1."""
    found = [
        (one.begin, one.end, one.slot) for one in quantities(text) if isinstance(one.slot, Quantity)
    ]
    bare = _BARE.search(text)
    if bare and not any(begin <= bare.start(1) < end for begin, end, _ in found):
        found.append((*bare.span(1), Quantity(int(bare[1]))))
    return found


def _sounds(text: str) -> tuple[str, list[int]]:
    """The text by its sound, and where each letter of that stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(at)
    return "".join(letters), places


def _parts(text: str, titles: str) -> set[Span]:
    """Words of the text that stand within a longer word of the titles: チノ in チノパンツ."""
    sound = fold(titles)
    return {
        found.span() for found in _RUN.finditer(text) if len(found[0]) > 1 and fold(found[0]) in sound
    }


def _outer(spans: Iterable[Span]) -> list[Span]:
    """Without those that lie within others."""
    every = sorted(set(spans), key=lambda one: (one[0], -one[1]))
    kept: list[Span] = []
    for one in every:
        if not kept or one[1] > kept[-1][1]:
            begin = max(one[0], kept[-1][1]) if kept else one[0]
            kept.append((begin, one[1]))
    return kept


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with these places blanked out, as long as before."""
    letters = list(text)
    for begin, end in spans:
        for at in range(max(0, begin), min(end, len(letters))):
            letters[at] = "\x00"
    return "".join(letters)
