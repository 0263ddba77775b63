"""Which of the few that are spoken of suits a use: 走るのに使うならどれ, "which for hiking"."""

import re
from typing import Final

from kaiwa.bot.asking.evidence import question, sentences
from kaiwa.bot.asking.words import Word, said_in, words_of_question
from kaiwa.bot.naming.named import wanted
from kaiwa.bot.seeking.suiting import page_text, tells
from kaiwa.bot.showing import Item, cards, title_of
from kaiwa.bot.skills.contract import Case, Outcome, said
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.catalog.understanding.purposes import purpose_words

_WHICH: Final = re.compile(r"どれ(?!くらい|ぐらい|だけ|ほど)|どっち|どちら|\bwhich\b")
_OF_ALL: Final = re.compile(
    r"似|一緒|人気|売れ|\b(?:similar|popular|sells?|cheap\w*|expensive)\b|安い|高い|違"
)
_MOST: Final = 5
_BEST: Final = frozenset("best good better great ideal right suit suited work use using".split())


def which_suits(case: Case) -> Outcome | None:
    """The one of them whose page tells of the use; None where that is open, or none is asked."""
    text = (case.request.question or case.turn.text).casefold()
    ids = _spoken_of(case)
    if not ids or not _WHICH.search(text) or _OF_ALL.search(text):
        return None
    products = case.shop.products(ids)
    if case.frame.act == "compare" and question(text, case.language, products).aspects:
        return None  # what is asked for by its name stands in the table
    worth = {one.id: _worth(case, one, text) for one in products}
    ranked = sorted(products, key=lambda one: -worth[one.id])
    if len(ranked) < 2 or worth[ranked[0].id] <= worth[ranked[1].id]:
        return None
    return _shown(case, ranked[0], text)


def _spoken_of(case: Case) -> tuple[int, ...]:
    ways = (
        case.frame.product_ids,
        case.state.focus,
        tuple(one.id for one in case.state.shown),
    )
    return next((one for one in ways if 1 < len(one) <= _MOST), ())


def _words(case: Case, text: str) -> list[Word]:
    """The words that tell the use; of things called by their names these tell none."""
    called = case.shop.products(case.frame.product_ids) if len(case.frame.product_ids) > 1 else ()
    told = words_of_question(text, case.language, called)
    return [one for one in told if one.text not in _BEST]


def _worth(case: Case, product: Product, text: str) -> float:
    """How much of the use the page tells of."""
    told = _words(case, text)
    page = page_text(product)
    by_words = sum(
        one.weight
        for one in told
        # 日 is a word of its own, and no letter of 毎日.
        if (tells(product, one.text) if len(one.text) == 1 else said_in(one, page, case.language))
    )
    purposes = purpose_words(wanted(case.shop, text, case.language).purpose)
    return by_words + max((tells(product, one) for one in purposes), default=0.0)


def _shown(case: Case, product: Product, text: str) -> Outcome:
    every = case.shop.variants((product.id,)).get(product.id, [])
    first = next((one for one in every if one.free > 0), every[0])
    item = Item(first, tuple(every))
    told = _words(case, text)
    body = sentences(in_language(product, case.language).body)
    lines = [one for one in body if any(said_in(w, one.casefold(), case.language) for w in told)]
    words = "\n".join(
        [case.say("finding.suits", title=title_of(first, case.language)), *(lines or body)[:1]]
    )
    if case.state.product(product.id) is not None:
        # It was shown beside the others: they are what "the other one" is said of.
        return Outcome(said(words), focus=(product.id,))
    shown = cards((item,), case.language, case.shop.tools.origin)
    return Outcome((*said(words), *shown), items=(item,), focus=(product.id,))
