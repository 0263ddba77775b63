"""What every store promises, as types.

What a store tells carries its own id and the time of its last change there (`updated_at`), so that
a page that was fetched before a webhook arrived cannot undo what the webhook said.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol, TypeAlias

import msgspec

from kaiwa.engines.http import Http
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import Money

What: TypeAlias = Literal["products", "stock", "customers", "orders"]
OrderStatus: TypeAlias = Literal["unfulfilled", "shipped", "delivered", "cancelled"]


class CredentialField(msgspec.Struct, frozen=True):
    """One credential `store add` asks for; `secret` ones are never shown again."""

    name: str
    label: str
    secret: bool = True
    required: bool = True


class Account(msgspec.Struct, frozen=True):
    """A merchant's account with a store, unsealed. `currency` is that of the shop's prices."""

    store_id: int
    currency: str
    credentials: Mapping[str, str] = {}
    api_base: str | None = None


class StoreImage(msgspec.Struct, frozen=True):
    """A picture, by an https address, and what it shows in words."""

    url: str
    alt: str = ""


class StoreVariant(msgspec.Struct, frozen=True):
    """What is bought. `on_hand` is None where the store does not count."""

    external_id: str
    price: Money
    sku: str | None = None
    barcode: str | None = None
    options: dict[str, str] = {}
    compare_at: Money | None = None
    tax_class: Literal["standard", "reduced", "exempt"] = "standard"
    tax_included: bool = True
    weight_g: int | None = None
    on_hand: int | None = None
    oversell: bool = False


class StoreProduct(msgspec.Struct, frozen=True):
    """What is shown. `body` may be HTML: whoever takes it makes plain text of it."""

    external_id: str
    updated_at: datetime
    handle: str
    title: str
    variants: tuple[StoreVariant, ...]
    body: str = ""
    brand: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    images: tuple[StoreImage, ...] = ()
    active: bool = True
    language: Language | None = None


class StoreStock(msgspec.Struct, frozen=True):
    """How many there are of a variant, by the variant's id in the store."""

    external_id: str
    updated_at: datetime
    on_hand: int


class StoreCustomer(msgspec.Struct, frozen=True):
    """Who shops there."""

    external_id: str
    updated_at: datetime
    name: str = ""
    email: str = ""
    phone: str = ""
    language: Language | None = None


class StoreLine(msgspec.Struct, frozen=True):
    """An article of an order, with the price of one."""

    sku: str
    quantity: int
    price: Money
    title: str = ""


class StoreOrder(msgspec.Struct, frozen=True):
    """An order that was placed there."""

    external_id: str
    updated_at: datetime
    number: str
    placed_at: datetime
    lines: tuple[StoreLine, ...]
    status: OrderStatus = "unfulfilled"
    name: str = ""
    email: str = ""
    phone: str = ""
    delivered_at: datetime | None = None
    carrier: str = ""
    tracking_number: str = ""
    address: str = ""


class Gone(msgspec.Struct, frozen=True):
    """It was deleted there."""

    what: What
    external_id: str
    updated_at: datetime


class Unread(msgspec.Struct, frozen=True):
    """Something that could not be understood: which, where that much is known, and why."""

    external_id: str | None
    reason: str


Told: TypeAlias = StoreProduct | StoreStock | StoreCustomer | StoreOrder | Gone | Unread


class Page(msgspec.Struct, frozen=True):
    """A slice of what a store has.

    `next` is the cursor of the slice behind it, None after the last; the last one says in `resume`
    from where a later pull has to begin to hear only what changed since, None when it cannot.
    """

    told: tuple[Told, ...]
    next: str | None = None
    resume: str | None = None


class Hook(msgspec.Struct, frozen=True):
    """An authentic webhook: the store's own id of the event, and what its body is about."""

    event_id: str
    topic: str


class Wish(msgspec.Struct, frozen=True):
    """So many of a variant, by its id in the store; our own id where the shop is here."""

    external_id: str
    quantity: int


class StoreCart(msgspec.Struct, frozen=True):
    """What is to be paid. `own_url` is our hosted checkout of the same cart."""

    wishes: tuple[Wish, ...]
    own_url: str
    codes: tuple[str, ...] = ()


class Ability(StrEnum):
    """What a store can do; callers ask before they call. `HERE`: the truth is in our tables."""

    HERE = "here"
    PRODUCTS = "products"
    STOCK = "stock"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    WEBHOOKS = "webhooks"


class Store(Protocol):
    """A translator between one shop back end and our words. Everything but `fetch` is pure."""

    kind: str
    name: str
    abilities: frozenset[Ability]
    credential_fields: tuple[CredentialField, ...]

    async def fetch(self, what: What, cursor: str | None, account: Account, http: Http) -> Page:
        """The slice at the cursor, the first of everything at None; it can be asked for again.

        What is there from the first slice to the last is in one of them at least. `Unreachable`
        to try later (with the store's own wish), `Refused` when the account does not allow it.
        """

    def verify(self, body: bytes, headers: Mapping[str, str], account: Account) -> Hook:
        """Check a webhook over its raw bytes (header names in lower case); `NotAuthentic`."""

    def parse(self, topic: str, body: bytes, account: Account) -> list[Told]:
        """What a verified webhook says. Total: never raises, what is not understood is `Unread`."""

    def checkout_link(self, cart: StoreCart, account: Account) -> str | None:
        """Where the cart is paid; None when the store has no such address for it."""
