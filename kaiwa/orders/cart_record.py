"""What is stored of a cart, and the hold that a change of it takes."""

from typing import Any, Literal, TypeAlias

import msgspec

from kaiwa.catalog.stock import held as held_stock
from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Nudge, Row, Session
from kaiwa.orders.command import Command, require_version
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.time import to_micros

CartState: TypeAlias = Literal["active", "converted", "cancelled"]


class CartRow(msgspec.Struct, frozen=True):
    """What is stored of a cart."""

    id: int
    key: str
    customer_id: int | None
    channel: str
    currency: str
    state: CartState
    version: int
    codes: tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True):
    """What is stored of a line; `seen_minor` is the price last shown, to notice a change."""

    variant_id: int
    quantity: int
    seen_minor: int


_COLUMNS = "id, key, customer_id, channel, currency, state, version, codes"


def holder_of(cart_id: int) -> str:
    """The name under which a cart's checkout holds stock."""
    return f"cart:{cart_id}"


def active_cart(session: Session, merchant_id: int, customer_id: int) -> int | None:
    """The id of the newest active cart of the person; None when there is none."""
    marks = ", ".join(map(str, person_ids(session, merchant_id, customer_id)))
    row = session.one(
        f"""SELECT id FROM cart WHERE merchant_id = :merchant_id AND state = 'active'
        AND customer_id IN ({marks}) ORDER BY updated_at DESC, id DESC LIMIT 1""",
        merchant_id=merchant_id,
    )
    return None if row is None else int(row[0])


def cart_row(session: Session, merchant_id: int, cart_id: int, lock: str = "") -> CartRow:
    """What is stored of the cart; `NotFound`. With `session.lock` it stays ours until the end."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM cart WHERE merchant_id = :merchant_id AND id = :id{lock}",
        merchant_id=merchant_id,
        id=cart_id,
    )
    if row is None:
        raise NotFound("There is no such cart.")
    return _row(row)


def cart_of_checkout(session: Session, merchant_id: int, checkout_id: int) -> CartRow:
    """The cart behind a checkout, held for a change; `NotFound`."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM cart WHERE merchant_id = :merchant_id AND id =
        (SELECT cart_id FROM checkout WHERE merchant_id = :merchant_id AND id = :checkout)
        {session.lock}""",
        merchant_id=merchant_id,
        checkout=checkout_id,
    )
    if row is None:
        raise NotFound("There is no such checkout.")
    return _row(row)


def cart_of_payment(session: Session, merchant_id: int, payment_id: int) -> CartRow:
    """The cart that a payment is for, held for a change; `NotFound`."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM cart WHERE merchant_id = :merchant_id AND id =
        (SELECT c.cart_id FROM payment p
        JOIN checkout c ON c.id = p.checkout_id AND c.merchant_id = p.merchant_id
        WHERE p.merchant_id = :merchant_id AND p.id = :payment)
        {session.lock}""",
        merchant_id=merchant_id,
        payment=payment_id,
    )
    if row is None:
        raise NotFound("There is no such payment.")
    return _row(row)


def cart_by_key(session: Session, merchant_id: int, key: str) -> int:
    """The id behind a cart's unguessable key; `NotFound`."""
    row = session.one(
        "SELECT id FROM cart WHERE merchant_id = :merchant_id AND key = :key",
        merchant_id=merchant_id,
        key=key,
    )
    if row is None:
        raise NotFound("There is no such cart.")
    return int(row[0])


def wanted(session: Session, merchant_id: int, cart_id: int) -> list[Wanted]:
    """The stored lines, in the order they were put in."""
    rows = session.all(
        """SELECT variant_id, quantity, seen_minor FROM cart_line
        WHERE merchant_id = :merchant_id AND cart_id = :cart ORDER BY id""",
        merchant_id=merchant_id,
        cart=cart_id,
    )
    return [Wanted(*row) for row in rows]


def reserved(session: Session, merchant_id: int, cart_id: int) -> dict[int, int]:
    """How many of each variant the cart's own checkout holds already."""
    held = held_stock(session, merchant_id, holder_of(cart_id))
    return {one.variant_id: one.quantity for one in held}


def editable(session: Session, command: Command, cart_id: int) -> CartRow:
    """The cart, held for a change. `Conflict` when it is gone, being paid or not as seen."""
    found = cart_row(session, command.merchant_id, cart_id, session.lock)
    if found.state != "active":
        raise Conflict(f"This cart is {found.state}.", state=found.state)
    require_version(command, found.version)
    paying = session.one(
        """SELECT 1 FROM checkout WHERE merchant_id = :merchant_id AND cart_id = :cart
        AND state = 'completing'""",
        merchant_id=command.merchant_id,
        cart=cart_id,
    )
    if paying is not None:
        raise Conflict("This cart is being paid for.", state="completing")
    return found


def set_cart_state(session: Session, command: Command, cart_id: int, state: CartState) -> None:
    """The cart has changed, or ended: whoever shows it looks again. Called with the cart held."""
    session.run(
        """UPDATE cart SET state = :state, version = version + 1, updated_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        state=state,
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=cart_id,
    )
    session.nudge(Nudge("cart", command.merchant_id, ref=cart_id))


def _row(row: Row) -> CartRow:
    values: list[Any] = [*row[:7], msgspec.json.decode(row[7], type=tuple[str, ...])]
    return CartRow(*values)
