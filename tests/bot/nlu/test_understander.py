"""From what shoppers say, and what they saw before, to commands."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.bot.dialogue.state import (
    Dialogue,
    Frame,
    Pending,
    ShownProduct,
    ShownVariant,
    ask,
    next_turn,
    open_frame,
    propose,
    show,
)
from kaiwa.bot.nlu.act import WRITING
from kaiwa.bot.nlu.command import (
    Answer,
    CancelFlow,
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
from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.slot import Colour, Email, Exclude, OrderNumber, Price, Quantity, Size
from kaiwa.bot.nlu.understander import Context, Understander

TODAY = dt.date(2026, 11, 21)
LATER = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
KETTLE = ShownProduct(
    1,
    "東雲ケトル",
    (
        ShownVariant(11, 8800, "藍", ("blue",)),
        ShownVariant(12, 8800, "白", ("white",)),
    ),
    11,
    "ケトル",
)
TEAPOT = ShownProduct(2, "Clay teapot", (ShownVariant(21, 4200, "red", ("red",)),), 21, "teapot")
SHOES = ShownProduct(
    3,
    "スニーカー ライト",
    (
        ShownVariant(31, 6600, "黒 / M", ("black",), "M"),
        ShownVariant(32, 6600, "赤 / L", ("red",), "L"),
    ),
    31,
    "靴",
)
NEW = next_turn(Dialogue(), "ja")
LIST = show(NEW, (KETTLE, TEAPOT, SHOES))
ONE = show(next_turn(LIST, "ja"), (KETTLE,))
BUYING = open_frame(ONE, Frame("add_to_cart", (Quantity(1),)))
PROPOSED = propose(BUYING, Pending("p9", "add_to_cart", 2, LATER))
ASKED = ask(open_frame(ONE, Frame("add_to_cart")), "size", ("S", "M", "L"))


@cache
def understander() -> Understander:
    return Understander(Models())


def read(text: str, state: Dialogue = NEW) -> Reading:
    return understander().read(text, Context(state, "ja", TODAY))


def bare(commands: tuple[Command, ...]) -> list[object]:
    """Commands without where and how sure: kinds with what matters, slots as they are."""
    told: list[object] = []
    for one in commands:
        match one:
            case StartFlow(act=act) | Answer(act=act):
                told.append(act)
            case SetSlot(slot=slot):
                told.append(slot)
            case CorrectSlot(slot=slot):
                told.append(("corrected", slot))
            case Choose(product_ids=ids, variant_id=variant):
                told.append((ids, variant))
            case Confirm(yes=yes, pending_id=pending):
                told.append((yes, pending))
            case Handoff(reason=reason):
                told.append(reason)
            case other:
                told.append(type(other).__name__)
    return told


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("こんにちは、送料はいくらですか？", ("greet", "faq")),
        ("hi! also how long does shipping take?", ("greet", "faq")),
        ("ふざけるな、まだ届かないんだけど", ("complaint", "order_status")),
        ("カートの中身見せて、それと注文をキャンセルしたい", ("view_cart", "cancel_order")),
        ("can you cancel order 10023 and refund me", ("cancel_order", "return_request")),
        ("再入荷したら教えて", ("restock_alert",)),
        ("人に代わって", ("human_handoff",)),
        ("今日の天気は？", ("out_of_scope",)),
        ("tell me a joke", ("out_of_scope",)),
        ("is there parking nearby", ("out_of_scope",)),
    ],
)
def test_several_wishes_are_told_in_order(text: str, acts: tuple[str, ...]) -> None:
    assert read(text).acts == acts


@pytest.mark.parametrize(
    ("state", "text", "told"),
    [
        (LIST, "2番目のやつをカートに入れて", [((2,), 21), "add_to_cart"]),
        (LIST, "安い方ください", [((2,), 21), "add_to_cart"]),
        (LIST, "1と3を比べて", [((1, 3), None), "compare"]),
        (
            LIST,
            "what's the difference between the first and the last?",
            [((1, 3), None), "compare"],
        ),
        (LIST, "両方カートに入れて、会計お願いします", [((1, 2), None), "add_to_cart", "checkout"]),
        (LIST, "スニーカーは防水ですか", [((3,), None), "product_question"]),
        (LIST, "スニーカーの方を見せて", [((3,), None), "product_question"]),
        (LIST, "the second one", [((2,), 21), "product_question"]),
        (LIST, "青は？", ["refine", Colour("blue")]),
        (LIST, "not the red one", ["refine", Exclude(("red",))]),
        (LIST, "赤いのを2つください", ["Clarify", "add_to_cart", Colour("red"), Quantity(2)]),
        (ONE, "青は？", [((1,), 11), "product_question", Colour("blue")]),
        (ONE, "それを2個ください", [((1,), None), "add_to_cart", Quantity(2)]),
        (ONE, "さっきのスニーカーはいくら？", [((3,), None), "product_question"]),
        (BUYING, "やっぱり2個で", [("corrected", Quantity(2))]),
        (ASKED, "M", [Size("M")]),
        (ASKED, "Lでお願いします", [Size("L")]),
        (ASKED, "送料はいくら？", ["faq"]),
    ],
)
def test_what_was_shown_completes_what_is_said(
    state: Dialogue, text: str, told: list[object]
) -> None:
    assert bare(read(text, state).commands) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("はい", [(True, "p9")]),
        ("yes please", [(True, "p9")]),
        ("いいえ", [(False, "p9")]),
        ("大丈夫です", ["Clarify"]),
        ("結構です", ["Clarify"]),
        ("はい、でも白で", [("corrected", Colour("white"))]),
        ("yes but in blue", [("corrected", Colour("blue"))]),
        ("やっぱり3個にして", [("corrected", Quantity(3))]),
    ],
)
def test_only_a_plain_yes_confirms(text: str, told: list[object]) -> None:
    assert bare(read(text, PROPOSED).commands) == told


def test_a_yes_to_nothing_confirms_nothing() -> None:
    assert not any(isinstance(one, Confirm) for one in read("はい", ONE).commands)


@pytest.mark.parametrize(
    "text", ["カートに入れないで", "まだ注文しないでください", "don't add it to my cart"]
)
def test_a_wish_taken_back_starts_nothing(text: str) -> None:
    found = read(text, LIST).commands
    assert not any(isinstance(one, StartFlow) and one.act in WRITING for one in found)
    assert CancelFlow() in read("カートに入れないで", BUYING).commands


def test_a_number_told_by_itself_goes_to_the_wish() -> None:
    text = "サイズが合わなかったので交換したいです。注文番号 KW-2026-0007、email: A.b@Example.com"
    assert bare(read(text).commands) == [
        "return_request",
        OrderNumber("KW-2026-0007"),
        Email("a.b@example.com"),
    ]


def test_a_search_has_its_constraints() -> None:
    found = read("3,000円以下の靴を探しています").commands
    assert bare(found)[0] == "find_product"
    assert Price(high=3000) in bare(found)


def test_spans_point_at_what_was_said() -> None:
    text = "　それを ２個 ください"
    spans = [one.span for one in read(text, ONE).commands if isinstance(one, SetSlot)]
    assert [text[one.begin : one.end] for one in spans if isinstance(one, Span)] == ["２個"]


def test_the_open_questions_button_is_its_value() -> None:
    state = ask(open_frame(LIST, Frame("compare")), "choice", ("一つ目", "二つ目", "三つ目"))
    assert bare(read("二つ目", state).commands) == [((2,), None)]


def test_more_than_one_fit_is_asked_and_not_guessed() -> None:
    asked = [one for one in read("赤いのをください", LIST).commands if isinstance(one, Clarify)]
    assert [[one.product_id for one in question.candidates] for question in asked] == [[2, 3]]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([NEW, LIST, ONE, BUYING, PROPOSED, ASKED]))
def test_any_text_is_some_command_and_no_noise_confirms(text: str, state: Dialogue) -> None:
    reading = read(text, state)
    assert reading.commands
    assert 0 <= reading.confidence <= 1
