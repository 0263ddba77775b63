"""A second look at a request in the light of the products spoken of.

"Can I use it on induction?" is lost on an understander that has never seen it, and taken for a
question to the shop by another. Where a product in focus, or named in the text, answers it in its
own words, it is a question about that product.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.evidence import Evidence, Question, evidence, question
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Colour, Product, Size
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.vocabulary.language import Language

SURE_OF_PRODUCT: Final = 0.7  # how much of a question the product must answer
SURE_OF_FAQ: Final = 0.85  # so sure, the shop's general answer is what was asked for
DOUBTFUL: Final = 0.8
_MOST: Final = 5
_UNSURE: Final = frozenset({"out_of_scope", "clarify", "faq"})
_PRICE: Final = re.compile(
    r"いくら|値段|価格|何円|なんぼ|\bhow much\b|\bprices?\b|\bcosts?\b", re.IGNORECASE
)
_SEEKING: Final = re.compile(
    r"ありますか|ある[?？]|あります|ない(?:です)?か|ください|下さい|ほしい|欲しい|探し|さがし|見せて|見たい|おすすめ|お願い|カート|かご|買"
    r"|\b(?:do you (?:have|sell|carry)|looking for|i'?d like|i want|i need|show me|got any|add|buy|take)\b",
    re.IGNORECASE,
)


def looked_at_again(
    request: Request,
    findings: Findings,
    state: Dialogue,
    where: tuple[Shop, Language, str],
) -> Request:
    """The request, or the question about a product that it turns out to be.

    `where` is the shop, the language and the text of the turn.
    """
    shop, language, text = where
    words = request.question or text
    if request.yes is not None or request.candidates and request.chosen:
        return request
    if request.act == "find_product" and _is_of_one_shown(request, state):
        return replace(request, act="product_question")
    if not _may_be(request, findings, words, shop):
        return request
    ids = _spoken_of(request, words, state, shop)
    if not ids:
        return request
    products = shop.products(ids[:_MOST])
    asks = question(words, language, products)
    if request.act == "view_cart":
        answers = bool(_PRICE.search(words)) or any(evidence(asks, one) for one in products)
    else:
        answers = any(_answers(asks, evidence(asks, one), request) for one in products)
    if not answers:
        return request
    found = tuple(one for one in request.slots if not isinstance(one, Product))
    return replace(
        request, act="product_question", slots=found, chosen=ids, how="name", candidates=()
    )


def _is_of_one_shown(request: Request, state: Dialogue) -> bool:
    """しろたえ白L, right after it was shown: whether it is there, no new search."""
    named = request.slot(Product)
    traits = request.slot(Colour) or request.slot(Size)
    if named is None or len(named.ids) != 1 or traits is None:
        return False
    return state.product(named.ids[0]) is not None


def _may_be(request: Request, findings: Findings, words: str, shop: Shop) -> bool:
    if request.act == "view_cart":
        cart = shop.cart
        return cart is None or not cart.lines
    if request.act == "faq":
        return not findings.sure or findings.best < SURE_OF_FAQ
    if request.act == "find_product":
        named = request.slot(Product)
        one = named is not None and len(named.ids) == 1
        return one and not _SEEKING.search(words)
    return request.act in _UNSURE or (
        request.act == "human_handoff" and request.confidence < DOUBTFUL
    )


def _spoken_of(request: Request, words: str, state: Dialogue, shop: Shop) -> tuple[int, ...]:
    """The products named in the words, else those in focus, else the few that were shown."""
    if request.chosen:
        return request.chosen
    told = [one.slot for one in shop.known.names(normalised(words).text)]
    named = tuple(i for one in told if isinstance(one, Product) for i in one.ids)
    if named:
        return named if len(named) <= _MOST else ()
    if state.focus:
        return state.focus
    shown = tuple(one.id for one in state.shown)
    return shown if len(shown) <= _MOST else ()


def _answers(asks: Question, found: Sequence[Evidence], request: Request) -> bool:
    """Whether the product answers surely enough to overrule what was understood."""
    if not found or found[0].covered < SURE_OF_PRODUCT:
        return False
    if request.act in ("faq", "human_handoff"):
        # The shop's rules speak of wrapping and washing too: the very word must be the product's.
        return any(one.literal for one in found)
    if request.act == "find_product":
        return bool(asks.aspects) and found[0].covered >= 1
    return bool(asks.aspects) or found[0].covered >= 1
