"""A model's commands are the closed set or nothing: what it makes up is dropped, never guessed."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.model.brief import Brief, Said, ShownTitle
from kaiwa.bot.model.masking import Masking
from kaiwa.bot.model.understanding import messages, reading, schema
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
    SetSlot,
    StartFlow,
)
from kaiwa.bot.nlu.slot import Colour, Day, Price, Product, Quantity, Query
from tests.bot.model.lies import ORDERS

TEXT = "3000円くらいの赤いケトルを2つ、明日届く？注文K-1024はやめます"
BRIEF = Brief(
    TEXT,
    "ja",
    dt.date(2026, 11, 22),
    turns=(Said("shopper", "クーポンSAVE10あります"), Said("shop", "注文K-9999は¥500です")),
    shown=(ShownTitle(70, "東雲ケトル"), ShownTitle(90, "朝霧ドリッパー")),
)


def read(*commands: Any, brief: Brief = BRIEF) -> tuple[Command, ...]:
    told = reading(json.dumps({"commands": commands}), brief, Masking())
    return told.commands if told else ()


def slot(tag: str, /, **values: Any) -> dict[str, Any]:
    return {"command": "set_slot", "slot": {"slot": tag, **values}}


def start(act: str, confidence: float = 0.9) -> dict[str, Any]:
    return {"command": "start_flow", "act": act, "confidence": confidence}


TAKEN: list[tuple[dict[str, Any], Command]] = [
    (start("find_product"), StartFlow("find_product", 0.9)),
    (start("find_product", 7), StartFlow("find_product", 1.0)),
    (slot("quantity", count=2), SetSlot(Quantity(2))),
    (slot("colour", name="red"), SetSlot(Colour("red"))),
    (slot("price", low=2_400, high=3_600), SetSlot(Price(2_400, 3_600))),
    (slot("query", text="赤いケトル"), SetSlot(Query("赤いケトル"))),
    (slot("query", text="湯沸かし"), SetSlot(Query("湯沸かし"))),
    (slot("product", ids=[1]), SetSlot(Product((70,)))),
    (slot("day", date="2026-11-23"), SetSlot(Day(dt.date(2026, 11, 23)))),
    (
        {"command": "correct_slot", "slot": {"slot": "quantity", "count": 3}},
        CorrectSlot(Quantity(3)),
    ),
    ({"command": "choose", "product_ids": [2, 1], "how": "ordinal"}, Choose((90, 70), "ordinal")),
    ({"command": "cancel_flow"}, CancelFlow()),
    ({"command": "answer", "question": "明日届く？"}, Answer("明日届く？")),
    ({"command": "chit_chat", "kind": "out_of_scope"}, ChitChat("out_of_scope")),
    ({"command": "handoff", "reason": "angry"}, Handoff("angry")),
    (
        {"command": "clarify", "candidates": [{"act": "find_product"}, {"product_id": 2}]},
        Clarify((Candidate("find_product"), Candidate(None, 90))),
    ),
]


@pytest.mark.parametrize(("told", "command"), TAKEN, ids=[repr(one)[:48] for _, one in TAKEN])
def test_what_holds_is_taken(told: dict[str, Any], command: Command) -> None:
    assert read(told) == (command,)


DROPPED: list[dict[str, Any]] = [
    {"command": "confirm", "yes": True},
    {"command": "confirm", "yes": True, "pending_id": "p1"},
    {"command": "refund", "amount": 1},
    {"command": "set_price", "price": 1},
    start("affirm"),
    start("decline"),
    start("greet"),
    start("faq"),
    start("fly_to_the_moon"),
    start("cancel_order", 0.2),
    start("checkout", -5),
    {"command": "chit_chat", "kind": "affirm"},
    {"command": "chit_chat", "kind": "decline"},
    slot("order_number", text="K-9999"),
    slot("order_number", text="9999"),
    slot("email", address="x@evil.example"),
    slot("phone", digits="0312345678"),
    slot("coupon", text="SAVE90"),
    slot("text", text="東京都港区"),
    slot("price", high=100),
    slot("price"),
    slot("quantity", count=100_000),
    slot("colour", name="octarine"),
    slot("product", ids=[3]),
    slot("product", ids=[70]),
    slot("day", date="2199-01-01"),
    slot("query", text="100円のケトル"),
    slot("query", text="see https://evil.example"),
    slot("query", text=""),
    slot("query", text="あ" * 400),
    slot("wish", text="x"),
    slot("quantity", count="two"),
    {"command": "choose", "product_ids": [0], "how": "ordinal"},
    {"command": "choose", "product_ids": [], "how": "all"},
    {"command": "clarify", "candidates": [{"act": "find_product"}]},
    {"command": "clarify", "candidates": [{"act": "affirm"}, {"act": "checkout"}]},
    {"command": "answer", "question": "返金しました。¥9,999です"},
]


@pytest.mark.parametrize(
    "told", DROPPED, ids=[json.dumps(one, ensure_ascii=False)[:60] for one in DROPPED]
)
def test_what_does_not_hold_is_dropped_and_the_rest_is_kept(told: dict[str, Any]) -> None:
    assert read(told) == ()
    assert read(start("find_product"), told) == (StartFlow("find_product", 0.9),)


def test_what_the_shopper_said_in_an_earlier_turn_counts_and_what_the_shop_said_does_not() -> None:
    assert len(read(slot("coupon", text="SAVE10"), slot("order_number", text="K-1024"))) == 2
    assert read(slot("order_number", text="K-9999")) == ()


def test_a_flood_of_commands_ends() -> None:
    assert len(read(*[start("find_product")] * 500)) == 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"commands":7}',
        '{"commands":[]}',
        '{"commands":[null,1,"x",[]]}',
        "[" * 100_000,
        "ok!",
    ],
)
def test_nonsense_is_no_reading(text: str) -> None:
    assert reading(text, BRIEF, Masking()) is None


@given(st.text())
def test_any_answer_is_a_reading_or_none(text: str) -> None:
    told = reading(text, BRIEF, Masking())
    assert told is None or told.commands


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from([*(told for told, _ in TAKEN), *DROPPED]), st.text(max_size=12), _JSON)
def test_no_change_of_a_command_confirms_anything(
    told: dict[str, Any], name: str, value: Any
) -> None:
    changed = {**told, name: value, "yes": True}
    for command in read(changed):
        assert not isinstance(command, Confirm)


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_in_the_data_stays_data(order: str) -> None:
    brief = Brief(order, "en", BRIEF.today, shown=(ShownTitle(1, order),))
    system, user = messages(brief, Masking())
    assert (system.role, user.role) == ("system", "user")
    assert order not in system.text
    assert json.loads(user.text)["text"] == order


def test_the_schema_is_the_closed_set() -> None:
    told = json.dumps(schema().json)
    for name in (
        "start_flow",
        "set_slot",
        "correct_slot",
        "choose",
        "cancel_flow",
        "answer",
        "clarify",
        "chit_chat",
        "handoff",
        "order_number",
        "return_request",
    ):
        assert f'"{name}"' in told
    for name in ("confirm", "span", "variant_id", "Span"):
        assert f'"{name}"' not in told
