"""The deterministic understander: from a text and what is remembered to commands.

Pure but for the models it loads; bounded in time.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

import msgspec

from kaiwa.bot.dialogue.reference import Pointed, pointed
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.command import (
    Answer,
    CancelFlow,
    Candidate,
    ChitChat,
    Choose,
    Clarify,
    Command,
    Confirm,
    CorrectSlot,
    Handoff,
    Reading,
    SetSlot,
    Span,
    StartFlow,
)
from kaiwa.bot.nlu.decision import Decided, decided
from kaiwa.bot.nlu.ellipsis import completed
from kaiwa.bot.nlu.intents.model import IntentModel
from kaiwa.bot.nlu.intents.models import Models, Own
from kaiwa.bot.nlu.negation import negated
from kaiwa.bot.nlu.own_words import founded
from kaiwa.bot.nlu.priors import weighed
from kaiwa.bot.nlu.reader.entities import entities, sold_so
from kaiwa.bot.nlu.reader.found import Found, mask
from kaiwa.bot.nlu.reader.normal import Normal, normalised
from kaiwa.bot.nlu.replying import answered, is_bare
from kaiwa.bot.nlu.slot import OrderNumber
from kaiwa.bot.nlu.slots_of import Words, slots_of
from kaiwa.bot.nlu.wishes import COURTESY, Wish, wishes
from kaiwa.bot.nlu.yes_no import Verdict, verdict
from kaiwa.languages import language_of
from kaiwa.vocabulary.language import Language

Names = Callable[[str], Iterable[Found]]

_OF_THE_NUMBER: Final = 0.05
_NEAR: Final = 2
_KNOWN: Final = 0.96  # of an act that is known from elsewhere
_NOT_KNOWN: Final[tuple[Act, ...]] = ("find_product", "faq", "greet")
# How it is in general, though a number is told.
_RULES: Final = re.compile(
    r"何日|いつまで|送料|手数料|\b(?:how long|how many days|who pays|policy|cost|fee)\b"
)
MOST_OPINIONS: Final = 4  # of a text: the stretches behind them are judged by their letters alone

_POINTING: Final[frozenset[Act]] = frozenset(
    {
        "product_question",
        "compare",
        "recommend",
        "add_to_cart",
        "change_quantity",
        "remove_from_cart",
        "wishlist_add",
        "wishlist_remove",
        "restock_alert",
        "price_alert",
        "review",
    }
)
_LOOKING: Final[frozenset[Act]] = frozenset(
    {"find_product", "refine", "recommend", "product_question", "compare"}
)
_IDENTIFYING: Final = frozenset({"order", "email", "phone"})
_TOLD_APART: Final = _IDENTIFYING | {"date", "time"}
_CORRECTION: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(r"やっぱ|じゃなくて|ではなく|でなく|間違え|訂正|そうじゃ"),
    "en": re.compile(r"\b(?:actually|instead|i meant|oops|rather|wait|not .+ but)\b"),
}
_OF_TWO: Final = re.compile(r"[いな](?:方|ほう)|\bone\b")
_MERELY_HEARD: Final = re.compile(
    r"\W*(?:わかりました|分かりました|承知しました|了解(?:です|しました)?)\W*"
)
_ONE_OF: Final = re.compile(r"の方|のほう|のやつ|番目|\bones?\b|\bthe\b")
_UNWANTED: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(r"(?:じゃなくて?|ではなくて?|でなく)"),
    "en": re.compile(r"\b(?:not|instead of|rather than)\s+$"),
}


class Context(msgspec.Struct, frozen=True):
    """What a text is read against: the conversation so far, the shop's words, the day.

    `spoken` is the language of the text where it is known. `names` finds products and brands in a
    folded text; `own` are the merchant's phrases, which belong to the model called `shop`.
    """

    state: Dialogue = Dialogue()
    language: Language = "ja"
    today: dt.date = dt.date(1970, 1, 1)
    words: Words = Words()
    names: Names | None = None
    own: tuple[Own, ...] = ()
    shop: str = "shipped"
    spoken: Language | None = None


class Understander:
    """Reads texts; one serves a whole process."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def read(self, text: str, context: Context) -> Reading:
        """The commands of one text, in the order said; never empty, never an exception."""
        normal = normalised(text)
        known = context.state.language or context.language
        language = context.spoken or language_of(text, known)
        found = _found(normal, context)
        model = self._models.model(language, context.own, context.shop)
        judged = _Judged(normal.text, found, model, context.state)
        if direct := answered(normal, found, context.state, language, judged.likeliest):
            return Reading(language, direct)
        if whole := completed(normal, found, context.state):
            return Reading(language, whole)
        every = wishes(normal.text, language, judged)
        told = [_Told(normal, found, context, language, one) for one in every]
        commands = _agreed(_in_order(told, _loose(normal, found, told)))
        sure = [one.decided.confidence for one in told if one.decided.act not in COURTESY]
        if not commands:
            commands = [ChitChat("out_of_scope", 1.0, Span(0, normal.length))]
        chances, masked = judged.chances(0, len(normal.text)), judged.masked(0, len(normal.text))
        return Reading(language, tuple(commands), min(sure, default=1.0), chances, masked)

    def read_as(self, text: str, context: Context, act: Act) -> Reading:
        """The same text as one wish of a known act, with the values that it tells."""
        normal = normalised(text)
        language = context.spoken or language_of(text, context.state.language or context.language)
        found = _found(normal, context)
        others = [one for one in _NOT_KNOWN if one != act][:2]
        sure = (Chance(act, _KNOWN), *(Chance(one, (1 - _KNOWN) / 2) for one in others))
        told = _Told(normal, found, context, language, Wish(0, len(normal.text), sure))
        return Reading(language, tuple(told.commands()), _KNOWN)


