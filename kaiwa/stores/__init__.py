"""Stores translate: one file per shop back end, found by walking this folder.

A store tells products, stock, customers and orders page by page, is heard by webhook, and gives the
address where a cart is paid. Nothing here knows the database. `Store` is the contract;
`tests/every/` runs it on every store that is found. `embedded` is the shop on our own tables.
"""

from kaiwa.stores.contract import (
    Ability,
    Account,
    CredentialField,
    Gone,
    Hook,
    Page,
    Store,
    StoreCart,
    StoreCustomer,
    StoreImage,
    StoreLine,
    StoreOrder,
    StoreProduct,
    StoreStock,
    StoreVariant,
    Told,
    Unread,
    What,
    Wish,
)
from kaiwa.stores.registry import store_kind, store_kinds

__all__ = [
    "Ability",
    "Account",
    "StoreCart",
    "CredentialField",
    "Gone",
    "Hook",
    "Page",
    "Store",
    "StoreCustomer",
    "StoreImage",
    "StoreLine",
    "StoreOrder",
    "StoreProduct",
    "StoreStock",
    "StoreVariant",
    "Told",
    "Unread",
    "What",
    "Wish",
    "store_kind",
    "store_kinds",
]
