"""What was shown, chosen and asked in a conversation, as plain frozen values.

Every verb returns a new state and keeps it bounded, so a conversation of any length costs the
same. Prices and stock in it are what the shopper *saw*: they resolve "the cheap one"; what is
sold is looked up again. The count of misunderstandings is the conversation's
(`conversations.conversation`): a hand-off resets it there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.slot import CouponCode, Product, Slot, SlotName, kind_of, name_of
from kaiwa.vocabulary.language import Language

MOST_SHOWINGS: Final = 3
MOST_PRODUCTS: Final = 10
MOST_VARIANTS: Final = 40
MOST_FRAMES: Final = 4
MOST_SLOTS: Final = 24
LONGEST_QUESTION: Final = 200


class ShownVariant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A variant as it was shown; `colours` are canonical, `size` in the catalog's spelling."""

    id: int
    price_minor: int
    title: str = ""
    colours: tuple[str, ...] = ()
    size: str = ""
    in_stock: bool = True


class ShownProduct(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product as it was shown; `variant_id` is the one on the card."""

    id: int
    title: str
    variants: tuple[ShownVariant, ...]
    variant_id: int | None = None
    category: str = ""
    brand: str = ""

    @property
    def shown_variant(self) -> ShownVariant | None:
        """The variant on the card, else the first."""
        own = [one for one in self.variants if one.id == self.variant_id]
        return next(iter(own or self.variants), None)


class Showing(msgspec.Struct, frozen=True):
    """Products that were shown together, in order, in one turn."""

    turn: int
    products: tuple[ShownProduct, ...]


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """The open question: which slot it is for, how often it was put, and its buttons' labels."""

    slot: SlotName
    times: int = 1
    labels: tuple[str, ...] = ()


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """A thing wished for beside the one that is asked about, in the words said of it."""

    product_ids: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()
    words: str = ""


class Frame(msgspec.Struct, frozen=True, omit_defaults=True):
    """An act being served: the values it has, and what it waits for.

    `learnt` is what its skill has made out so far, by names of the skill's own; `along` is what
    was wished for in the same breath, and is served after it.
    """

    act: Act
    slots: tuple[Slot, ...] = ()
    asked: Asked | None = None
    product_ids: tuple[int, ...] = ()
    variant_id: int | None = None
    learnt: dict[str, str] = {}
    along: tuple[Wish, ...] = ()

    @property
    def products(self) -> tuple[int, ...]:
        """The products it is about: chosen, or named in so many words."""
        named = next((one.ids for one in self.slots if isinstance(one, Product)), ())
        return self.product_ids or (named if len(named) == 1 else ())

    def slot(self, name: str) -> Slot | None:
        """The value of that name, if there is one."""
        return next((one for one in self.slots if name_of(one) == name), None)


class Pending(msgspec.Struct, frozen=True):
    """A write that was proposed and shown, and waits for a yes; see `kaiwa/bot/gateway.py`.

    `digest` is of the write's exact arguments and of what was shown of its effect.
    """

    id: str
    act: Act
    shown_turn: int
    expires_at: datetime
    digest: str = ""


class CartCount(msgspec.Struct, frozen=True):
    """How many of a variant the cart had."""

    variant_id: int
    count: int


class Dialogue(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state. `showings` newest first; `frames` top first; `focus` is what "it" means now.

    `search` is what was sought last, for a refinement, `listed` what was shown of it, `narrowed`
    what was asked about it; `proved` are orders whose number and
    address were told here; `order_id` is the order that is spoken of; `suggested` are products
    that were offered unasked, never to be offered again, the last in `suggested_turn`; nothing
    is once `unwilling`. `help_offered` is the turn in which a person's help was, 0 for never.
    `mentioned` are products that were named while something else was the matter.
    `unread` counts turns of other languages in a row; `asked_last` is the
    question put in the turn before, about a product or to the shop, `told_last` the one of the
    FAQ that answered it; `cart_before` is what the cart had of what was changed last; `code` is
    the coupon's code that was told last.
    """

    language: Language | None = None
    turn: int = 0
    showings: tuple[Showing, ...] = ()
    focus: tuple[int, ...] = ()
    focus_variant: int | None = None
    mentioned: tuple[int, ...] = ()
    frames: tuple[Frame, ...] = ()
    pending: Pending | None = None
    last_act: Act | None = None
    search: tuple[Slot, ...] = ()
    listed: tuple[int, ...] = ()
    narrowed: tuple[str, ...] = ()
    proved: tuple[int, ...] = ()
    order_id: int | None = None
    suggested: tuple[int, ...] = ()
    wanted: tuple[Slot, ...] = ()
    suggested_turn: int = 0
    unwilling: bool = False
    help_offered: int = 0
    unread: int = 0
    asked_last: str = ""
    told_last: str = ""
    cart_before: tuple[CartCount, ...] = ()
    code: str = ""

    @property
    def top(self) -> Frame | None:
        """The frame that is being served."""
        return self.frames[0] if self.frames else None

    @property
    def asked(self) -> Asked | None:
        """The question that is open."""
        return self.top.asked if self.top else None

    @property
    def near(self) -> tuple[int, ...]:
        """The products that "it" means: in focus, else those an option is being asked of."""
        if self.focus or self.showings and self.showings[0].turn >= self.turn - 1:
            return self.focus
        buying = (one.products for one in self.frames if one.asked and one.act == "add_to_cart")
        return next(buying, ())

    @property
    def shown(self) -> tuple[ShownProduct, ...]:
        """The products shown last, in order."""
        return self.showings[0].products if self.showings else ()

    def product(self, product_id: int) -> ShownProduct | None:
        """A product as it was shown last."""
        every = (one for showing in self.showings for one in showing.products)
        return next((one for one in every if one.id == product_id), None)


def next_turn(state: Dialogue, language: Language) -> Dialogue:
    """The shopper has spoken."""
    return msgspec.structs.replace(
        state, turn=state.turn + 1, language=language, asked_last="", told_last=""
    )


def offered(state: Dialogue) -> set[int]:
    """The products that what is being asked may be answered with."""
    top = state.top
    if top is None or top.asked is None:
        return set()
    if top.asked.slot == "choice":
        return {one.id for one in state.shown}
    named = next((one.ids for one in top.slots if isinstance(one, Product)), ())
    return {*top.product_ids, *named}


def show(state: Dialogue, products: tuple[ShownProduct, ...]) -> Dialogue:
    """These were shown now; a single one is what "it" means from here."""
    if not products:
        return state
    kept = tuple(
        msgspec.structs.replace(one, variants=_variants(one)) for one in products[:MOST_PRODUCTS]
    )
    showings = (Showing(state.turn, kept), *state.showings)[:MOST_SHOWINGS]
    focus = (kept[0].id,) if len(kept) == 1 else ()
    variant = kept[0].variant_id if len(kept) == 1 and len(kept[0].variants) == 1 else None
    return msgspec.structs.replace(
        state, showings=showings, focus=focus or state.focus, focus_variant=variant
    )


def choose(
    state: Dialogue, product_ids: tuple[int, ...], variant_id: int | None = None
) -> Dialogue:
    """The shopper means these from here."""
    return msgspec.structs.replace(
        state,
        focus=tuple(dict.fromkeys(product_ids))[:MOST_PRODUCTS],
        focus_variant=variant_id,
        wanted=state.wanted if set(product_ids) == set(state.focus) else (),
    )


def mention(state: Dialogue, product_ids: tuple[int, ...]) -> Dialogue:
    """These were named now."""
    every = dict.fromkeys((*product_ids, *state.mentioned))
    return msgspec.structs.replace(state, mentioned=tuple(every)[:MOST_PRODUCTS])


def want(state: Dialogue, slots: tuple[Slot, ...]) -> Dialogue:
    """In these options the product in focus was asked for; a later colour stands for an earlier."""
    names = {kind_of(one) for one in slots}
    kept = tuple(one for one in state.wanted if kind_of(one) not in names)
    return msgspec.structs.replace(state, wanted=(*kept, *slots)[-MOST_SLOTS:])


def put_question(state: Dialogue, question: str, told: Sequence[str] = ()) -> Dialogue:
    """This was asked now, and `told` of the FAQ answered it."""
    return msgspec.structs.replace(
        state, asked_last=question[:LONGEST_QUESTION], told_last=next(iter(told), "")
    )


def open_frame(state: Dialogue, frame: Frame) -> Dialogue:
    """Serve this act first; the one before is returned to. An act is open once at most."""
    others = tuple(one for one in state.frames if one.act != frame.act)
    code = next((one.text for one in frame.slots if isinstance(one, CouponCode)), state.code)
    return msgspec.structs.replace(
        state, frames=(frame, *others)[:MOST_FRAMES], pending=None, last_act=frame.act, code=code
    )


def close_frame(state: Dialogue) -> Dialogue:
    """The top frame is done or dropped, and with it what waited for a yes."""
    return msgspec.structs.replace(state, frames=state.frames[1:], pending=None)


def fill(state: Dialogue, *slots: Slot) -> Dialogue:
    """Write values into the top frame; a changed value voids what waited for a yes."""
    if state.top is None or not slots:
        return state
    kinds, names = {kind_of(one) for one in slots}, {name_of(one) for one in slots}
    kept = tuple(one for one in state.top.slots if kind_of(one) not in kinds)
    asked = state.top.asked
    if asked is not None and asked.slot in names:
        asked = None
    top = msgspec.structs.replace(state.top, slots=(*kept, *slots)[-MOST_SLOTS:], asked=asked)
    return msgspec.structs.replace(state, frames=(top, *state.frames[1:]), pending=None)


def forget(state: Dialogue, *names: str) -> Dialogue:
    """Drop values of the top frame ("any colour is fine")."""
    if state.top is None:
        return state
    kept = tuple(one for one in state.top.slots if name_of(one) not in names)
    top = msgspec.structs.replace(state.top, slots=kept)
    return msgspec.structs.replace(state, frames=(top, *state.frames[1:]), pending=None)


def ask(state: Dialogue, slot: SlotName, labels: tuple[str, ...] = ()) -> Dialogue:
    """The top frame waits for this; asking the same again counts up."""
    if state.top is None:
        return state
    before = state.top.asked
    times = before.times + 1 if before is not None and before.slot == slot else 1
    top = msgspec.structs.replace(state.top, asked=Asked(slot, times, labels[:MOST_PRODUCTS]))
    return msgspec.structs.replace(state, frames=(top, *state.frames[1:]))


def asked_again(state: Dialogue, times: int) -> Dialogue:
    """The open question was put this often by now, whatever came in between."""
    if state.top is None or state.top.asked is None:
        return state
    asked = msgspec.structs.replace(state.top.asked, times=times)
    top = msgspec.structs.replace(state.top, asked=asked)
    return msgspec.structs.replace(state, frames=(top, *state.frames[1:]))


def propose(state: Dialogue, pending: Pending) -> Dialogue:
    """A write was shown and waits for a yes; the one before is void."""
    return msgspec.structs.replace(state, pending=pending)


def seek(
    state: Dialogue,
    slots: tuple[Slot, ...],
    listed: tuple[int, ...] = (),
    narrowed: tuple[str, ...] = (),
) -> Dialogue:
    """This was sought now; these were shown of it so far, and this was asked about it."""
    return msgspec.structs.replace(
        state,
        search=slots[-MOST_SLOTS:],
        listed=listed[-MOST_VARIANTS:],
        narrowed=narrowed[-MOST_PRODUCTS:],
    )


def prove(state: Dialogue, order_id: int) -> Dialogue:
    """The shopper knew what only the buyer of this order knows."""
    known = tuple(one for one in state.proved if one != order_id)
    return msgspec.structs.replace(state, proved=(*known, order_id)[-MOST_PRODUCTS:])


def suggest(state: Dialogue, product_ids: tuple[int, ...]) -> Dialogue:
    """These were offered unasked."""
    every = tuple(dict.fromkeys((*state.suggested, *product_ids)))
    return msgspec.structs.replace(
        state, suggested=every[-MOST_VARIANTS:], suggested_turn=state.turn
    )


def _variants(product: ShownProduct) -> tuple[ShownVariant, ...]:
    first = [one for one in product.variants if one.id == product.variant_id]
    rest = [one for one in product.variants if one.id != product.variant_id]
    if len(product.variants) <= MOST_VARIANTS:
        return product.variants
    return tuple([*first, *rest][:MOST_VARIANTS])