def _found(normal: Normal, context: Context) -> tuple[Found, ...]:
    things = tuple(context.names(normal.text)) if context.names else ()
    return sold_so(entities(normal, context.today, things), normal.text, context.words.facets)


class _Judged:
    """Stretches of a text as the ranker judges them in the light of the state; each only once."""

    def __init__(
        self, text: str, found: Sequence[Found], model: IntentModel, state: Dialogue
    ) -> None:
        self._text, self._found = text, found
        self._model, self._state = model, state
        self._known: dict[tuple[int, int], tuple[Chance, ...]] = {}

    def masked(self, begin: int, end: int) -> str:
        return mask(self._text, self._found, begin, end)

    def likeliest(self) -> Chance:
        """The likeliest act of the whole text."""
        return self.chances(0, len(self._text))[0]

    def chances(self, begin: int, end: int) -> tuple[Chance, ...]:
        if (begin, end) not in self._known:
            alone = len(self._known) >= MOST_OPINIONS
            raw = self._model.chances(self.masked(begin, end), alone=alone)
            kinds = {one.kind for one in self._found if begin <= one.begin and one.end <= end}
            likely = weighed(raw, self._state, kinds)
            if "order" not in kinds:
                likely = founded(likely, self._text, self._state)
            self._known[begin, end] = likely
        return self._known[begin, end]


