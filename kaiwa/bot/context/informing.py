"""Sets the shop's knowledge beside what was understood: a question that it answers is one.

What a text is, a question to the shop, a question about a product or a wish for one, is weighed:
how sure the FAQ is against how sure the act is, and whether both speak of the same goods.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.bot.asking.evidence import WHOLE, evidence, question
from kaiwa.bot.asking.subject import is_told_whole
from kaiwa.bot.asking.thing_or_rule import asks_stock_now, asks_which_options, of_the_thing
from kaiwa.bot.asking.words import names_only
from kaiwa.bot.context.asked_otherwise import asked_otherwise
from kaiwa.bot.context.done_now import WISHES, into_the_cart, is_wish
from kaiwa.bot.context.following import (
    WHO_PAYS,
    costs_extra,
    even_that,
    followed,
    of_the_matter,
    same_then,
    who_pays,
)
from kaiwa.bot.context.how_it_is import asks_how_it_is
from kaiwa.bot.naming.named import named, wanted
from kaiwa.bot.nlu.act import OF_ORDERS
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import SURE, Findings, looked_up, word_for_word
from kaiwa.bot.nlu.slot import (
    Brand,
    Category,
    Colour,
    CouponCode,
    Email,
    OrderNumber,
    Phone,
    PostalCode,
    Price,
    Product,
    Purpose,
    Quantity,
    Size,
    Sorted,
    Written,
)
from kaiwa.bot.nlu.slots_of import constraints
from kaiwa.bot.nlu.title_words import letters_named, told_names
from kaiwa.bot.options.said import options_said
from kaiwa.bot.order.money_awaited import as_refund
from kaiwa.bot.order.where_it_is import waits_for_it
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages import reader
from kaiwa.languages.folding import fold
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

# A question about how the shop does it, not a wish to do it now, when the FAQ is this sure;
# of somebody whose orders are known here a wish is the likelier.
SURE_OF_FAQ: Final = 0.42
SURE_BEFORE_ORDERS: Final = 0.75
SURE_THOUGH_SOUGHT: Final = 0.62
SURE_THOUGH_TOLD: Final = 0.75
SURE_OF_A_RULE: Final = 0.35
SURE_BY_ITSELF: Final = 0.6  # what needs no help from what was spoken of before
DOUBTFUL: Final = 0.6
_FAIRLY: Final = 0.8
_IDENTIFYING: Final = (OrderNumber, Email, Phone, PostalCode, CouponCode, Written)
_VALUES: Final = (Colour, Size, Quantity)
_FOUND: Final = (Product, Category, Brand, Colour, Size, Price, Purpose)
_SEEKING: Final = re.compile(
    r"ある[?？]?$|あります(?:か|よね)|ありません|ない(?:です)?(?:か(?:な|ね)?|の)?[?？。]*$"
    r"|ほし[いみ]|欲し[いみ]|探し|さがし|買いたい|見せて|見たい"
    r"|(?<![てでおご])(?<!して)(?:ください|下さい)[。!！]*$"
    r"|安い順|高い順|人気順"
    r"|(?:プレゼント|ギフト|贈り物|祝い?|誕生日|お礼|土産|お歳暮|お中元).{0,20}"
    r"(?:送り|贈り|あげ|渡し|差し上げ)たい(?:ん|の)?(?:です)?(?:が|けど)?[。]*$"
    r"|を(?:送り|贈り|あげ|差し上げ)たい(?:と思|ん|の|です|[。]|$)"
    r"|\b(?:do you (?:have|sell|carry)|looking for|i'?d like|i want|i need|show me|got any"
    r"|cheapest first|is there an?)\b",
    re.IGNORECASE,
)
# A kind of thing that shall do something: coffee that can be drunk at night.
_FITTING: Final = re.compile(
    r"(?:でも|に|も|が|で|を)[^、。]{0,4}(?:[えけせてねべめれげ]る|られる|できる|ない|いい|やすい|にくい)[^、。]{1,12}"
    r"(?:ある|あり|ない|ほしい|欲しい|探)"
    r"|\b(?:that|which|i can|safe|suitable|good) (?:\w+ ){0,4}(?:for|to|in|on|with|while"
    r"|during|without)?\b",
    re.IGNORECASE,
)
# Who pays for the way back: in the midst of a return it is none of what an order costs to send.
_SENDING: Final = re.compile(
    r"送料|着払い|元払い|\b(?:postage|shipping|ship|who pays|label)\b", re.IGNORECASE
)
_WHOSE: Final = re.compile(
    r"\b(?:which|what)(?: one)? (?:would|do|should) (?:you|i) (?:pick|choose|get|take|go|buy)\b",
    re.I,
)
_ASKABLE: Final = frozenset(
    {"checkout", "apply_coupon", "account_data", "product_question", "review", "recommend"}
)
_OPEN: Final = frozenset({"faq", "out_of_scope", "clarify"})
_SEARCHES: Final = frozenset({"find_product", "refine", "recommend"})
_COURTEOUS: Final = frozenset({"greet", "thanks", "goodbye", "affirm", "decline"})
_MOST_SHOWN: Final = 5


class Informing:
    """Looks things up for the requests of one turn."""

    def __init__(self, turn: Turn, shop: Shop, language: Language) -> None:
        self._turn = turn
        self._shop = shop
        self._language = language

    def of(self, request: Request, text: str) -> tuple[Request, Findings]:
        """The request, as a question where it is one, with what the FAQ has on it."""
        words = request.question or text
        goes_on = request.act == CONTINUE or request.yes is not None
        goes_on = goes_on or request.act == "add_to_cart" and into_the_cart(words)
        told = None if goes_on else word_for_word(words, self._language, self._shop.known.faq)
        if told is not None:
            return Request("faq", how="name", question=words), told
        where = (self._turn, self._shop, self._language)
        may_go_on = request.act in _OPEN | _SEARCHES | {"product_question"}
        if may_go_on and (same := same_then(words, where)) is not None:
            return Request("faq", how="name", question=words), same
        if request.act in _OPEN:
            return self._open(request, self.looked_up_here(words))
        if goes_on:
            return request, Findings()
        if request.act == "product_question" and self._seeks_among(request, words):
            slots = constraints(wanted(self._shop, words, self._language))
            kinds = {type(one) for one in slots}
            more = (one for one in request.slots if type(one) not in kinds)
            return replace(request, act="find_product", slots=(*slots, *more)), Findings()
        if request.act in _SEARCHES and (even := even_that(words, where)) is not None:
            return replace(request, act="faq", slots=(), candidates=()), even
        needed = self._needed(request, words)
        if needed is None:
            return self._of_every_shop(request, words)
        found = self.looked_up_here(words)
        if (
            not found.answers
            or found.best < needed
            and not self._is_told_whole(request, words, found)
        ):
            return request, Findings()
        if self._is_of_goods(request, words, found, seeks=self._takes(request, words)):
            return request, Findings()
        if found.best < SURE_THOUGH_TOLD and self._page_tells(request, words):
            return request, Findings()
        if request.act == "product_question" and self._is_of_thing(words, found):
            return request, Findings()
        return replace(request, act="faq", candidates=()), found

    def _of_every_shop(self, request: Request, words: str) -> tuple[Request, Findings]:
        """How long it takes to get to me: "it" is the thing, and asked is the delivery."""
        other = asked_otherwise(words, self._language, self._shop)
        if request.act != "product_question" or other is None or self._page_tells(request, words):
            return request, Findings()
        return replace(request, act="faq", candidates=()), other

    def _is_told_whole(self, request: Request, words: str, found: Findings) -> bool:
        """Which grind do I want for a moka pot: pots are named, and what is asked is told."""
        if request.act not in _SEARCHES or found.best < SURE_THOUGH_SOUGHT or not found.sure:
            return False
        asks = is_question(reader(self._language).normalise(words), self._language)
        return asks and self._is_told_whole_in(words, found)

    def _is_told_whole_in(self, words: str, found: Findings) -> bool:
        entry, is_goods = found.sure[0].entry, self._shop.known.is_goods
        return is_told_whole(words, self._language, entry, is_goods)

    def looked_up_here(self, words: str) -> Findings:
        """What the shop has on it, in the light of what was asked before."""
        known = self._shop.known
        words = as_refund(words)
        found = looked_up(words, self._language, known.faq, known.knowledge)
        where = (self._turn, self._shop, self._language)
        if (extra := costs_extra(words, where)) is not None:
            return extra
        if found.best >= SURE_BY_ITSELF:
            whose = WHO_PAYS.search(words) or _SENDING.search(words)
            matter = of_the_matter(words, found, where) if whose else None
            return matter or who_pays(words, found, where) or found
        return followed(words, found, where)

    def _open(self, request: Request, found: Findings) -> tuple[Request, Findings]:
        words = request.question
        products = any(one.product_id is not None for one in request.candidates)
        if request.act == "faq" and self._is_of_thing(words, found):
            return replace(request, act="product_question", candidates=()), Findings()
        seeks = _SEEKING.search(words) is not None
        if (seeks or found.answers) and self._is_of_goods(request, words, found, seeks=seeks):
            act = "out_of_scope" if seeks or not self._spoken_of else "product_question"
            return replace(request, act=act, candidates=()), Findings()
        if found.answers and not products:
            return replace(request, act="faq", candidates=()), found
        if seeks and not products and self._is_sought(request, words):
            slots = constraints(wanted(self._shop, words, self._language))
            return replace(request, act="find_product", slots=tuple(slots), candidates=()), found
        if request.act == "faq" and not found.perhaps and self._asks_of_goods(words):
            return replace(request, act="product_question"), Findings()
        return request, (Findings() if request.act == "clarify" else found)

    def _is_of_thing(self, words: str, found: Findings) -> bool:
        ids = self._turn.state.near
        every = self._shop.variants(ids).get(ids[0]) if len(ids) == 1 else None
        entry = found.sure[0].entry if found.sure else None
        return bool(every) and of_the_thing(words, self._language, entry, every or ())

    @property
    def _spoken_of(self) -> bool:
        """Whether a few products are spoken of."""
        state = self._turn.state
        return bool(state.near) or 0 < len(state.shown) <= _MOST_SHOWN

    def _takes(self, request: Request, words: str) -> bool:
        """こども傘ください: a thing is wished for, nothing is asked about."""
        if request.act not in ("add_to_cart", "find_product") or not _SEEKING.search(words):
            return False
        return not meanings(reader(self._language).normalise(words), self._language)

    def _seeks_among(self, request: Request, words: str) -> bool:
        """妊婦でも飲めるお茶ありますか: several kinds of it are sold, and none was spoken of."""
        if request.chosen or self._spoken_of or not _SEEKING.search(words):
            return False
        told = request.slot(Product)
        ids = told.ids if told else named(self._shop, words, self._language).product_ids
        return len(ids) > 1 or len(ids) == 1 and _FITTING.search(words) is not None

    def _is_sought(self, request: Request, words: str) -> bool:
        """浴衣ありますか: sought, though there is none; but not 駐車場ありますか."""
        normal = reader(self._language).normalise(words)
        sought = request.act == "faq" or [one.act for one in request.candidates[:1]] == [
            "find_product"
        ]
        return sought and not meanings(normal, self._language)

    def _asks_of_goods(self, words: str) -> bool:
        """Whether a question that the shop never answered is of goods, named or spoken of."""
        normal = reader(self._language).normalise(words)
        goods = self._spoken_of or named(self._shop, words, self._language).product_ids
        return bool(goods) and not meanings(normal, self._language)

    def _is_of_goods(
        self, request: Request, words: str, found: Findings, *, seeks: bool = False
    ) -> bool:
        """Whether the words are about goods of which the FAQ's own question does not speak."""
        told = request.slot(Product)
        ids = told.ids if told else named(self._shop, words, self._language).product_ids
        if seeks and (not ids or found.best < SURE_THOUGH_SOUGHT):
            return bool(ids)
        question = " ".join(hit.entry.question for hit in found.sure)
        if not question:
            return False
        ids = ids or self._turn.state.near
        if not ids:
            return False
        if self._speaks_of(question, ids):
            # 焚き火台ありますか seeks one, whatever the FAQ tells of it.
            alone = names_only(words, self._language, self._shop.products(ids))
            return seeks and (alone or self._says_more(words, question, ids))
        if seeks:
            return True
        # Of other goods than those: the shelf life of tea is none of the cake's.
        others = self._kinds(named(self._shop, question, self._language).product_ids)
        if not others or not others.isdisjoint(self._kinds(ids)):
            return False
        told_whole = found.best >= SURE_THOUGH_TOLD and self._is_told_whole_in(words, found)
        return not told_whole

    def _says_more(self, words: str, question: str, ids: tuple[int, ...]) -> bool:
        """こども傘ください, though the FAQ tells of こどものサイズ: more of its name is said."""
        own = reader(self._language).normalise(words)
        if meanings(own, self._language):
            return False
        said, told = fold(words.casefold()), fold(question.casefold())
        names = [name for one in self._shop.products(ids) for name in told_names(one)]
        most = max((letters_named(said, *one) for one in names), default=0)
        return most > max((letters_named(told, *one) for one in names), default=0)

    def _page_tells(self, request: Request, words: str) -> bool:
        """Do they have noise canceling?: the page of what is spoken of has the very word."""
        if request.act != "product_question":
            return False
        ids = request.chosen or self._turn.state.near
        products = self._shop.products(ids) if len(ids) == 1 else []
        asks = question(words, self._language, products)
        passages = (found for one in products for found in evidence(asks, one))
        return any(one.literal and one.covered >= WHOLE for one in passages)

    def _kinds(self, ids: tuple[int, ...]) -> set[str]:
        return {one.category or one.title for one in self._shop.products(ids)}

    def _speaks_of(self, text: str, ids: tuple[int, ...]) -> bool:
        sound = fold(text.casefold())
        return any(
            letters_named(sound, one.title, one.category) for one in self._shop.products(ids)
        )

    def _needed(self, request: Request, words: str) -> float | None:
        """How sure the FAQ must be to be what was meant; None when it never is."""
        if any(isinstance(one, _IDENTIFYING) for one in request.slots):
            return None
        asks = is_question(reader(self._language).normalise(words), self._language)
        doubtful = request.confidence < DOUBTFUL
        if request.act in OF_ORDERS:
            return self._needed_for_order(request, words, asks=asks, doubtful=doubtful)
        if request.act in _COURTEOUS:
            return SURE if doubtful and asks else SURE_THOUGH_TOLD if doubtful else None
        if request.act in _SEARCHES:
            return self._needed_for_search(request, words, asks=asks)
        pointed = request.chosen or request.slot(Product) and request.act != "product_question"
        if pointed and request.act == "add_to_cart" and request.confidence < _FAIRLY and asks:
            return SURE_THOUGH_SOUGHT
        if pointed:
            return None
        if request.act == "product_question":
            return self._needed_for_product(request, doubtful=doubtful)
        if request.act == "view_cart" and "shipping_fee" in self._meant_by(words):
            return SURE_OF_A_RULE
        if request.act not in _ASKABLE:
            bare = not any(isinstance(one, _VALUES) for one in request.slots)
            if request.act == "add_to_cart" and asks and not doubtful:
                return SURE if bare else SURE_THOUGH_SOUGHT
            return SURE if doubtful else None
        if not asks and not doubtful or is_wish(request, words):
            return None
        return SURE_BEFORE_ORDERS if self._is_known else SURE_OF_FAQ

    def _meant_by(self, words: str) -> list[str]:
        return meanings(reader(self._language).normalise(words), self._language)

    def _needed_for_order(
        self, request: Request, words: str, *, asks: bool, doubtful: bool
    ) -> float | None:
        if asks_how_it_is(words):
            return SURE_OF_A_RULE
        top = self._turn.state.top
        if top is not None and top.act == request.act:
            asked = asks and not request.slots and not WISHES.search(words)
            return SURE_OF_A_RULE if asked else None
        waits = request.act == "order_status" and not doubtful and waits_for_it(words)
        if waits or self._turn.state.order_id is not None or request.slot(Product):
            return None
        wishes = WISHES.search(words) is not None
        if not doubtful and (wishes or not asks):
            return None
        return SURE_BEFORE_ORDERS if self._is_known else SURE_OF_FAQ

    def _needed_for_search(self, request: Request, words: str, *, asks: bool) -> float | None:
        limits = Price | Colour | Size | Sorted
        if any(isinstance(one, limits) for one in request.slots):
            return None
        doubtful = request.confidence < DOUBTFUL
        if request.act == "recommend":
            if self._spoken_of and _WHOSE.search(words):
                return None
            return SURE_THOUGH_SOUGHT if doubtful else SURE_THOUGH_TOLD
        if not doubtful and not asks:
            return None
        sold = any(isinstance(one, _FOUND) for one in request.slots)
        if sold or named(self._shop, words, self._language).product_ids:
            return SURE if doubtful and not _SEEKING.search(words) else SURE_THOUGH_TOLD
        return SURE

    def _tells_an_option(self, words: str) -> bool:
        """Does it come in long?, of the one whose length is asked for: no question to the shop."""
        top = self._turn.state.top
        near = self._turn.state.near or (top.product_ids if top is not None else ())
        if len(near) != 1:
            return False
        return bool(options_said(self._shop.variants(near).get(near[0], ()), words, self._language))

    def _needed_for_product(self, request: Request, *, doubtful: bool) -> float | None:
        state = self._turn.state
        if any(isinstance(one, _VALUES) for one in request.slots):
            return None
        spoken_of = request.slot(Product) is not None or len(state.focus) == 1
        options = asks_which_options(request.question)
        if spoken_of and (asks_stock_now(request.question) or options):
            return None
        if self._spoken_of and options or self._tells_an_option(request.question):
            return None
        if request.slot(Product) is not None:
            return SURE if doubtful else None
        if not state.focus and not request.chosen:
            return SURE
        return SURE_BEFORE_ORDERS if self._is_known else SURE_OF_FAQ

    @property
    def _is_known(self) -> bool:
        return self._shop.person.signed_in or bool(self._turn.state.proved)
