"""What the desk shows beside a conversation: who the customer is, and where they can be reached."""

from typing import Literal, TypedDict

from kaiwa.conversations.reach import Closed
from kaiwa.customers.consent import ConsentState
from kaiwa.customers.grade import Grade
from kaiwa.vocabulary.money import Money
from kaiwa.web.row_shape import ShopperShape


class PageShape(TypedDict):
    """A page of the shop that the customer looked at."""

    url: str
    title: str
    at: str


class SeenItemShape(TypedDict):
    """A line of the cart as the shop's page told it; no price where the page said none."""

    sku: str
    title: str
    quantity: int
    price: Money | None


class SeenCartShape(TypedDict):
    """The cart as the shop's page told it last."""

    items: list[SeenItemShape]
    at: str


class VisitorShape(TypedDict):
    """What the customer looks at and has in the cart."""

    pages: list[PageShape]
    cart: SeenCartShape | None


class AddressShape(TypedDict):
    """An address of the customer, and how sure it is that it is theirs."""

    id: int
    channel: str
    kind: str
    label: str
    grade: Grade
    blocked_at: str | None
    advertising: ConsentState


class PastShape(TypedDict):
    """A conversation of before."""

    id: int
    opened_at: str
    closed_at: str | None
    preview: str


class RatedShape(TypedDict):
    """What the customer thought of a conversation."""

    conversation: int
    score: int
    words: str


class CustomerShape(ShopperShape, VisitorShape):
    """The customer with everything known of them; ratings newest first."""

    language: str
    addresses: list[AddressShape]
    past: list[PastShape]
    ratings: list[RatedShape]


class QuotaShape(TypedDict):
    """This month's paid messages: left by the provider's word, used and expected by ours."""

    left: int | None
    used: int
    forecast: int
    runs_out_at: str | None


class RouteShape(TypedDict):
    """A way to the customer: open, or `closed` for a `reason` that people can read.

    `expires_at` is until when it is open, or when its window ended. `held`: the next answers go
    here. `carries`: it is proven to be the customer's, so that the conversation may go on there.
    `templates`: how many may go there, also where nothing else may.
    """

    identity: int
    channel: str
    label: str
    open: bool
    kind: str
    cost: Literal["free", "metered"]
    expires_at: str | None
    closed: Closed | None
    reason: str | None
    held: bool
    carries: bool
    templates: int
    quota: QuotaShape | None
