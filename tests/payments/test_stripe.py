"""Stripe as the shop uses it, against a stateful stand-in that is stricter than Stripe."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kaiwa.payments import Account, Charge, GiveBack, GivenBack, Heard, Outcome, provider
from kaiwa.vocabulary.errors import Invalid, Refused, Unreachable
from kaiwa.vocabulary.money import Money
from tests.fakes.line_http import InProcessHttp
from tests.fakes.stripe_http import SECRET_KEY, WEBHOOK_SECRET, StripeHttp, signed

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STRIPE = provider("stripe")


class Bench:
    """One merchant's account at the stand-in."""

    def __init__(self) -> None:
        self.fake = StripeHttp(now=NOW.timestamp)
        self.http = InProcessHttp(self.fake)

    def account(self, kind: str = "card", **settings: str) -> Account:
        keys = {"secret_key": SECRET_KEY, "webhook_secret": WEBHOOK_SECRET}
        return Account(keys, "http://stripe.test", {"kind": kind, **settings})

    async def pay(self, kind: str = "card", charge: Charge | None = None, **settings: str):
        return await STRIPE.pay(charge or asked(), self.account(kind, **settings), self.http)

    async def look_up(self, kind: str = "card", charge: Charge | None = None) -> Outcome:
        return await STRIPE.look_up(charge or asked(), self.account(kind), self.http)

    async def give_back(self, reference: str, key: str = "back-1", yen: int = 1650) -> GivenBack:
        back = GiveBack(key, reference, Money(yen, "JPY"))
        return await STRIPE.give_back(back, self.account(), self.http)

    def heard(self, kind: str = "card") -> list[Any]:
        """What all webhooks so far told."""
        return [
            told
            for body in self.fake.events
            for told in STRIPE.hear(
                body, {"stripe-signature": signed(body, NOW.timestamp())}, self.account(kind), NOW
            )
        ]


def asked(**given: Any) -> Charge:
    """Money asked for."""
    usual: dict[str, Any] = {
        "key": "key-1",
        "amount": Money(1650, "JPY"),
        "email": "hanako@example.com",
        "name": "山田花子",
        "return_url": "https://kaiwa.example/checkout/x/return",
        "cancel_url": "https://kaiwa.example/checkout/x",
        "language": "ja",
        "asked_at": NOW,
    }
    return Charge(**(usual | given))


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_a_card_is_typed_in_on_stripes_page(bench: Bench) -> None:
    away = await bench.pay()
    (session,) = bench.fake.platform.sessions.values()
    assert (away.state, away.url, away.reference) == ("needs_buyer", session["url"], session["id"])
    assert away.expires_at == NOW + timedelta(hours=2)
    assert await bench.pay() == away, "the same key is one session"
    assert session["cancel_url"] == "https://kaiwa.example/checkout/x"
    assert bench.heard() == []
    bench.fake.platform.pay_on_page(session, "pm_card_visa")
    paid = await bench.look_up(charge=asked(reference=away.reference))
    assert paid == Outcome("paid", session["payment_intent"])
    told = bench.heard()
    assert told[0] == Heard("key-1", session["payment_intent"], paid, Money(1650, "JPY"))
    assert (told[1].key, told[1].outcome, told[1].amount) == ("key-1", paid, Money(1650, "JPY"))


async def test_a_card_declined_on_stripes_page_is_not_the_end(bench: Bench) -> None:
    away = await bench.pay()
    (session,) = bench.fake.platform.sessions.values()
    bench.fake.platform.pay_on_page(session, "pm_card_chargeDeclined")
    assert bench.heard() == []
    assert (await bench.look_up(charge=asked(reference=away.reference))).state == "needs_buyer"
    bench.fake.platform.expire(session)
    gone = Outcome("failed", session["id"], reason="too_late")
    assert bench.heard() == [Heard("key-1", session["id"], gone)]
    assert await bench.look_up(charge=asked(reference=away.reference)) == gone


