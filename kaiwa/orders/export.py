"""Orders as the export writes them: what `import orders` reads, and the money beside it."""

from collections.abc import Iterator
from typing import Any

from kaiwa.engines.db import Session
from kaiwa.orders.order import Order, OrderState, order
from kaiwa.orders.shipment import shipments_of
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.time import iso

_STATUS: dict[OrderState, str] = {
    "awaiting_payment": "unfulfilled",
    "processing": "unfulfilled",
    "partly_shipped": "unfulfilled",
    "shipped": "shipped",
    "delivered": "delivered",
    "cancelled": "cancelled",
}


def exported_orders(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Orders by id, as they stand now."""
    rows = session.all(
        """SELECT id FROM shop_order
        WHERE merchant_id = :merchant_id AND id > :after ORDER BY id LIMIT 200""",
        merchant_id=merchant_id,
        after=after,
    )
    for (order_id,) in rows:
        yield order_id, _line(session, merchant_id, order(session, merchant_id, order_id))


def _line(session: Session, merchant_id: int, found: Order) -> dict[str, Any]:
    parcels = shipments_of(session, merchant_id, found.id)
    parcel = parcels[-1] if parcels else None
    arrived = [one.state_at for one in parcels if one.state == "delivered"]
    address = found.body.address
    return {
        "number": found.number,
        "email": found.email,
        "phone": found.phone,
        "name": found.name,
        "placed_at": iso(found.placed_at),
        "lines": [
            {
                "sku": line.sku,
                "quantity": found.left(line.part) or line.quantity,
                "price": Money(line.unit_minor, found.currency).decimal(),
                "title": line.title,
            }
            for line in found.lines
        ],
        "status": _STATUS[found.state],
        "delivered_at": iso(max(arrived)) if arrived and found.state == "delivered" else None,
        "carrier": parcel.carrier if parcel else None,
        "tracking_number": parcel.tracking_number if parcel else None,
        "address": address.one_line() if address else found.body.address_text or None,
        "customer": found.customer_id,
        "state": found.state,
        "currency": found.currency,
        "total": Money(found.totals.total_minor, found.currency).decimal(),
        "entries": [{"type": e.kind, "amount": e.amount_minor} for e in found.totals.entries],
        "taxes": [
            {"rate": tax.rate_percent, "net": tax.net_minor, "tax": tax.tax_minor}
            for tax in found.totals.taxes
        ],
        "paid": Money(found.paid_minor, found.currency).decimal(),
        "refunded": Money(found.refunded_minor, found.currency).decimal(),
    }
