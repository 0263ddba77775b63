"""Bank transfer (銀行振込) to the shop's account; people say when the money is there.

The method's settings name the account: bank, branch, kind, number, holder, and `days` to pay in.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

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

_SHOWN: Final = ("bank", "branch", "kind", "number", "holder", "days")


class _BankTransfer:
    kind = "bank_transfer"
    name = "銀行振込"
    abilities = frozenset({Ability.BY_HAND})
    credential_names: tuple[str, ...] = ()

    def check(self, account: Account) -> None:
        return

    def most_minor(self, account: Account) -> int | None:
        return None

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        shown = {name: account.settings[name] for name in _SHOWN if name in account.settings}
        return Outcome("pending", reference=charge.key, instructions=shown)

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return await self.pay(charge, account, http)

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        return GivenBack("by_hand")

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        return []


PROVIDER: Provider = _BankTransfer()
