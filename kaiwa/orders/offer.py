"""What a variant is sold at now: price, tax, stock. Read each time, never remembered as truth."""

from collections.abc import Iterable

import msgspec

from kaiwa.catalog.stock import UNLIMITED
from kaiwa.engines.db import Row, Session
from kaiwa.orders.tax import TaxClass
from kaiwa.vocabulary.money import Money


class Offer(msgspec.Struct, frozen=True):
    """A variant as it can be bought now; `available` is 0 when it is not sold any more."""

    variant_id: int
    product_id: int
    handle: str
    sku: str
    title: str
    price: Money
    tax_class: TaxClass
    tax_included: bool
    weight_g: int
    available: int
    sold: bool


def offers(session: Session, merchant_id: int, variant_ids: Iterable[int]) -> dict[int, Offer]:
    """The offers of these variants; ids of nobody or of another merchant are left out."""
    wanted = {f"v{place}": one for place, one in enumerate(variant_ids)}
    if not wanted:
        return {}
    # Few different statements, so that the databases know them: missing ids are 0, which is none.
    size = 1 << (len(wanted) - 1).bit_length()
    wanted |= {f"v{place}": 0 for place in range(len(wanted), size)}
    marks = ", ".join(f":{name}" for name in wanted)
    rows = session.all(
        f"""SELECT v.id, p.id, p.handle, v.sku, p.title, v.title, v.amount_minor, v.currency,
        v.tax_class, v.tax_included, v.weight_g, v.retired_at, p.status,
        s.on_hand - s.reserved, s.tracked, s.oversell
        FROM variant v
        JOIN product p ON p.id = v.product_id AND p.merchant_id = v.merchant_id
        LEFT JOIN stock s ON s.variant_id = v.id AND s.merchant_id = v.merchant_id
        WHERE v.merchant_id = :merchant_id AND v.id IN ({marks})""",
        merchant_id=merchant_id,
        **wanted,
    )
    return {row[0]: _offer(row) for row in rows}


def _offer(row: Row) -> Offer:
    sold = row[11] is None and row[12] == "active"
    free, tracked, oversell = row[13:16]
    count = 0 if free is None else max(0, int(free))
    if free is not None and (oversell or not tracked):
        count = UNLIMITED
    return Offer(
        variant_id=row[0],
        product_id=row[1],
        handle=row[2],
        sku=row[3] or f"#{row[0]}",
        title=f"{row[4]} ({row[5]})" if row[5] else row[4],
        price=Money(row[6], row[7]),
        tax_class=row[8],
        tax_included=bool(row[9]),
        weight_g=row[10] or 0,
        available=count if sold else 0,
        sold=sold,
    )
