"""A store's webhook: kept as it came before it is answered, taken once, whatever comes twice."""

from datetime import datetime

from kaiwa.catalog.sync.pull import LONGEST_TROUBLE
from kaiwa.engines.db import Row, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.store import ConnectedStore
from kaiwa.stores import Hook
from kaiwa.vocabulary.time import to_micros


def keep_hook(
    session: Session, store: ConnectedStore, hook: Hook, body: bytes, now: datetime
) -> bool:
    """Keep an authentic webhook and plan its taking; False when this event was kept before."""
    row = session.one(
        """INSERT INTO store_event (merchant_id, store_id, external_id, topic, body, received_at)
        VALUES (:merchant_id, :store, :external, :topic, :body, :now)
        ON CONFLICT (store_id, external_id) DO NOTHING RETURNING id""",
        merchant_id=store.merchant_id,
        store=store.id,
        external=hook.event_id,
        topic=hook.topic,
        body=body,
        now=to_micros(now),
    )
    if row is None:
        return False
    payload = f"{store.merchant_id} {store.id} {row[0]}"
    enqueue(session, NewJob("stores", "take_hook", payload=payload), now)
    return True


def kept_hook(session: Session, merchant_id: int, event_id: int) -> Row | None:
    """Topic and body of a webhook that was not taken yet."""
    return session.one(
        """SELECT topic, body FROM store_event
        WHERE merchant_id = :merchant_id AND id = :id AND taken_at IS NULL""",
        merchant_id=merchant_id,
        id=event_id,
    )


def set_hook_taken(
    session: Session, merchant_id: int, event_id: int, outcome: str, now: datetime
) -> None:
    """It has had its effect; `outcome` says which, for people who look."""
    session.run(
        """UPDATE store_event SET taken_at = :now, outcome = :outcome
        WHERE merchant_id = :merchant_id AND id = :id""",
        now=to_micros(now),
        outcome=outcome[:LONGEST_TROUBLE],
        merchant_id=merchant_id,
        id=event_id,
    )
