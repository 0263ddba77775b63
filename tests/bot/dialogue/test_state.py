"""The dialogue state stays small and true."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.bot.dialogue.state import (
    MOST_FRAMES,
    MOST_PRODUCTS,
    MOST_SHOWINGS,
    MOST_VARIANTS,
    Dialogue,
    Frame,
    Pending,
    ShownProduct,
    ShownVariant,
    ask,
    choose,
    close_frame,
    fill,
    forget,
    next_turn,
    open_frame,
    propose,
    show,
)
from kaiwa.bot.nlu.slot import Colour, Quantity, Size

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def product(number: int, variants: int = 1) -> ShownProduct:
    sold = tuple(ShownVariant(number * 1000 + at, 100) for at in range(variants))
    return ShownProduct(number, f"product {number}", sold, sold[-1].id)


def pending(state: Dialogue) -> Dialogue:
    return propose(state, Pending("p1", "add_to_cart", state.turn, NOW + timedelta(minutes=5)))


def test_one_product_shown_is_what_it_means() -> None:
    state = show(next_turn(Dialogue(), "ja"), (product(7),))
    assert (state.focus, state.focus_variant) == ((7,), 7000)
    several = show(next_turn(state, "ja"), (product(1), product(2)))
    assert several.focus == (7,)
    assert [one.id for one in several.shown] == [1, 2]
    assert choose(several, (2,)).focus == (2,)


def test_the_variant_on_the_card_is_kept_when_there_are_too_many() -> None:
    kept = show(Dialogue(), (product(1, MOST_VARIANTS + 9),)).shown[0]
    assert len(kept.variants) == MOST_VARIANTS
    assert kept.variants[0].id == kept.variant_id == 1000 + MOST_VARIANTS + 8


def test_a_changed_value_voids_what_waited_for_a_yes() -> None:
    state = open_frame(Dialogue(), Frame("add_to_cart", (Quantity(1), Size("M"))))
    state = fill(pending(state), Quantity(2))
    assert state.pending is None
    assert state.top is not None
    assert state.top.slots == (Size("M"), Quantity(2))
    assert forget(state, "size").top == Frame("add_to_cart", (Quantity(2),))


def test_a_question_is_open_until_it_is_answered() -> None:
    state = ask(open_frame(Dialogue(), Frame("add_to_cart")), "size", ("S", "M"))
    again = ask(state, "size", ("S", "M"))
    assert again.asked is not None
    assert again.asked.times == 2
    assert fill(again, Colour("red")).asked == again.asked
    assert fill(again, Size("M")).asked is None


def test_a_digression_returns_to_the_frame_below() -> None:
    state = ask(open_frame(Dialogue(), Frame("checkout")), "address")
    state = open_frame(state, Frame("order_status"))
    assert state.asked is None
    back = close_frame(state)
    assert back.top is not None
    assert (back.top.act, back.top.asked and back.top.asked.slot) == ("checkout", "address")


def test_without_a_frame_nothing_can_be_filled_or_asked() -> None:
    empty = Dialogue()
    assert fill(empty, Quantity(1)) == ask(empty, "size") == forget(empty, "size") == empty


@given(st.lists(st.sampled_from(["show", "open", "fill", "ask", "close", "propose"]), max_size=60))
def test_no_order_of_verbs_makes_it_grow_or_unreadable(verbs: list[str]) -> None:
    state = Dialogue()
    acts = ["checkout", "find_product", "compare", "review", "add_to_cart", "order_status"]
    for at, verb in enumerate(verbs):
        state = next_turn(state, "en")
        match verb:
            case "show":
                state = show(state, tuple(product(n, 50) for n in range(at, at + 15)))
            case "open":
                state = open_frame(state, Frame(acts[at % 6]))  # type: ignore[arg-type]
            case "fill":
                state = fill(state, *(Quantity(n) for n in range(50)))
            case "ask":
                state = ask(state, "size", ("S",) * 40)
            case "close":
                state = close_frame(state)
            case "propose":
                state = pending(state)
    assert len(state.showings) <= MOST_SHOWINGS
    assert all(len(one.products) <= MOST_PRODUCTS for one in state.showings)
    assert len(state.frames) <= MOST_FRAMES
    assert msgspec.json.decode(msgspec.json.encode(state), type=Dialogue) == state
