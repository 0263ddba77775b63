"""Changing an inbox: its name, its pages, its credentials; switching it off and on again.

Credentials are never read back to anybody: what is told is which there are.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from kaiwa.channels import channel
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, inbox, require_possible
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.time import optional_micros

LONGEST_NAME: Final = 80
MOST_ORIGINS: Final = 50
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,253}")


class InboxChange(msgspec.Struct, frozen=True):
    """None keeps. Of the credentials, those given take the place of theirs; an empty one keeps."""

    name: str | None = None
    credentials: Mapping[str, str] = {}
    origins: tuple[str, ...] | None = None
    active: bool | None = None


class Standing(msgspec.Struct, frozen=True):
    """An inbox and how it is: sentences of what is wrong as of `checked_at`; off since when."""

    inbox: Inbox
    troubles: tuple[str, ...] = ()
    checked_at: datetime | None = None
    last_in_at: datetime | None = None
    disabled_at: datetime | None = None


def standings(session: Session, merchant_id: int) -> list[Standing]:
    """Every inbox of the merchant, those that are switched off last."""
    rows = session.all(
        """SELECT b.id, b.trouble, b.checked_at, b.disabled_at,
          (SELECT max(i.last_inbound_at) FROM identity i
            WHERE i.inbox_id = b.id AND i.merchant_id = b.merchant_id)
        FROM inbox b WHERE b.merchant_id = :merchant_id
        ORDER BY CASE WHEN b.disabled_at IS NULL THEN 0 ELSE 1 END, b.id""",
        merchant_id=merchant_id,
    )
    return [
        Standing(
            inbox(session, merchant_id, row[0]),
            tuple(line for line in (row[1] or "").split("\n") if line),
            optional_micros(row[2]),
            optional_micros(row[4]),
            optional_micros(row[3]),
        )
        for row in rows
    ]


def change_inbox(
    session: Session, ids: tuple[int, int], change: InboxChange, secrets: Secrets, now: datetime
) -> Inbox:
    """Change inbox `ids[1]` of merchant `ids[0]`. `Invalid` names what cannot be; `NotFound`."""
    merchant_id, inbox_id = ids
    known = inbox(session, merchant_id, inbox_id)
    sealed = known.sealed_credentials
    if any(change.credentials.values()):
        plain = with_credentials(known, change.credentials, secrets)
        sealed = secrets.seal(msgspec.json.encode(plain), f"inbox:{known.key}")
    settings = known.settings
    if change.origins is not None:
        settings = msgspec.structs.replace(settings, origins=checked_origins(change.origins))
    session.run(
        """UPDATE inbox SET name = :name, sealed_credentials = :sealed, settings = :settings
        WHERE id = :id AND merchant_id = :merchant_id""",
        name=known.name if change.name is None else _name(change.name),
        sealed=sealed,
        settings=msgspec.json.encode(settings).decode(),
        id=inbox_id,
        merchant_id=merchant_id,
    )
    if change.active is not None:
        session.run(
            """UPDATE inbox SET disabled_at = CASE WHEN :active = 1 THEN NULL
            ELSE COALESCE(disabled_at, :now) END WHERE id = :id AND merchant_id = :merchant_id""",
            active=int(change.active),
            now=now,
            id=inbox_id,
            merchant_id=merchant_id,
        )
    return inbox(session, merchant_id, inbox_id)


def with_credentials(known: Inbox, given: Mapping[str, str], secrets: Secrets) -> dict[str, str]:
    """The inbox's credentials with those given in the place of theirs; `Invalid`."""
    plain = dict(known.account(secrets).credentials)
    plain |= {name: value.strip() for name, value in given.items() if value.strip()}
    require_possible(channel(known.channel), plain)
    return plain


def note_checked(
    session: Session, merchant_id: int, inbox_id: int, troubles: Iterable[str], now: datetime
) -> None:
    """Remember what a look at the account found; nothing means that it is well."""
    session.run(
        """UPDATE inbox SET trouble = :trouble, checked_at = :now
        WHERE id = :id AND merchant_id = :merchant_id""",
        trouble="\n".join(" ".join(one.split()) for one in troubles) or None,
        now=now,
        id=inbox_id,
        merchant_id=merchant_id,
    )


def checked_origins(told: Iterable[str]) -> tuple[str, ...]:
    """Origins of pages that may carry the widget, in order; `Invalid` names what is none."""
    origins = tuple(dict.fromkeys(one.strip().rstrip("/").lower() for one in told if one.strip()))
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise Invalid(
                f"{origin!r} is not an origin. Write it as https://shop.example", reason="origin"
            )
    if len(origins) > MOST_ORIGINS:
        raise Invalid(f"At most {MOST_ORIGINS} origins are kept.", reason="origin")
    return origins


def _name(wanted: str) -> str:
    name = " ".join(wanted.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(f"A name needs 1 to {LONGEST_NAME} characters.", reason="name")
    return name
