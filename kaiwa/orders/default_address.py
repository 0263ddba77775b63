"""A customer's default address: what a new checkout begins with. Old orders keep their own."""

import msgspec

from kaiwa.customers.absorbed import person_ids
from kaiwa.engines.db import Session
from kaiwa.orders.address import PostalAddress, checked_address, still_read
from kaiwa.orders.command import Command, once
from kaiwa.orders.own import require_self
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import to_micros


class SetDefaultAddress(msgspec.Struct, frozen=True):
    """Send new orders here unless something else is said."""

    customer_id: int
    address: PostalAddress


def set_default_address(
    session: Session, command: Command, request: SetDefaultAddress
) -> PostalAddress:
    """Keep it in its normal form; `Invalid` names the field that is wrong."""

    def effect() -> PostalAddress:
        require_self(session, command, request.customer_id)
        if not person_ids(session, command.merchant_id, request.customer_id):
            raise NotFound("There is no such customer.")
        before = default_address(session, command.merchant_id, request.customer_id)
        address = still_read(before, checked_address(request.address))
        session.run(
            """INSERT INTO default_address (customer_id, merchant_id, body, updated_at)
            VALUES (:customer, :merchant_id, :body, :now)
            ON CONFLICT (customer_id) DO UPDATE SET body = excluded.body,
            updated_at = excluded.updated_at
            WHERE default_address.merchant_id = excluded.merchant_id""",
            customer=request.customer_id,
            merchant_id=command.merchant_id,
            body=msgspec.json.encode(address).decode(),
            now=to_micros(command.at),
        )
        return address

    return once(session, command, request, PostalAddress, effect)


def default_address(session: Session, merchant_id: int, customer_id: int) -> PostalAddress | None:
    """The person's newest default address, under all its ids."""
    marks = ", ".join(map(str, person_ids(session, merchant_id, customer_id))) or "0"
    row = session.one(
        f"""SELECT body FROM default_address WHERE merchant_id = :merchant_id
        AND customer_id IN ({marks}) ORDER BY updated_at DESC LIMIT 1""",
        merchant_id=merchant_id,
    )
    return None if row is None else msgspec.json.decode(row[0], type=PostalAddress)
