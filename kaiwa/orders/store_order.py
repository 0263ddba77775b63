"""Takes an order that a connected store told, as `import orders` takes one from a file.

It makes no news here and moves no stock: both happened where it was placed.
"""

from kaiwa.catalog.sync import Source
from kaiwa.catalog.sync.link import is_linked, link, put_link
from kaiwa.engines.db import Session
from kaiwa.orders.import_orders import ToldLine, ToldOrder, checked_order, take_order
from kaiwa.orders.order import order, order_by_number
from kaiwa.stores import StoreOrder, Told
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import iso


def take_store_order(session: Session, source: Source, told: Told) -> bool:
    """Write the order or take over how far it has got; whether anything was told. `Invalid`."""
    if not isinstance(told, StoreOrder):
        return False
    known = link(session, source, "order", told.external_id)
    if known is not None and known.is_newer_than(told.updated_at):
        return False
    if known is None:
        number = _number(session, source, told)
    else:
        number = order(session, source.owner.id, known.local_id).number
    take_order(session, source.owner, _as_file(source, told, number), source.now)
    order_id = order_by_number(session, source.owner.id, number)
    assert order_id is not None
    put_link(session, source, "order", (told.external_id, told.updated_at), order_id)
    return True


def _number(session: Session, source: Source, told: StoreOrder) -> str:
    """The number to write under: the store's, unless another order has it already."""
    found = order_by_number(session, source.owner.id, told.number)
    if found is None:
        return told.number
    # What was imported from a file before is the same order; one that was placed here is not.
    imported = order(session, source.owner.id, found).pays == "elsewhere"
    if imported and not is_linked(session, source.owner.id, "order", found):
        return told.number
    return f"{told.number}-{source.store.id}"


def _as_file(source: Source, told: StoreOrder, number: str) -> ToldOrder:
    if wrong := {one.price.currency for one in told.lines} - {source.owner.currency}:
        raise Invalid(f"The order is in {wrong.pop()}, the shop sells in {source.owner.currency}.")
    lines = [ToldLine(one.sku, one.quantity, one.price.decimal(), one.title) for one in told.lines]
    return checked_order(
        ToldOrder(
            number=number,
            placed_at=iso(told.placed_at),
            lines=lines,
            email=told.email,
            phone=told.phone,
            name=told.name,
            status=told.status,
            delivered_at=iso(told.delivered_at) if told.delivered_at else None,
            carrier=told.carrier,
            tracking_number=told.tracking_number or None,
            address=told.address,
        )
    )