class _Told:
    """One wish, and the commands that it is."""

    def __init__(
        self,
        normal: Normal,
        found: Sequence[Found],
        context: Context,
        language: Language,
        wish: Wish,
    ) -> None:
        self.wish = wish
        self._normal = normal
        self._context = context
        self._language = language
        self._text = normal.text[wish.begin : wish.end]
        self._span = normal.span(wish.begin, wish.end)
        self._found = [one for one in found if one.begin >= wish.begin and one.end <= wish.end]
        self._clause = Normal(
            self._text,
            normal.cased[wish.begin : wish.end],
            normal.places[wish.begin : wish.end],
            normal.length,
        )
        self._placed = [
            msgspec.structs.replace(one, begin=one.begin - wish.begin, end=one.end - wish.begin)
            for one in self._found
        ]
        self.decided: Decided = decided(wish.chances, language)

    def commands(self) -> list[Command]:
        """The commands of this wish."""
        told = self._settled(self.decided)
        if told.clarity == "close":
            near = tuple(Candidate(one.act, None, one.chance) for one in told.candidates)
            return [*self._choice(told.act), Clarify(near, self._span)]
        if told.clarity == "low":
            known = (one for one in self.wish.chances if one.act != "out_of_scope")
            near = tuple(Candidate(one.act, None, one.chance) for one in islice(known, _NEAR))
            return [ChitChat("out_of_scope", told.confidence, self._span, near)]
        if negated(told.act, self._text, self._language):
            return [CancelFlow() if self._context.state.frames else ChitChat("decline")]
        act = self._act_on_shown(told.act)
        told = msgspec.structs.replace(told, act=act)
        return [*self._choice(act), *self._started(told), *self._slots(act)]

    def _settled(self, told: Decided) -> Decided:
        """Close among ways to look at goods, or to deal with a numbered order: the best will do."""
        acts = {one.act for one in told.candidates[:2]}
        numbered = any(isinstance(one.slot, OrderNumber) for one in self._found)
        if numbered and told.act == "faq" and not _RULES.search(self._text):
            # 7103で届いたもの、交換してもらえますか: it is to be done with this order.
            of_it = (one for one in self.wish.chances if one.act in OF_ORDERS)
            likely = next((one for one in of_it if one.chance >= _OF_THE_NUMBER), None)
            if likely is not None:
                return Decided(likely.act, likely.chance, "clear")
        if told.clarity != "close" or not (acts <= _LOOKING or numbered and acts <= OF_ORDERS):
            return told
        return msgspec.structs.replace(told, clarity="clear", candidates=())

    def _act_on_shown(self, act: Act) -> Act:
        """After products were shown, ケトルの方を見せて asks about one: it seeks nothing new."""
        if act not in ("find_product", "refine"):
            return act
        if _OF_TWO.search(self._text) and self._is_by_price:
            return "product_question"
        if not _ONE_OF.search(self._text):
            return act
        what = pointed(self._text, self._placed, self._context.state)
        one = what is not None and len(what.products) == 1 and what.how in ("kind", "ordinal")
        return "product_question" if one else act

    @property
    def _is_by_price(self) -> bool:
        """安い方見せて, of the two that were shown or compared last: it is one of them."""
        state = self._context.state
        if state.last_act != "compare" and len(state.shown) != 2:
            return False
        what = pointed(self._text, self._placed, state)
        return what is not None and what.how == "price" and len(what.products) == 1

    @property
    def is_mere_number(self) -> bool:
        """Whether it only says which order or who: "my number is 1024"."""
        kinds = {one.kind for one in self._found}
        return bool(kinds) and kinds <= _IDENTIFYING and is_bare(self._text, self._placed)

    @property
    def is_numbered(self) -> bool:
        """Whether an order's number is all it says, perhaps with an address."""
        return self.is_mere_number and any(one.kind == "order" for one in self._found)

    def slots(self) -> list[Command]:
        """Its values alone."""
        return self._slots("order_status")

    def _started(self, told: Decided) -> list[Command]:
        sure, span = told.confidence, self._span
        match told.act:
            case "affirm" | "decline" if self._context.state.pending is not None:
                said = verdict(self._text, self._language)
                # わかりました、お手数おかけしました: heard; whoever leaves agrees to nothing.
                beside = len(self._normal.text) > len(self._text) + 1
                heard = beside and _MERELY_HEARD.fullmatch(self._text) is not None
                return _confirmation(None if heard else said, self._context.state)
            case "decline" if self._context.state.frames:
                return [CancelFlow()]
            case "complaint":
                return [ChitChat("complaint", sure, span), Handoff("angry", sure)]
            case (
                "greet" | "thanks" | "goodbye" | "affirm" | "decline" | "about_bot" | "out_of_scope"
            ) as kind:
                return [ChitChat(kind, sure, span)]
            case "human_handoff":
                return [Handoff("asked", sure)]
            case ("faq" | "product_question") as act:
                asked = self._clause.cased.strip()
                return [Answer(asked, act, sure, span)]
            case act:
                return [StartFlow(act, sure, span)]

    def _choice(self, act: Act) -> list[Command]:
        if act not in _POINTING:
            return []
        what = pointed(self._text, self._found, self._context.state)
        return chosen(what, act, self._span)

    def _slots(self, act: Act) -> list[Command]:
        if act in COURTESY or act in ("out_of_scope", "human_handoff", "complaint", "faq"):
            return []
        shop = (self._context.words, self._language)
        found = slots_of(act, self._clause, self._meant(self._placed), shop)
        if _CORRECTION[self._language].search(self._text) and self._context.state.frames:
            return [CorrectSlot(one.slot, one.span, one.confidence) for one in found]
        return list(found)

    def _meant(self, found: list[Found]) -> list[Found]:
        """Without what is named only to be replaced: 1個じゃなくて2個, "two, not three"."""
        pattern = _UNWANTED[self._language]
        after = self._language == "ja"
        return [
            one
            for one in found
            if not (
                pattern.match(self._text, one.end)
                if after
                else pattern.search(self._text[: one.begin])
            )
        ]


