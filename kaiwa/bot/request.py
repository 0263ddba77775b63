"""What a shopper asks for in one turn: the understander's commands, each act with what is its own.

A choice made before an act and the values said after it belong to that act; values and choices
without an act belong to whatever is being served.
"""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

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
    How,
    Reading,
    SetSlot,
    Span,
    StartFlow,
)
from kaiwa.bot.nlu.slot import Product, Slot

S = TypeVar("S", bound=Slot)

CONTINUE = ""


class Request(msgspec.Struct, frozen=True):
    """One thing that is wanted. `act` is empty when it goes on with what is being served.

    `corrected` are names of values that replace what was said before; `chosen` are products
    pointed at among those shown; `question` is the act's own words. `near` is what a request that
    fits no act would likeliest be.
    """

    act: str
    slots: tuple[Slot, ...] = ()
    corrected: bool = False
    chosen: tuple[int, ...] = ()
    variant_id: int | None = None
    how: How | None = None
    question: str = ""
    confidence: float = 1.0
    yes: bool | None = None
    pending_id: str | None = None
    candidates: tuple[Candidate, ...] = ()
    near: tuple[Candidate, ...] = ()
    reason: str = ""

    def slot(self, kind: type[S]) -> S | None:
        """The value of that kind, if one was said."""
        return next((one for one in self.slots if isinstance(one, kind)), None)

    @property
    def names_one(self) -> bool:
        """Whether it speaks of one product by its name: "is there a blue Shizuku"."""
        named = self.slot(Product)
        return named is not None and len(named.ids) == 1

    @property
    def has_products(self) -> bool:
        """Whether it is only open which of some products is meant."""
        return any(one.product_id is not None for one in self.candidates)


def requests_of(reading: Reading, text: str) -> list[Request]:
    """The requests of a reading in the order said; at least one."""
    found: list[Request] = []
    waiting: Choose | None = None
    for at, command in enumerate(reading.commands):
        match command:
            case Choose():
                waiting = command
            case Clarify() if _of_products(command) and _has_act(reading.commands[at + 1 :]):
                waiting = Choose(_of_products(command), "name")
            case SetSlot(slot=slot):
                found = _with(found, slot, corrected=False)
            case CorrectSlot(slot=slot):
                found = _with(found, slot, corrected=True)
            case _:
                found.append(_pointing(_asked(command, text), waiting))
                waiting = None
    if waiting is not None:
        if found and not found[-1].chosen:
            found[-1] = _pointing(found[-1], waiting)
        else:
            found.append(_pointing(Request(CONTINUE), waiting))
    return found


def _of_products(command: Clarify) -> tuple[int, ...]:
    return tuple(one.product_id for one in command.candidates if one.product_id is not None)


def _has_act(commands: Sequence[Command]) -> bool:
    return any(isinstance(one, StartFlow | Answer) for one in commands)


def _with(found: list[Request], slot: Slot, *, corrected: bool) -> list[Request]:
    last = found[-1] if found else Request(CONTINUE)
    more = msgspec.structs.replace(
        last, slots=(*last.slots, slot), corrected=last.corrected or corrected
    )
    return [*found[:-1], more]


def _pointing(request: Request, choice: Choose | None) -> Request:
    if choice is None:
        return request
    return msgspec.structs.replace(
        request, chosen=choice.product_ids, variant_id=choice.variant_id, how=choice.how
    )


def _asked(command: Command, text: str) -> Request:
    match command:
        case StartFlow(act=act, confidence=sure, span=span):
            return Request(act, question=_words(text, span), confidence=sure)
        case Answer(question=question, act=act, confidence=sure):
            return Request(act, question=question, confidence=sure)
        case ChitChat(kind=kind, confidence=sure, span=span, near=near):
            return Request(kind, question=_words(text, span), confidence=sure, near=near)
        case Handoff(reason=reason, confidence=sure):
            act = "complaint" if reason == "angry" else "human_handoff"
            return Request(act, question=text, confidence=sure, reason=reason)
        case Confirm(yes=yes, pending_id=pending_id):
            return Request("affirm" if yes else "decline", yes=yes, pending_id=pending_id)
        case Clarify(candidates=candidates, span=span):
            return Request("clarify", question=_words(text, span), candidates=candidates)
        case CancelFlow():
            return Request("decline", yes=False)
        case _:
            raise AssertionError(command)


def _words(text: str, span: Span | None) -> str:
    return text if span is None else text[span.begin : span.end].strip()
