"""How long the desk's list takes with 5,000 waiting among 100,000 open conversations (SQLite).

Run: `python -m bench.desk_list`. Limit: 25 ms for a page of any view, 50 ms for the counts.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from bench._measure import say
from kaiwa.desk.counts import counts
from kaiwa.desk.queue import View, Wanted, listed
from kaiwa.engines.db import Database, Session, open_database
from kaiwa.migrations import migrate

OPEN, WAITING, TIMES = 100_000, 5_000, 20
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGE_LIMIT_MS, COUNTS_LIMIT_MS = 25, 50


def fill(session: Session) -> None:
    session.run(
        """INSERT INTO merchant (id, name, slug, language, currency, timezone, created_at)
        VALUES (1, 'M', 'm', 'ja', 'JPY', 'Asia/Tokyo', 0)"""
    )
    session.run(
        """INSERT INTO agent (id, merchant_id, email, name, role, language, password_hash,
        created_at) VALUES (1, 1, 'a@b', 'A', 'owner', 'ja', '', 0)"""
    )
    ids = range(1, OPEN + 1)
    session.many(
        "INSERT INTO customer (id, merchant_id, name, created_at) VALUES (:id, 1, 'N', 0)",
        [{"id": n} for n in ids],
    )
    session.many(
        """INSERT INTO conversation (id, merchant_id, customer_id, channel, status, answered_by,
          epoch, assignee_id, language, last_seq, last_in_seq, last_out_seq, read_seq, unread,
          misunderstood, preview, preview_sender, waiting_since, opened_at, updated_at)
        VALUES (:id, 1, :id, 'line', 'open', :by, 1, :agent, 'ja', 1, 1, 0, 0, 1, 0, 'Hello',
          'customer', :since, :at, :at)""",
        [row(n) for n in ids],
    )


def row(number: int) -> dict[str, object]:
    waits, mine = number % (OPEN // WAITING) == 0, number % 1_000 == 1
    by = "nobody" if waits else "agent" if mine else "bot"
    at = number * 7_919 % OPEN
    since = at if waits else None
    return {"id": number, "by": by, "agent": 1 if mine else None, "since": since, "at": at}


def took_ms(db: Database, work: Callable[[Session], object]) -> float:
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        db.read_now(work)
        best = min(best, (time.perf_counter() - began) * 1000)
    return best


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kaiwa.db'}"
        migrate(url)
        with closing(open_database(url)) as db:
            db.write_now(fill)
            for view in get_args(View):
                ms = took_ms(db, lambda s, v=view: listed(s, 1, Wanted(v, 1)))  # type: ignore[misc]
                say(f"page of {view}", ms, "ms", str(PAGE_LIMIT_MS))
            ms = took_ms(db, lambda s: counts(s, 1, 1, NOW))
            say("counts", ms, "ms", str(COUNTS_LIMIT_MS))


if __name__ == "__main__":
    main()