def _confirmation(told: Verdict | None, state: Dialogue) -> list[Command]:
    """A yes only where the rule says so; a chance, however high, moves no money."""
    if told in ("yes", "no") and state.pending is not None:
        return [Confirm(told == "yes", state.pending.id)]
    return [Clarify((Candidate("affirm"), Candidate("decline")))]


def chosen(what: Pointed | None, act: Act, span: Span) -> list[Command]:
    """The choice as a command; where one product is needed and several fit, a question."""
    if what is None:
        return []
    ids = tuple(one.id for one in what.products)
    several = act in ("compare", "recommend") or what.how in ("all", "ordinal", "name", "recency")
    if len(ids) > 1 and not several:
        return [Clarify(tuple(Candidate(None, one) for one in ids[:3]), span)]
    return [Choose(ids, what.how, what.variant_id, span)]


def _loose(normal: Normal, found: Sequence[Found], told: Sequence[_Told]) -> list[Command]:
    """Who and when, said in a sentence that wishes for nothing."""
    return [
        SetSlot(one.slot, normal.span(one.begin, one.end))
        for one in found
        if one.slot is not None
        and one.kind in _TOLD_APART
        and not any(
            wish.begin <= one.begin and one.end <= wish.end for wish in (o.wish for o in told)
        )
    ]


def _in_order(told: Sequence[_Told], loose: list[Command]) -> list[Command]:
    """The commands in the order said; a mere number goes to the wish that needs it."""
    spoken = [one for one in told if not one.is_mere_number and one.decided.act not in COURTESY]
    needing = [one for one in spoken if one.decided.act in OF_ORDERS] or spoken[-1:]
    found: list[Command] = []
    if told and all(one.is_numbered for one in told):
        # Nothing but a number and who asks: how that order is.
        slots = [slot for one in told for slot in one.slots()]
        return [StartFlow("order_status", 1.0), *slots]
    for one in told:
        if one.is_mere_number and needing:
            continue
        found += one.commands()
        if needing and one is needing[0]:
            found += [slot for other in told if other.is_mere_number for slot in other.slots()]
            found += loose
    return found


def _agreed(commands: list[Command]) -> list[Command]:
    """A yes that comes with changes is none: what follows corrects, and is shown again."""
    yes = [one for one in commands if isinstance(one, Confirm) and one.yes]
    rest = [one for one in commands if not isinstance(one, Confirm)]
    if not yes or not rest:
        return commands
    if all(isinstance(one, ChitChat) and one.kind in COURTESY for one in rest):
        return commands
    return [
        CorrectSlot(one.slot, one.span, one.confidence) if isinstance(one, SetSlot) else one
        for one in rest
    ]