async def test_a_page_needs_an_address_to_come_back_to(bench: Bench) -> None:
    with pytest.raises(Refused, match="KAIWA_PUBLIC_URL"):
        await bench.pay(charge=asked(return_url="/checkout/x/return"))
    assert bench.fake.posts == 0


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ("pm_card_chargeDeclined", "declined"),
        ("pm_card_chargeDeclinedStolenCard", "declined"),
        ("pm_card_chargeDeclinedInsufficientFunds", "no_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "card_expired"),
    ],
)
async def test_a_decline_has_a_reason_without_codes(bench: Bench, card: str, reason: str) -> None:
    charge = asked(instrument=card)
    no = await bench.pay(charge=charge)
    assert await bench.pay(charge=charge) == no
    (intent,) = bench.fake.platform.intents
    assert no == Outcome("failed", intent, reason=reason)
    assert await bench.look_up(charge=charge) == no
    assert bench.heard() == [Heard("key-1", intent, no)]


async def test_a_stored_card_is_charged_at_once_and_once(bench: Bench) -> None:
    charge = asked(instrument="pm_card_visa")
    paid = await bench.pay(charge=charge)
    assert paid.state == "paid"
    assert await bench.pay(charge=charge) == paid
    assert len(bench.fake.platform.intents) == 1


async def test_the_bank_confirms_on_its_own_page(bench: Bench) -> None:
    charge = asked(instrument="pm_card_authenticationRequired")
    away = await bench.pay(charge=charge)
    (intent,) = bench.fake.platform.intents.values()
    assert (away.state, away.url) == ("needs_auth", f"http://stripe.test/confirm/{intent['id']}")
    bench.fake.platform.fail(intent, "payment_intent_authentication_failure")
    assert (await bench.look_up(charge=charge)).reason == "not_confirmed"
    assert [one.outcome.state for one in bench.heard()] == ["needs_auth", "failed"]


async def test_konbini_says_where_what_and_until_when(bench: Bench) -> None:
    voucher = await bench.pay("konbini", days="2")
    (intent,) = bench.fake.platform.intents.values()
    assert voucher.state == "pending"
    assert voucher.expires_at == datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)
    assert voucher.instructions["voucher_url"] == f"http://stripe.test/voucher/{intent['id']}"
    assert voucher.instructions["amount"] == "¥1,650"
    assert voucher.instructions["familymart_confirmation_number"] == "0120055443"
    assert "lawson_confirmation_number" not in voucher.instructions
    assert {name for name in voucher.instructions if name.endswith("payment_code")} == {
        f"{store}_payment_code" for store in ("familymart", "lawson", "ministop", "seicomart")
    }
    assert await bench.look_up("konbini") == voucher
    bench.fake.platform.succeed(intent)
    told = [one.outcome.state for one in bench.heard("konbini")]
    assert told == ["pending", "paid"]


async def test_a_voucher_that_runs_out_was_too_late(bench: Bench) -> None:
    await bench.pay("konbini")
    (intent,) = bench.fake.platform.intents.values()
    bench.fake.platform.fail(intent, "payment_intent_payment_attempt_expired")
    late = Outcome("failed", intent["id"], reason="too_late")
    assert bench.heard("konbini")[-1].outcome == late


async def test_a_transfer_has_an_account_of_its_own(bench: Bench) -> None:
    first = await bench.pay("bank_transfer")
    second = await bench.pay("bank_transfer", asked(key="key-2"))
    assert first.state == second.state == "pending"
    shown = first.instructions
    assert (shown["bank"], shown["branch"], shown["kind"], shown["number"], shown["holder"]) == (
        "三井住友銀行",
        "デモ支店",
        "普通",
        "0000001",
        "ストライプジャパン(カ",
    )
    assert shown["amount"] == "¥1,650"
    assert second.instructions["number"] == "0000002"
    assert await bench.pay("bank_transfer") == first, "the same key is one customer, one account"


@pytest.mark.parametrize("kind", ["konbini", "bank_transfer"])
async def test_what_needs_a_name_and_an_email_says_so(bench: Bench, kind: str) -> None:
    for charge in (asked(email=None), asked(name=None)):
        assert await bench.pay(kind, charge) == Outcome("failed", reason="needs_email")
    assert bench.fake.posts == 0


