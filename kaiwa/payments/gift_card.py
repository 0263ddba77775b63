"""Gift cards (ギフトカード) and store credit: the shop keeps the money itself.

What is on a card stands in our own tables, so paying and giving back happen in the transaction
that decides them, and nobody is asked: see `kaiwa/orders/gift_card.py`. A provider without a
database can only say that it never heard of a charge.
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


class _GiftCard:
    kind = "gift_card"
    name = "ギフトカード"
    abilities = frozenset({Ability.KEPT_HERE})
    credential_names: tuple[str, ...] = ()

    def check(self, account: Account) -> None:
        return

    def most_minor(self, account: Account) -> int | None:
        return None

    async def pay(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return Outcome("failed", reason="declined")

    async def look_up(self, charge: Charge, account: Account, http: Http) -> Outcome:
        return await self.pay(charge, account, http)

    async def give_back(self, back: GiveBack, account: Account, http: Http) -> GivenBack:
        return GivenBack("by_hand")

    def hear(
        self, body: bytes, headers: Mapping[str, str], account: Account, now: datetime
    ) -> list[Told]:
        return []


PROVIDER: Provider = _GiftCard()
