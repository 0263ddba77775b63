"""Who a customer also is: those merged into it. What they bought stays recorded under their ids."""

from kaiwa.engines.db import Session


def person_ids(session: Session, merchant_id: int, customer_id: int) -> list[int]:
    """The customer's id and the ids it absorbed, for as long as the merges stand."""
    rows = session.all(
        """WITH RECURSIVE person (id) AS (
          SELECT id FROM customer WHERE id = :customer AND merchant_id = :merchant_id
          UNION SELECT m.absorbed_id FROM customer_merge m JOIN person ON person.id = m.kept_id
          WHERE m.merchant_id = :merchant_id AND m.undone_at IS NULL)
        SELECT id FROM person ORDER BY id""",
        merchant_id=merchant_id,
        customer=customer_id,
    )
    return [int(row[0]) for row in rows]


def keeper_ids(session: Session, merchant_id: int, customer_id: int) -> list[int]:
    """The customer's id and the ids of those it was merged into, for as long as the merges stand.

    The person is found under one of them by whatever is linked to it now.
    """
    rows = session.all(
        """WITH RECURSIVE keeper (id) AS (
          SELECT id FROM customer WHERE id = :customer AND merchant_id = :merchant_id
          UNION SELECT m.kept_id FROM customer_merge m JOIN keeper ON keeper.id = m.absorbed_id
          WHERE m.merchant_id = :merchant_id AND m.undone_at IS NULL)
        SELECT id FROM keeper ORDER BY id""",
        merchant_id=merchant_id,
        customer=customer_id,
    )
    return [int(row[0]) for row in rows]
