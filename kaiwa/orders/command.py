"""A command's envelope, and the record that makes a repeated command have one effect.

The record is written in the transaction of the effect: both stand or neither does. Whoever repeats
a command while the first is still running waits for it and gets its answer.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.time import to_micros

T = TypeVar("T")

KEPT: Final = timedelta(hours=48)


class Command(msgspec.Struct, frozen=True):
    """Who asks, through which channel, when, and what was seen.

    `principal` is "customer:12", "agent:3", "bot" or a platform. With a `key`, the same request
    has one effect for 48 hours. With `expected_version`, it is refused when the cart, checkout or
    order has changed since.
    """

    merchant_id: int
    principal: str
    channel: str
    at: datetime
    key: str | None = None
    expected_version: int | None = None


def once(
    session: Session,
    command: Command,
    request: msgspec.Struct,
    kind: type[T],
    effect: Callable[[], T],
) -> T:
    """Run `effect`, or return what it returned when this command was run before.

    `Conflict` when the key was used for another request. What raises leaves no record.
    """
    if command.key is None:
        return effect()
    place = {
        "merchant_id": command.merchant_id,
        "principal": command.principal,
        "operation": type(request).__name__,
        "key": command.key,
    }
    digest = hashlib.sha256(msgspec.json.encode(request, order="deterministic")).hexdigest()
    known = _begin(session, place, digest, command.at)
    if known is not None:
        return msgspec.json.decode(known, type=kind)
    result = effect()
    session.run(
        """UPDATE idempotency SET response = :response WHERE merchant_id = :merchant_id
        AND principal = :principal AND operation = :operation AND key = :key""",
        response=msgspec.json.encode(result).decode(),
        **place,
    )
    return result


def done_before(session: Session, command: Command, request: msgspec.Struct) -> bool:
    """Whether a command with this key has had its effect: what comes again is told nobody twice."""
    row = session.one(
        """SELECT 1 FROM idempotency WHERE merchant_id = :merchant_id AND principal = :principal
        AND operation = :operation AND key = :key AND expires_at > :now""",
        merchant_id=command.merchant_id,
        principal=command.principal,
        operation=type(request).__name__,
        key=command.key,
        now=to_micros(command.at),
    )
    return row is not None


def _begin(session: Session, place: dict[str, object], digest: str, at: datetime) -> str | None:
    fresh = session.one(
        """INSERT INTO idempotency
        (merchant_id, principal, operation, key, digest, expires_at)
        VALUES (:merchant_id, :principal, :operation, :key, :digest, :expires)
        ON CONFLICT (merchant_id, principal, operation, key) DO UPDATE
        SET digest = excluded.digest, expires_at = excluded.expires_at, response = NULL
        WHERE idempotency.expires_at <= :now RETURNING id""",
        digest=digest,
        expires=to_micros(at + KEPT),
        now=to_micros(at),
        **place,
    )
    if fresh is not None:
        return None
    row = session.one(
        """SELECT digest, response FROM idempotency WHERE merchant_id = :merchant_id
        AND principal = :principal AND operation = :operation AND key = :key""",
        **place,
    )
    if row is None or row[1] is None or row[0] != digest:
        raise Conflict("This key was used for another request.", reason="key_reused")
    response: str = row[1]
    return response


def require_version(command: Command, version: int) -> None:
    """`Conflict` unless the caller saw this version, or did not say which it saw."""
    if command.expected_version not in (None, version):
        raise Conflict("This has changed meanwhile. Look again.", version=version)


def forget_commands(session: Session, now: datetime) -> int:
    """Drop the records that are older than 48 hours; how many."""
    return session.run(
        """DELETE FROM idempotency
        WHERE expires_at <= :now""",  # every merchant: upkeep
        now=to_micros(now),
    )
