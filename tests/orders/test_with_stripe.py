"""Orders paid through Stripe: whatever is lost, late or doubled, nobody pays twice."""

import asyncio
from itertools import permutations

import pytest

from kaiwa.engines.db import Database
from kaiwa.orders.cancellation import CancelOrder, cancel_order
from kaiwa.orders.fact import OrderPaid, PaymentDisputed
from kaiwa.orders.notice import Notice
from kaiwa.payments import Outcome
from tests.orders.counter import Counter, changed
from tests.orders.shop import Shop

DAY_S = 24 * 3600


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(Shop(database))


def test_a_card_is_paid_on_stripes_page(counter: Counter) -> None:
    away = counter.pay()
    session = counter.session()
    assert (away.state, away.body.pay_url) == ("needs_buyer", session["url"])
    assert session["success_url"] == f"https://kaiwa.example/checkout/{away.key}/return"
    assert session["cancel_url"] == f"https://kaiwa.example/checkout/{away.key}"
    counter.fake.platform.pay_on_page(session, "pm_card_chargeDeclined")
    assert counter.deliver() == 0, "on the page the buyer tries another card"
    counter.fake.platform.pay_on_page(session, "pm_card_visa")
    assert counter.deliver() == 2
    done = counter.show(away.id)
    assert (done.state, counter.order(done.order_id).paid_minor) == ("completed", 1650)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_webhooks_in_any_order_and_twice_have_one_effect(
    counter: Counter, order: tuple[int, ...]
) -> None:
    away = counter.pay("konbini")
    platform = counter.fake.platform
    platform.succeed(counter.intent())
    events = [*counter.news(), changed(counter.fake.events[-1], status="processing")]
    for place in [*order, *order]:
        counter.hear(events[place])
    bought = counter.order(counter.show(away.id).order_id)
    assert (bought.state, bought.paid_minor) == ("processing", 1650)
    assert counter.facts.count(OrderPaid(counter.shop.merchant_id, bought.id)) == 1


def test_an_order_stands_until_the_voucher_is_paid(counter: Counter) -> None:
    done = counter.pay("konbini")
    assert (done.state, counter.order(done.order_id).state) == ("completed", "awaiting_payment")
    outcome = counter.payment(done.id).outcome
    assert outcome is not None
    assert outcome.expires_at is not None
    assert outcome.instructions["amount"] == "¥1,650"
    counter.fake.platform.succeed(counter.intent())
    counter.deliver()
    assert counter.order(done.order_id).state == "processing"


def test_a_voucher_that_runs_out_cancels_the_order(counter: Counter) -> None:
    done = counter.pay("konbini", stock=1)
    counter.fake.platform.fail(counter.intent(), "payment_intent_payment_attempt_expired")
    counter.deliver()
    assert counter.order(done.order_id).state == "cancelled"
    cup = counter.order(done.order_id).lines[0].variant_id
    assert cup is not None
    assert counter.shop.stock(cup) == (1, 0)


@pytest.mark.parametrize(
    ("method", "card", "state"),
    [("page", "pm_card_visa", "processing"), ("konbini", None, "awaiting_payment")],
)
def test_a_webhook_before_the_answer(
    counter: Counter, method: str, card: str | None, state: str
) -> None:
    async def first() -> None:
        for body in counter.news():
            await counter.heard(body)

    counter.http.first = first
    done = counter.pay(method, card)
    assert (done.state, counter.order(done.order_id).state) == ("completed", state)
    assert counter.order(done.order_id).paid_minor == (1650 if card else 0)
    assert len(counter.fake.platform.intents) == 1


def test_a_webhook_for_another_amount_pays_nothing(counter: Counter) -> None:
    done = counter.pay("konbini")
    counter.news()
    counter.fake.platform.succeed(counter.intent())
    (good,) = counter.news()
    for other in ({"amount_received": 1}, {"amount_received": 165000, "currency": "usd"}):
        assert counter.hear(changed(good, **other), changed(good, **other)) == 2
    assert counter.order(done.order_id).paid_minor == 0
    told = [one.detail for one in counter.happened(done.order_id) if one.kind == "other_amount"]
    assert [one["told"] for one in told] == ["¥1", "$1,650.00"]
    counter.hear(good)
    assert counter.order(done.order_id).paid_minor == 1650


