"""Products a merchant never wants recommended. They can still be found and bought."""

from datetime import datetime

from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import to_micros


def leave_out(session: Session, merchant_id: int, product_id: int, now: datetime) -> None:
    """Recommend it no more; again changes nothing. The product is the merchant's own."""
    session.run(
        """INSERT INTO recommendation_exclusion (product_id, merchant_id, at)
        SELECT id, merchant_id, :now FROM product
        WHERE merchant_id = :merchant_id AND id = :product
        ON CONFLICT (product_id) DO NOTHING""",
        merchant_id=merchant_id,
        product=product_id,
        now=to_micros(now),
    )


def put_back(session: Session, merchant_id: int, product_id: int) -> None:
    """It may be recommended again."""
    session.run(
        """DELETE FROM recommendation_exclusion
        WHERE merchant_id = :merchant_id AND product_id = :product""",
        merchant_id=merchant_id,
        product=product_id,
    )


def left_out(session: Session, merchant_id: int) -> list[int]:
    """The products that are never recommended."""
    rows = session.all(
        """SELECT product_id FROM recommendation_exclusion
        WHERE merchant_id = :merchant_id ORDER BY product_id""",
        merchant_id=merchant_id,
    )
    return [int(row[0]) for row in rows]
