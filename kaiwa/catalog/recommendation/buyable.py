"""What may be recommended now, read from the tables that sell: nothing here is remembered."""

from collections.abc import Sequence

import msgspec

from kaiwa.engines.db import Session


class Buyable(msgspec.Struct, frozen=True):
    """A product that can be bought now as this variant, its cheapest one in stock.

    `eaten` says that it is food or drink: people buy that again.
    """

    product_id: int
    category: str
    variant_id: int
    eaten: bool


def buyable(session: Session, merchant_id: int, product_ids: Sequence[int]) -> dict[int, Buyable]:
    """Those that are shown, in stock, and not left out by the merchant."""
    marks = ", ".join(str(int(one)) for one in product_ids) or "0"
    rows = session.all(
        f"""SELECT p.id, p.category, v.id, v.tax_class FROM product p
        JOIN variant v ON v.product_id = p.id AND v.merchant_id = p.merchant_id
        JOIN stock s ON s.variant_id = v.id AND s.merchant_id = p.merchant_id
        WHERE p.merchant_id = :merchant_id AND p.id IN ({marks}) AND p.status = 'active'
        AND v.retired_at IS NULL
        AND (s.tracked = 0 OR s.oversell = 1 OR s.on_hand - s.reserved > 0)
        AND NOT EXISTS (SELECT 1 FROM recommendation_exclusion x
          WHERE x.product_id = p.id AND x.merchant_id = p.merchant_id)
        ORDER BY v.amount_minor, v.position, v.id""",
        merchant_id=merchant_id,
    )
    found: dict[int, Buyable] = {}
    for product_id, category, variant_id, tax_class in rows:
        found.setdefault(
            product_id, Buyable(product_id, category, variant_id, tax_class == "reduced")
        )
    return found


def newest(session: Session, merchant_id: int, category: str | None, most: int) -> list[int]:
    """The products that were added last, in the category or in all."""
    here = " AND category = :category" if category else ""
    rows = session.all(
        f"""SELECT id FROM product WHERE merchant_id = :merchant_id AND status = 'active'{here}
        ORDER BY id DESC LIMIT :most""",
        merchant_id=merchant_id,
        most=most,
        **({"category": category} if category else {}),
    )
    return [int(row[0]) for row in rows]
