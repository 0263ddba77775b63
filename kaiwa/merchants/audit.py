"""Who did what: a line per deed that matters, never changed afterwards."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import from_micros


class Deed(msgspec.Struct, frozen=True):
    """`actor` ("agent:3", "bot", "system") did `action` to `subject` ("conversation:7")."""

    actor: str
    action: str
    subject: str
    detail: dict[str, object] = {}


def write_down(session: Session, merchant_id: int, deed: Deed, now: datetime) -> None:
    """Add a line."""
    session.run(
        """INSERT INTO audit (merchant_id, at, actor, action, subject, detail)
        VALUES (:merchant_id, :now, :actor, :action, :subject, :detail)""",
        merchant_id=merchant_id,
        now=now,
        actor=deed.actor,
        action=deed.action,
        subject=deed.subject,
        detail=msgspec.json.encode(deed.detail).decode(),
    )


def deeds(session: Session, merchant_id: int, limit: int = 100) -> list[tuple[datetime, Deed]]:
    """The newest lines first."""
    rows = session.all(
        """SELECT at, actor, action, subject, detail FROM audit
        WHERE merchant_id = :merchant_id ORDER BY id DESC LIMIT :limit""",
        merchant_id=merchant_id,
        limit=limit,
    )
    return [(from_micros(r[0]), Deed(r[1], r[2], r[3], msgspec.json.decode(r[4]))) for r in rows]