@pytest.mark.parametrize("method", ["page", "konbini", "transfer"])
@pytest.mark.parametrize("trouble", ["lost", "drop", "500"])
def test_an_answer_that_does_not_come_is_asked_for_again(
    counter: Counter, method: str, trouble: str
) -> None:
    counter.fake.trouble = [trouble] * 2
    waiting = counter.pay(method)
    assert waiting.state == "completing"
    for _ in range(3):
        counter.wait(60)
        counter.work()
    assert counter.show(waiting.id).state == ("needs_buyer" if method == "page" else "completed")
    platform = counter.fake.platform
    assert len(platform.intents) + len(platform.sessions) == 1
    assert len(platform.customers) == (method == "transfer")


def test_a_card_whose_answer_was_lost_is_charged_once(counter: Counter) -> None:
    counter.fake.trouble = ["lost"]
    waiting = counter.pay(card="pm_card_visa")
    counter.wait(60)
    counter.drained()
    assert counter.show(waiting.id).state == "completed"
    assert counter.paid_at_stripe() == 1


def test_no_answer_for_a_day_is_told_and_late_money_goes_back(counter: Counter) -> None:
    counter.fake.trouble = ["lost"]
    waiting = counter.pay("page", "pm_card_visa")
    counter.http.silent = True
    counter.wait(DAY_S - 60)
    counter.drained()
    assert counter.show(waiting.id).state == "completing"
    counter.wait(120)
    counter.drained()
    assert counter.show(waiting.id).body.notices[0] == Notice("payment_failed", "no_answer")
    counter.http.silent = False
    counter.deliver()
    counter.drained()
    assert counter.payment(waiting.id).state == "unwanted"
    assert counter.paid_at_stripe() == 0


def test_a_webhook_that_never_comes_is_not_waited_for(counter: Counter) -> None:
    away = counter.pay()
    voucher = counter.pay("konbini")
    platform = counter.fake.platform
    counter.wait(31)
    counter.drained()
    platform.pay_on_page(counter.session(), "pm_card_visa")
    for intent in platform.intents.values():
        if intent["status"] == "requires_action":
            platform.succeed(intent)
    assert counter.show(away.id).state == "needs_buyer"
    counter.wait(301)
    counter.drained()
    assert counter.show(away.id).state == "completed"
    assert counter.order(counter.show(voucher.id).order_id).state == "processing"


def test_who_comes_back_need_not_wait_for_the_webhook(counter: Counter) -> None:
    away = counter.pay()
    command = counter.shop.command()
    asyncio.run(counter.paying.look_again(command, away.id))
    assert counter.show(away.id).state == "needs_buyer"
    counter.fake.platform.pay_on_page(counter.session(), "pm_card_visa")
    asyncio.run(counter.paying.look_again(command, away.id))
    asyncio.run(counter.paying.look_again(command, away.id))
    assert counter.show(away.id).state == "completed"
    counter.deliver()
    assert counter.order(counter.show(away.id).order_id).paid_minor == 1650


def test_who_pays_on_an_old_page_too_gets_that_money_back(counter: Counter) -> None:
    away = counter.pay()
    old = counter.session()
    assert counter.update(away.id, method_id=counter.methods["cod"]).state == "ready"
    assert counter.pay_for(away.id).state == "completed"
    counter.fake.platform.pay_on_page(old, "pm_card_visa")
    counter.deliver()
    counter.wait(31)
    counter.drained()
    assert counter.paid_at_stripe() == 0
    assert [one["amount"] for one in counter.fake.platform.refunds.values()] == [1980 - 330]


def test_a_page_that_was_given_up_is_looked_at_again(counter: Counter) -> None:
    away = counter.pay()
    old = counter.session()
    counter.update(away.id, method_id=counter.methods["cod"])
    counter.wait(31)
    counter.drained()
    counter.fake.platform.pay_on_page(old, "pm_card_visa")
    counter.wait(301)
    counter.drained()
    assert counter.paid_at_stripe() == 0, "nobody told, and yet it went back"


def test_a_declined_card_can_be_followed_by_another(counter: Counter) -> None:
    no = counter.pay(card="pm_card_chargeDeclinedInsufficientFunds")
    assert (no.state, no.body.notices[0]) == ("ready", Notice("payment_failed", "no_funds"))
    assert counter.pay_for(no.id, "pm_card_visa").state == "completed"
    assert counter.deliver() == 2
    assert counter.paid_at_stripe() == 1
    assert counter.show(no.id).state == "completed"


