"""The embedded shop: catalog, stock and orders are our own tables, so nothing is ever fetched.

It is what a merchant without another store has, and its carts are paid at our hosted checkout.
"""

from collections.abc import Mapping

from kaiwa.engines.http import Http
from kaiwa.stores.contract import (
    Ability,
    Account,
    CredentialField,
    Hook,
    Page,
    Store,
    StoreCart,
    Told,
    What,
)
from kaiwa.vocabulary.errors import NotAuthentic, Refused


class _Embedded:
    kind = "embedded"
    name = "Kaiwa"
    abilities = frozenset({Ability.HERE})
    credential_fields: tuple[CredentialField, ...] = ()

    async def fetch(self, what: What, cursor: str | None, account: Account, http: Http) -> Page:
        raise Refused("The shop is here: there is nothing to fetch.")

    def verify(self, body: bytes, headers: Mapping[str, str], account: Account) -> Hook:
        raise NotAuthentic("The shop is here: nobody tells it anything from outside.")

    def parse(self, topic: str, body: bytes, account: Account) -> list[Told]:
        return []

    def checkout_link(self, cart: StoreCart, account: Account) -> str | None:
        return cart.own_url


STORE: Store = _Embedded()
