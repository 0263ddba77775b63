"""The consent ledger: who agreed to what, when, how and in which words. Only ever added to."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import NotFound

Purpose: TypeAlias = Literal["advertising"]
ConsentState: TypeAlias = Literal["granted", "refused", "unknown"]


class ConsentGiven(msgspec.Struct, frozen=True):
    """One line: the latest of a purpose counts."""

    state: Literal["granted", "refused"]
    source: str
    purpose: Purpose = "advertising"
    wording: str | None = None
    evidence: str | None = None


def record_consent(
    session: Session, merchant_id: int, identity_id: int, given: ConsentGiven, now: datetime
) -> None:
    """Add a line to the ledger; `NotFound` when the merchant has no such address."""
    added = session.run(
        """INSERT INTO consent
        (merchant_id, identity_id, purpose, state, source, wording, evidence, at)
        SELECT merchant_id, id, :purpose, :state, :source, CAST(:wording AS text),
          CAST(:evidence AS text), CAST(:now AS bigint)
        FROM identity WHERE id = :identity AND merchant_id = :merchant_id""",
        merchant_id=merchant_id,
        identity=identity_id,
        purpose=given.purpose,
        state=given.state,
        source=given.source,
        wording=given.wording,
        evidence=given.evidence,
        now=now,
    )
    if added != 1:
        raise NotFound("There is no such address.")


def consent_state(
    session: Session, merchant_id: int, identity_id: int, purpose: Purpose = "advertising"
) -> ConsentState:
    """What the address agreed to last; `unknown` means no advertising."""
    row = session.one(
        """SELECT state FROM consent WHERE identity_id = :identity AND purpose = :purpose
        AND merchant_id = :merchant_id ORDER BY id DESC LIMIT 1""",
        identity=identity_id,
        purpose=purpose,
        merchant_id=merchant_id,
    )
    state: ConsentState = "unknown" if row is None else row[0]
    return state


def restore_consent(
    session: Session, merchant_id: int, identity_id: int, given: ConsentGiven, now: datetime
) -> bool:
    """Take back a refusal: what was granted before it is granted again, on `given`.

    False when nothing had been granted, or what came last was no refusal.
    """
    rows = session.all(
        """SELECT state FROM consent WHERE identity_id = :identity AND purpose = :purpose
        AND merchant_id = :merchant_id ORDER BY id DESC""",
        identity=identity_id,
        purpose=given.purpose,
        merchant_id=merchant_id,
    )
    states = [row[0] for row in rows]
    # A refusal may stand there twice: STOP was written twice.
    if states[:1] != ["refused"] or "granted" not in states:
        return False
    record_consent(session, merchant_id, identity_id, given, now)
    return True
