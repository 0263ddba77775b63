"""Token buckets in the database, so that all processes share one limit."""

from datetime import datetime

import msgspec

from kaiwa.engines.db import Session
from kaiwa.vocabulary.time import to_micros


class Limit(msgspec.Struct, frozen=True):
    """`per_s` tokens a second, at most `burst` saved up."""

    per_s: float
    burst: float


def take(session: Session, key: str, limit: Limit, now: datetime) -> float:
    """Take one token: 0.0 when there was one, else the seconds to wait (none was taken)."""
    micros = to_micros(now)
    session.run(
        """INSERT INTO rate (key, tokens, at) VALUES (:key, :burst, :at)
        ON CONFLICT (key) DO NOTHING""",
        key=key,
        burst=limit.burst,
        at=micros,
    )
    row = session.one(f"SELECT tokens, at FROM rate WHERE key = :key{session.lock}", key=key)
    assert row is not None
    # A clock that jumped back must neither fill nor freeze the bucket.
    passed_s = max(0.0, (micros - row[1]) / 1e6)
    tokens = min(limit.burst, row[0] + passed_s * limit.per_s)
    wait_s = 0.0 if tokens >= 1 else (1 - tokens) / limit.per_s
    session.run(
        "UPDATE rate SET tokens = :tokens, at = :at WHERE key = :key",
        key=key,
        tokens=tokens - 1 if wait_s == 0 else tokens,
        at=micros,
    )
    return wait_s


def give_back(session: Session, key: str, limit: Limit, now: datetime) -> None:
    """Put a token back that was taken for nothing that needs a limit."""
    row = session.one(f"SELECT tokens, at FROM rate WHERE key = :key{session.lock}", key=key)
    if row is None:
        return
    passed_s = max(0.0, (to_micros(now) - row[1]) / 1e6)
    session.run(
        "UPDATE rate SET tokens = :tokens, at = :at WHERE key = :key",
        key=key,
        tokens=min(limit.burst, row[0] + passed_s * limit.per_s + 1),
        at=to_micros(now),
    )


def is_left(session: Session, key: str, limit: Limit, now: datetime) -> bool:
    """Whether `take` would find a token; takes none."""
    row = session.one("SELECT tokens, at FROM rate WHERE key = :key", key=key)
    if row is None:
        return limit.burst >= 1
    passed_s = max(0.0, (to_micros(now) - row[1]) / 1e6)
    return bool(min(limit.burst, row[0] + passed_s * limit.per_s) >= 1)


def forget_unused(session: Session, before: datetime) -> None:
    """Drop the buckets nobody has asked since: longer ago than the slowest takes to fill."""
    session.run("DELETE FROM rate WHERE at < :before", before=to_micros(before))
