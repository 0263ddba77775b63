"""An inbox: a merchant's configured channel, its credentials sealed."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from kaiwa.channels import Account, Channel, channel
from kaiwa.engines.db import Row, Session
from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import Invalid, NotFound


class InboxSettings(msgspec.Struct, frozen=True):
    """What a merchant sets on an inbox.

    `origins` are the pages that may carry the widget (`*` stands for any); `identity_secret` signs
    who is logged in to the shop.
    """

    origins: tuple[str, ...] = ()
    greet_on_follow: bool = True
    extra: dict[str, str] = {}


class Inbox(msgspec.Struct, frozen=True):
    """One row; `key` is the unguessable part of its webhook path.

    One that is not on any more receives and sends nothing.
    """

    id: int
    merchant_id: int
    channel: str
    key: str
    name: str
    sealed_credentials: bytes | None
    api_base: str | None
    settings: InboxSettings
    quota_left: int | None
    is_on: bool = True

    def account(self, secrets: Secrets, public_url: str | None = None) -> Account:
        """The credentials opened, for verify and send.

        With our own `public_url` the settings say where the platform's calls go (`webhook_url`).
        """
        plain: dict[str, str] = {}
        if self.sealed_credentials is not None:
            opened = secrets.open(bytes(self.sealed_credentials), f"inbox:{self.key}")
            plain = msgspec.json.decode(opened, type=dict[str, str])
        settings = self.settings.extra
        if public_url:
            settings = {
                "webhook_url": f"{public_url}/webhooks/{self.channel}/{self.key}"
            } | settings
        return Account(self.id, plain, self.api_base, settings)


class NewInbox(msgspec.Struct, frozen=True):
    """What `channel add` asks for."""

    channel: str
    name: str = ""
    credentials: Mapping[str, str] = {}
    api_base: str | None = None
    settings: InboxSettings = InboxSettings()
    key: str | None = None


_COLUMNS = (
    "id, merchant_id, channel, key, name, sealed_credentials, api_base, settings, quota_left,"
    " disabled_at IS NULL"
)


def add_inbox(
    session: Session, merchant_id: int, new: NewInbox, secrets_: Secrets, now: datetime
) -> Inbox:
    """Connect a channel. `Invalid` names the credential that is missing or not known."""
    kind = channel(new.channel)
    require_possible(kind, new.credentials)
    key = new.key or secrets.token_urlsafe(18)
    sealed = secrets_.seal(msgspec.json.encode(dict(new.credentials)), f"inbox:{key}")
    row = session.one(
        f"""INSERT INTO inbox
        (merchant_id, channel, key, name, sealed_credentials, api_base, settings, created_at)
        VALUES (:merchant_id, :channel, :key, :name, :sealed, :api_base, :settings, :now)
        RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        channel=new.channel,
        key=key,
        name=new.name or kind.name,
        sealed=sealed,
        api_base=new.api_base,
        settings=msgspec.json.encode(new.settings).decode(),
        now=now,
    )
    assert row is not None
    return _inbox(row)


def require_possible(kind: Channel, given: Mapping[str, str]) -> None:
    """`Invalid` names the credential that is missing, too short or not known."""
    missing = [
        one.name for one in kind.credential_fields if one.required and not given.get(one.name)
    ]
    if missing:
        words = f"{kind.name} needs: {', '.join(missing)}."
        raise Invalid(words, reason="credentials", fields=missing)
    for field in kind.credential_fields:
        if 0 < len(given.get(field.name, "")) < field.shortest:
            words = f"{field.name} needs at least {field.shortest} characters."
            raise Invalid(words, reason="credentials", fields=[field.name])
    if stray := sorted(set(given) - {field.name for field in kind.credential_fields}):
        raise Invalid(f"{kind.name} does not know: {', '.join(stray)}.")


def inbox_by_key(session: Session, key: str) -> Inbox:
    """The inbox a webhook or widget names; `NotFound` when there is none or it is switched off."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM inbox
        WHERE key = :key AND disabled_at IS NULL""",  # every merchant: the key is the secret
        key=key,
    )
    if row is None:
        raise NotFound("There is no such inbox.")
    return _inbox(row)


def inbox(session: Session, merchant_id: int, inbox_id: int) -> Inbox:
    """One inbox of the merchant; `NotFound`."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM inbox WHERE id = :id AND merchant_id = :merchant_id",
        id=inbox_id,
        merchant_id=merchant_id,
    )
    if row is None:
        raise NotFound("There is no such inbox.")
    return _inbox(row)


def inboxes(session: Session, merchant_id: int) -> list[Inbox]:
    """The merchant's inboxes that are switched on."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM inbox
        WHERE merchant_id = :merchant_id AND disabled_at IS NULL ORDER BY id""",
        merchant_id=merchant_id,
    )
    return [_inbox(row) for row in rows]


def inbox_channels(session: Session, merchant_id: int) -> dict[int, str]:
    """The channel of every inbox by its id, those that are switched off too."""
    rows = session.all(
        "SELECT id, channel FROM inbox WHERE merchant_id = :merchant_id", merchant_id=merchant_id
    )
    return dict(rows)


def all_inboxes(session: Session) -> list[Inbox]:
    """Every inbox that is switched on."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM inbox
        WHERE disabled_at IS NULL ORDER BY id"""  # every merchant: upkeep and doctor
    )
    return [_inbox(row) for row in rows]


def note_trouble(session: Session, inbox: Inbox, trouble: str | None) -> None:
    """Remember what is wrong with the account, or that it is well again (None)."""
    session.run(
        """UPDATE inbox SET trouble = :trouble WHERE id = :id AND merchant_id = :merchant_id
        AND COALESCE(trouble, '') <> COALESCE(CAST(:trouble AS text), '')""",
        trouble=trouble,
        id=inbox.id,
        merchant_id=inbox.merchant_id,
    )


def note_quota(session: Session, inbox: Inbox, quota_left: int | None) -> None:
    """Remember how many metered messages are left this month."""
    session.run(
        "UPDATE inbox SET quota_left = :left WHERE id = :id AND merchant_id = :merchant_id",
        left=quota_left,
        id=inbox.id,
        merchant_id=inbox.merchant_id,
    )


def _inbox(row: Row) -> Inbox:
    settings = msgspec.json.decode(row[7], type=InboxSettings)
    values: list[Any] = [*row[:7], settings, row[8], bool(row[9])]
    return Inbox(*values)