def test_what_stripe_refuses_is_no_code_for_the_shopper(counter: Counter) -> None:
    no = counter.pay(card="pm_card_nobodys")
    assert no.body.notices[0] == Notice("payment_failed", "unavailable")
    counter.fake.platform.intents.clear()
    assert counter.paid_at_stripe() == 0


def cancelled(counter: Counter, order_id: int | None) -> None:
    assert order_id is not None
    counter.db.write_now(
        lambda s: cancel_order(s, counter.shop.command(), CancelOrder(order_id), counter.announce)
    )


@pytest.mark.parametrize("trouble", ["lost", "drop", "500"])
def test_a_refund_whose_answer_does_not_come_is_made_once(counter: Counter, trouble: str) -> None:
    done = counter.pay(card="pm_card_visa")
    cancelled(counter, done.order_id)
    counter.fake.trouble = [trouble]
    for _ in range(2):
        counter.wait(60)
        counter.drained()
    assert len(counter.fake.platform.refunds) == 1
    assert [one.state for one in counter.refunds(done.order_id)] == ["completed"]
    assert counter.order(done.order_id).refunded_minor == 1650


def test_a_refund_that_is_never_answered_waits_for_a_person(counter: Counter) -> None:
    done = counter.pay(card="pm_card_visa")
    cancelled(counter, done.order_id)
    counter.fake.trouble = ["drop"] * 9
    counter.drained()
    counter.wait(DAY_S + 60)
    counter.drained()
    assert [one.state for one in counter.refunds(done.order_id)] == ["by_hand"]
    assert counter.order(done.order_id).refunded_minor == 0


def test_a_refund_that_the_bank_sends_back_is_owed_again(counter: Counter) -> None:
    done = counter.pay("konbini")
    counter.fake.platform.succeed(counter.intent())
    counter.deliver()
    cancelled(counter, done.order_id)
    counter.drained()
    assert [one.state for one in counter.refunds(done.order_id)] == ["pending"]
    (refund,) = counter.fake.platform.refunds.values()
    counter.fake.platform.settle_refund(refund, "succeeded")
    early = counter.news()
    counter.hear(*early, *early)
    assert counter.order(done.order_id).refunded_minor == 1650
    counter.fake.platform.settle_refund(refund, "failed")
    counter.deliver()
    counter.hear(*early)
    assert [one.state for one in counter.refunds(done.order_id)] == ["failed"]
    assert counter.order(done.order_id).refunded_minor == 0


def test_a_refund_made_in_stripes_own_pages_is_noted_once(counter: Counter) -> None:
    done = counter.pay(card="pm_card_visa")
    counter.deliver()
    counter.fake.platform.create_refund({"payment_intent": counter.intent()["id"], "amount": "500"})
    events = counter.news()
    counter.hear(*events, *events)
    (noted,) = [one for one in counter.happened(done.order_id) if one.kind == "refunded_elsewhere"]
    assert (noted.detail["total_minor"], noted.detail["from_here_minor"]) == (500, 0)


def test_our_own_refund_is_not_taken_for_somebody_elses(counter: Counter) -> None:
    done = counter.pay(card="pm_card_visa")
    cancelled(counter, done.order_id)
    counter.drained()
    counter.deliver()
    kinds = [one.kind for one in counter.happened(done.order_id)]
    assert "refunded_elsewhere" not in kinds


def test_a_dispute_is_a_fact_once(counter: Counter) -> None:
    done = counter.pay(card="pm_card_visa")
    counter.deliver()
    counter.fake.platform.dispute(counter.intent())
    events = counter.news()
    counter.hear(*events, *events)
    paid = counter.payment(done.id)
    assert done.order_id is not None
    fact = PaymentDisputed(counter.shop.merchant_id, done.order_id, paid.id, "fraudulent")
    assert counter.facts.count(fact) == 1


def test_another_providers_name_means_nothing(counter: Counter) -> None:
    done = counter.pay("card")
    counter.answer(counter.payment(done.id).id, Outcome("paid"))
    counter.pay(card="pm_card_visa")
    (good,) = counter.news()
    stray = changed(good, id="pi_other", metadata={"kaiwa_key": counter.payment(done.id).key})
    assert counter.hear(stray) == 0
