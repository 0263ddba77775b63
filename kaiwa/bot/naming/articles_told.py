"""Which products of the shop a text speaks of, by weighing which of them explains its words.

Every product that may be meant (in focus, shown, in the cart, or called by a name) claims the
letters of the text that stand in its title; each stretch of the text goes to the product that
explains most of it, and the options and numbers in the stretch are that product's.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from kaiwa.bot.naming.article import Article, Spoken, is_another, told_on
from kaiwa.bot.naming.articles_cut import parts_of, stretches_of
from kaiwa.bot.naming.counts_meant import Counts
from kaiwa.bot.naming.counts_told import means_all, sizes_said
from kaiwa.bot.naming.idle_words import IDLE
from kaiwa.bot.naming.measures_said import is_measure
from kaiwa.bot.naming.named import Naming, named
from kaiwa.bot.naming.pointing import is_bare_it, is_it, pointed_at
from kaiwa.bot.naming.shared_out import shared_out
from kaiwa.bot.naming.stretches import (
    Span,
    blanked,
    inner_words,
    is_no_thing,
    outer,
    place_of,
    sounds,
    within,
    without,
)
from kaiwa.bot.naming.taken_back import without_taken_back
from kaiwa.bot.nlu.slot import Product as Named
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.nlu.title_words import title_words, told_names
from kaiwa.bot.options.compared import is_comparison
from kaiwa.bot.options.offered import values_with_number
from kaiwa.bot.options.plain import plain
from kaiwa.bot.options.said import Told, options_told
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.catalog.offer import Offer
from kaiwa.languages.folding import bigrams, fold, romaji_to_kana
from kaiwa.vocabulary.language import Language

MOST_CANDIDATES: Final = 16
_NEAR: Final = 0.67  # of the most letters explained: what is spoken of already then wins
_MORE_ALIKE: Final = 3  # pairs of letters
IN_FOCUS: Final = 4
_SHOWN, _IN_CART, _EARLIER = 3, 2, 1


def spoken(words: str, language: Language, where: tuple[Turn, Shop]) -> Spoken:
    """What the words speak of."""
    known = where[1].looked_up
    key = ("spoken", words, language)
    if key not in known:
        known[key] = _Reading(words, language, where).result()
    found: Spoken = known[key]
    return found


class _Reading:
    """One text; looked up once, then cut and weighed."""

    def __init__(self, words: str, language: Language, where: tuple[Turn, Shop]) -> None:
        self._turn, self._shop = where
        self._language = language
        self.text = plain(words)
        self._counts = Counts(self.text)
        self._near = self._nearness()
        self._titles: dict[int, str] = {}
        self._sold: dict[int, Sequence[Offer]] = {}
        self._names = self._claims(words)
        self._told: dict[tuple[int, int, int], tuple[Told, ...]] = {}

    def result(self) -> Spoken:
        """The articles, and what is left of the text."""
        if both := self._both():
            return Spoken(tuple(both), self._rest(both))
        articles: list[Article] = []
        open_ids: tuple[int, ...] = ()
        open_said: Article | None = None
        first: Quantity | None = None  # "one, with dinosaurs": told before what it is of
        names = [span for spans in self._names.values() for span in spans]
        focus = [one for one, near in self._near.items() if near >= IN_FOCUS]
        whole = (option for one in focus for option in self._options(one, 0, len(self.text)))
        names += [(one.begin, one.end) for one in whole]
        for begin, end in stretches_of(self.text, names, self._counts):
            before = articles[-1].product_id if articles else None
            ids = self._meant(begin, end, before)
            if len(ids) > 1:
                if not open_ids and not _FOR_PEOPLE.search(self.text[begin : end + 2]):
                    open_ids, open_said = ids, self._article(ids[0], (begin, end))
                continue
            article = self._article(ids[0], (begin, end)) if ids else None
            articles = self._added(articles, article, (begin, end))
            if not articles:
                first = first or self._counts.within((begin, end), (), "")
            elif first and not articles[0].count:
                articles[0] = msgspec.structs.replace(articles[0], count=first)
        articles = without_taken_back(articles, self.text)
        articles = shared_out(articles, self.text, self._counts)
        articles = self._shared(self._with_the_other(articles))
        return Spoken(tuple(articles), self._rest(articles), open_ids, open_said)

    def _both(self) -> list[Article]:
        """The two things just shown or compared, where they are meant together and none by name."""
        state = self._turn.state
        ids = state.focus if len(state.focus) == 2 else tuple(one.id for one in state.shown)
        if not _BOTH.search(self.text) or len(ids) != 2 or any(self._names.values()):
            return []
        return self._shared([self._article(one, (0, len(self.text))) for one in ids])

    def _with_the_other(self, articles: list[Article]) -> list[Article]:
        """ブレンダーはピンクで、両方ください, of two that were shown: the other one as it is."""
        ids = tuple(one.id for one in self._turn.state.shown)
        told = [one.product_id for one in articles]
        if len(ids) != 2 or len(told) != 1 or told[0] not in ids or not _BOTH.search(self.text):
            return articles
        end = len(self.text)
        other = next(one for one in ids if one != told[0])
        return [*articles, Article(other, "", end, end, near=self._near.get(other, 0))]

    def _nearness(self) -> dict[int, int]:
        """How near each product is to what is being talked about."""
        state = self._turn.state
        near: dict[int, int] = {}
        rows = [one.products for one in state.showings]
        inside = [one.product_id for one in (self._shop.cart.lines if self._shop.cart else ())]
        ways: list[tuple[int, Iterable[int]]] = [
            (_EARLIER, (one.id for some in rows[1:] for one in some)),
            (_IN_CART, inside),
            (_SHOWN, (one.id for some in rows[:1] for one in some)),
            (IN_FOCUS, state.focus),
            (IN_FOCUS, state.top.product_ids if state.top and state.top.asked else ()),
        ]
        for value, ids in ways:
            near |= dict.fromkeys(ids, value)
        if self._counts.fewer:  # of what lies in the cart
            near |= {one: near[one] + IN_FOCUS for one in inside}
        return dict(sorted(near.items(), key=lambda one: -one[1])[:MOST_CANDIDATES])

    def _claims(self, words: str) -> dict[int, list[Span]]:
        """By product the places of the text that its name, or its kind, explains."""
        told = [one for one in self._shop.known.names(self.text) if isinstance(one.slot, Named)]
        ids = [i for one in told if isinstance(one.slot, Named) for i in one.slot.ids]
        parts = parts_of(self.text)
        for part in (words,) if len(parts) < 2 else parts:
            ids += named(self._shop, part, self._language).product_ids
        every = list(dict.fromkeys([*self._near, *ids]))[: 2 * MOST_CANDIDATES]
        sound, places = sounds(self.text)
        claims: dict[int, list[Span]] = {}
        products = self._shop.products(every)
        self._counts.leave_names([plain(one.title) for one in products])
        for one in products:
            titles = told_names(one)
            spans = {
                place_of(stretch, self.text, places)
                for title, category in titles
                for stretch in title_words(sound, title, category)
            }
            spans |= {
                (each.begin, each.end)
                for each in told
                if isinstance(each.slot, Named) and one.id in each.slot.ids
            }
            spans |= sizes_said(self.text, plain(one.title))
            if one.id in self._near or len(ids) > 1 or spans:
                spans |= inner_words(self.text, " ".join(f"{a} {b}" for a, b in titles))
            self._titles[one.id] = plain(" ".join(name for name, _ in titles))
            near = one.id in self._near
            claims[one.id] = outer(span for span in spans if self._may_name(span, near=near))
        sold = (self._every(one) for one in claims if one in self._near or claims[one])
        self._counts.leave_options(values_with_number(sold, self._language))
        return self._with_rare(claims)

    def _with_rare(self, claims: dict[int, list[Span]]) -> dict[int, list[Span]]:
        """Words that nothing claims yet may name something in another spelling."""
        taken = [span for spans in claims.values() for span in spans]
        taken += self._counts.spans
        left = without(self.text, taken)
        words = list(_WORD.finditer(IDLE.sub(blanked, left)))
        for word in words[:_MOST_RARE]:
            no_name = is_no_thing(word[0]) or is_comparison(self.text[word.start() :])
            if len(word[0]) < 3 or no_name or self._is_option(word[0]):
                continue
            for one in self._named_alone(word[0]).product_ids[:1]:
                claims.setdefault(one, []).append(word.span())
                self._titles.setdefault(one, "")
        return claims

    def _named_alone(self, word: str) -> Naming:
        """What a single word names; monaka of a Japanese shop is モナカ."""
        found = named(self._shop, word, self._language, alone=True)
        if found.product_ids or not word.isascii() or (kana := romaji_to_kana(word)) is None:
            return found
        return named(self._shop, kana, "ja", alone=True)

    def _is_option(self, word: str) -> bool:
        """Whether it is an option of what is being talked about."""
        return any(
            options_told(self._every(one), word, self._language)
            for one, near in self._near.items()
            if near >= IN_FOCUS
        )

    def _may_name(self, span: Span, *, near: bool) -> bool:
        """Whether it is no mere number or container: "two pairs" names no pair of bowls."""
        if any(begin < span[1] and span[0] < end for begin, end in self._counts.spans):
            return False
        counted = not near and any(end <= span[0] for _, end in self._counts.spans)
        return not is_measure(self.text[span[0] : span[1]], counted=counted)

    def _meant(self, begin: int, end: int, before: int | None) -> tuple[int, ...]:
        """The products that explain most of a stretch; several where that is open.

        `before` is what the stretch before it is of: "anvil espresso, whole bean".
        """
        letters = {
            one: sum(b - a for a, b in spans if begin <= a and b <= end)
            for one, spans in self._names.items()
        }
        named_most = max(letters.values(), default=0)
        by_name = [one for one, count in letters.items() if count > 1]
        focus = [one for one, near in self._near.items() if near >= IN_FOCUS]
        for one in dict.fromkeys((*self._near, *((before,) if before else ()))):
            # Options tell only of what is being talked about: anything may be black.
            said = self._options(one, begin, end)
            other = bool(by_name) and one not in by_name
            if (other or focus and self._near.get(one) == _IN_CART) and not letters.get(one):
                # The smaller one is none of what lies in the cart, nor of what is named before.
                said = tuple(o for o in said if not is_comparison(self.text[o.begin : o.end]))
            explained = self._explained(one, said, (begin, end))
            if letters.get(one) or explained > named_most:
                if not letters.get(one) and self._comes_so(by_name, explained, (begin, end)):
                    continue
                letters[one] = explained
        most = max(letters.values(), default=0)
        if named_most < 2 and before and is_it(self.text[begin:end]):
            return (before,)  # クリームもありましたよね、それも
        if named_most < 2 and (one := self._pointed(begin, end)) is not None:
            return (one,)
        if before and letters.get(before, 0) >= max(2, most):
            return (before,)
        if most < 2:
            return ()
        likely = [one for one, count in letters.items() if count >= most * _NEAR]
        near = max((self._near.get(one, 0) for one in likely), default=0)
        if near:
            likely = [one for one in likely if self._near.get(one, 0) == near]
        top = max(letters[one] for one in likely)
        best = [one for one in likely if letters[one] == top]
        if len(best) > 1 and named_most < 2:
            return ()  # an option that several have points at none of them
        return tuple(best if len(best) < 2 else self._fitting(best, begin, end))

    def _pointed(self, begin: int, end: int) -> int | None:
        """What a stretch points at by its price or place; the words for it are its name here."""
        joins = _JOINS.match(self.text, end)  # "that and the flakes": the word behind tells
        found = pointed_at(self.text[begin : joins.end() if joins else end], self._turn.state)
        if found is None:
            return None
        one, spans = found
        if self._turn.state.last_act == "add_to_cart" and is_bare_it(self.text[begin:end]):
            return None  # それとパキラ: joins it to what is in the cart
        self._names.setdefault(one, []).extend((begin + a, begin + b) for a, b in spans)
        return one

    def _comes_so(self, ids: Sequence[int], explained: int, stretch: Span) -> bool:
        """Whether a product called by name comes in the options said: 豆のままの朝霧も."""
        return any(
            self._explained(one, self._options(one, *stretch), stretch) > explained for one in ids
        )

    def _explained(self, product_id: int, said: Sequence[Told], stretch: Span) -> int:
        """How many letters of a stretch the product's name and its options explain."""
        begin, end = stretch
        spans = [(a, b) for a, b in self._names[product_id] if begin <= a and b <= end]
        places = {at for a, b in spans for at in range(a, b)}
        places |= {at for one in said for at in range(one.begin, one.end)}
        return len(places) + len(said)

    def _fitting(self, ids: Sequence[int], begin: int, end: int) -> list[int]:
        """Of several those that come in the options said, then whose title is much more alike."""
        said = {one: self._options(one, begin, end) for one in ids}
        most = max(len(some) for some in said.values())
        left = [one for one, some in said.items() if len(some) == most]
        stretch = set(bigrams(fold(self.text[begin:end])))
        alike = sorted((len(stretch & set(bigrams(fold(self._titles[one])))), one) for one in left)
        if len(alike) > 1 and alike[-1][0] >= alike[-2][0] + _MORE_ALIKE:
            return [alike[-1][1]]
        return left

    def _every(self, product_id: int) -> Sequence[Offer]:
        if product_id not in self._sold:
            # Read for all that may be meant at once.
            near = tuple(self._near) if product_id in self._near else (product_id,)
            sold = self._shop.variants(near)
            self._sold |= {one: sold.get(one, ()) for one in near}
        return self._sold[product_id]

    def _options(self, product_id: int, begin: int, end: int) -> tuple[Told, ...]:
        """The product's options said in a stretch; a word of its own name is none."""
        if (product_id, begin, end) not in self._told:
            every, text = self._every(product_id), self.text[begin:end]
            names = [(a - begin, b - begin) for a, b in self._names.get(product_id, ())]
            found = options_told(every, text, self._language)
            inside = [o for o in names if any(within((t.begin, t.end), o) for t in found)]
            if inside or names and not found and not text.isascii():
                # クッキー缶小: what stands right behind the name is none of its letters.
                found = options_told(every, without(text, inside or names), self._language)
            self._told[product_id, begin, end] = tuple(
                msgspec.structs.replace(one, begin=one.begin + begin, end=one.end + begin)
                for one in found
            )
        return self._told[product_id, begin, end]

    def _article(self, product_id: int, span: Span) -> Article:
        begin, end = span
        options = self._options(product_id, begin, end)
        told = [(one.begin, one.end) for one in options]
        spans = [
            one
            for one in self._names.get(product_id, ())
            if begin <= one[0] and one[1] <= end and not any(within(one, o) for o in told)
        ]
        return Article(
            product_id,
            self.text[begin:end],
            begin,
            end,
            self._counts.within(span, [*spans, *told], self._titles.get(product_id, "")),
            tuple(spans),
            options,
            self._near.get(product_id, 0),
        )

    def _added(self, articles: list[Article], now: Article | None, span: Span) -> list[Article]:
        """With a stretch more: of another product, of another variant, or more of the same."""
        last = articles[-1] if articles else None
        product_id = now.product_id if now else last.product_id if last else self._in_focus(span)
        if product_id is None:
            return articles
        article = now or self._article(product_id, span)
        if last is None or last.product_id != product_id:
            return [*articles, article] if now or article.options or article.count else articles
        if not is_another(last, article):
            return [*articles[:-1], told_on(last, article)]
        told = {one.name for one in article.options}
        kept = tuple(one for one in last.options if one.name not in told)
        return [*articles, msgspec.structs.replace(article, options=(*article.options, *kept))]

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
        if count and count.count == len(articles) and means_all(self.text):
            # All three are one of each.
            articles = [msgspec.structs.replace(one, count=None) for one in articles]
            count = None
        last = articles[-1]
        found = []
        for one in articles[:-1]:
            names = {told.name for told in one.options}
            more = [
                told
                for told in options_told(self._every(one.product_id), last.words, self._language)
                if told.name not in names and told.name in {o.name for o in last.options}
            ]
            found.append(msgspec.structs.replace(one, options=(*one.options, *more)))
        return [msgspec.structs.replace(one, count=one.count or count) for one in [*found, last]]

    def _rest(self, articles: Sequence[Article]) -> str:
        taken = [span for one in articles for span in one.spans]
        taken += [(one.begin, one.end) for article in articles for one in article.options]
        return without(self.text, [*taken, *self._counts.explained])


_WORD: Final = re.compile(r"(?<![a-z\d])[a-z]{3,}(?![\da-z])|[ァ-ヺー]{2,}|[ぁ-ゖー一-鿿々]{3,}")
_MOST_RARE: Final = 2
_JOINS: Final = re.compile(r"(?:and|plus)\b")
# 社内の自転車通勤者3名分: for whom it is.
_FOR_PEOPLE: Final = re.compile(r"\d+(?:名|人)(?:分|様|で)?\W?$")
_BOTH: Final = re.compile(r"両方|どちらも|どっちも|[二2]つとも|\bboth\b(?! (?:colou?rs|sizes))")
_EACH: Final = re.compile(r"ずつ|それぞれ|どっちも|どちらも|両方|全部|\beach\b|\bboth\b|\ball\b")
