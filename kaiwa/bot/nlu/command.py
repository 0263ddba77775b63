"""The closed set of commands: all that an understander, of rules or of a model, can tell the bot.

An understander never acts. It emits these, a deterministic executor does the rest. Adding one is
a decision record. Spans point into the shopper's own text, so that a reader can see the evidence.
"""

from typing import Literal, TypeAlias

import msgspec

from kaiwa.bot.nlu.act import Act, ChitChatKind
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.slot import Slot
from kaiwa.vocabulary.language import Language

How: TypeAlias = Literal[
    "ordinal", "colour", "size", "price", "recency", "kind", "name", "all", "button", "undo"
]
Why: TypeAlias = Literal["asked", "unsure", "angry", "content", "language"]


class Span(msgspec.Struct, frozen=True):
    """Where in the shopper's text: `[begin, end)` in characters of the text as it was sent."""

    begin: int
    end: int


class StartFlow(msgspec.Struct, frozen=True, tag="start_flow", tag_field="command"):
    """Begin serving an act. Several in a turn stand in the order said."""

    act: Act
    confidence: float = 1.0
    span: Span | None = None


class SetSlot(msgspec.Struct, frozen=True, tag="set_slot", tag_field="command"):
    """A value for the act before it in the turn, else for the open frame."""

    slot: Slot
    span: Span | None = None
    confidence: float = 1.0


class CorrectSlot(msgspec.Struct, frozen=True, tag="correct_slot", tag_field="command"):
    """A value that replaces one given before ("やっぱり2個で"); voids a pending confirmation."""

    slot: Slot
    span: Span | None = None
    confidence: float = 1.0


class Confirm(msgspec.Struct, frozen=True, tag="confirm", tag_field="command"):
    """Yes or no to what is pending. Only the deterministic reader or a button may emit it.

    `pending_id` is the proposal that the shopper saw; None means the one that is open.
    """

    yes: bool
    pending_id: str | None = None


class Choose(msgspec.Struct, frozen=True, tag="choose", tag_field="command"):
    """Products (by id) among those shown, in the order meant; `variant_id` when one is meant."""

    product_ids: tuple[int, ...]
    how: How
    variant_id: int | None = None
    span: Span | None = None


class CancelFlow(msgspec.Struct, frozen=True, tag="cancel_flow", tag_field="command"):
    """Drop the top frame and its pending confirmation."""


class Answer(msgspec.Struct, frozen=True, tag="answer", tag_field="command"):
    """Answer a question: about the shop (`faq`), or about products (`product_question`)."""

    question: str
    act: Literal["faq", "product_question"] = "faq"
    confidence: float = 1.0
    span: Span | None = None


class Candidate(msgspec.Struct, frozen=True):
    """One thing that may have been meant: an act, or a product."""

    act: Act | None = None
    product_id: int | None = None
    confidence: float = 0.0


class Clarify(msgspec.Struct, frozen=True, tag="clarify", tag_field="command"):
    """Two or three candidates; they become buttons."""

    candidates: tuple[Candidate, ...]
    span: Span | None = None


class ChitChat(msgspec.Struct, frozen=True, tag="chit_chat", tag_field="command"):
    """A courtesy, or something that is no matter of the shop.

    `near` are the acts that it would likeliest be if it were one, likeliest first.
    """

    kind: ChitChatKind
    confidence: float = 1.0
    span: Span | None = None
    near: tuple[Candidate, ...] = ()


class Handoff(msgspec.Struct, frozen=True, tag="handoff", tag_field="command"):
    """Fetch a person."""

    reason: Why
    confidence: float = 1.0


Command: TypeAlias = (
    StartFlow
    | SetSlot
    | CorrectSlot
    | Confirm
    | Choose
    | CancelFlow
    | Answer
    | Clarify
    | ChitChat
    | Handoff
)


class Reading(msgspec.Struct, frozen=True):
    """What understanding made of a text: commands in the order said.

    `confidence` is that of the least sure act, 0..1; below the language's threshold there is a
    `Clarify` or an out-of-scope `ChitChat` instead of a guess. `whole` are the chances of the
    whole text as the ranker sees it and `masked` is what it saw, where it was asked at all.
    """

    language: Language
    commands: tuple[Command, ...]
    confidence: float = 1.0
    whole: tuple[Chance, ...] = ()
    masked: str = ""

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts of the commands, in the order said and each once."""
        return tuple(dict.fromkeys(act for one in self.commands if (act := _act_of(one))))


def _act_of(command: Command) -> str | None:
    match command:
        case StartFlow(act=act) | Answer(act=act):
            return act
        case ChitChat(kind=kind):
            return kind
        case Confirm(yes=yes):
            return "affirm" if yes else "decline"
        case CancelFlow():
            return "decline"
        case Handoff(reason=reason):
            return "complaint" if reason == "angry" else "human_handoff"
        case _:
            return None
