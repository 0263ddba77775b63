"""Cash on delivery (代金引換): the carrier collects at the door; people say when it arrived."""

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


class _CashOnDelivery:
    kind = "cash_on_delivery"
    name = "代金引換"
    abilities = frozenset({Ability.AT_THE_DOOR, Ability.BY_HAND})
    credential_names: tuple[str, ...] = ()

    def check(self, account: Account) -> None:
        return

    def most_minor(self, account: Account) -> int | None:
        return None

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return Outcome("pending", reference=charge.key)

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return Outcome("pending", reference=charge.key)

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        return GivenBack("by_hand")

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        return []


PROVIDER: Provider = _CashOnDelivery()
