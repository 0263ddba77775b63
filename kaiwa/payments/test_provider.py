"""A provider for the demo shop: no money moves, and the instrument says what happens.

`fail_token` is declined, `escalate_token` sends the buyer to a page, `auth_token` wants the bank's
confirmation; every other one is paid at once. What it answers depends on the charge alone, so it
needs no memory.
"""

from collections.abc import Mapping
from datetime import datetime

from kaiwa.engines.http import Http
from kaiwa.payments.contract import (
    Ability,
    Account,
    Charge,
    GiveBack,
    GivenBack,
    Outcome,
    Provider,
    Told,
)


class _TestProvider:
    kind = "test_provider"
    name = "テスト決済"
    abilities = frozenset({Ability.FOR_TESTS})
    credential_names: tuple[str, ...] = ()

    def check(self, account: Account) -> None:
        return

    def most_minor(self, account: Account) -> int | None:
        return None

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        reference = f"test-{charge.key}"
        match charge.instrument:
            case "fail_token":
                return Outcome("failed", reference, reason="declined")
            case "escalate_token":
                return Outcome("needs_buyer", reference, url=charge.return_url)
            case "auth_token":
                return Outcome("needs_auth", reference, url=charge.return_url)
            case _:
                return Outcome("paid", reference)

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return await self.pay(charge, account, http)

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        return GivenBack("completed", f"test-{back.key}")

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        return []


PROVIDER: Provider = _TestProvider()
