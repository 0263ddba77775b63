"""A merchant: the tenant that owns every row."""

import re
import unicodedata
from datetime import datetime
from typing import Any, Literal
from zoneinfo import available_timezones

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.merchants.voice import Voice
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.language import LANGUAGES, Language, is_language


class Looks(msgspec.Struct, frozen=True):
    """How the chat stands on the shop's pages, where the code pasted there does not say."""

    side: Literal["right", "left"] = "right"
    theme: Literal["light", "dark", "system"] = "light"
    icon: Literal["chat", "bag", "help", "clerk"] = "chat"
    languages: tuple[Language, ...] = LANGUAGES


class ShopSettings(msgspec.Struct, frozen=True):
    """How the shop shows itself: the bot's name and voice, the accent colour, the opening words.

    With `asks_rating`, a customer is asked how it was once an agent has closed the conversation.
    `fallback` are the channels that a message goes through when it cannot go out, in this order.
    With `leads_need_factor`, owners and admins do nothing before their second factor is on.
    """

    bot_name: str = ""
    accent: str | None = None
    greeting: dict[str, str] = {}
    quick_replies: dict[str, list[str]] = {}
    bot_answers: bool = True
    voice: Voice = Voice()
    looks: Looks = Looks()
    asks_rating: bool = False
    fallback: tuple[str, ...] = ()
    leads_need_factor: bool = False


class Merchant(msgspec.Struct, frozen=True):
    """A shop. `slug` names it on the command line."""

    id: int
    name: str
    slug: str
    language: Language
    currency: str
    timezone: str
    settings: ShopSettings


class NewMerchant(msgspec.Struct, frozen=True):
    """What `merchant create` asks for."""

    name: str
    slug: str | None = None
    language: str = "ja"
    currency: str = "JPY"
    timezone: str = "Asia/Tokyo"
    settings: ShopSettings = ShopSettings()


_COLUMNS = "id, name, slug, language, currency, timezone, settings"


def create_merchant(session: Session, new: NewMerchant, now: datetime) -> Merchant:
    """Open a shop. `Conflict` when the slug is taken."""
    if not new.name.strip():
        raise Invalid("A merchant needs a name.")
    if not is_language(new.language):
        raise Invalid(f"The language must be ja or en, not {new.language!r}.")
    slug = new.slug or _slug(new.name)
    row = session.one(
        f"""INSERT INTO merchant (name, slug, language, currency, timezone, settings, created_at)
        VALUES (:name, :slug, :language, :currency, :timezone, :settings, :now)
        ON CONFLICT (slug) DO NOTHING RETURNING {_COLUMNS}""",
        name=new.name.strip(),
        slug=slug,
        language=new.language,
        currency=new.currency,
        timezone=new.timezone,
        settings=msgspec.json.encode(new.settings).decode(),
        now=now,
    )
    if row is None:
        raise Conflict(f"There is a merchant {slug!r} already. Give another one with --slug.")
    return _merchant(row)


def merchant(session: Session, merchant_id: int) -> Merchant:
    """The merchant with this id; `NotFound`."""
    row = session.one(f"SELECT {_COLUMNS} FROM merchant WHERE id = :id", id=merchant_id)
    if row is None:
        raise NotFound("There is no such merchant.")
    return _merchant(row)


def merchant_called(session: Session, called: str) -> Merchant:
    """The merchant by slug, id or exact name, as the command line takes it; `NotFound`."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM merchant
        WHERE slug = :called OR name = :called OR id = :id ORDER BY id LIMIT 1""",
        called=called,
        id=int(called) if called.isdecimal() and len(called) < 18 else -1,
    )
    if row is None:
        known = ", ".join(m.slug for m in merchants(session)) or "none yet"
        raise NotFound(f"There is no merchant {called!r}. Known: {known}.")
    return _merchant(row)


def merchants(session: Session) -> list[Merchant]:
    """All merchants, oldest first."""
    return [_merchant(row) for row in session.all(f"SELECT {_COLUMNS} FROM merchant ORDER BY id")]


def change_settings(session: Session, merchant_id: int, settings: ShopSettings) -> None:
    """Replace the shop's settings."""
    session.run(
        "UPDATE merchant SET settings = :settings WHERE id = :id",
        settings=msgspec.json.encode(settings).decode(),
        id=merchant_id,
    )


class MerchantChange(msgspec.Struct, frozen=True):
    """What may be changed of a shop; None keeps it. Its currency and slug stay for good."""

    name: str | None = None
    language: str | None = None
    timezone: str | None = None
    bot_name: str | None = None
    accent: str | None = None
    bot_answers: bool | None = None
    asks_rating: bool | None = None


def change_merchant(session: Session, merchant_id: int, change: MerchantChange) -> Merchant:
    """Take over the change; the shop after it. `Invalid` names what cannot be, `NotFound`."""
    old = merchant(session, merchant_id)
    _possible(change)
    given = {
        name: value
        for name in ("bot_name", "accent", "bot_answers", "asks_rating")
        if (value := getattr(change, name)) is not None
    }
    new = msgspec.structs.replace(
        old,
        name=(change.name or old.name).strip(),
        language=change.language or old.language,
        timezone=change.timezone or old.timezone,
        settings=msgspec.structs.replace(old.settings, **given),
    )
    session.run(
        "UPDATE merchant SET name = :name, language = :language, timezone = :zone WHERE id = :id",
        name=new.name,
        language=new.language,
        zone=new.timezone,
        id=merchant_id,
    )
    change_settings(session, merchant_id, new.settings)
    return new


def _possible(change: MerchantChange) -> None:
    if change.name is not None and not change.name.strip():
        raise Invalid("A merchant needs a name.", field="name", reason="name")
    if change.language is not None and not is_language(change.language):
        raise Invalid(f"The language must be ja or en, not {change.language!r}.", field="language")
    if change.accent is not None and not re.fullmatch(r"#[0-9a-fA-F]{6}", change.accent):
        raise Invalid("The accent is a colour such as #1a5f4c.", field="accent")
    if change.timezone is not None and change.timezone not in available_timezones():
        raise Invalid(
            f"There is no time zone {change.timezone!r}. Write it as Asia/Tokyo.",
            field="timezone",
            reason="timezone",
        )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "shop"


def _merchant(row: Row) -> Merchant:
    values: list[Any] = [*row[:6], msgspec.json.decode(row[6], type=ShopSettings)]
    return Merchant(*values)
