"""A way to pay that a merchant offers: a provider with its account, a fee and a limit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.engines.secrets import Secrets
from kaiwa.payments import Ability, Account, provider
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import to_micros


class NewMethod(msgspec.Struct, frozen=True):
    """What a merchant sets. `fee_minor` is paid by the shopper (代引手数料), with tax."""

    code: str
    provider: str
    title: str = ""
    fee_minor: int = 0
    most_minor: int | None = None
    credentials: Mapping[str, str] = {}
    api_base: str | None = None
    settings: Mapping[str, str] = {}


class Method(msgspec.Struct, frozen=True):
    """One row; credentials stay sealed until a provider is called."""

    id: int
    code: str
    provider: str
    title: str
    fee_minor: int
    most_minor: int | None
    sealed_credentials: bytes | None
    api_base: str | None
    settings: dict[str, str]

    @property
    def at_the_door(self) -> bool:
        """Whether the goods go out before the money comes in."""
        return Ability.AT_THE_DOOR in provider(self.provider).abilities

    def account(self, secrets: Secrets) -> Account:
        """The account, unsealed."""
        plain: dict[str, str] = {}
        if self.sealed_credentials is not None:
            opened = secrets.open(bytes(self.sealed_credentials), f"payment:{self.code}")
            plain = msgspec.json.decode(opened, type=dict[str, str])
        return Account(plain, self.api_base, self.settings)


_COLUMNS = (
    "id, code, provider, title, fee_minor, most_minor, sealed_credentials, api_base, settings"
)


def add_method(
    session: Session, merchant_id: int, new: NewMethod, secrets: Secrets | None = None
) -> int:
    """Offer a way to pay, or change the one with this code; its id."""
    kind = provider(new.provider)
    if missing := [name for name in kind.credential_names if not new.credentials.get(name)]:
        raise Invalid(f"{kind.name} needs: {', '.join(missing)}.")
    account = Account(new.credentials, new.api_base, new.settings)
    kind.check(account)
    limits = [one for one in (new.most_minor, kind.most_minor(account)) if one is not None]
    if new.credentials and secrets is None:
        raise Invalid("Credentials are kept sealed only.")
    sealed = (
        secrets.seal(msgspec.json.encode(dict(new.credentials)), f"payment:{new.code}")
        if secrets and new.credentials
        else None
    )
    row = session.one(
        """INSERT INTO payment_method (merchant_id, code, provider, title, fee_minor, most_minor,
        sealed_credentials, api_base, settings, position)
        VALUES (:merchant_id, :code, :provider, :title, :fee, :most, :sealed, :api_base, :settings,
        (SELECT COALESCE(max(position), 0) + 1 FROM payment_method
        WHERE merchant_id = :merchant_id))
        ON CONFLICT (merchant_id, code) DO UPDATE SET provider = excluded.provider,
        title = excluded.title, fee_minor = excluded.fee_minor, most_minor = excluded.most_minor,
        sealed_credentials = excluded.sealed_credentials, api_base = excluded.api_base,
        settings = excluded.settings, ended_at = NULL RETURNING id""",
        merchant_id=merchant_id,
        code=new.code,
        provider=new.provider,
        title=new.title or kind.name,
        fee=new.fee_minor,
        most=min(limits, default=None),
        sealed=sealed,
        api_base=new.api_base,
        settings=msgspec.json.encode(dict(new.settings)).decode(),
    )
    assert row is not None
    return int(row[0])


def methods(session: Session, merchant_id: int, amount_minor: int = 0) -> list[Method]:
    """The ways to pay that are offered for this amount, in the merchant's order."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM payment_method WHERE merchant_id = :merchant_id
        AND ended_at IS NULL AND (most_minor IS NULL OR most_minor >= :amount)
        ORDER BY position, id""",
        merchant_id=merchant_id,
        amount=amount_minor,
    )
    return [_method(row) for row in rows]


def method(session: Session, merchant_id: int, method_id: int) -> Method:
    """One way to pay, offered or ended; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM payment_method WHERE merchant_id = :merchant_id AND id = :id",
        merchant_id=merchant_id,
        id=method_id,
    )
    if row is None:
        raise NotFound("There is no such way to pay.")
    return _method(row)


def end_method(session: Session, merchant_id: int, code: str, now: datetime) -> None:
    """Offer it no more."""
    session.run(
        """UPDATE payment_method SET ended_at = :now
        WHERE merchant_id = :merchant_id AND code = :code AND ended_at IS NULL""",
        now=to_micros(now),
        merchant_id=merchant_id,
        code=code,
    )


def _method(row: Row) -> Method:
    values: list[Any] = [*row[:8], msgspec.json.decode(row[8], type=dict[str, str])]
    return Method(*values)
