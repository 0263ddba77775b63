"""What every payment provider promises, over the registry; and what each of ours says."""

import pytest

from kaiwa.engines.http import AiohttpHttp
from kaiwa.payments import Account, Charge, GiveBack, provider, providers
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.money import Money

HTTP = AiohttpHttp()
OURS = ("bank_transfer", "cash_on_delivery", "test_provider")


def charge(instrument: str | None = None) -> Charge:
    return Charge("key-1", Money(1650, "JPY"), instrument, return_url="/checkout/x")


@pytest.mark.parametrize("kind", OURS)
async def test_the_same_key_is_one_payment(kind: str) -> None:
    one, account = provider(kind), Account()
    first = await one.pay(charge(), account, HTTP)
    assert await one.pay(charge(), account, HTTP) == first
    assert await one.look_up(charge(), account, HTTP) == first
    back = GiveBack("back-1", first.reference or "", Money(1650, "JPY"))
    assert await one.give_back(back, account, HTTP) == await one.give_back(back, account, HTTP)
    assert one.kind == kind
    assert kind in providers()


@pytest.mark.parametrize(
    ("instrument", "state"),
    [
        ("success_token", "paid"),
        ("fail_token", "failed"),
        ("escalate_token", "needs_buyer"),
        ("auth_token", "needs_auth"),
    ],
)
async def test_the_instrument_decides_what_the_test_provider_does(
    instrument: str, state: str
) -> None:
    outcome = await provider("test_provider").pay(charge(instrument), Account(), HTTP)
    assert outcome.state == state
    assert (outcome.url is not None) == state.startswith("needs")


async def test_a_transfer_shows_the_account_and_nothing_else() -> None:
    account = Account(settings={"bank": "みずほ", "number": "1234567", "note": "internal"})
    outcome = await provider("bank_transfer").pay(charge(), account, HTTP)
    assert outcome.instructions == {"bank": "みずほ", "number": "1234567"}


def test_who_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="bank_transfer"):
        provider("barter")
