"""Agents: people who answer. Passwords are kept as argon2id hashes only."""

import re
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
    password: str
    language: Language = "ja"


def add_agent(session: Session, merchant_id: int, new: NewAgent, now: datetime) -> Agent:
    """Give a person access. `Conflict` when the e-mail is in use."""
    email = _email(new.email)
    if new.role not in ROLES:
        raise Invalid(f"The role must be one of {', '.join(ROLES)}.")
    if len(new.password) < PASSWORD_CHARACTERS:
        raise Invalid(f"A password needs at least {PASSWORD_CHARACTERS} characters.")
    row = session.one(
        f"""INSERT INTO agent (merchant_id, email, name, role, language, password_hash, created_at)
        VALUES (:merchant_id, :email, :name, :role, :language, :hash, :now)
        ON CONFLICT (email) DO NOTHING RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        email=email,
        name=new.name.strip() or email,
        role=new.role,
        language=new.language,
        hash=_HASHER.hash(new.password),
        now=now,
    )
    if row is None:
        raise Conflict(f"{email} has an account already.")
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
        _HASHER.verify(password_hash or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _email(text: str) -> str:
    email = text.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.?[^@\s]*", email) or len(email) > 254:
        raise Invalid(f"{text!r} is not an e-mail address.")
    return email
