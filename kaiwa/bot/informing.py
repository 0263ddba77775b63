"""Sets the shop's knowledge beside what was understood: a question that it answers is one."""

import re
from typing import Final

import msgspec

from kaiwa.bot.dialogue.reference import letters_named
from kaiwa.bot.naming import named
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import SURE, Findings, looked_up
from kaiwa.bot.nlu.slot import (
    CouponCode,
    Email,
    OrderNumber,
    Phone,
    PostalCode,
    Product,
    Written,
)
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

# A question about how the shop does it, not a wish to do it now, when the FAQ is this sure;
# of somebody whose orders are known here a wish is the likelier.
SURE_OF_FAQ: Final = 0.42
SURE_BEFORE_ORDERS: Final = 0.75
SURE_THOUGH_SOUGHT: Final = 0.62
SURE_THOUGH_TOLD: Final = 0.75
DOUBTFUL: Final = 0.6
_IDENTIFYING: Final = (OrderNumber, Email, Phone, PostalCode, Product, CouponCode, Written)
_SEEKING: Final = re.compile(
    r"ある[?？]?$|あります(?:か|よね)|ありません|ほしい|欲しい|探し|さがし|買いたい|見せて|見たい"
    r"|安い順|高い順|人気順"
    r"|\b(?:do you (?:have|sell|carry)|looking for|i'?d like|i want|i need|show me|got any"
    r"|cheapest first|is there an?)\b",
    re.IGNORECASE,
)
_ASKABLE: Final = frozenset(
    {
        "order_status",
        "cancel_order",
        "change_address",
        "delivery_request",
        "return_request",
        "checkout",
        "apply_coupon",
        "account_data",
        "product_question",
        "review",
        "recommend",
    }
)


class Informing:
    """Looks things up for the requests of one turn."""

    def __init__(self, turn: Turn, shop: Shop, language: Language) -> None:
        self._turn = turn
        self._shop = shop
        self._language = language

    def of(self, request: Request, text: str) -> tuple[Request, Findings]:
        """The request, as a question where it is one, with what the FAQ has on it."""
        words = request.question or text
        if request.act in ("faq", "out_of_scope", "clarify"):
            return self._open(request, self._looked_up(words))
        if request.act == CONTINUE or request.yes is not None or self._is_underway(request):
            return request, Findings()
        needed = self._needed(request, words)
        if needed is None:
            return request, Findings()
        found = self._looked_up(words)
        if found.answers and found.best >= needed:
            return msgspec.structs.replace(request, act="faq", candidates=()), found
        return request, Findings()

    def _looked_up(self, words: str) -> Findings:
        known = self._shop.known
        return looked_up(words, self._language, known.faq, known.knowledge)

    def _open(self, request: Request, found: Findings) -> tuple[Request, Findings]:
        products = any(one.product_id is not None for one in request.candidates)
        if _SEEKING.search(request.question) and self._is_of_goods(request.question, found):
            return msgspec.structs.replace(request, act="out_of_scope", candidates=()), Findings()
        if found.answers and not products:
            return msgspec.structs.replace(request, act="faq", candidates=()), found
        return request, (Findings() if request.act == "clarify" else found)

    def _is_of_goods(self, words: str, found: Findings) -> bool:
        """Whether the words name a product that the FAQ's own question does not speak of."""
        ids = named(self._shop, words, self._language).product_ids
        if not ids or found.best < SURE_THOUGH_SOUGHT:
            return bool(ids)
        told = fold(" ".join(hit.entry.question for hit in found.sure).casefold())
        return not any(
            letters_named(told, one.title, one.category) for one in self._shop.products(ids)
        )

    def _is_underway(self, request: Request) -> bool:
        top = self._turn.state.top
        return top is not None and top.act == request.act

    def _needed(self, request: Request, words: str) -> float | None:
        """How sure the FAQ must be to be what was meant; None when it never is."""
        doubtful = request.confidence < DOUBTFUL
        if request.act not in _ASKABLE:
            return SURE if doubtful else None
        spoken_of = request.act in OF_ORDERS and self._turn.state.order_id is not None
        if any(isinstance(one, _IDENTIFYING) for one in request.slots) or spoken_of:
            return None
        if request.chosen:
            return None
        if request.act == "product_question" and not self._turn.state.focus:
            return SURE
        asks = is_question(reader(self._language).normalise(words), self._language)
        if not asks and not doubtful:
            return SURE_THOUGH_TOLD if request.act == "recommend" else None
        known = self._shop.person.signed_in or bool(self._turn.state.proved)
        return SURE_BEFORE_ORDERS if known else SURE_OF_FAQ
