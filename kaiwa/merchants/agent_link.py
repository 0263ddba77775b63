"""One-time links: how somebody gets a password nobody else has ever seen.

The link's secret is shown once to who made it; here only its hash is kept. Each agent has at most
one, which ends with its use, with a newer one, or after a week.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from kaiwa.engines.db import Nudge, Session
from kaiwa.merchants.agent import Agent
from kaiwa.vocabulary.errors import NotFound

LIFE: Final = timedelta(days=7)


def make_link(session: Session, whom: Agent, now: datetime) -> str:
    """A fresh link's secret; the one before it is dead."""
    token = secrets.token_urlsafe(32)
    session.run(
        """INSERT INTO agent_link (agent_id, merchant_id, token_hash, created_at, expires_at)
        VALUES (:agent, :merchant_id, :hash, :now, :until)
        ON CONFLICT (agent_id) DO UPDATE SET token_hash = excluded.token_hash,
        created_at = excluded.created_at, expires_at = excluded.expires_at""",
        agent=whom.id,
        merchant_id=whom.merchant_id,
        hash=_hash(token),
        now=now,
        until=now + LIFE,
    )
    return token


def whose_link(session: Session, token: str, now: datetime) -> Agent:
    """Whom the link lets in; `NotFound` when it was used, has run out or never was."""
    row = session.one(
        """SELECT a.id, a.merchant_id, a.email, a.name, a.role, a.language
        FROM agent_link l JOIN agent a ON a.id = l.agent_id AND a.merchant_id = l.merchant_id
        WHERE l.token_hash = :hash AND l.expires_at > :now AND a.disabled_at IS NULL""",
        # every merchant: the secret is one's
        hash=_hash(token),
        now=now,
    )
    if row is None:
        raise NotFound("This link has been used or has run out. Ask for a new one.", reason="link")
    return Agent(*row)


def use_link(session: Session, token: str, password_hash: str, now: datetime) -> Agent:
    """Set the password of whom the link is for, once; sessions from before end. `NotFound`."""
    whom = whose_link(session, token, now)
    used = session.run(
        "DELETE FROM agent_link WHERE token_hash = :hash AND merchant_id = :merchant_id",
        hash=_hash(token),
        merchant_id=whom.merchant_id,
    )
    if not used:
        raise NotFound("This link has been used or has run out. Ask for a new one.", reason="link")
    set_password(session, whom, password_hash)
    return whom


def set_password(session: Session, whom: Agent, password_hash: str) -> None:
    """Give somebody another password; whoever was logged in as them is not any more."""
    session.run(
        "UPDATE agent SET password_hash = :hash WHERE id = :id AND merchant_id = :merchant_id",
        hash=password_hash,
        id=whom.id,
        merchant_id=whom.merchant_id,
    )
    session.run(
        "DELETE FROM agent_session WHERE agent_id = :id AND merchant_id = :merchant_id",
        id=whom.id,
        merchant_id=whom.merchant_id,
    )
    session.nudge(Nudge("agent", whom.merchant_id, ref=whom.id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
