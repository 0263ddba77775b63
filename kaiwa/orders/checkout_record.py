"""A checkout session as it is stored, its states, and the steps between them that are allowed."""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.orders.address import PostalAddress
from kaiwa.orders.command import Command
from kaiwa.orders.notice import Notice
from kaiwa.orders.shipping import Delivery
from kaiwa.orders.totals import Bill, Totals, total_up
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.time import from_micros, to_micros

State: TypeAlias = Literal[
    "open",
    "ready",
    "needs_buyer",
    "needs_auth",
    "completing",
    "completed",
    "canceled",
    "expired",
]

ENDED: Final[frozenset[State]] = frozenset({"completed", "canceled", "expired"})
# What may follow what. Nothing follows an end, and nobody but the payment's answer ends the
# completing.
STEPS: Final[dict[State, frozenset[State]]] = {
    "open": frozenset({"open", "ready", "canceled", "expired"}),
    "ready": frozenset({"open", "ready", "completing", "canceled", "expired"}),
    "completing": frozenset({"completed", "needs_buyer", "needs_auth", "ready", "open"}),
    "needs_buyer": frozenset({"completing", "open", "ready", "canceled", "expired"}),
    "needs_auth": frozenset({"completing", "open", "ready", "canceled", "expired"}),
    "completed": frozenset(),
    "canceled": frozenset(),
    "expired": frozenset(),
}


class Buyer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who buys. `consent` is kept as it was given: analytics, preferences, marketing."""

    name: str = ""
    email: str = ""
    phone: str = ""
    kana: str = ""
    language: str = ""
    consent: dict[str, bool] = {}


class Gift(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it is wrapped and what the card says."""

    wrap: str | None = None
    message: str = ""


class Line(msgspec.Struct, frozen=True):
    """What the checkout holds of an article, at the price that was shown."""

    variant_id: int
    sku: str
    title: str
    quantity: int
    unit_minor: int

    @property
    def part_key(self) -> str:
        """Its name in the bill."""
        return f"v{self.variant_id}"


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that was said and computed so far. `steps` are the pages that the shopper has left."""

    bill: Bill
    lines: tuple[Line, ...] = ()
    buyer: Buyer = Buyer()
    address: PostalAddress | None = None
    rate_id: int | None = None
    delivery: Delivery = Delivery()
    gift: Gift = Gift()
    method_id: int | None = None
    codes: tuple[str, ...] | None = None
    notices: tuple[Notice, ...] = ()
    missing: tuple[str, ...] = ()
    pay_url: str | None = None
    steps: tuple[str, ...] = ()


class Checkout(msgspec.Struct, frozen=True):
    """One row."""

    id: int
    key: str
    cart_id: int
    customer_id: int | None
    channel: str
    principal: str
    state: State
    version: int
    body: Body
    order_id: int | None
    expires_at: datetime

    @property
    def totals(self) -> Totals:
        """What it costs as last told."""
        return total_up(self.body.bill)


_COLUMNS = (
    "id, key, cart_id, customer_id, channel, principal, state, version, body, order_id, expires_at"
)


def checkout_row(session: Session, merchant_id: int, checkout_id: int, lock: str = "") -> Checkout:
    """The checkout as stored; `NotFound`. With `session.lock` it stays ours until the end."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM checkout WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=checkout_id,
    )
    if row is None:
        raise NotFound("There is no such checkout.")
    return _checkout(row)


def living_checkout(session: Session, merchant_id: int, cart_id: int) -> Checkout | None:
    """The cart's checkout that has not ended. Called with the cart held."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM checkout WHERE merchant_id = :merchant_id AND cart_id = :cart
        AND state NOT IN ('completed', 'canceled', 'expired'){session.lock}""",
        merchant_id=merchant_id,
        cart=cart_id,
    )
    return None if row is None else _checkout(row)


def checkout_by_key(session: Session, merchant_id: int, key: str) -> int:
    """The id behind a checkout's unguessable key; `NotFound`."""
    row = session.one(
        "SELECT id FROM checkout WHERE merchant_id = :merchant_id AND key = :key",
        merchant_id=merchant_id,
        key=key,
    )
    if row is None:
        raise NotFound("There is no such checkout.")
    return int(row[0])


def checkout_called(session: Session, key: str) -> tuple[int, int]:
    """The merchant and the id behind the key in a link; `NotFound`."""
    row = session.one(
        """SELECT merchant_id, id FROM checkout
        WHERE key = :key""",  # every merchant: the key is the secret
        key=key,
    )
    if row is None:
        raise NotFound("There is no such checkout.")
    return int(row[0]), int(row[1])


def move(
    session: Session,
    command: Command,
    found: Checkout,
    to: State,
    body: Body | None = None,
    order_id: int | None = None,
) -> Checkout:
    """Take the checkout one step on, a version further, perhaps to its order.

    Whoever shows it looks again. `Conflict` when the step is forbidden.
    """
    if to not in STEPS[found.state]:
        raise Conflict(f"A checkout that is {found.state} cannot become {to}.", state=found.state)
    new = msgspec.structs.replace(
        found,
        state=to,
        version=found.version + 1,
        body=body or found.body,
        order_id=order_id or found.order_id,
    )
    session.run(
        """UPDATE checkout SET state = :state, version = :version, body = :body,
        order_id = CAST(:order AS bigint), updated_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        state=to,
        version=new.version,
        body=msgspec.json.encode(new.body).decode(),
        order=new.order_id,
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=found.id,
    )
    session.nudge(Nudge("checkout", command.merchant_id, ref=found.id))
    return new


def _checkout(row: Row) -> Checkout:
    values: list[Any] = [
        *row[:8],
        msgspec.json.decode(row[8], type=Body),
        row[9],
        from_micros(row[10]),
    ]
    return Checkout(*values)
