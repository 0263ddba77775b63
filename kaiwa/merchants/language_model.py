"""The language model of a merchant: which one, its sealed key, its jobs and its limits."""

from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.engines.llm import ENGINES, Engine, ModelAccount
from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.time import to_micros

Job: TypeAlias = Literal["understand", "phrase"]
JOBS: Final[tuple[Job, ...]] = get_args(Job)


class ModelTerms(msgspec.Struct, frozen=True):
    """What the model may do and take.

    Prices are minor units of the shop's currency for a million tokens; `daily_minor` is a limit
    only where they are given. Without `personal` no name, address or number of a shopper leaves.
    """

    jobs: tuple[Job, ...] = JOBS
    turn_timeout_s: float = 4.0
    turn_tokens: int = 20_000
    daily_tokens: int = 1_000_000
    daily_minor: int | None = None
    price_in_minor: int = 0
    price_out_minor: int = 0
    personal: bool = False


class NewModel(msgspec.Struct, frozen=True):
    """What `model set` asks for; without a key the one that is there stays."""

    engine: str
    name: str
    base_url: str | None = None
    key: str | None = None
    terms: ModelTerms = ModelTerms()


class ConnectedModel(msgspec.Struct, frozen=True):
    """One row; every change makes another `version`."""

    merchant_id: int
    engine: Engine
    name: str
    base_url: str | None
    sealed_key: bytes | None
    terms: ModelTerms
    version: int

    def account(self, secrets: Secrets) -> ModelAccount:
        """The account with its key opened, for the engine."""
        key = None
        if self.sealed_key is not None:
            key = secrets.open(bytes(self.sealed_key), _place(self.merchant_id)).decode()
        return ModelAccount(self.engine, self.name, key, self.base_url)


_COLUMNS = "merchant_id, engine, name, base_url, sealed_key, terms, version"


def set_model(
    session: Session, merchant_id: int, new: NewModel, secrets: Secrets, now: datetime
) -> ConnectedModel:
    """Connect a model, or change the one there is. `Invalid` says what cannot be.

    A stored key is kept only for the engine and host it was given for: it is sent nowhere else.
    """
    _possible(new)
    sealed = secrets.seal(new.key.encode(), _place(merchant_id)) if new.key else None
    row = session.one(
        f"""INSERT INTO language_model
        (merchant_id, engine, name, base_url, sealed_key, terms, version, changed_at)
        VALUES (:merchant_id, :engine, :name, :base_url, :sealed, :terms, 1, :now)
        ON CONFLICT (merchant_id) DO UPDATE SET engine = excluded.engine, name = excluded.name,
        base_url = excluded.base_url, terms = excluded.terms, changed_at = excluded.changed_at,
        version = language_model.version + 1,
        sealed_key = CASE
            WHEN excluded.sealed_key IS NOT NULL THEN excluded.sealed_key
            WHEN language_model.engine = excluded.engine
            AND COALESCE(language_model.base_url, '') = COALESCE(excluded.base_url, '')
            THEN language_model.sealed_key END
        RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        engine=new.engine,
        name=new.name.strip(),
        base_url=new.base_url,
        sealed=sealed,
        terms=msgspec.json.encode(new.terms).decode(),
        now=to_micros(now),
    )
    assert row is not None
    made = _model(row)
    if made.sealed_key is None and made.base_url is None:
        raise Invalid("The provider needs a key: give --key-from-env NAME or --key-stdin.")
    return made


def language_model(session: Session, merchant_id: int) -> ConnectedModel | None:
    """The merchant's model; None when it has none."""
    row = session.one(
        f"SELECT {_COLUMNS} FROM language_model WHERE merchant_id = :merchant_id",
        merchant_id=merchant_id,
    )
    return None if row is None else _model(row)


def remove_model(session: Session, merchant_id: int) -> None:
    """Disconnect it and forget its key; what was spent stays. `NotFound`."""
    gone = session.run(
        "DELETE FROM language_model WHERE merchant_id = :merchant_id", merchant_id=merchant_id
    )
    if not gone:
        raise NotFound("No language model is connected.")


def _possible(new: NewModel) -> None:
    if new.engine not in ENGINES:
        raise Invalid(f"The engine must be one of {', '.join(ENGINES)}, not {new.engine!r}.")
    if not new.name.strip():
        raise Invalid("A model needs its name, as its provider writes it.")
    if new.base_url is not None:
        parts = urlsplit(new.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Invalid("The base URL must begin with https:// (or http:// on your own network).")
        if parts.username or parts.password:
            raise Invalid("Give the key with --key-from-env or --key-stdin, not in the URL.")
    if new.key is not None and (not new.key.isascii() or not new.key.isprintable()):
        raise Invalid("The key has letters that no key has.")
    terms = new.terms
    if not terms.jobs:
        raise Invalid(f"Give it at least one job: {', '.join(JOBS)}.")
    if not 0.2 <= terms.turn_timeout_s <= 30:
        raise Invalid("A turn may take from 0.2 to 30 seconds.")
    amounts = (
        terms.turn_tokens,
        terms.daily_tokens,
        terms.daily_minor or 0,
        terms.price_in_minor,
        terms.price_out_minor,
    )
    if any(not 0 <= one <= 10**12 for one in amounts):
        raise Invalid("Limits and prices are whole numbers from 0.")


def _place(merchant_id: int) -> str:
    return f"language_model:{merchant_id}"


def _model(row: Row) -> ConnectedModel:
    values: list[Any] = [*row[:5], msgspec.json.decode(row[5], type=ModelTerms), row[6]]
    return ConnectedModel(*values)
