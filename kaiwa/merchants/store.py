"""A store: a merchant's connected shop back end, its credentials sealed.

A merchant without one sells in the embedded shop; so does one that says so by a store of that kind.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.engines.secrets import Secrets
from kaiwa.stores import Ability, Account, store_kind
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.time import to_micros


class NewStore(msgspec.Struct, frozen=True):
    """What `store add` asks for."""

    kind: str
    name: str = ""
    credentials: Mapping[str, str] = {}
    api_base: str | None = None


class ConnectedStore(msgspec.Struct, frozen=True):
    """One row; `key` is the unguessable part of its webhook path."""

    id: int
    merchant_id: int
    kind: str
    key: str
    name: str
    sealed_credentials: bytes | None
    api_base: str | None
    currency: str

    @property
    def is_here(self) -> bool:
        """Whether the truth is in our own tables."""
        return Ability.HERE in store_kind(self.kind).abilities

    def account(self, secrets: Secrets) -> Account:
        """The credentials opened, for fetch and verify."""
        plain: dict[str, str] = {}
        if self.sealed_credentials is not None:
            opened = secrets.open(bytes(self.sealed_credentials), f"store:{self.key}")
            plain = msgspec.json.decode(opened, type=dict[str, str])
        return Account(self.id, self.currency, plain, self.api_base)


_SELECT = """SELECT s.id, s.merchant_id, s.kind, s.key, s.name, s.sealed_credentials, s.api_base,
    m.currency FROM store s JOIN merchant m ON m.id = s.merchant_id"""


def add_store(
    session: Session, merchant_id: int, new: NewStore, secrets_: Secrets, now: datetime
) -> ConnectedStore:
    """Connect a store. `Invalid` names the credential that is missing or not known."""
    kind = store_kind(new.kind)
    wanted = [field.name for field in kind.credential_fields if field.required]
    if missing := [name for name in wanted if not new.credentials.get(name)]:
        raise Invalid(f"{kind.name} needs: {', '.join(missing)}.")
    known = {field.name for field in kind.credential_fields}
    if stray := sorted(set(new.credentials) - known):
        raise Invalid(f"{kind.name} does not know: {', '.join(stray)}.")
    key = secrets.token_urlsafe(18)
    row = session.one(
        """INSERT INTO store
        (merchant_id, kind, key, name, sealed_credentials, api_base, created_at)
        VALUES (:merchant_id, :kind, :key, :name, :sealed, :api_base, :now)
        ON CONFLICT (merchant_id, name) DO NOTHING RETURNING id""",
        merchant_id=merchant_id,
        kind=new.kind,
        key=key,
        name=new.name or kind.name,
        sealed=secrets_.seal(msgspec.json.encode(dict(new.credentials)), f"store:{key}"),
        api_base=new.api_base.rstrip("/") if new.api_base else None,
        now=to_micros(now),
    )
    if row is None:
        raise Conflict(f"There is a store {new.name or kind.name!r} already. Give it another name.")
    return store(session, merchant_id, int(row[0]))


def store(session: Session, merchant_id: int, store_id: int) -> ConnectedStore:
    """One store of the merchant; `NotFound`."""
    row = session.one(
        f"{_SELECT} WHERE s.merchant_id = :merchant_id AND s.id = :id AND s.disabled_at IS NULL",
        merchant_id=merchant_id,
        id=store_id,
    )
    if row is None:
        raise NotFound("There is no such store.")
    return _store(row)


def store_by_key(session: Session, key: str) -> ConnectedStore:
    """The store a webhook names; `NotFound`."""
    row = session.one(
        f"""{_SELECT}
        WHERE s.key = :key AND s.disabled_at IS NULL""",  # every merchant: the key is the secret
        key=key,
    )
    if row is None:
        raise NotFound("There is no such store.")
    return _store(row)


def stores(session: Session, merchant_id: int) -> list[ConnectedStore]:
    """The merchant's stores, oldest first."""
    rows = session.all(
        f"{_SELECT} WHERE s.merchant_id = :merchant_id AND s.disabled_at IS NULL ORDER BY s.id",
        merchant_id=merchant_id,
    )
    return [_store(row) for row in rows]


def all_stores(session: Session) -> list[ConnectedStore]:
    """Every store of everybody."""
    rows = session.all(
        f"""{_SELECT}
        WHERE s.disabled_at IS NULL ORDER BY s.id"""  # every merchant: regular pulls
    )
    return [_store(row) for row in rows]


def remove_store(session: Session, merchant_id: int, store_id: int, now: datetime) -> None:
    """Disconnect it; what it told stays. `NotFound`."""
    gone = session.run(
        """UPDATE store SET disabled_at = :now, sealed_credentials = NULL,
        name = name || ' #' || CAST(id AS TEXT)
        WHERE merchant_id = :merchant_id AND id = :id AND disabled_at IS NULL""",
        now=to_micros(now),
        merchant_id=merchant_id,
        id=store_id,
    )
    if not gone:
        raise NotFound("There is no such store.")


def _store(row: Row) -> ConnectedStore:
    values: list[Any] = list(row)
    return ConnectedStore(*values)
