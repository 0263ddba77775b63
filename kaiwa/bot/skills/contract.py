"""What a skill is: a name, the acts it serves, and how it serves one.

A skill is a plain function from a `Case` to an `Outcome`. It reads what it needs from `case.shop`,
writes through it, and says what is to be remembered; the frames, the questions asked again and
the counting of misunderstandings are the executor's (`kaiwa/bot/respond.py`).
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from kaiwa.bot import payloads
from kaiwa.bot.dialogue.state import Dialogue, Frame, Pending
from kaiwa.bot.gateway import agreed, proposal
from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.nlu.slot import Product, Slot, SlotName
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.showing import Item
from kaiwa.bot.turn import HandoffWish, Turn
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.languages.strings import say, say_as
from kaiwa.orders.order import Order
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Block, Buttons, QuickReplies, ReplyAction, TextBlock

S = TypeVar("S", bound=Slot)

_LABEL_WIDTH: Final = 28
_LABEL_LENGTH: Final = 20


class Asks(msgspec.Struct, frozen=True):
    """What the skill waits for; `labels` are its buttons."""

    slot: SlotName
    labels: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """What a skill wants said, and what is to be remembered of it.

    With `asks` or `proposes` the skill is served again with the next turn; without, it is done.
    `frame` replaces the open one, when the skill has learnt what it will need again.
    `items` were shown, in order, or `offered` to be chosen from; `focus` is what "it" means from
    here; `search` is what was sought, `listed` all that was shown of it and `narrowed` what was
    asked about it; `suggested` were
    offered unasked; `wanted` are options told of what is in focus; `proved` is an order whose
    buyer this turned out to be, `order` one spoken of.
    """

    blocks: tuple[Block, ...]
    asks: Asks | None = None
    proposes: Pending | None = None
    frame: Frame | None = None
    items: tuple[Item, ...] = ()
    offered: tuple[Item, ...] = ()
    focus: tuple[int, ...] = ()
    focus_variant: int | None = None
    search: tuple[Slot, ...] | None = None
    listed: tuple[int, ...] = ()
    narrowed: tuple[str, ...] = ()
    suggested: tuple[int, ...] = ()
    wanted: tuple[Slot, ...] = ()
    proved: int | None = None
    order: Order | None = None
    placed: str | None = None
    handoff: HandoffWish | None = None
    faq: tuple[str, ...] = ()
    answered: bool = True
    misunderstood: bool = False


class Case(msgspec.Struct, frozen=True):
    """One request of a turn: all a skill needs.

    `frame` has every value told for it so far, in this turn and before; `yes_to` is the proposal
    that the shopper just agreed to.
    """

    turn: Turn
    language: Language
    request: Request
    state: Dialogue
    frame: Frame
    shop: Shop
    yes_to: str | None = None
    findings: Findings = Findings()

    def say(self, key: str, **values: object) -> str:
        """The sentence in the language of the reply; `{shop}` and `{bot}` are known."""
        return self.say_in(self.language, key, **values)

    def say_in(self, language: Language, key: str, **values: object) -> str:
        """The same in a language of choice; always in the shop's manner."""
        merchant = self.shop.merchant
        name = merchant.name or say("shop.name", language)
        manner = merchant.settings.voice.manner
        known = {"shop": name, "bot": merchant.settings.bot_name}
        return say_as(manner, key, language, **known, **values)

    def slot(self, kind: type[S]) -> S | None:
        """The value of that kind, from this turn or the ones before."""
        return next((one for one in self.frame.slots if isinstance(one, kind)), None)

    @property
    def pointed(self) -> tuple[int, ...]:
        """The products meant: chosen, else named, else in focus, else the only one shown."""
        if self.frame.product_ids:
            return tuple(dict.fromkeys(self.frame.product_ids))
        named = self.slot(Product)
        if named is not None:
            return tuple(dict.fromkeys(named.ids))
        if self.state.focus:
            return self.state.focus
        return (self.state.shown[0].id,) if len(self.state.shown) == 1 else ()

    def as_before_this_turn(self) -> "Case":
        """The case without what was said and looked at in this turn: a question put once more."""
        before = self.turn.state
        state = replace(
            self.state,
            wanted=before.wanted,
            focus=before.focus,
            focus_variant=before.focus_variant,
        )
        return replace(self, turn=replace(self.turn, text=""), state=state)

    @property
    def is_once_more(self) -> bool:
        """Whether the open question is only put once more: nothing was said that answers it."""
        return not self.turn.text and not self.request.question and self.request.how is None

    def listed(self, words: Iterable[str]) -> str:
        """The words one after the other, as this language lists them."""
        return ("、" if self.language == "ja" else ", ").join(words)

    def agreed(self, write: msgspec.Struct, shown: str) -> bool:
        """Whether the shopper just said yes to exactly this write, with this effect shown."""
        return agreed(self.state, self.yes_to, write, shown, self.shop.now)

    def propose(self, write: msgspec.Struct, shown: str, more: Sequence[Block] = ()) -> "Outcome":
        """Show what the write would do, and wait for a yes; `shown` is the sentence shown."""
        act: Act = self.frame.act
        pending = proposal(act, write, shown, (self.state.turn, self.shop.now))
        buttons = Buttons(text=shown, actions=self.yes_or_no(pending.id), alt_text=shown)
        return Outcome((*more, buttons), proposes=pending)

    def yes_or_no(self, pending_id: str) -> tuple[ReplyAction, ReplyAction]:
        """The two buttons under a proposal."""
        yes, no = self.say("choice.yes"), self.say("choice.no_change")
        return (
            ReplyAction(label=yes, text=yes, payload=payloads.agree(pending_id, yes=True)),
            ReplyAction(label=no, text=no, payload=payloads.agree(pending_id, yes=False)),
        )

    def ask(
        self, slot: SlotName, text: str, labels: Sequence[str] = (), more: Sequence[Block] = ()
    ) -> "Outcome":
        """Ask for a value, with what can be pressed instead of typed."""
        buttons = tuple(ReplyAction(label=label(one), text=one) for one in labels)
        return Outcome((*more, *said(text), *offer(buttons)), asks=Asks(slot, tuple(labels)))


class Skill(msgspec.Struct, frozen=True):
    """One ability. `serve` may raise what the shop's verbs raise: the executor apologises."""

    name: str
    acts: tuple[str, ...]
    serve: Callable[[Case], Outcome]


def said(text: str) -> tuple[TextBlock, ...]:
    """One block of plain sentences."""
    return (TextBlock(text=text),)


def suggestions(entries: Iterable[FaqEntry]) -> tuple[ReplyAction, ...]:
    """Quick replies that ask these questions."""
    return tuple(
        ReplyAction(
            label=label(entry.question), text=entry.question, payload=payloads.faq(entry.id)
        )
        for entry in entries
    )


def offer(actions: tuple[ReplyAction, ...]) -> tuple[QuickReplies, ...]:
    """The block of these quick replies; nothing when there are none."""
    return (QuickReplies(actions=actions),) if actions else ()


def label(text: str) -> str:
    """`text` cut to what a quick reply can show."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _LABEL_WIDTH or at >= _LABEL_LENGTH:
            return text[: at - 1].rstrip() + "…"
    return text
