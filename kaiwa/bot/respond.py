"""One turn of the bot: hear, serve each request in the order said, remember, reply.

The executor keeps the frames: a skill that asks or proposes is served again with what is said
next; a question in between is answered, and the open one is put again. Whatever a skill cannot do
is said plainly; two turns in a row not understood fetch a person.
"""

from typing import Final

import msgspec
import structlog

from kaiwa.bot.asking.again import looked_at_again
from kaiwa.bot.cart.one_by_one import next_wish, wish_of
from kaiwa.bot.cart.undone import counted, with_cart_before
from kaiwa.bot.context.wrapped import speaks_of_wrapping
from kaiwa.bot.courteous import heard_politely
from kaiwa.bot.dialogue import state as dialogue
from kaiwa.bot.dialogue.state import MOST_PRODUCTS, Frame
from kaiwa.bot.frame_of import SEARCHES, frame_of
from kaiwa.bot.gateway import MustWrite
from kaiwa.bot.hearing import Heard, ToBeWritten
from kaiwa.bot.high_value import with_help
from kaiwa.bot.left_alone import left_alone
from kaiwa.bot.left_to_a_person import left_to_a_person
from kaiwa.bot.naming.mentioned import with_mentioned
from kaiwa.bot.nlu.act import ACTS, OF_ORDERS
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import Colour, Option, Product, Quantity, Size
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.seeking.joining import joined
from kaiwa.bot.shop import Shop
from kaiwa.bot.showing import remembered, with_last_replies
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.skills.greet import hello
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.bot.skills.registry import skill_for
from kaiwa.bot.slips.mending import mended
from kaiwa.bot.turn import Answer, Turn
from kaiwa.vocabulary.errors import KaiwaError
from kaiwa.vocabulary.reply import Block, Reply

log = structlog.get_logger()

COURTESIES: Final = ("greet", "thanks", "goodbye", "affirm")
# What is answered in between; then the open question is put again.
DIGRESSIONS: Final = frozenset(
    {"faq", "product_question", "about_bot", "view_cart", "wishlist_view", "order_status"}
)
# What is not gone back to once something else is wanted.
_FLEETING: Final = frozenset({"find_product", "refine", "recommend", "compare", "product_question"})
_NEED_A_CART: Final = frozenset({"checkout", "apply_coupon", "view_cart"})
_PATIENCE: Final = 3
# What they name they deal with themselves.
_OF_GOODS: Final = frozenset(
    {"add_to_cart", "remove_from_cart", "change_quantity", "find_product", "refine", "compare"}
)


def respond(turn: Turn, shop: Shop, understood: Heard | None = None) -> Answer:
    """What the bot says to this turn, and what it remembers of it.

    Deterministic: the same turn, shop and clock get the same answer. `understood` is what another
    understander made of it, or was heard before. `ToBeWritten` where it takes more than reading.
    """
    topic = left_alone(turn, shop)
    if topic is not None:
        return topic
    read = understood.text if understood is not None else ""
    turn = msgspec.structs.replace(turn, text=read) if read else mended(turn, shop)
    turn, told = (turn, understood) if understood else heard_politely(turn, shop)
    before = counted(shop.cart)
    try:
        answer = _Serving(turn, shop, told).answer()
        return with_help(with_cart_before(answer, before, shop), shop)
    except MustWrite:
        raise ToBeWritten(msgspec.structs.replace(told, text=turn.text)) from None


