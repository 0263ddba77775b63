"""Agents: people who answer. Passwords are kept as argon2id hashes only."""

import re
import secrets
from datetime import datetime
from functools import cache

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kaiwa.engines.db import Row, Session
from kaiwa.merchants.role import ROLES, Role
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.language import Language

PASSWORD_CHARACTERS = 10
LONGEST_PASSWORD = 1000
_HASHER = PasswordHasher()
_COLUMNS = "id, merchant_id, email, name, role, language"


class Agent(msgspec.Struct, frozen=True):
    """A person who may log in for one merchant."""

    id: int
    merchant_id: int
    email: str
    name: str
    role: Role
    language: Language


class NewAgent(msgspec.Struct, frozen=True):
    """Who is to be added."""

    email: str
    name: str
    role: Role
    password: str | None = None
    language: Language = "ja"


def add_agent(session: Session, merchant_id: int, new: NewAgent, now: datetime) -> Agent:
    """Give a person access. `Conflict` when the e-mail is in use.

    Without a password the account exists, and nobody gets in by one until it is set.
    """
    email = _email(new.email)
    if new.role not in ROLES:
        raise Invalid(f"The role must be one of {', '.join(ROLES)}.")
    hashed = hash_of_nobody() if new.password is None else hash_of(new.password)
    row = session.one(
        f"""INSERT INTO agent (merchant_id, email, name, role, language, password_hash, created_at)
        VALUES (:merchant_id, :email, :name, :role, :language, :hash, :now)
        ON CONFLICT (email) DO NOTHING RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        email=email,
        name=new.name.strip() or email,
        role=new.role,
        language=new.language,
        hash=hashed,
        now=now,
    )
    if row is None:
        raise Conflict(f"{email} has an account already.", reason="email_taken")
    return Agent(*row)


def agents(session: Session, merchant_id: int) -> list[Agent]:
    """The merchant's agents who may log in, by name."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM agent WHERE merchant_id = :merchant_id
        AND disabled_at IS NULL ORDER BY name, id""",
        merchant_id=merchant_id,
    )
    return [Agent(*row) for row in rows]


def agent(session: Session, merchant_id: int, agent_id: int) -> Agent:
    """One agent of the merchant; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM agent WHERE id = :id AND merchant_id = :merchant_id",
        id=agent_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such agent.")
    return Agent(*row)


def agent_for_log_in(session: Session, email: str) -> tuple[Agent, str] | None:
    """The agent with this e-mail and the password hash to check, or None."""
    row: Row | None = session.one(
        f"""SELECT {_COLUMNS}, password_hash FROM agent
        WHERE email = :email AND disabled_at IS NULL""",  # every merchant: the e-mail finds it
        email=email.strip().lower(),
    )
    return None if row is None else (Agent(*row[:6]), row[6])


def password_fits(password: str, password_hash: str | None) -> bool:
    """Check a password; takes as long for an unknown account as for a known one. Slow: ~50 ms."""
    try:
        _HASHER.verify(password_hash or hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def hash_of(password: str) -> str:
    """What is kept of a password; `Invalid` when it is too short. Slow: ~50 ms, 64 MB."""
    if not PASSWORD_CHARACTERS <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            f"A password needs at least {PASSWORD_CHARACTERS} characters.", reason="password"
        )
    return _HASHER.hash(password)


@cache
def hash_of_nobody() -> str:
    """A hash that no password fits, made once per process: as slow to check as a real one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _email(text: str) -> str:
    email = text.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.?[^@\s]*", email) or len(email) > 254:
        raise Invalid(f"{text!r} is not an e-mail address.", reason="email")
    return email
