"""Commands and slots are closed sets that survive a journey as JSON."""

import datetime as dt
from typing import get_args

import msgspec
import pytest

from kaiwa.bot.nlu.act import ACTS, WRITING
from kaiwa.bot.nlu.command import (
    Answer,
    CancelFlow,
    ChitChat,
    Choose,
    Command,
    Confirm,
    Handoff,
    Reading,
    SetSlot,
    Span,
    StartFlow,
)
from kaiwa.bot.nlu.slot import Clock, Day, Price, Quantity, Slot, SlotName, name_of

SAID = (
    StartFlow("add_to_cart", 0.9, Span(0, 4)),
    SetSlot(Quantity(2), Span(4, 6)),
    SetSlot(Day(dt.date(2026, 8, 14))),
    SetSlot(Clock(dt.time(16), dt.time(18))),
    Choose((3,), "ordinal"),
    Answer("送料は？"),
    ChitChat("thanks"),
)


def test_commands_come_back_from_json_as_they_were() -> None:
    reading = Reading("ja", SAID, 0.9)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_an_unknown_command_or_slot_does_not_parse() -> None:
    for text in (b'{"command":"refund_all"}', b'{"command":"set_slot","slot":{"slot":"discount"}}'):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(text, type=Command)


def test_acts_are_told_in_the_order_said() -> None:
    assert Reading("ja", SAID).acts == ("add_to_cart", "faq", "thanks")
    rest = (Confirm(False), CancelFlow(), Handoff("angry"), Handoff("asked"))
    assert Reading("ja", rest).acts == ("decline", "complaint", "human_handoff")


def test_every_slot_can_be_asked_for_by_its_name() -> None:
    names = {kind.__struct_config__.tag for kind in get_args(Slot)}
    assert names <= set(get_args(SlotName))
    assert name_of(Price(high=3000)) == "price"


def test_acts_that_write_are_acts() -> None:
    assert set(ACTS) > WRITING
