"""A payment that answers twice, late or never has one effect, and money for nothing goes back."""

import asyncio

import msgspec
import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.fact import OrderPaid, PaymentFailed
from kaiwa.orders.notice import Notice
from kaiwa.payments import Heard, Outcome
from kaiwa.vocabulary.errors import Conflict, NotAuthentic
from kaiwa.vocabulary.money import Money
from tests.orders.shop import NOW, Shop
from tests.orders.till import HANAKO, Till


@pytest.fixture
def till(database: Database) -> Till:
    return Till(Shop(database))


def one_cup(till: Till, stock: int = 5) -> int:
    """A ready checkout of one cup."""
    return till.ready(till.cart((till.shop.article("CUP", stock=stock), 1)).id).checkout.id


def test_the_queue_sees_through_what_the_bot_began(till: Till) -> None:
    checkout_id = one_cup(till)
    assert till.begin(checkout_id).state == "completing"
    assert till.work() == ["settle"]
    assert till.show(checkout_id).state == "completed"
    assert till.moody.calls == 1


def test_nothing_may_be_done_while_it_is_being_paid(till: Till) -> None:
    checkout_id = one_cup(till)
    till.begin(checkout_id)
    with pytest.raises(Conflict, match="completing"):
        till.update(checkout_id, buyer=HANAKO)
    assert till.begin(checkout_id).state == "completing"
    till.work()
    assert len(till.moody.charged) == 1


def test_a_declined_payment_can_be_tried_again(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "failed"
    again = till.complete(checkout_id)
    assert (again.state, again.body.notices) == ("ready", (Notice("payment_failed", "no"),))
    assert till.facts == [PaymentFailed(till.shop.merchant_id, checkout_id, "no")]
    till.moody.mood = "paid"
    assert till.complete(checkout_id).state == "completed"
    assert till.payment(checkout_id).attempt == 2


def test_an_answer_that_was_lost_is_looked_up_and_not_charged_again(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "lost"
    assert till.complete(checkout_id).state == "completing"
    till.wait(31)
    assert till.work() == ["settle"]
    assert till.show(checkout_id).state == "completed"
    assert (till.moody.calls, len(till.moody.charged)) == (1, 1)


def test_a_provider_that_never_answers_is_given_up_after_a_day(till: Till) -> None:
    cup = till.shop.article("CUP", stock=1)
    checkout_id = till.ready(till.cart((cup, 1)).id).checkout.id
    till.moody.mood = "away"
    assert till.complete(checkout_id).state == "completing"
    till.wait(7 * 3600)
    assert sorted(till.work()) == ["expire_checkout", "settle: later"]
    assert till.show(checkout_id).state == "completing"
    assert till.shop.stock(cup) == (1, 1)
    till.wait(18 * 3600)
    assert till.work() == ["settle"]
    assert till.payment(checkout_id).state == "failed"
    assert till.show(checkout_id).state == "expired"
    assert till.work() == ["expire_checkout"]
    assert till.shop.stock(cup) == (1, 0)


def test_a_payment_that_arrives_after_that_is_given_back(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "failed"
    till.complete(checkout_id)
    paid = till.payment(checkout_id)
    late = Outcome("paid", "late-1")
    assert till.answer(paid.id, late).state == "unwanted"
    assert till.answer(paid.id, late).state == "unwanted"
    till.wait(31)
    assert "give_back" in till.work()
    assert list(till.moody.given_back.values()) == [1650]
    assert till.show(checkout_id).state == "ready"


def test_the_same_answer_twice_pays_once(till: Till) -> None:
    checkout_id = one_cup(till)
    done = till.complete(checkout_id)
    paid = till.payment(checkout_id)
    for outcome in (Outcome("paid"), Outcome("failed"), Outcome("pending"), Outcome("needs_buyer")):
        assert till.answer(paid.id, outcome).state == "paid"
    assert till.order(done.order_id).paid_minor == 1650
    assert till.show(checkout_id).state == "completed"


def test_a_buyer_who_is_sent_away_comes_back_paid(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "needs_auth"
    away = till.complete(checkout_id)
    assert (away.state, away.body.pay_url) == ("needs_auth", "https://pay.example/")
    paid = till.payment(checkout_id)
    till.answer(paid.id, Outcome("paid", "bank-ok"))
    assert till.show(checkout_id).state == "completed"


def test_who_changes_the_checkout_instead_gives_that_payment_up(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "needs_buyer"
    till.complete(checkout_id)
    first = till.payment(checkout_id)
    assert till.update(checkout_id, method_id=till.methods["cod"]).state == "ready"
    assert till.complete(checkout_id).state == "completed"
    assert till.answer(first.id, Outcome("paid", "too-late")).state == "unwanted"
    till.wait(31)
    till.work()
    assert list(till.moody.given_back.values()) == [1650]


def test_a_bank_transfer_is_awaited_and_told_by_a_person(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1), method="bank")
    assert (bought.state, bought.paid_minor) == ("awaiting_payment", 0)
    checkout_id = till.db.read_now(lambda s: s.one("SELECT id FROM checkout"))
    assert checkout_id is not None
    paid = till.payment(checkout_id[0])
    assert paid.outcome is not None
    assert paid.outcome.instructions == {"bank": "みずほ"}
    till.answer(paid.id, Outcome("paid"))
    till.answer(paid.id, Outcome("paid"))
    assert (till.order(bought.id).state, till.order(bought.id).paid_minor) == ("processing", 1650)
    assert till.facts.count(OrderPaid(till.shop.merchant_id, bought.id)) == 1


def test_cash_on_delivery_is_sent_before_it_is_paid(till: Till) -> None:
    bought = till.bought((till.shop.article("CUP"), 1), method="cod")
    assert (bought.state, bought.pays, bought.totals.total_minor) == (
        "processing",
        "at_the_door",
        1980,
    )


def test_a_coupon_comes_back_when_the_payment_fails(till: Till) -> None:
    rule = CouponRule("ONE", "fixed", amount_minor=100, most_uses=1)
    till.db.write_now(lambda s: put_coupon(s, till.shop.merchant_id, rule, NOW))
    ready = till.ready(till.cart((till.shop.article("CUP"), 1)).id, codes=("ONE",))
    for mood in ("failed", "needs_buyer", "needs_auth", "paid"):
        till.moody.mood = mood
        done = till.complete(ready.checkout.id)
    assert done.state == "completed"
    assert till.order(done.order_id).totals.total_minor == 1550


def test_a_webhook_is_verified_and_concludes_what_it_names_once(till: Till) -> None:
    checkout_id = one_cup(till)
    till.moody.mood = "needs_buyer"
    till.complete(checkout_id)
    paid = till.payment(checkout_id)

    def hear(*told: Heard, signature: str = "right") -> int:
        body, headers = msgspec.json.encode(told), {"signature": signature}
        there = (till.shop.merchant_id, till.methods["card"], body, headers)
        return asyncio.run(till.paying.hear(*there))

    good = Heard(paid.key, None, Outcome("paid", "hook-1"), paid.amount)
    with pytest.raises(NotAuthentic):
        hear(good, signature="wrong")
    assert hear(Heard("somebody else's", None, Outcome("paid"))) == 0
    assert hear(Heard(paid.key, None, Outcome("paid"), Money(1, "JPY"))) == 1
    assert till.show(checkout_id).state == "needs_buyer"
    assert hear(good, good) == 2
    assert hear(good) == 1
    assert till.show(checkout_id).state == "completed"
    assert till.order(till.show(checkout_id).order_id).paid_minor == 1650
