"""The consent ledger: who agreed to what, when, how and in which words. Only ever added to."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from kaiwa.engines.db import Row, Session
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


class Consents(msgspec.Struct, frozen=True):
    """What holds for a customer's addresses; `otherwise` for those that never said anything."""

    own: dict[int, ConsentState]
    otherwise: ConsentState

    def of(self, identity_id: int) -> ConsentState:
        """Whether advertising may go to the address."""
        return self.own.get(identity_id, self.otherwise)


# The last yes and the last no of every address, as places in the ledger.
_LATEST = """SELECT c.identity_id, max(CASE WHEN c.state = 'granted' THEN c.id ELSE 0 END),
    max(CASE WHEN c.state = 'refused' THEN c.id ELSE 0 END)
    FROM consent c JOIN identity_link l ON l.identity_id = c.identity_id
      AND l.merchant_id = c.merchant_id AND l.ended_at IS NULL
    WHERE c.merchant_id = :merchant_id AND c.purpose = :purpose"""


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
    """Whether advertising may go to the address, as `consents` has it."""
    rows = session.all(
        _LATEST
        + """ AND l.customer_id = (SELECT customer_id FROM identity_link
          WHERE identity_id = :identity AND merchant_id = :merchant_id AND ended_at IS NULL)
        GROUP BY c.identity_id""",
        identity=identity_id,
        purpose=purpose,
        merchant_id=merchant_id,
    )
    return _standing(rows).get(identity_id, _elsewhere(rows))


def consents(
    session: Session, merchant_id: int, customer_id: int, purpose: Purpose = "advertising"
) -> Consents:
    """What holds for each address of the customer; `unknown` means no advertising.

    A refusal on one address is a refusal of the person: it stops all of them, until an address
    agrees anew. So STOP counts everywhere at once, for exactly as long as the addresses are held to
    be one person's.
    """
    rows = session.all(
        _LATEST + " AND l.customer_id = :customer GROUP BY c.identity_id",
        customer=customer_id,
        purpose=purpose,
        merchant_id=merchant_id,
    )
    return Consents(_standing(rows), _elsewhere(rows))


def _standing(rows: list[Row]) -> dict[int, ConsentState]:
    refused_last = max((refused for _, _, refused in rows), default=0)
    return {
        identity_id: "granted" if granted > refused_last else _elsewhere(rows)
        for identity_id, granted, _ in rows
    }


def _elsewhere(rows: list[Row]) -> ConsentState:
    return "refused" if any(refused for _, _, refused in rows) else "unknown"


def refused_here(
    session: Session, merchant_id: int, identity_id: int, purpose: Purpose = "advertising"
) -> bool:
    """Whether the address's own last word is no, whatever was said at the customer's others."""
    row = session.one(
        """SELECT state FROM consent WHERE identity_id = :identity AND purpose = :purpose
        AND merchant_id = :merchant_id ORDER BY id DESC LIMIT 1""",
        identity=identity_id,
        purpose=purpose,
        merchant_id=merchant_id,
    )
    return row is not None and row[0] == "refused"


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
