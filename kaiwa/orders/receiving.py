"""Money for an order has come in: counted, and what is more than the order costs is owed back.

Between asking for money and having it the order may have become cheaper, or have been paid another
way: whoever asked could not know.
"""

from kaiwa.engines.db import Session
from kaiwa.orders.adjustment import Change, adjust, too_much_minor
from kaiwa.orders.command import Command
from kaiwa.orders.fact import AnnounceOrders
from kaiwa.orders.order import note_event, order
from kaiwa.orders.payment import Payment
from kaiwa.vocabulary.time import to_micros


def receive(
    session: Session,
    command: Command,
    paid: Payment,
    announce: AnnounceOrders,
    reason: str = "paid_too_much",
) -> None:
    """Count a payment of an order that is `paid` by now. Order held."""
    assert paid.order_id is not None and paid.state == "paid"
    amount_minor = paid.amount.amount_minor
    session.run(
        """UPDATE shop_order SET paid_minor = paid_minor + :amount, paid_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        amount=amount_minor,
        now=to_micros(command.at),
        merchant_id=command.merchant_id,
        id=paid.order_id,
    )
    note_event(session, command, paid.order_id, "paid", {"amount_minor": amount_minor})
    found = order(session, command.merchant_id, paid.order_id)
    if too_much_minor(session, command.merchant_id, found, found.totals.total_minor):
        adjust(session, command, found, Change("change", reason, found.bill), announce)
