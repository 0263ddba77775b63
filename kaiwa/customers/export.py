"""Customers as the export writes them."""

from collections.abc import Iterator
from typing import Any

from kaiwa.customers.consent import consents
from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros, iso


def exported_customers(
    session: Session, merchant_id: int, after: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Customers by id, each with its addresses, how sure they are and what was agreed to."""
    rows = session.all(
        """SELECT id, name, language, created_at FROM customer
        WHERE merchant_id = :merchant_id AND id > :after ORDER BY id LIMIT 500""",
        merchant_id=merchant_id,
        after=after,
    )
    for row in rows:
        agreed = consents(session, merchant_id, row[0])
        addresses = [
            {
                "channel": one.channel,
                "kind": one.kind,
                "value": one.value,
                "grade": one.grade,
                "blocked": one.blocked_at is not None,
                "advertising": agreed.of(one.id),
            }
            for one in identities(session, merchant_id, row[0])
        ]
        yield (
            row[0],
            {
                "customer": row[0],
                "name": row[1],
                "language": row[2],
                "created_at": iso(from_micros(row[3])),
                "addresses": addresses,
            },
        )
