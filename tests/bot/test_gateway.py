"""Nothing is written but through the gate, and what needs a yes only after one."""

import json
from contextlib import closing

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.bot import gateway
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.gateway import WAITS, Gateway, MustWrite, agreed, proposal
from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.listeners import announce_orders
from kaiwa.orders.cancellation import CancelOrder
from kaiwa.orders.cart import AddToCart, CreateCart, show_cart
from kaiwa.orders.command import Command
from kaiwa.orders.import_orders import read_order, take_order
from kaiwa.orders.order import order, order_by_number
from kaiwa.vocabulary.errors import NotAllowed, NotFound
from tests.bot.talking import NOW, Counter, Talk

SHOP = Counter(faq=())
MAIL = "hana@example.com"
TOLD = {
    "number": "1024",
    "email": MAIL,
    "phone": "090-1234-5678",
    "name": "花子",
    "placed_at": "2026-10-30T01:00:00Z",
    "lines": [{"sku": "CUP", "quantity": 1, "price": "2200"}],
    "status": "unfulfilled",
    "address": "東京都台東区谷中1-1-1",
}


def order_id(shop: Counter = SHOP) -> int:
    """The order 1024, imported once."""
    known = shop.db.read_now(lambda s: order_by_number(s, shop.merchant.id, "1024"))
    if known is None:
        told = read_order(json.dumps(TOLD))
        shop.db.write_now(lambda s: take_order(s, shop.merchant, told, NOW))
        known = shop.db.read_now(lambda s: order_by_number(s, shop.merchant.id, "1024"))
    assert known is not None
    return known


def command(talk: Talk) -> Command:
    return Command(SHOP.merchant.id, f"customer:{talk.who.customer_id}", "web_chat", NOW)


class Unknown(msgspec.Struct, frozen=True):
    """No write of the bot's."""


@pytest.mark.parametrize(
    ("write", "own", "yes"),
    [
        (Unknown(), True, True),
        (CancelOrder(1), False, True),
        (CancelOrder(1), True, False),
    ],
)
def test_what_is_unknown_not_owned_or_not_agreed_is_refused(write, own, yes) -> None:
    talk = SHOP.talk()
    with pytest.raises(NotAllowed):
        SHOP.db.write_now(
            lambda s: Gateway(s, announce_orders, writing=True).run(
                command(talk), write, own=own, agreed=yes
            )
        )


def test_a_reading_turn_writes_nothing() -> None:
    talk = SHOP.talk()
    with pytest.raises(MustWrite):
        SHOP.db.read_now(
            lambda s: Gateway(s, announce_orders, writing=False).run(
                command(talk), CreateCart(talk.who.customer_id)
            )
        )


def test_what_a_verb_refuses_leaves_the_rest_of_the_turn() -> None:
    talk = SHOP.talk()

    def turn(session):
        gate = Gateway(session, announce_orders, writing=True)
        cart = gate.run(command(talk), CreateCart(talk.who.customer_id))
        with pytest.raises(NotFound):
            gate.run(command(talk), AddToCart(cart.id, 999_999))
        return cart.id, gate.done

    cart_id, done = SHOP.db.write_now(turn)
    cart = SHOP.db.read_now(lambda s: show_cart(s, command(talk), cart_id))
    assert (cart.lines, done) == ((), ["CreateCart"])


def test_a_yes_is_to_one_proposal_of_exactly_this() -> None:
    write, shown = CancelOrder(7, "要らなくなった"), "1024を取り消します"
    pending = proposal("cancel_order", write, shown, (3, NOW))
    state = Dialogue(turn=4, pending=pending)
    assert agreed(state, pending.id, write, shown, NOW)
    assert not agreed(state, "another", write, shown, NOW)
    assert not agreed(state, pending.id, CancelOrder(8, "要らなくなった"), shown, NOW)
    assert not agreed(state, pending.id, write, "1024を取り消します。500円かかります", NOW)
    assert not agreed(state, pending.id, write, shown, NOW + WAITS)
    assert not agreed(msgspec.structs.replace(state, turn=3), pending.id, write, shown, NOW)
    assert not agreed(Dialogue(turn=4), pending.id, write, shown, NOW)


SAID = (
    "1024をキャンセルしたいです",
    "注文を取り消して",
    "届け先を 110-0001 東京都台東区谷中2-2-2 に変えてください",
    "返品したいです",
    "理由は気が変わったからです",
    "はい",
    "はい、でも待って",
    "いいえ",
    "大丈夫です",
    "やっぱりやめます",
    "送料はいくらですか",
    "yes",
    "yes but not now",
    "cancel my order",
    "1024",
    "お願いします",
    "こんにちは",
)


TALKS = st.lists(st.sampled_from(SAID), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_no_order_is_touched_without_a_yes_to_what_was_shown(said) -> None:
    talk_it_through(SHOP, said)


def test_nor_on_postgresql(postgres_url) -> None:
    shop = Counter(faq=(), url=postgres_url)

    @settings(max_examples=15, deadline=None)
    @given(TALKS)
    def spoken(said) -> None:
        talk_it_through(shop, said)

    with closing(shop.db):
        spoken()


def talk_it_through(shop: Counter, said: list[str]) -> None:
    """Says all of it; whatever is written was shown before and said yes to."""
    order_id(shop)
    done: list[str] = []
    whole = Gateway.run

    def watched(self, command, write, *, agreed=False, own=False):
        if not gateway.TOOLS[type(write)].confirm:
            return whole(self, command, write, agreed=agreed, own=own)
        if agreed and own:
            done.append(type(write).__name__)
        raise NotAllowed("That is enough to know.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gateway, "run", watched)
        talk = shop.talk(MAIL)
        for text in said:
            waited = talk.state.pending is not None
            before = len(done)
            talk.say(text)
            if len(done) > before:
                assert waited, f"{text} wrote what was never shown"
                assert "yes" in (verdict(text, "ja"), verdict(text, "en")), text


def test_and_a_yes_does_it() -> None:
    order_id()
    talk = SHOP.talk(MAIL)
    shown = talk.say("1024をキャンセルしたいです")
    assert "cancel_order" in shown.acts
    for _ in range(2):
        if talk.state.pending is None:
            talk.say("気が変わったからです")
    done = talk.say("はい")
    assert done.order == "1024"
    known = order_id()
    found = SHOP.db.read_now(lambda s: order(s, SHOP.merchant.id, known))
    assert found.state == "cancelled"