class _Serving:
    """The requests of one turn, served one after the other."""

    def __init__(self, turn: Turn, shop: Shop, told: Heard) -> None:
        self._turn = turn
        self._shop = shop
        self._told = told
        self._state = dialogue.next_turn(turn.state, told.language)
        self._blocks: list[Block] = []
        self._outcomes: list[Outcome] = []
        self._skills: list[str] = []
        self._acts: list[str] = []
        self._open: list[tuple[Request, Findings]] = []

    def answer(self) -> Answer:
        """Serve everything."""
        matters = self._matters()
        several = sum(one.act == "add_to_cart" for one, _ in matters) > 1
        for request, findings in matters:
            meant = self._meant(request, findings)
            outcome = self._serve(meant, findings, aside=several and meant.act == "add_to_cart")
            if outcome is None:
                continue
            if outcome.faq and meant.act == "product_question":
                # What the shop has said once and for all answered it, and is told as such.
                self._acts = [*self._acts[:-1], "faq"]
            if outcome.handoff is not None:
                # What was open is the person's to go on with.
                self._state = msgspec.structs.replace(self._state, frames=(), pending=None)
                self._blocks, self._outcomes = left_to_a_person(self._blocks, self._outcomes)
                break
        else:
            self._ask_of_the_open()
            self._resume()
        self._remember_names()
        unread = self._turn.state.unread + 1 if self._skills == ["foreign"] else 0
        self._state = msgspec.structs.replace(self._state, unread=unread)
        if "decline" in self._acts and self._was_suggested():
            self._state = msgspec.structs.replace(self._state, unwilling=True)
        return self._answer()

    def _remember_names(self) -> None:
        """A product that was named where another thing was the matter may be meant next."""
        shown = any(one.focus or one.items for one in self._outcomes)
        shown = shown or speaks_of_wrapping(self._turn.text)  # a box for it is no thing to buy
        if not shown and not _OF_GOODS.intersection(self._acts):
            language, where = self._told.language, (self._turn, self._shop)
            # What is named of an order tells which part of it, and "it" stays the order.
            free = not OF_ORDERS.intersection(self._acts) and self._state.order_id is None
            self._state = with_mentioned(self._state, language, where, spoken_of=free)

    def _was_suggested(self) -> bool:
        """Whether the turn before offered something unasked: a no is a no to that."""
        before = self._turn.state
        return before.suggested_turn == before.turn > 0

    def _matters(self) -> list[tuple[Request, Findings]]:
        """What is to be served; a courtesy beside a matter is a short word before it."""
        pairs = joined(list(zip(self._told.requests, self._told.findings, strict=True)))
        matters = [one for one in pairs if one[0].act not in COURTESIES or one[0].yes is not None]
        if not matters:
            self._acts += [one.act for one, _ in pairs[:-1]]
            return pairs[-1:]
        for request, _ in pairs:
            if request.act in COURTESIES and request.yes is None:
                self._acts.append(request.act)
                self._blocks += self._short(request)
        return matters

    def _short(self, request: Request) -> tuple[Block, ...]:
        case = self._case(request, Frame("greet"), Findings())
        if request.act == "greet":
            return said(hello(case))
        return said(case.say("thanks.short")) if request.act == "thanks" else ()

    def _meant(self, request: Request, findings: Findings) -> Request:
        """What goes on with nothing is about the product that was pointed at, else a search."""
        where = (self._shop, self._told.language, self._turn.text)
        request = looked_at_again(request, findings, self._state, where)
        if request.act == "refine" and request.names_one:
            return msgspec.structs.replace(request, act="product_question")
        if request.act != CONTINUE:
            return request
        top = self._state.top
        buys = request.slot(Quantity) is not None and bool(self._state.showings)
        if buys and (top is None or top.act in _FLEETING):
            return msgspec.structs.replace(request, act="add_to_cart")
        if top is not None and top.act not in SEARCHES:
            return request
        if request.chosen or request.slot(Product):
            return msgspec.structs.replace(request, act="product_question")
        if request.slots:
            act = "refine" if self._state.search else "find_product"
            return msgspec.structs.replace(request, act=act)
        return msgspec.structs.replace(request, act="out_of_scope")

    def _ask_of_the_open(self) -> None:
        """Of what was left open the first is asked about; the others are served after it."""
        if not self._open:
            return
        (first, findings), *rest = self._open
        self._serve(first, findings)
        top = self._state.top
        if top is not None and top.act == "add_to_cart":
            along = (*top.along, *(wish_of(one) for one, _ in rest))
            self._state = dialogue.open_frame(
                self._state, msgspec.structs.replace(top, along=along)
            )

    def _serve(
        self, request: Request, findings: Findings, *, aside: bool = False
    ) -> Outcome | None:
        """Serve it; with `aside`, what would have to be asked of it is left until the end."""
        if request.yes is not None:
            return self._decided(request, findings)
        act = request.act
        if act == CONTINUE:
            assert self._state.top is not None
            act = self._state.top.act
        before = self._state
        frame = frame_of(act, request, before, dialogue.offered(self._turn.state))
        if act in ACTS and act not in COURTESIES and act not in ("out_of_scope", "faq"):
            self._state = dialogue.open_frame(self._state, frame)
        case = self._case(request, frame, findings)
        outcome = self._outcome(skill_for(act), case)
        if aside and outcome.asks is not None:
            self._state = before
            self._open.append((request, findings))
            return None
        self._acts.append(_told_act(request, act))
        outcome = self._told_or_handed(skill_for(act).name, outcome, case)
        if act == "add_to_cart" and outcome.asks is None and frame.along:
            self._serve_next(frame, case)
        return outcome

    def _serve_next(self, done: Frame, case: Case) -> None:
        """What was wished for in the same breath as what is in the cart now."""
        request = next_wish(done)
        along = done.along[1:]
        frame = Frame("add_to_cart", request.slots, None, request.chosen, along=along)
        self._state = dialogue.open_frame(self._state, frame)
        told = self._served("add_to_cart", self._case(request, frame, case.findings))
        if told.asks is None and along:
            self._serve_next(frame, case)

    def _decided(self, request: Request, findings: Findings) -> Outcome:
        """A yes or a no: to the proposal that was shown, or to nothing."""
        pending, top = self._state.pending, self._state.top
        fits = pending is not None and request.pending_id in (None, pending.id)
        self._acts.append("affirm" if request.yes else "decline")
        if pending is not None and fits and top is not None and request.yes:
            self._acts.append(top.act)
            case = self._case(request, top, findings, pending.id)
            return self._served(top.act, case)
        if not request.yes and top is not None:
            self._state = dialogue.close_frame(self._state)
            case = self._case(request, top, findings)
            return self._take("decline", Outcome(said(case.say("decline.kept"))))
        act = "affirm" if request.yes else "decline"
        if request.yes and request.pending_id:
            case = self._case(request, Frame("affirm"), findings)
            return self._take("affirm", Outcome(said(case.say("affirm.void"))))
        return self._served(act, self._case(request, Frame("affirm"), findings))

    def _case(
        self, request: Request, frame: Frame, findings: Findings, yes_to: str | None = None
    ) -> Case:
        return Case(
            self._turn,
            self._told.language,
            request,
            self._state,
            frame,
            self._shop,
            yes_to,
            findings,
        )

    def _served(self, act: str, case: Case) -> Outcome:
        skill = skill_for(act)
        return self._told_or_handed(skill.name, self._outcome(skill, case), case)

    def _outcome(self, skill: Skill, case: Case) -> Outcome:
        try:
            return skill.serve(case)
        except KaiwaError as error:
            log.warning("skill_refused", skill=skill.name, error=type(error).__name__)
            return Outcome(said(case.say("sorry.failed")), answered=False, misunderstood=True)

    def _told_or_handed(self, skill: str, outcome: Outcome, case: Case) -> Outcome:
        if outcome.misunderstood and self._turn.misunderstood_in_a_row:
            return self._take("handoff", hand_off(case, "failed_twice"))
        return self._take(skill, outcome, case)

    def _take(self, skill: str, outcome: Outcome, case: Case | None = None) -> Outcome:
        """Say it, and remember what it changes."""
        self._skills.append(skill)
        self._outcomes.append(outcome)
        self._blocks += outcome.blocks
        if case is not None:
            self._keep_frame(outcome, case)
        if items := outcome.items or outcome.offered:
            self._state = dialogue.show(self._state, remembered(items, self._told.language))
            if len(items) > 1:
                # Of several that are new, none is meant yet.
                self._state = dialogue.choose(self._state, ())
        if outcome.focus:
            self._state = dialogue.choose(self._state, outcome.focus, outcome.focus_variant)
        if case is not None and case.frame.act == "product_question":
            options = (Colour, Size, Option)
            told = tuple(one for one in case.frame.slots if isinstance(one, options))
            self._state = dialogue.want(self._state, told)
        if case is not None and case.frame.act in ("product_question", "faq"):
            question = case.request.question
            self._state = dialogue.put_question(self._state, question, outcome.faq)
        if outcome.wanted:
            self._state = dialogue.want(self._state, outcome.wanted)
        if outcome.search is not None:
            about = (outcome.search, outcome.listed, outcome.narrowed)
            self._state = dialogue.seek(self._state, *about)
        if outcome.suggested:
            self._state = dialogue.suggest(self._state, outcome.suggested)
        if outcome.proved is not None:
            self._state = dialogue.prove(self._state, outcome.proved)
        if outcome.order is not None:
            self._state = msgspec.structs.replace(self._state, order_id=outcome.order.id)
        return outcome

    def _keep_frame(self, outcome: Outcome, case: Case) -> None:
        state = self._state
        mine = state.top is not None and state.top.act == case.frame.act
        if not mine:
            return
        if outcome.frame is not None:
            state = dialogue.open_frame(state, outcome.frame)
        if outcome.proposes is not None:
            self._state = dialogue.propose(state, outcome.proposes)
        elif outcome.asks is not None:
            before = self._turn.state.asked
            narrows = case.frame.act in SEARCHES
            asks = outcome.asks
            same = before is not None and before.slot == asks.slot and not narrows
            same = same and before is not None and before.labels == asks.labels[:MOST_PRODUCTS]
            self._state = dialogue.ask(state, outcome.asks.slot, outcome.asks.labels)
            if same and before is not None:
                self._state = dialogue.asked_again(self._state, before.times + 1)
        else:
            self._state = dialogue.close_frame(state)

    def _resume(self) -> None:
        """Put the open question again after something in between; drop what is not gone back to."""
        last = self._acts[-1] if self._acts else ""
        top = self._state.top
        if top is None or top.act == last or self._is_waiting(top):
            return
        # Where a thing was looked at it is no longer asked which of all: nobody took it yet.
        of_any = top.act == "add_to_cart" and not (top.product_ids or top.slot("product"))
        fleeting = top.act in _FLEETING or of_any and last in _FLEETING
        if fleeting or not (last in DIGRESSIONS or self._paid_too_soon(last)):
            if fleeting:
                self._state = dialogue.close_frame(self._state)
            return
        frame = msgspec.structs.replace(top, asked=None)
        self._state = dialogue.open_frame(self._state, frame)
        # What was said in between is no answer to it.
        case = self._case(Request(CONTINUE), frame, Findings()).as_before_this_turn()
        self._blocks += said(case.say("resume.back"))
        self._served(top.act, case)
        if top.asked is not None:
            # What the bot itself puts again is no sign that the shopper cannot answer.
            self._state = dialogue.asked_again(self._state, top.asked.times)

    def _paid_too_soon(self, last: str) -> bool:
        """会計で, before the colour of what shall go in was told: it is asked once more."""
        top = self._state.top
        if last not in _NEED_A_CART or top is None or top.act != "add_to_cart":
            return False
        cart = self._shop.cart
        return top.asked is not None and (cart is None or not cart.lines)

    def _is_waiting(self, top: Frame) -> bool:
        # It was asked in this very turn.
        asked = any(one.asks or one.proposes for one in self._outcomes[-1:])
        return asked and top.act in self._acts

    def _answer(self) -> Answer:
        last = self._outcomes
        patience = self._state.asked
        if patience is not None and patience.times > _PATIENCE:
            case = self._case(
                Request("human_handoff", question=self._turn.text), Frame("greet"), Findings()
            )
            given_up = hand_off(case, "failed_twice")
            self._outcomes.append(given_up)
            self._blocks = list(given_up.blocks)
        handoff = next((one.handoff for one in last if one.handoff), None)
        items = [item for one in last for item in one.items]
        orders = [one.placed or (one.order.number if one.order else None) for one in last]
        asks: list[str] = [one.asks.slot for one in last if one.asks]
        asks += ["confirmation" for one in last if one.proposes]
        return Answer(
            reply=Reply(tuple(with_last_replies(self._blocks))),
            language=self._told.language,
            acts=tuple(dict.fromkeys(self._acts)),
            confidence=min((one.confidence for one in self._told.requests), default=1.0),
            skill=self._skills[0] if self._skills else "unsure",
            state=self._state,
            handoff=handoff,
            faq=tuple(question for one in last for question in one.faq),
            products=tuple(dict.fromkeys(item.offer.product.handle for item in items)),
            answered=all(one.answered for one in last),
            misunderstood=any(one.misunderstood for one in last),
            asks_for=tuple(dict.fromkeys(asks)),
            order=next((one for one in orders if one), None),
        )


def _told_act(request: Request, act: str) -> str:
    if act != "clarify":
        return "out_of_scope" if act == "foreign" else act
    return next((str(one.act) for one in request.candidates if one.act), "product_question")
