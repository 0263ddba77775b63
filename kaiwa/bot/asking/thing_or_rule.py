"""Whether a question is of the one thing spoken of, though an answer of the shop's sounds like it.

"How big is the bottle" is told on the page and by no rule on empties; これ個包装でしたっけ is
a fact of the box and not what wrapping costs; "the 24, how much each" asks an option's price.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.asking.evidence import WHOLE, Question, evidence, question
from kaiwa.bot.nlu.slot import Option
from kaiwa.bot.options.said import options_said
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages import reader
from kaiwa.languages.en import stem
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

_OF_OPTIONS: Final = re.compile(
    r"いくら(?!でも)|値段|価格|何円|なんぼ|売り切れ|品切れ|在庫|ありますか|ある[?？]|買え"
    r"|\bhow much\b|\bprices?\b|\bcosts?\b|\bcome in\b|\bin stock\b|\bsold out\b|\bhave\b"
    r"|\bavailab",
    re.IGNORECASE,
)
_TOPIC_JA: Final = r"(?:は|って|が|も|の|でし|です|なの|なん|だっけ|[?？]|$)"
_TOPIC_EN: Final = r"\b(?:the|its|their|are|is|does|do)\s+{}(?:e?s)?\b(?!\s+(?:back|me|you|it)\b)"

_STOCK_NOW: Final = re.compile(
    r"(?:売り?切れ|品切れ|在庫(?:切れ|ある|あり)|残って)(?!.{0,8}(?:再|入荷|いつ))"
    r"|\b(?:sold out|in stock|any left|out of stock)\b",
    re.IGNORECASE,
)
_WHICH_OPTIONS: Final = re.compile(
    r"何色|(?:どんな|どの)(?:色|サイズ|柄)|\b(?:what|which|other|more) (?:colou?rs?|sizes?)\b", re.I
)
# Nothing but the price: that of the thing, whatever a rule says of prices.
_PRICE_ALONE: Final = re.compile(
    r"^\W*(?:(?:and|so|ok|what(?:'?s| is)|how about|the|its?)\s+)*"
    r"(?:prices?|costs?|how much)"
    r"(?:\s+(?:is|are|does|for|of)?\s*(?:it|that|this|them|they|one|each)(?:\s+costs?)?)?"
    r"(?:\s+(?:please|pls|then))?\W*$"
    r"|^\W*(?:じゃあ?|で|あと)?[、 ]*(?:それ|これ)?の?お?(?:値段|価格|金額)"
    r"(?:は|って)?(?:いくら)?(?:です)?か?\W*$",
    re.IGNORECASE,
)


def asks_stock_now(words: str) -> bool:
    """Whether words ask if it is there now, and not when it will be."""
    return _STOCK_NOW.search(words) is not None


def asks_which_options(words: str) -> bool:
    """Whether words ask which colours or sizes there are."""
    return _WHICH_OPTIONS.search(words) is not None


def of_the_thing(
    words: str, language: Language, entry: FaqEntry | None, every: Sequence[Offer]
) -> bool:
    """Whether the thing of these offers is asked about, and not what `entry` tells."""
    if _PRICE_ALONE.match(words):
        return True
    if _OF_OPTIONS.search(words) and any(
        isinstance(one, Option) for one in options_said(every, words, language)
    ):
        return True
    if entry is None:
        return False
    product = every[0].product
    asks = question(words, language, (product,))
    written = _folded(" ".join((entry.question, *entry.alternatives, *entry.tags, entry.answer)))
    return _is_told_only_here(asks, written, product) or _names_a_fact(asks, written, product)


def _is_told_only_here(asks: Question, written: str, product: Product) -> bool:
    """Whether the page tells by its name what is asked, and the entry speaks of no such thing."""
    if not asks.aspects or _meant(asks.text, asks.language) & _meant(written, asks.language):
        return False
    if any(one.asks.search(written) or one.names.search(written) for one in asks.aspects):
        return False
    return any(one.named and one.covered >= WHOLE for one in evidence(asks, product))


def _names_a_fact(asks: Question, written: str, product: Product) -> bool:
    """Whether a fact of the page is asked by its very name, of which the entry says nothing."""
    for name in in_language(product, asks.language).attributes:
        label = _folded(name)
        core = stem(label) if asks.language == "en" else label
        topic = re.escape(core) + _TOPIC_JA
        if asks.language == "en":
            topic = _TOPIC_EN.format(re.escape(core))
        if len(core) < 1 or core in written or not re.search(topic, asks.text):
            continue
        rest = asks.text.replace(core, " ")
        if not _meant(rest, asks.language) & _meant(written, asks.language):
            return True
    return False


def _meant(text: str, language: Language) -> frozenset[str]:
    return frozenset(meanings(reader(language).normalise(text), language))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
