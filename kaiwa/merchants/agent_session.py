"""Log-in sessions: the browser holds a random token, we hold only its hash."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import msgspec

from kaiwa.engines.db import Nudge, Session
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.role import LEADS
from kaiwa.vocabulary.errors import NotAllowed, NotAuthentic

LIFE = timedelta(days=14)


class _Rule(msgspec.Struct, frozen=True):
    """What of a shop's settings is asked at every door."""

    leads_need_factor: bool = False


class SignedIn(msgspec.Struct, frozen=True):
    """An agent with a valid session; `csrf` must come back with every write.

    `lacks_factor` when the shop asks their role for a second factor that is not on.
    """

    agent: Agent
    csrf: str
    lacks_factor: bool = False

    def require_csrf(self, given: str | None) -> None:
        """`NotAllowed` unless the page that writes is ours."""
        if not hmac.compare_digest(self.csrf.encode(), (given or "").encode()):
            raise NotAllowed("This page is out of date. Reload it and try again.", reason="csrf")


def sign_in(session: Session, agent: Agent, now: datetime) -> tuple[str, SignedIn]:
    """Begin a session; the token is for the browser's cookie only."""
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    session.run(
        """INSERT INTO agent_session
        (token_hash, merchant_id, agent_id, csrf, created_at, expires_at)
        VALUES (:hash, :merchant_id, :agent, :csrf, :now, :until)""",
        hash=_hash(token),
        merchant_id=agent.merchant_id,
        agent=agent.id,
        csrf=csrf,
        now=now,
        until=now + LIFE,
    )
    return token, signed_in(session, token, now)


def signed_in(session: Session, token: str, now: datetime) -> SignedIn:
    """Whose session this is; `NotAuthentic` when it has ended or never was."""
    row = session.one(
        """SELECT a.id, a.merchant_id, a.email, a.name, a.role, a.language, s.csrf, m.settings,
          EXISTS (SELECT 1 FROM second_factor f WHERE f.agent_id = a.id
            AND f.merchant_id = a.merchant_id AND f.on_since IS NOT NULL)
        FROM agent_session s JOIN agent a ON a.id = s.agent_id AND a.merchant_id = s.merchant_id
        JOIN merchant m ON m.id = a.merchant_id
        WHERE s.token_hash = :hash AND s.expires_at > :now AND a.disabled_at IS NULL""",
        hash=_hash(token),
        now=now,
    )
    if row is None:
        raise NotAuthentic("You are not logged in, or your session has ended.")
    whom, asked = Agent(*row[:6]), msgspec.json.decode(row[7], type=_Rule).leads_need_factor
    return SignedIn(whom, row[6], asked and whom.role in LEADS and not row[8])


def end_others(session: Session, agent: Agent, token: str) -> None:
    """End every session of the agent but this one."""
    session.run(
        """DELETE FROM agent_session WHERE agent_id = :agent AND merchant_id = :merchant_id
        AND token_hash <> :hash""",
        agent=agent.id,
        merchant_id=agent.merchant_id,
        hash=_hash(token),
    )
    session.nudge(Nudge("agent", agent.merchant_id, ref=agent.id))


def sign_out(session: Session, token: str) -> None:
    """End the session."""
    session.run(
        "DELETE FROM agent_session WHERE token_hash = :hash",  # every merchant: the token is one's
        hash=_hash(token),
    )


def forget_ended(session: Session, now: datetime) -> int:
    """Delete sessions that ran out; how many."""
    return session.run(
        "DELETE FROM agent_session WHERE expires_at < :now",  # every merchant: upkeep
        now=now,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