async def test_an_answer_that_was_lost_is_found_again(bench: Bench) -> None:
    for kind in ("konbini", "bank_transfer"):
        charge = asked(key=f"key-{kind}")
        assert (await bench.look_up(kind, charge)).state == "not_seen"
        bench.fake.trouble = ["", "lost"] if kind == "bank_transfer" else ["lost"]
        with pytest.raises(Unreachable) as told:
            await bench.pay(kind, charge)
        assert told.value.maybe_done
        found = await bench.look_up(kind, charge)
        assert found.state == "pending"
        assert await bench.pay(kind, charge) == found
    assert len(bench.fake.platform.intents) == 2


async def test_a_session_that_was_lost_is_asked_for_again(bench: Bench) -> None:
    bench.fake.trouble = ["lost"]
    with pytest.raises(Unreachable):
        await bench.pay()
    assert (await bench.look_up()).state == "not_seen"
    assert (await bench.pay()).state == "needs_buyer"
    assert len(bench.fake.platform.sessions) == 1


@pytest.mark.parametrize("trouble", ["429", "500", "409", "drop"])
async def test_trouble_is_tried_again_later(bench: Bench, trouble: str) -> None:
    bench.fake.trouble = [trouble]
    with pytest.raises(Unreachable):
        await bench.pay()
    assert bench.fake.posts == 0
    assert (await bench.pay()).state == "needs_buyer"


async def test_a_key_with_another_request_may_have_been_done(bench: Bench) -> None:
    await bench.pay("konbini")
    with pytest.raises(Unreachable) as told:
        await bench.pay("konbini", days="5")
    assert told.value.maybe_done
    assert len(bench.fake.platform.intents) == 1


async def test_a_wrong_key_is_refused(bench: Bench) -> None:
    account = Account({"secret_key": "sk_other"}, "http://stripe.test", {"kind": "card"})
    with pytest.raises(Refused):
        await STRIPE.pay(asked(), account, bench.http)


async def test_money_goes_back_once_a_key(bench: Bench) -> None:
    paid = await bench.pay(charge=asked(instrument="pm_card_visa"))
    assert paid.reference
    back = await bench.give_back(paid.reference, yen=650)
    assert back.state == "completed"
    assert await bench.give_back(paid.reference, yen=650) == back
    with pytest.raises(Refused):
        await bench.give_back(paid.reference, "back-2", yen=1001)
    assert (await bench.give_back(paid.reference, "back-2", yen=1000)).state == "completed"
    assert [one["amount"] for one in bench.fake.platform.refunds.values()] == [650, 1000]


async def test_money_paid_in_a_shop_goes_back_when_the_buyer_names_a_bank(bench: Bench) -> None:
    voucher = await bench.pay("konbini")
    (intent,) = bench.fake.platform.intents.values()
    bench.fake.platform.succeed(intent)
    back = await bench.give_back(voucher.reference or "")
    assert back.state == "pending"
    (refund,) = bench.fake.platform.refunds.values()
    bench.fake.platform.settle_refund(refund, "succeeded")
    told = bench.heard()[-1]
    assert (told.key, told.back) == ("back-1", GivenBack("completed", refund["id"]))


async def test_a_dispute_is_told(bench: Bench) -> None:
    paid = await bench.pay(charge=asked(instrument="pm_card_visa"))
    (intent,) = bench.fake.platform.intents.values()
    bench.fake.platform.dispute(intent)
    told = bench.heard()[-1]
    assert (told.reference, told.amount) == (paid.reference, Money(1650, "JPY"))


@pytest.mark.parametrize(
    ("settings", "credentials", "words"),
    [
        ({}, {"secret_key": "sk_1"}, "kind"),
        ({"kind": "cash"}, {"secret_key": "sk_1"}, "card, konbini"),
        ({"kind": "card", "day": "3"}, {"secret_key": "sk_1"}, "day"),
        ({"kind": "konbini", "days": "61"}, {"secret_key": "sk_1"}, "60"),
        ({"kind": "konbini", "days": "x"}, {"secret_key": "sk_1"}, "60"),
        ({"kind": "card"}, {"secret_key": "pk_1"}, "sk_"),
        ({"kind": "card"}, {"secret_key": "sk_1", "webhok_secret": "x"}, "webhok_secret"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_set(
    settings: dict[str, str], credentials: dict[str, str], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        STRIPE.check(Account(credentials, None, settings))
