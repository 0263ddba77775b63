"""What a model is told to understand a text: the last turns, titles that are shown, what is open.

No prices, no stock, no records: a model that is told none can leak none and twist none.
"""

import datetime as dt
from typing import Literal

import msgspec

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.slot import SlotName
from kaiwa.vocabulary.language import Language

MOST_TURNS = 6
LONGEST_TURN = 300


class Said(msgspec.Struct, frozen=True):
    """One message of before."""

    by: Literal["shopper", "shop"]
    text: str


class ShownTitle(msgspec.Struct, frozen=True):
    """A product the shopper sees, in the order it is shown."""

    id: int
    title: str


class Brief(msgspec.Struct, frozen=True):
    """One text and what it is said into; `turns` oldest first.

    `asked` is the open question's slot and `labels` its buttons. `personal` are names and
    addresses that are known of the shopper: they never leave as they are.
    """

    text: str
    language: Language
    today: dt.date
    currency: str = "JPY"
    turns: tuple[Said, ...] = ()
    shown: tuple[ShownTitle, ...] = ()
    asked: SlotName | None = None
    labels: tuple[str, ...] = ()
    open_act: str | None = None
    personal: tuple[str, ...] = ()


def briefed(brief: Brief, state: Dialogue) -> Brief:
    """The brief with what the dialogue remembers: what is shown, asked and being served."""
    asked = state.asked
    return msgspec.structs.replace(
        brief,
        shown=tuple(ShownTitle(one.id, one.title) for one in state.shown),
        asked=asked.slot if asked else None,
        labels=asked.labels if asked else (),
        open_act=state.top.act if state.top else None,
    )
